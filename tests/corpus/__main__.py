"""The corpus by hand.

python -m tests.corpus --list
python -m tests.corpus LAYOUT PRODUCER SEED OUTDIR     write the PDF and its gold
python -m tests.corpus score [WORD…] [--seeds N] [--short] [--verbose]
    typeset, read and score every layout and producer whose names hold all of the words; worst first
python -m tests.corpus drawn COUNT [--first-seed N] [--verbose]
    the same for layouts that nobody wrote down, one by each producer in turn
python -m tests.corpus misses                          write known_misses.py anew
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import to_json
from tests.corpus import known_misses
from tests.corpus.cross_section import SEED, pairs
from tests.corpus.drawn_layouts import drawn_layout
from tests.corpus.invention import FULL, SHORT, Extent
from tests.corpus.layout import NAMED, Layout
from tests.corpus.making import made
from tests.corpus.producers import PRODUCERS
from tests.corpus.scoring import LOWER_IS_BETTER, differences, misses, scores
from tests.corpus.typeset import CannotTypeset

TABLE = "KNOWN_MISSES: dict[tuple[str, str], dict[str, float]] = "


def main() -> int:
    """Run one of the commands."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--list"]:
        print("layouts:  ", *NAMED, "\nproducers:", *PRODUCERS)
        return 0
    if arguments[:1] == ["score"]:
        return score(arguments[1:])
    if arguments[:1] == ["drawn"]:
        return drawn(arguments[1:])
    if arguments == ["misses"]:
        return write_misses()
    if len(arguments) != 4:
        print(__doc__)
        return 2
    layout, producer, seed, folder = arguments
    write(layout, producer, int(seed), Path(folder))
    return 0


def write(layout: str, producer: str, seed: int, folder: Path) -> None:
    """Write one issue and its gold."""
    done = made(NAMED[layout], producer, seed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{layout}-{producer}-{seed}.pdf"
    path.write_bytes(done.pdf)
    path.with_suffix(".json").write_text(json.dumps(done.gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path)


def score(arguments: list[str]) -> int:
    """Print what the reader misses."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus score")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="small issues")
    parser.add_argument("--verbose", action="store_true", help="say what differs, in full")
    options = parser.parse_args(arguments)
    results: list[Result] = []
    for layout in NAMED:
        for producer in PRODUCERS:
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                name = f"{layout} {producer} {seed}"
                if all(word in name for word in options.words):
                    results += _scored(name, NAMED[layout], producer, seed, SHORT if options.short else FULL)
    return _table(results, verbose=options.verbose)


def drawn(arguments: list[str]) -> int:
    """Print what the reader misses in layouts drawn by their number."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus drawn")
    parser.add_argument("count", type=int)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="say what differs, in full")
    options = parser.parse_args(arguments)
    results: list[Result] = []
    for seed in range(options.first_seed, options.first_seed + options.count):
        layout, producer = drawn_layout(seed), sorted(PRODUCERS)[seed % len(PRODUCERS)]
        results += _scored(f"drawn {seed} {producer}\n   {_choices(layout)}\n   ", layout, producer, seed, SHORT)
    return _table(results, verbose=options.verbose)


def _choices(layout: Layout) -> str:
    usual = Layout()
    names = [field.name for field in fields(layout) if getattr(layout, field.name) != getattr(usual, field.name)]
    return " ".join(f"{name}={getattr(layout, name)}" for name in names)


@dataclass(frozen=True, slots=True)
class Result:
    """One reading: its loss in all metrics together, the metrics that fall short, and what differs."""

    loss: float
    name: str
    missed: dict[str, float]
    lines: list[str]


def _table(results: list[Result], *, verbose: bool) -> int:
    for result in sorted(results, key=lambda result: result.loss, reverse=True):
        figures = " ".join(f"{metric}={figure}" for metric, figure in result.missed.items()) or "perfect"
        print(f"{result.name:40} {figures} ({len(result.lines)} differences)")
        for line in result.lines if verbose else result.lines[:3]:
            print("     ", line)
    print(sum(not result.lines for result in results), "of", len(results), "exact")
    return 0


def _scored(name: str, layout: Layout, producer: str, seed: int, extent: Extent) -> list[Result]:
    try:
        done = made(layout, producer, seed, extent)
    except CannotTypeset as reason:
        print(f"{name}: not made, {reason}", file=sys.stderr)
        return []
    try:
        found: dict[str, Any] = to_json(read_pdf_issue(done.pdf, limits=Limits()))
    except Refusal as refusal:
        return [Result(100, name, {}, [f"refused: {refusal}"])]
    missed = misses(scores(found, done.gold))
    loss = sum(figure if metric in LOWER_IS_BETTER else 1 - figure for metric, figure in missed.items())
    return [Result(loss, name, missed, differences(found, done.gold))]


def write_misses() -> int:
    """Read the issues of a whole test run and write down what is missed in them."""
    table: dict[tuple[str, str], dict[str, float]] = {}
    for layout, producer in pairs(whole=True):
        for result in _scored(f"{layout} {producer}", NAMED[layout], producer, SEED, SHORT):
            if result.lines or result.missed:
                table[layout, producer] = result.missed | {"differences": len(result.lines)}
    path = Path(known_misses.__file__)
    head, _, _ = path.read_text(encoding="utf-8").partition(TABLE)
    rows = "".join(f"    {json.dumps(pair)}: {json.dumps(short)},\n" for pair, short in table.items())
    rows = rows.replace("[", "(").replace("]", ")")
    path.write_text(f"{head}{TABLE}{{\n{rows}}}\n" if rows else f"{head}{TABLE}{{}}\n", encoding="utf-8")
    print(f"{len(table)} of {len(pairs(whole=True))} issues are not read exactly: {path.name} says how")
    return 0


if __name__ == "__main__":
    sys.exit(main())
