"""The corpus by hand.

python -m tests.corpus --list
python -m tests.corpus LAYOUT PRODUCER SEED OUTDIR     write the PDF and its gold
python -m tests.corpus score [WORD…] [--seeds N] [--short] [--verbose]
    typeset, read and score every layout and producer whose names hold one of the words; worst first
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from monitor.ingest.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import to_json
from tests.corpus.invention import FULL, SHORT
from tests.corpus.layout import NAMED
from tests.corpus.making import made
from tests.corpus.producers import PRODUCERS
from tests.corpus.scoring import LOWER_IS_BETTER, differences, misses, scores
from tests.corpus.typeset import CannotTypeset


def main() -> int:
    """Run one of the three commands."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--list"]:
        print("layouts:  ", *NAMED, "\nproducers:", *PRODUCERS)
        return 0
    if arguments[:1] == ["score"]:
        return score(arguments[1:])
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
    results = []
    for layout in NAMED:
        for producer in PRODUCERS:
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                name = f"{layout} {producer} {seed}"
                if all(word in name for word in options.words):
                    results += _scored(name, layout, producer, seed, short=options.short)
    results.sort(key=lambda result: result[0], reverse=True)
    for _, name, missed, lines in results:
        print(
            f"{name:40}",
            " ".join(f"{metric}={figure}" for metric, figure in missed.items()) or "perfect",
            f"({len(lines)} differences)",
        )
        for line in lines if options.verbose else lines[:3]:
            print("     ", line)
    print(sum(not lines for *_, lines in results), "of", len(results), "exact")
    return 0


def _scored(
    name: str, layout: str, producer: str, seed: int, *, short: bool
) -> list[tuple[float, str, dict[str, float], list[str]]]:
    try:
        done = made(NAMED[layout], producer, seed, SHORT if short else FULL)
    except CannotTypeset as reason:
        print(f"{name}: not made, {reason}", file=sys.stderr)
        return []
    try:
        found: dict[str, Any] = to_json(read_pdf_issue(done.pdf, limits=Limits()))
    except Refusal as refusal:
        return [(100, name, {}, [f"refused: {refusal}"])]
    missed = misses(scores(found, done.gold))
    loss = sum(figure if metric in LOWER_IS_BETTER else 1 - figure for metric, figure in missed.items())
    return [(loss, name, missed, differences(found, done.gold))]


if __name__ == "__main__":
    sys.exit(main())
