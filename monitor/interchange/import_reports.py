"""Reports of files that came in, as pages show them: counted and cut where they lie, for they may have thousands of rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from monitor.interchange.import_rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.interchange.import_models import FileImport

HEAVY = ("content", "report", "left_over")  # what no list of files reads
_TALLIES = """
    select file.id, line->>'outcome', count(*) from monitor_fileimport as file, jsonb_array_elements(file.report) as line
    where file.id = any(%s) group by 1, 2"""
_ROWS = """
    select line from monitor_fileimport as file, jsonb_array_elements(file.report) with ordinality as listed(line, number)
    where file.id = %s and (%s = '' or line->>'outcome' = %s) order by number offset %s limit %s"""
_LEFT = "select jsonb_array_length(left_over) from monitor_fileimport where id = %s"


def tallies(files: Iterable[FileImport]) -> dict[int, dict[str, int]]:
    """Return by its key how many rows of each file came to each end, in the order of the report's words; one statement."""
    found: dict[int, dict[str, int]] = {file.pk: {} for file in files}
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [list(found)])
        for pk, outcome, count in cursor.fetchall():
            found[pk][outcome] = count
    return {pk: {one.value: ends[one.value] for one in Outcome if one.value in ends} for pk, ends in found.items()}


@dataclass(frozen=True, slots=True)
class Report:
    """The rows of one file's report that came to one end, or all (""), as Django's paginator takes them."""

    file: FileImport
    outcome: str
    length: int

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, cut: slice) -> list[dict[str, str]]:
        start = cut.start or 0
        many = self.length if cut.stop is None else cut.stop - start
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [self.file.pk, self.outcome, self.outcome, start, many])
            return [json.loads(line) for (line,) in cursor.fetchall()]


def left_rows(file: FileImport) -> int:
    """Return how many rows of a file found no home here."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [file.pk])
        found = cursor.fetchone()
    return found[0] if found else 0
