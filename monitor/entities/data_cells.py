"""Reading the gazetteer's files cell by cell; what is wrong is said with the file and the line."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class DataFileError(ValueError):
    """A file of the gazetteer that cannot be read: the sentence names the file and the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, its cells by column, and where it stands."""

    file: str
    number: int
    cells: dict[str, str]

    def wrong(self, sentence: str) -> DataFileError:
        return DataFileError(f"{self.file}, line {self.number}: {sentence}")

    def text(self, column: str) -> str:
        return self.cells[column]

    def needed(self, column: str) -> str:
        if not (cell := self.cells[column]):
            raise self.wrong(f"the column {column} is empty.")
        return cell

    def one_of(self, column: str, known: Collection[str]) -> str:
        if (cell := self.cells[column]) not in known:
            raise self.wrong(f'{column} is "{cell}", not one of {", ".join(sorted(known))}.')
        return cell

    def several(self, column: str) -> tuple[str, ...]:
        """Return the parts between bars. Raises DataFileError for an empty part or one given twice."""
        if not (cell := self.cells[column]):
            return ()
        parts = tuple(cell.split("|"))
        if len(set(parts)) < len(parts) or not all(part and part == part.strip() for part in parts):
            raise self.wrong(f'{column} has an empty part, one given twice or one with spaces round it: "{cell}".')
        return parts

    def flag(self, column: str) -> bool:
        return self.one_of(column, ("0", "1")) == "1"

    def date(self, column: str) -> str | None:
        """Return an ISO date of any precision, or None."""
        if (cell := self.cells[column]) and not DATE.fullmatch(cell):
            raise self.wrong(f'{column} is "{cell}", not a date as 2022, 2022-01 or 2022-01-11.')
        return cell or None

    def degrees(self, column: str, limit: int) -> float | None:
        if not (cell := self.cells[column]):
            return None
        try:
            degrees = float(cell)
        except ValueError:
            raise self.wrong(f'{column} is "{cell}", not a number of degrees.') from None
        if not -limit <= degrees <= limit:
            raise self.wrong(f"{column} is {cell}, beyond {limit} degrees.")
        return degrees

    def period(self, start: str, end: str) -> tuple[str | None, str | None]:
        """Return two dates, the first not after the second."""
        begun, ended = self.date(start), self.date(end)
        if begun and ended and begun[: len(ended)] > ended[: len(begun)]:
            raise self.wrong(f"{start} {begun} is after {end} {ended}.")
        return begun, ended


def lines(file: Path, columns: str) -> Iterator[Line]:
    """Yield the rows of a CSV file. Raises DataFileError for other columns or a row of another length."""
    names = columns.split(",")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened, strict=True)
        try:
            if next(rows, []) != names:
                raise DataFileError(f"{file.name}, line 1: the columns are not {columns}.")
            for row in rows:
                if len(row) != len(names):
                    raise DataFileError(f"{file.name}, line {rows.line_num}: {len(row)} cells, not {len(names)}.")
                yield Line(file.name, rows.line_num, dict(zip(names, row, strict=True)))
        except csv.Error as error:
            raise DataFileError(f"{file.name}, line {rows.line_num}: {error}.") from error


def words(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a plain list with their numbers, without comments (#) and empty ones."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if (text := line.partition("#")[0].strip()) or (line and not line.startswith("#")):
            yield number, text
