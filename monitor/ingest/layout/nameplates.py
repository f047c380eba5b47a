"""The issue's number and its date far apart in one row: a nameplate's, whatever columns begin below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import Row
from monitor.ingest.structure.masthead import is_date_row, is_issue_row

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_ROWS = 10  # of a page
APART = 3.0  # of the size: white between number and date


def nameplate_rows(rows: Sequence[Row]) -> set[int]:
    """Return the ids of the rows at the head of a page that print an issue's number and its date with white between."""
    return {id(row) for row in rows[:FIRST_ROWS] if _is_number_and_date(row)}


def _is_number_and_date(row: Row) -> bool:
    for at, (before, after) in enumerate(pairwise(row.words), start=1):
        if after.x0 - before.x1 >= APART * row.size:
            left, right = Row(row.words[:at]).text, Row(row.words[at:]).text
            if (is_issue_row(left) and is_date_row(right)) or (is_date_row(left) and is_issue_row(right)):
                return True
    return False
