"""Which articles an address asks for, where a page shows another picture of them than a list: the filters that are set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.library.article_filters import ARTICLE_FILTERS
from monitor.web.article_list import Way
from monitor.web.forms.articles import read_articles_asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.library.article_lists import Wanted
    from monitor.web.access import Request
    from monitor.web.forms.articles import AskedArticles


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked for, and a link to the same picture with one filter less for each."""

    address: str
    asked: AskedArticles
    set_filters: tuple[Way, ...]

    @property
    def is_refused(self) -> bool:
        return bool(self.asked.refused)


def chosen_articles(request: Request, *, kept: Iterable[str] = ()) -> Chosen:
    """Return what the address asks for; one query for each filter that is set, and nothing is counted."""
    asked = read_articles_asked(request.GET, request.user, kept=kept)
    wanted, ways = asked.wanted, []
    for known in ARTICLE_FILTERS:
        values = wanted.chosen.get(known.name, ())
        called = known.names(request.user, values) if values else {}
        for value in values:
            left = tuple(one for one in values if one != value)
            fewer = asked.address(_with(wanted, known.name, left))
            ways.append(Way(known.label, called.get(value, value), fewer))
    if wanted.since or wanted.until:
        ways.append(Way("Date", _days(wanted), asked.address(wanted.without("days"))))
    return Chosen(request.path, asked, tuple(ways))


def _days(wanted: Wanted) -> str:
    if wanted.since and wanted.until:
        return f"{wanted.since} to {wanted.until}"
    return f"from {wanted.since}" if wanted.since else f"to {wanted.until}"


def _with(wanted: Wanted, name: str, values: tuple[str, ...]) -> Wanted:
    chosen = {**wanted.chosen, name: values}
    return replace(wanted, chosen={key: given for key, given in chosen.items() if given})
