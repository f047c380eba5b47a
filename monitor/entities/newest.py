"""The newest articles of a set: what pages count in, so that none of them asks more of a large archive than of a small one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from monitor.library.models import Article

REACH = 2_000  # articles


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest articles of a set by their keys; `oldest` is the day of the last of them where there are older ones."""

    keys: tuple[int, ...]
    oldest: date | None = None

    @property
    def rows(self) -> RawSQL:
        """Return the keys for `article__in`."""
        return key_rows(self.keys)

    @property
    def is_partial(self) -> bool:
        return self.oldest is not None


def key_rows(keys: Iterable[int]) -> RawSQL:
    """Return keys for an `__in`, as one value: thousands of them would cost a statement as many words."""
    return RawSQL("select unnest(%s::bigint[])", [list(keys)])


def newest_of(articles: QuerySet[Article], *, until: date | None = None, reach: int = 0) -> Newest:
    """Return the newest `reach` (0: REACH) of these articles, of issues up to a day; one query, which stops when it has them."""
    reach = reach or REACH
    if until is not None:
        articles = articles.filter(issue__sort_date__lte=until)
    rows = articles.order_by("-issue__sort_date", "-pk").values_list("pk", "issue__sort_date")
    found = list(rows[: reach + 1])
    oldest = found[reach - 1][1] if len(found) > reach else None
    return Newest(tuple(key for key, _ in found[:reach]), oldest)
