"""Searching an invented archive: `python -m bench.searching [--size 100000] [--words 1500] [--rounds 20]`.

Archives stay in `var/bench/`, since a large one takes long to make. With two sizes measured, `--growth` tells the exponent
between them: 0 for a time that stays, 1 for one that grows with the archive.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.goals import of_rounds
from bench.own_site import ROOT, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = ROOT / "var" / "bench"
TIMES = "times.json"
CAPPED, EXACT = (
    0.3,
    1.0,
)  # by which power of the archive's size a time may grow: where counts stop, and where all is counted
OLD = 3  # times as long at most
SPREAD_AND_OLD = ("two words", "old matches")  # of about as many hits
SMALL = ("--size", "10000", "--rounds", "5")


def report() -> Iterator[str]:
    yield from report_of("bench.searching", *SMALL)
    yield from growth(PLACE)


def growth(place: Path) -> Iterator[str]:
    """Yield by which power of the archive's size each shape's processor time grows, for articles of the same length."""
    runs = [json.loads(path.read_text()) for path in sorted(place.glob(f"search-*/{TIMES}"))]
    for words in sorted({run["words"] for run in runs}):
        sizes = sorted((run for run in runs if run["words"] == words), key=lambda run: run["size"])
        for small, large in pairwise(sizes):
            yield f"| shape, {words:,} words each | {small['size']:,}: cpu ms | {large['size']:,}: cpu ms | exponent | goal |\n|---|---|---|---|---|"
            grown: dict[float, list[float]] = {CAPPED: [], EXACT: []}
            for shape, before in small["cpu"].items():
                if shape not in large["cpu"]:  # it took too long there
                    yield f"| {shape} | {before:.0f} | - | - | missed |"
                    continue
                after = large["cpu"][shape]
                exponent = math.log(after / before) / math.log(large["size"] / small["size"])
                goal = CAPPED if shape in large["capped"] else EXACT
                grown[goal].append(max(0.0, exponent))
                yield f"| {shape} | {before:.0f} | {after:.0f} | {exponent:.2f} | {goal}{'' if exponent <= goal else ', missed'} |"
            spread, old = (large["cpu"].get(shape, 0.0) for shape in SPREAD_AND_OLD)
            sizes_said = f"{small['size']:,} to {large['size']:,}"
            yield ""
            for goal, exponents in grown.items():
                if exponents:
                    how = "stops" if goal == CAPPED else "goes on"
                    yield str(of_rounds(f"growth where the count {how}, {sizes_said}", [max(exponents)], goal))
            yield str(
                of_rounds(f"old matches beside spread ones among {large['size']:,}", [old / max(spread, 1.0)], OLD)
            )
            yield ""


def asked_for(arguments: list[str]) -> Iterator[str]:
    """Measure in this process, on a site whose data stay."""
    parser = argparse.ArgumentParser(prog="python -m bench searching")
    parser.add_argument("--size", type=int, default=10_000, help="articles")
    parser.add_argument("--words", type=int, default=1_500, help="of an article, about")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--var", type=Path, help="folder of the archive")
    parser.add_argument("--growth", action="store_true", help="tell only of growth between archives that were measured")
    asked = parser.parse_args(arguments)
    if asked.growth:
        yield from growth(asked.var.parent if asked.var else PLACE)
        return
    var = asked.var or PLACE / f"search-{asked.size}-{asked.words}"
    (var / "static").mkdir(parents=True, exist_ok=True)  # or whitenoise would complain
    os.environ.update(DJANGO_SETTINGS_MODULE="monitor.settings", MONITOR_VAR=str(var), DEBUG="0")
    os.environ["MONITOR_PG_DURABLE"] = "0"
    importlib.import_module("django").setup()
    # The models can be imported only now.
    measures = importlib.import_module("bench.search_measures")
    yield from measures.report(asked.size, asked.words, asked.rounds, var / TIMES)


if __name__ == "__main__":
    for line in asked_for(sys.argv[1:]):
        print(line, flush=True)
