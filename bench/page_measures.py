"""The measures of `bench.pages`, on a site of their own. Django must be set up before this is imported."""

from __future__ import annotations

import http.client
import time
from functools import partial
from itertools import count, repeat
from statistics import median
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bench.goals import of_rounds
from bench.page_processor import CODINGS, measured
from bench.page_site import fetch, fill_library, reader, served
from bench.page_weight import weigh
from bench.rounds import ROUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client

    from bench.page_site import Shelf

EACH_ROUND = 15
DRAWN, UNCHANGED = 4, 2  # the goals, times the other view
BROWSER = {"Accept-Encoding": CODINGS["as browsers ask"]}


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    shelf, client = fill_library(), reader()
    kept = var / "bench"
    kept.mkdir()
    for length, address in shelf.articles.items():
        (kept / f"{length}").write_bytes(client.get(address).content)
    (kept / "hello").write_bytes(b"hello")
    connections.close_all()
    with served(kept) as port:
        asking = Asking(port, "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items()))
        yield from _articles(shelf, client, asking)
        yield from _unchanged(shelf, client, asking)
        yield from _lists(shelf, client, asking)
        yield from weigh(port, shelf.articles, dict(client.cookies.items()))
        yield from measured(shelf.articles, kept, asking.cookies)
    connections.close_all()


class Asking:
    """A reader at the site, over one connection that stays open."""

    def __init__(self, port: int, cookies: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port)
        self.cookies = cookies

    def __call__(self, address: str, *, etag: str = "", status: int = 200) -> http.client.HTTPResponse:
        answer, _ = fetch(self.connection, address, {**BROWSER, "Cookie": self.cookies, "If-None-Match": etag})
        if answer.status != status:  # an error is answered quickly, too
            raise RuntimeError(f"{address} was answered {answer.status}, not {status}")
        return answer

    def bare(self, name: str) -> None:
        fetch(self.connection, f"/bench/{name}", BROWSER)


def _articles(shelf: Shelf, client: Client, asking: Asking) -> Iterator[str]:
    yield "The article page against a view that gives the same bytes without a query; the limit is 4 times its time.\n"
    yield "| characters | page kB | | queries | page ms | same bytes ms | ratio | least | greatest |"
    yield "|---|---|---|---|---|---|---|---|---|"
    goals = []
    for length, address in shelf.articles.items():
        size, bare = len(client.get(address).content) / 1000, partial(asking.bare, f"{length}")
        for way, name in ((anew(address), "drawn"), (repeat(address), "asked again")):
            queries = queries_of(client, next(way), again=next(way))
            ours, theirs, ratios = in_turn(lambda way=way: asking(next(way)), bare)  # type: ignore[misc]
            yield f"| {length:,} | {size:.0f} | {name} | {queries} | {ours:.1f} | {theirs:.1f} | {_spread(ratios)} |"
            goals += (
                [of_rounds(f"article of {length:,}, beside the same bytes", ratios, DRAWN)] if name == "drawn" else []
            )
    yield ""
    yield from map(str, goals)
    yield ""


def anew(address: str) -> Iterator[str]:
    """Yield addresses of one page that no process has kept drawn."""
    return (f"{address}{'&' if '?' in address else '?'}asked={number}" for number in count())


def _unchanged(shelf: Shelf, client: Client, asking: Asking) -> Iterator[str]:
    yield "A 304 of the article page against a view that says hello; the limit is twice its time.\n"
    goals = []
    yield "| characters | queries | 304 ms | hello ms | ratio | least | greatest |\n|---|---|---|---|---|---|---|"
    for length, address in shelf.articles.items():
        etag = asking(address).headers["ETag"]
        ours, bare, ratios = in_turn(partial(asking, address, etag=etag, status=304), partial(asking.bare, "hello"))
        queries = queries_of(client, address, etag=client.get(address)["ETag"])
        yield f"| {length:,} | {queries} | {ours:.1f} | {bare:.1f} | {_spread(ratios)} |"
        goals.append(of_rounds(f"304 of an article of {length:,}, beside a hello", ratios, UNCHANGED))
    yield ""
    yield from map(str, goals)
    yield ""


def _lists(shelf: Shelf, client: Client, asking: Asking) -> Iterator[str]:
    yield "Lists by their number of rows: queries, milliseconds.\n"
    rows = next(iter(shelf.lists.values()))
    yield f"| list | {' | '.join(f'{number} rows' for number in rows)} |\n|---|{'---|' * len(rows)}"
    for name, addresses in shelf.lists.items():
        cells = []
        for address in addresses.values():
            way = anew(address)
            ours, _, _ = in_turn(lambda way=way: asking(next(way)), partial(asking.bare, "hello"))  # type: ignore[misc]
            cells.append(f"{queries_of(client, next(way), again=next(way))}, {ours:.1f} ms")
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def queries_of(client: Client, address: str, *, again: str = "", etag: str = "") -> int:
    client.get(address)  # what a process looks up once is looked up now
    with CaptureQueriesContext(connection) as caught:
        client.get(again or address, headers={"If-None-Match": etag} if etag else {})
    return len(caught)


def in_turn(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float, list[float]]:
    """Return the median milliseconds of both, and the ratio of each round: one of ours, one of the other, and so on."""
    mine, theirs, ratios = [], [], []
    for _ in range(ROUNDS + 1):
        pairs = [(_milliseconds(ours), _milliseconds(bare)) for _ in range(EACH_ROUND)]
        own, other = (median(column) for column in zip(*pairs, strict=True))
        mine.append(own)
        theirs.append(other)
        ratios.append(own / other)
    # The first round warms up.
    return median(mine[1:]), median(theirs[1:]), ratios[1:]


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.1f} | {min(ratios):.1f} | {max(ratios):.1f}"
