"""The contents on the first pages: in a box, or in a column that holds nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.lines import Line

CONTENTS_PAGES = 2
LEAST_ENTRIES, ENTRY_LINES = 3, 8  # in a column of contents: entries, and lines from one page number to the next
CONTENTS_HEADING = re.compile(r"^(?:(?:table of )?contents|in this issue|inside(?: this issue)?)\b", re.IGNORECASE)
PAGE_REFERENCE = re.compile(r"^p\. ?\d{1,4}\b|\bp\. ?\d{1,4}$|(?<!\d)[.\u2026] ?\d{1,4}$")


def is_contents(rows: Sequence[str]) -> bool:
    """Tell whether rows are a table of contents: its heading, or two page references."""
    headed = any(CONTENTS_HEADING.match(row) for row in rows[:2])
    return headed or sum(bool(PAGE_REFERENCE.search(row)) for row in rows) > 1


def side_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a column that holds nothing but contents, if the page has one."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for found in columns.values():
        marks = [at for at, line in enumerate(found) if PAGE_REFERENCE.search(line.text)]
        if len(columns) > 1 and len(marks) >= LEAST_ENTRIES and marks[0] < ENTRY_LINES > len(found) - marks[-1]:
            return found if all(b - a <= ENTRY_LINES for a, b in pairwise(marks)) else []
    return []
