"""The processor time of a page in this process, which a busy machine leaves alone. Django must be set up before."""

from __future__ import annotations

import io
import os
import sys
from functools import partial
from itertools import count
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.rounds import ROUNDS, cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

EACH_ROUND = 8
ASKED = count()  # no page is asked for twice, so that all are drawn
# What Chromium sends to a site of its own machine or by https, and what a program sends that takes no compressed answer.
CODINGS = {"as browsers ask": "gzip, deflate, br, zstd", "not compressed": "identity"}


def measured(articles: Mapping[int, str], kept: Path, cookies: str) -> Iterator[str]:
    os.environ["BENCH_BYTES"] = str(kept)
    # It sets the addresses of the whole process, so it is imported by those who measure alone.
    from bench.same_bytes import application  # noqa: PLC0415

    yield f"Processor time of the two, without the database's; load of the machine {os.getloadavg()[0]:.1f}.\n"
    yield "| characters | | sent kB | page ms | same bytes ms | ratio | least | greatest |\n|---|---|---|---|---|---|---|---|"
    for length, address in articles.items():
        for name, coding in CODINGS.items():
            ours = partial(asked, application, address, cookies, coding)
            bare = partial(asked, application, f"/bench/{length}", cookies, coding)
            page, same, ratios = _in_turn(ours, bare)
            spread = f"{median(ratios):.1f} | {min(ratios):.1f} | {max(ratios):.1f}"
            yield f"| {length:,} | {name} | {len(ours()) / 1000:.0f} | {page:.1f} | {same:.1f} | {spread} |"
    yield ""


def asked(application: Any, address: str, cookies: str, coding: str) -> bytes:
    """Return what the site answers, without a server between."""
    said: list[str] = []
    answer = application(_environment(address, cookies, coding), lambda status, *_: said.append(status))
    content = b"".join(answer)
    answer.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{address} was answered {said[0]}")
    return content


def _environment(address: str, cookies: str, coding: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": f"asked={next(ASKED)}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookies,
        "HTTP_ACCEPT_ENCODING": coding,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _in_turn(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float, list[float]]:
    """Return the median milliseconds of both, and the ratio of each round; the first one warms up."""
    rounds = []
    for _ in range(ROUNDS + 1):
        pairs = [(cpu_seconds(ours), cpu_seconds(bare)) for _ in range(EACH_ROUND)]
        rounds.append(tuple(median(column) * 1000 for column in zip(*pairs, strict=True)))
    own, same = zip(*rounds[1:], strict=True)
    return median(own), median(same), [a / b for a, b in zip(own, same, strict=True)]
