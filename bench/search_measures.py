"""How long searches take, shape by shape: bare, by the engine with all facets, as a page. Django is set up by then."""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings

from bench.archive import Plan
from bench.archive_bulk import fill_in_bulk, index_in_bulk
from bench.archive_words import Language
from bench.goals import of_rounds
from bench.search_shapes import shapes_of
from monitor.accounts.models import User
from monitor.library.models import Article
from monitor.search.compiled import Facet, Sort
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import TooSlow
from monitor.search.index_models import SearchRow
from monitor.search.resolving import Asked, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.search_shapes import Shape
    from monitor.search.engines.protocol import Hits

GOALS_MS = {10_000: 100, 100_000: 100}
GOAL_BEYOND_MS = 250
PAGE_BESIDE_SQL = 1.5
PAGE, OK = 20, 200
FACETS = tuple(Facet)
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
    yield "and HTML; `/ SQL`: its time to that of the search's bare statements, `/ all` to that of all its statements. Processor time (`cpu`:"
    yield "the database's of a search, ours and the database's of a page) is hardly changed by other work on the machine; growth is told"
    yield "by it.\n"
    yield "| shape | hits | search ms p50 | p95 | page ms p50 | p95 | / SQL | / all | cpu ms: search | page, ours | page, database |"
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


class Asking:
    """A search in three thicknesses: its bare statements, the engine, the page."""

    def __init__(self, shape: Shape) -> None:
        self.person, _ = User.objects.get_or_create(
            username="measurer", defaults={"role": "reader", "name": "Measurer"}
        )
        self.compiled = resolve(Asked(shape.query), self.person).compiled
        self.address = f"/search/?{urlencode({'q': shape.query})}"
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.person)
        self.statements: list[tuple[str, Any]] = []
        self.of_sql = 0.0
        with connection.execute_wrapper(self._note):
            self.hits: Hits = self.search()

    def _note(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if "monitor_" in sql:
            self.statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    def _clock(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        began = perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self.of_sql += perf_counter() - began

    def bare(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, parameters in self.statements:
                cursor.execute(sql, parameters)
                while cursor.nextset():
                    pass

    def search(self) -> Hits:
        return engine().search(self.compiled, sort=Sort.RELEVANCE, limit=PAGE, facets=FACETS)

    def page(self) -> None:
        """Get the page; `of_sql` are then the seconds of all its statements."""
        self.of_sql = 0.0
        with connection.execute_wrapper(self._clock):
            answer = self.client.get(self.address)
        if answer.status_code != OK:
            raise RuntimeError(f"{self.address} was answered by {answer.status_code}.")


def _line(shape: Shape, rounds: int) -> tuple[str, float, bool, float, float]:
    """Return the shape's line, the processor's milliseconds for growth to be told by, whether its count stopped.

    Then the milliseconds by the clock that 19 of 20 searches take, and the page's time to that of its bare statements.
    """
    asking = Asking(shape)
    asking.page()
    ours, theirs = _processor_ms(asking.search, rounds)
    page_ours, page_theirs = _processor_ms(asking.page, rounds)
    bare, searching, page, of_sql = _times(asking, rounds)
    is_capped = asking.hits.relation == ">="
    said = f"{'more than ' if is_capped else ''}{asking.hits.total:,}"
    columns = [
        *(f"{median(searching):.0f}", f"{_p95(searching):.0f}"),
        *(f"{median(page):.0f}", f"{_p95(page):.0f}", _ratio(page, bare), _ratio(page, of_sql)),
        *(f"{theirs:.0f}", f"{page_ours:.0f}", f"{page_theirs:.0f}"),
    ]
    to_sql = median(one / other for one, other in zip(page, bare, strict=True))
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
    """Return milliseconds, round by round: the bare statements, the search, the page, all statements of the page."""
    taken: list[list[float]] = [[], [], [], []]
    for number in range(rounds + 1):
        round_of: list[float] = []
        for work in (asking.bare, asking.search, asking.page):
            began = perf_counter()
            work()
            round_of.append((perf_counter() - began) * 1000)
        round_of.append(asking.of_sql * 1000)
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
