"""`python -m bench peers [NAME ...] [--articles N]`: what may be asked for, and where peers are installed."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.own_site import ROOT, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMES = ("doccano", "label-studio", "taguette", "datasette")
PLACE = "BENCH_PEERS"  # the folder of their environments; MONITOR_VAR is the measured site's while that is up


@dataclass(frozen=True, slots=True)
class Asked:
    """Which peers, and how many articles Datasette is to hold; the site holds twenty times as many."""

    names: tuple[str, ...]
    articles: int


def asked_for(arguments: Sequence[str]) -> Asked:
    parser = argparse.ArgumentParser(prog="python -m bench peers")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all without one")
    parser.add_argument("--articles", type=int, default=1_000, help="that Datasette holds")
    found = parser.parse_args(arguments)
    if unknown := sorted({*found.names} - {*NAMES}):
        parser.error(f"there is no peer {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    return Asked(tuple(found.names) or NAMES, found.articles)


def report(arguments: Sequence[str] = ()) -> Iterator[str]:
    os.environ.setdefault(PLACE, str(Path(os.environ.get("MONITOR_VAR", ROOT / "var")).resolve() / "peers"))
    return report_of("bench.peers", *arguments)
