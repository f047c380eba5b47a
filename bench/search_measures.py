"""How long searches take, shape by shape, with all facets, and with the snippets of a page. Django is set up by then."""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection

from bench.archive import Plan
from bench.archive_bulk import fill_in_bulk, index_in_bulk
from bench.archive_words import Language
from bench.search_shapes import shapes_of
from monitor.accounts.models import User
from monitor.library.models import Article
from monitor.search.compiled import Compiled, Facet, Sort, Text, leaves
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import TooSlow
from monitor.search.hit_places import Tokens
from monitor.search.hydrating import hydrate
from monitor.search.index_models import SearchRow
from monitor.search.snippets import snippet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.search_shapes import Shape
    from monitor.search.engines.protocol import Hits

GOALS_MS = {10_000: 100, 100_000: 100}
GOAL_BEYOND_MS = 250
PAGE = 20
FACETS = tuple(Facet)


def report(size: int, words: int, rounds: int, kept: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    plan = Plan(size, words=words)
    yield from _filled(plan)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze monitor_searchrow")
    goal = GOALS_MS.get(size, GOAL_BEYOND_MS)
    yield f"{size:,} articles of about {words:,} words; {_sizes()}; load of the machine {os.getloadavg()[0]:.1f}.\n"
    yield "Processor time (`cpu`) is the database's and ours of one search: other work on the machine hardly changes it.\n"
    yield "| shape | hits | search ms p50 | p95 | with snippets p50 | p95 | cpu ms | of it the database's |"
    yield "|---|---|---|---|---|---|---|---|"
    times = {}
    for shape in shapes_of(Language(plan.seed, plan.vocabulary)):
        try:
            line, times[shape.name] = _line(shape, rounds)
        except TooSlow as error:
            line = f"| {shape.name} | {error} | | | | | | |"
        yield line
    kept.write_text(json.dumps({"size": size, "words": words, "cpu": times}))
    yield f"\nGoal: p95 of at most {goal} ms. Load of the machine at the end: {os.getloadavg()[0]:.1f}.\n"


def _filled(plan: Plan) -> Iterator[str]:
    if SearchRow.objects.count() == plan.articles:
        return
    if Article.objects.exists():
        raise SystemExit("This archive was not finished, or is of another size: remove its folder.")
    began = perf_counter()
    fill_in_bulk(plan)
    stored = perf_counter()
    index_in_bulk()
    indexed = perf_counter()
    rate = plan.articles / (indexed - stored)
    yield f"Copied in {stored - began:.0f} s, words made and indexed in {indexed - stored:.0f} s: {rate:.0f} articles a second.\n"


class Page:
    """A search and what a page shows of its hits."""

    def __init__(self, shape: Shape) -> None:
        self.person = User(pk=0, role="reader", is_active=True)
        self.compiled = Compiled(shape.tree, self.person)
        self.texts = [leaf for leaf in leaves(shape.tree) if isinstance(leaf, Text)]
        self.hits: Hits = self.search()

    def search(self) -> Hits:
        self.hits = engine().search(self.compiled, sort=Sort.RELEVANCE, limit=PAGE, facets=FACETS)
        return self.hits

    def show(self) -> None:
        for article in hydrate(self.hits.ids, self.person):
            for part in article.parts:
                tokens = Tokens(part.text)
                hits = sorted({hit for text in self.texts for hit in tokens.spans(text.words)})
                if hits:
                    snippet_of(part.text, hits)
                    break


def _line(shape: Shape, rounds: int) -> tuple[str, float]:
    """Return the shape's line, and the processor's milliseconds for growth to be told by."""
    page = Page(shape)
    began = _spent()
    for _round in range(rounds):
        page.search()
    ours, theirs = (1000 * (now - then) / rounds for now, then in zip(_spent(), began, strict=True))
    searching, showing = _times(rounds, page.search, page.show)
    whole = [one + other for one, other in zip(searching, showing, strict=True)]
    said = f"{'more than ' if page.hits.relation == '>=' else ''}{page.hits.total:,}"
    columns = f"{median(searching):.0f} | {_p95(searching):.0f} | {median(whole):.0f} | {_p95(whole):.0f}"
    return f"| {shape.name} | {said} | {columns} | {ours + theirs:.0f} | {theirs:.0f} |", max(1.0, ours + theirs)


def _spent() -> tuple[float, float]:
    """Return the seconds of processor time of this process and of its connection's in the database, on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        columns = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    ticks = int(columns[11]) + int(columns[12])
    return process_time(), ticks / os.sysconf("SC_CLK_TCK")


def _times(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Return the milliseconds of each piece of work, round by round, after one round that does not count."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, times in zip(works, taken, strict=True):
            began = perf_counter()
            work()
            if number:
                times.append((perf_counter() - began) * 1000)
    return taken


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _sizes() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_size_pretty(pg_table_size('monitor_searchrow')), pg_size_pretty(pg_indexes_size('monitor_searchrow'))"
        )
        table, indexes = cursor.fetchone()
    return f"the index's table {table}, its indexes {indexes}"
