"""Keeping the index as the articles are: in the transaction that stores texts, and afterwards for all that has changed.

Facts (who, where, when, whether readers may see it) follow by triggers; here the lexemes are made. Doing it again changes
nothing.
"""

from __future__ import annotations

import logging
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.dispatch import receiver

from monitor.library.models import Article, State
from monitor.library.told import texts_stored
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown
from monitor.search.index_models import Follower, SearchChange, SearchPiece, SearchRow
from monitor.search.texts import parts_of
from monitor.search.vectors import vectors_of
from monitor.search.vocabulary import keep_words
from monitor.search.words import VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from monitor.library.models import Issue
    from monitor.search.vectors import Vectors

log = logging.getLogger(__name__)
AT_ONCE = 100
# A row is written where it is new or differs; the articles are locked, so that no older text can come after a newer one.
WRITE = """
insert into monitor_searchrow as old (
    article_id, published, issue_id, periodical_id, day, kind, endnotes, author_ids, source_ids, actor_ids,
    about_actor_ids, region_ids, exact_region_ids, about_region_ids, exact_about_region_ids,
    lexemes, in_pieces, digest, words_version
)
select f.*, x.lexemes::tsvector, x.in_pieces, t.digest, %(version)s
from unnest(%(articles)s::bigint[], %(lexemes)s::text[], %(in_pieces)s::boolean[]) as x (article_id, lexemes, in_pieces)
join monitor_searchfacts f on f.article_id = x.article_id
join monitor_searchtexts t on t.article_id = x.article_id
on conflict (article_id) do update set
    lexemes = excluded.lexemes, in_pieces = excluded.in_pieces, digest = excluded.digest,
    words_version = excluded.words_version
"""
PIECES = """
insert into monitor_searchpiece (article_id, position, lexemes)
select x.article_id, x.position, x.lexemes::tsvector
from unnest(%s::bigint[], %s::integer[], %s::text[]) as x (article_id, position, lexemes)
"""


@receiver(texts_stored)
def index_issue(issue: Issue, **_: object) -> None:
    """Make an issue's articles findable in the transaction that stores them."""
    index_articles(issue.articles.exclude(state=State.GONE).values_list("pk", flat=True))


@transaction.atomic
def index_articles(articles: Collection[int], *, again: bool = False) -> int:
    """Bring the rows of these articles up to date, or drop them; returns how many got new lexemes (`again`: all)."""
    wanted, words = sorted(set(articles)), set[str]()
    done = sum(_index(wanted[begin : begin + AT_ONCE], words, again=again) for begin in range(0, len(wanted), AT_ONCE))
    # All at once and in their order: two who keep the same words never wait for each other.
    keep_words(words)
    return done


def _index(articles: list[int], words: set[str], *, again: bool) -> int:
    locked = Article.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=articles).order_by("pk")
    standing = [pk for pk, state in locked.values_list("pk", "state") if state != State.GONE]
    behind = standing if again else _behind_in_text(standing)
    vectors = {article: vectors_of(parts) for article, parts in parts_of(behind).items()}
    if vectors:
        words.update(*(made.words for made in vectors.values()))
        _write(vectors)
    with connection.cursor() as cursor:
        cursor.execute("select monitor_search_refresh(%s)", [articles])
        cursor.execute("delete from monitor_searchchange where article_id = any(%s)", [articles])
    return len(vectors)


def _behind_in_text(articles: list[int]) -> list[int]:
    """Return those of these articles whose lexemes were made of another text, or by other rules, or not yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.article_id from monitor_searchtexts t left join monitor_searchrow r on r.article_id = t.article_id"
            " and r.digest = t.digest and r.words_version = %s where t.article_id = any(%s) and r.article_id is null",
            [VERSION, articles],
        )
        return [row[0] for row in cursor.fetchall()]


def _write(vectors: dict[int, Vectors]) -> None:
    in_pieces = [(article, n, text) for article, made in vectors.items() for n, text in enumerate(made.stretches)]
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "articles": list(vectors),
                "lexemes": [made.whole for made in vectors.values()],
                "in_pieces": [bool(made.stretches) for made in vectors.values()],
                "version": VERSION,
            },
        )
        SearchPiece.objects.filter(article__in=vectors).delete()
        if in_pieces:
            cursor.execute(PIECES, [list(column) for column in zip(*in_pieces, strict=True)])


def take_up_changes(*, seconds: float = 60.0) -> int:
    """Bring up to date what the outbox names, the longest waiting first; returns how many articles that were.

    Each hundred is a transaction of its own, so that a worker's death loses little and nobody waits long. Then the engine
    of the settings takes up whatever rows have changed, where these are not its own.
    """
    note_rows_of_older_rules()
    end, done = monotonic() + seconds, 0
    waiting = SearchChange.objects.order_by("since", "article").values_list("article", flat=True)
    while monotonic() < end and (batch := list(waiting[:AT_ONCE])):
        index_articles(batch)
        done += len(batch)
    try:
        Follower.objects.exclude(name=engine().name).delete()  # an engine that was chosen before wants no more changes
        engine().catch_up()
    except EngineDown as trouble:
        log.warning("the search engine is behind: %s", trouble)
    return done


def rebuild_engine() -> None:
    """Make the engine of the settings anew from the rows, where these are not its own. Raises EngineDown."""
    if engine().name != "postgres":
        for _step in engine().rebuild():
            pass


@cache
def note_rows_of_older_rules() -> int:
    """Note what was made by other rules of cutting words than today's: once in a process, since rules come with a new version.

    Returns how many articles that are; they are found by what they were until a worker has been at them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into monitor_searchchange (article_id, text, later)"
            " select article_id, true, true from monitor_searchrow where words_version <> %s"
            " on conflict (article_id) do update set text = true",
            [VERSION],
        )
        return int(cursor.rowcount)


def have_all_taken_up() -> int:
    """Have the worker bring every article up to date; returns how many wait for it then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into monitor_searchchange (article_id, text, later) select id, true, true from monitor_article"
            " where state <> 'gone' on conflict (article_id) do update set text = true, later = true"
        )
    return SearchChange.objects.count()


def reindex(*, again: bool = False) -> Iterator[tuple[int, int]]:
    """Bring every article's row up to date while searches go on; `again` makes all lexemes anew. Yields (done, of)."""
    SearchRow.objects.exclude(article__in=Article.objects.exclude(state=State.GONE).values("pk")).delete()
    articles = Article.objects.exclude(state=State.GONE).order_by("pk")
    of, done, last = articles.count(), 0, 0
    while True:
        batch = list(articles.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE])
        if not batch:
            return
        index_articles(batch, again=again)
        last, done = batch[-1], done + len(batch)
        yield done, of
