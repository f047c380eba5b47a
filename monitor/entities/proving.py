"""Proof on the live data that what is derived of actors, regions and mentions says what it was derived from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Substr

from monitor.entities.closure import rebuild_closure
from monitor.entities.mention_models import Mention, Where
from monitor.entities.merging import rebuild_canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT_ONCE = 2000

# Counts of mentions that count, beside the rows that lists go by. A row that a person asked for may have none.
UNEQUAL = """
select coalesce(row.article_id, told.article_id), coalesce(row.{name}_id, told.{name}_id), row.n, told.n
from monitor_article{name} row
full join (
    select article_id, {name}_id, count(*) as n from monitor_mention
    where {name}_id is not null and status in ('auto', 'confirmed') and tier <> 'weak'
    group by 1, 2
) told on told.article_id = row.article_id and told.{name}_id = row.{name}_id
where coalesce(row.n, 0) <> coalesce(told.n, 0) and not exists (
    select from monitor_aboutjudgement judged where judged.undone is null
    and judged.article_id = coalesce(row.article_id, told.article_id)
    and judged.{name}_id = coalesce(row.{name}_id, told.{name}_id)
)
order by 1, 2
"""


def misprinted_mentions() -> Iterator[str]:
    """Say which mentions do not stand where they say, in the text they name."""
    text = Case(
        When(where=Where.TITLE, then=F("article__title")),
        When(where=Where.NOTE, then=F("note__text")),
        default=F("text_version__body"),
    )
    printed = Substr(text, F("start") + 1, F("end") - F("start"))
    wrong = Mention.objects.annotate(printed=printed).exclude(printed=F("surface")).order_by("article", "pk")
    for pk, article in wrong.values_list("pk", "article").iterator(chunk_size=AT_ONCE):
        yield f"mention {pk}: its words do not stand where it says in article {article}"


def unequal_counts() -> Iterator[str]:
    """Say where the rows that lists go by count otherwise than the mentions."""
    for name in ("actor", "region"):
        with connection.cursor() as cursor:
            cursor.execute(UNEQUAL.format(name=name))
            for article, entity, kept, told in cursor.fetchall():
                yield f"article {article}: {kept or 0} mentions of {name} {entity} are counted and {told or 0} are there"


def wrong_closure() -> Iterator[str]:
    """Say whether what lies in what is a walk of the parents."""
    wrong = _tried(rebuild_closure)
    if wrong:
        yield f"{wrong} rows of what lies in what are not what the regions' parents say"


def wrong_canonical() -> Iterator[str]:
    """Say whether actors are joined as the judgements say."""
    wrong = _tried(rebuild_canonical)
    if wrong:
        yield f"{wrong} actors are not joined as the judgements on them say"


def _tried(rebuild: Callable[[], int]) -> int:
    """Return how many rows a rebuild would write, and write none."""
    with transaction.atomic():
        changed = rebuild()
        transaction.set_rollback(True)
    return changed
