"""Proof on the live data that the search index says what the tables say, and lacks nothing that somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from monitor.search.engines.chosen import engine
from monitor.search.words import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 2000
# What waits in the outbox is known to be behind, and no fault.
WAITING = "select from monitor_searchchange c where c.article_id = coalesce(f.article_id, r.article_id)"
FACTS = (
    "published", "issue_id", "periodical_id", "day", "kind", "endnotes", "author_ids", "source_ids", "actor_ids",
    "about_actor_ids", "region_ids", "exact_region_ids", "about_region_ids", "exact_about_region_ids",
)  # fmt: skip
DIFFERING = "concat_ws(', ', {})".format(
    ", ".join(f"case when f.{name} is distinct from r.{name} then '{name}' end" for name in FACTS)
)
WRONG_FACTS = f"""
select coalesce(f.article_id, r.article_id), f.article_id is null, r.article_id is null, {DIFFERING}
from monitor_searchfacts f full join monitor_searchrow r on r.article_id = f.article_id
where row({", ".join(f"f.{name}" for name in FACTS)}) is distinct from row({", ".join(f"r.{name}" for name in FACTS)})
    and not exists ({WAITING})
order by 1
"""  # noqa: S608 - no input
WRONG_TEXTS = f"""
select f.article_id from monitor_searchtexts f join monitor_searchrow r on r.article_id = f.article_id
where (r.digest, r.words_version) is distinct from (f.digest, %s) and not exists ({WAITING})
order by 1
"""  # noqa: S608 - no input
WRONG_PIECES = """
select r.article_id from monitor_searchrow r where r.in_pieces <> exists (
    select from monitor_searchpiece p where p.article_id = r.article_id)
union select p.article_id from monitor_searchpiece p where not exists (
    select from monitor_searchrow r where r.article_id = p.article_id)
order by 1
"""


def wrong_search_rows() -> Iterator[str]:
    """Say which articles cannot be found, are found though they are no more, or are found by what is not so."""
    for article, gone, missing, columns in _rows(WRONG_FACTS):
        if missing:
            yield f"article {article}: it has no search row, so nobody can find it"
        elif gone:
            yield f"article {article}: it has a search row and is no more"
        else:
            yield f"article {article}: its search row says something else of its {columns}"
    for (article,) in _rows(WRONG_TEXTS, VERSION):
        yield f"article {article}: its search row was made of another text; run manage.py reindex"
    for (article,) in _rows(WRONG_PIECES):
        yield f"article {article}: its search row and its search pieces do not go together"


def wrong_engine() -> Iterator[str]:
    """Say what is wrong with an engine beside Postgres, whose rows it should hold, all of them and nothing else."""
    searching = engine()
    health = searching.health()
    if not health.ok:
        yield f"{searching.name}: {health.sentence}"


def _rows(statement: str, *parameters: int) -> Iterator[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
