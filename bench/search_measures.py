"""How long searches take, shape by shape: bare, by the engine with all facets, as a page. Django is set up by then."""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from bench.archive import Plan
from bench.archive_bulk import fill_in_bulk, index_in_bulk
from bench.archive_words import Language
from bench.goals import of_rounds
from bench.search_asking import Asking
from bench.search_shapes import shapes_of
from monitor.library.models import Article
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import TooSlow
from monitor.search.index_models import SearchRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.search_shapes import Shape

GOALS_MS = {10_000: 100, 100_000: 100}
GOAL_BEYOND_MS = 250
PAGE_BESIDE_SQL = 1.5
# Pages name their styles without digests, so that none have to be collected.
PLAIN_NAMES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def report(size: int, words: int, rounds: int, kept: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    plan = Plan(size, words=words)
    yield from _filled(plan)
    if not engine().health().ok:  # another engine's own index
        began = perf_counter()
        for _done_of in engine().rebuild():
            pass
        yield f"{engine().name} took it up in {perf_counter() - began:.0f} s.\n"
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze monitor_searchrow")
    goal = GOALS_MS.get(size, GOAL_BEYOND_MS)
    yield f"{size:,} articles of about {words:,} words; {_sizes()}; load of the machine {os.getloadavg()[0]:.1f}.\n"
    yield "`search`: what the engine does, all facets included; `page`: the whole of it over HTTP's door, with names looked up, snippets"
    yield "and HTML; `/ SQL`: its time to that of all statements that a page sends, sent by the driver alone and their rows taken; `/ search`:"
    yield "to that of the search's statements among them. Processor time (`cpu`: the database's of a search, ours and the database's of a"
    yield "page) is hardly changed by other work on the machine; growth is told by it.\n"
    yield "| shape | hits | search ms p50 | p95 | page ms p50 | p95 | / SQL | / search | cpu ms: search | page, ours | page, database |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    times, capped, slowest, ratios = {}, [], [], []
    for shape in shapes_of(Language(plan.seed, plan.vocabulary)):
        try:
            with override_settings(STORAGES=PLAIN_NAMES):
                line, times[shape.name], is_capped, searched, to_sql = _line(shape, rounds)
                capped += [shape.name] if is_capped else []
                slowest.append(searched)
                ratios.append(to_sql)
        except TooSlow as error:
            line = f"| {shape.name} | {error} | | | | | | | | |"
        yield line
    kept.write_text(json.dumps({"size": size, "words": words, "cpu": times, "capped": capped}))
    yield f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}.\n"
    yield str(of_rounds(f"slowest shape among {size:,}, p95", [max(slowest)], goal, unit="ms"))
    if engine().name == "postgres":
        yield str(of_rounds(f"page of results among {size:,}, beside its bare SQL", ratios, PAGE_BESIDE_SQL))


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


def _line(shape: Shape, rounds: int) -> tuple[str, float, bool, float, float]:
    """Return the shape's line, the processor's milliseconds for growth to be told by, whether its count stopped.

    Then the milliseconds by the clock that 19 of 20 searches take, and the page's time to that of its bare statements.
    """
    asking = Asking(shape)
    asking.page()
    ours, theirs = _processor_ms(asking.search, rounds)
    page_ours, page_theirs = _processor_ms(asking.page, rounds)
    bare, searching, page, of_page = _times(asking, rounds)
    is_capped = asking.hits.relation == ">="
    said = f"{'more than ' if is_capped else ''}{asking.hits.total:,}"
    columns = [
        *(f"{median(searching):.0f}", f"{_p95(searching):.0f}"),
        *(f"{median(page):.0f}", f"{_p95(page):.0f}", _ratio(page, of_page), _ratio(page, bare)),
        *(f"{theirs:.0f}", f"{page_ours:.0f}", f"{page_theirs:.0f}"),
    ]
    to_sql = median(one / other for one, other in zip(page, of_page, strict=True))
    return (
        f"| {shape.name} | {said} | {' | '.join(columns)} |",
        max(1.0, ours + theirs),
        is_capped,
        _p95(searching),
        to_sql,
    )


def _processor_ms(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the milliseconds of processor time that this takes here, and in the database."""
    began = _spent()
    for _round in range(rounds):
        work()
    ours, theirs = (1000 * (now - then) / rounds for now, then in zip(_spent(), began, strict=True))
    return ours, theirs


def _ratio(times: list[float], of: list[float]) -> str:
    """Return the median of the ratios, round by round: what else the machine does changes both. Of another engine there is no SQL."""
    if engine().name != "postgres":
        return "-"
    return f"{median(one / other for one, other in zip(times, of, strict=True)):.2f}"


def _spent() -> tuple[float, float]:
    """Return the seconds of processor time of this process and of its connection's in the database, on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        nanoseconds = Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]
    return process_time(), int(nanoseconds) / 1e9


def _times(asking: Asking, rounds: int) -> list[list[float]]:
    """Return milliseconds, round by round: the search's bare statements, the search, the page, all its bare statements."""
    taken: list[list[float]] = [[], [], [], []]
    for number in range(rounds + 1):
        round_of: list[float] = []
        for work in (asking.bare, asking.search, asking.page, asking.bare_page):
            began = perf_counter()
            work()
            round_of.append((perf_counter() - began) * 1000)
        if number:  # the first round does not count
            for times, one in zip(taken, round_of, strict=True):
                times.append(one)
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
