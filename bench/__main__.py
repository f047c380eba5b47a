"""Measure: `python -m bench [reading] [storing] [starting] [anchoring] [pages] [marks] [creating] [api] [exporting] [recognising] [retagging] [searching]`, all of them without a name.

Prints one Markdown table a measure. Ratios compare with a baseline in the same run, round by round, since machines
differ and are never idle.
"""

from __future__ import annotations

import sys

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
    for name in names or MEASURES:
        print(f"## {name}\n")
        for line in MEASURES[name]():
            print(line, flush=True)
        print()


main(sys.argv[1:])
