"""CSV after RFC 4180, safe to open in a spreadsheet, and read back to the same texts."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.interchange.names import PersonName
    from monitor.interchange.records import PassageRecord

MEDIA_TYPE = "text/csv; charset=utf-8"
BOM = "\ufeff"  # without it Excel takes UTF-8 for the machine's own code page
BETWEEN_NAMES = "|"
_FORMULA = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"  # noqa: RUF001 (spreadsheets in East Asia take the wide signs too)
_NEEDS_GUARD = re.compile(rf"'*{_FORMULA}")
_HAS_GUARD = re.compile(rf"'+{_FORMULA}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)

PASSAGE_COLUMNS: dict[str, Callable[[PassageRecord], object]] = {
    "id": lambda p: p.uid,
    "source": lambda p: p.source,
    "printed": lambda p: p.printed,
    "cited_date": lambda p: p.date,
    "year_inferred": lambda p: "true" if p.inferred else "false",
    "cited_url": lambda p: p.url,
    "passage": lambda p: p.text,
    "paragraph": lambda p: p.paragraph,
    "note": lambda p: p.note,
    "start": lambda p: p.start,
    "end": lambda p: p.end,
    "cited_start": lambda p: p.cited_start,
    "cited_end": lambda p: p.cited_end,
    "article_id": lambda p: p.article.id,
    "article_title": lambda p: p.article.title,
    "authors": lambda p: BETWEEN_NAMES.join(map(printed_name, p.article.authors)),
    "periodical": lambda p: p.article.periodical,
    "volume": lambda p: p.article.volume,
    "issue": lambda p: p.article.number,
    "date": lambda p: p.article.date,
    "pages": lambda p: p.article.pages("-"),
    "url": lambda p: p.permalink,
}


class _Line:
    """Where `csv.writer` writes: it hands each line straight back."""

    def write(self, text: str) -> str:
        return text


def passages_csv(passages: Iterable[PassageRecord], *, bom: bool = True) -> Iterator[str]:
    """Yield a line of headings, then a line a passage."""
    rows = ([column(passage) for column in PASSAGE_COLUMNS.values()] for passage in passages)
    return write_rows(PASSAGE_COLUMNS, rows, bom=bom)


def write_rows(columns: Iterable[str], rows: Iterable[Iterable[object]], *, bom: bool = True) -> Iterator[str]:
    """Yield lines that end in CRLF, every cell in quotes; None is an empty cell.

    Where a list separator other than the comma is usual, a spreadsheet would cut bare cells at it and take what
    follows for a formula: hence the quotes.
    """
    as_line = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    yield (BOM if bom else "") + as_line(map(_cell, columns))
    for row in rows:
        yield as_line(map(_cell, row))


def _cell(value: object) -> str:
    return "" if value is None else guarded(str(value))


def guarded(cell: str) -> str:
    """Return `cell`, with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{cell}" if _NEEDS_GUARD.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """Return what was given to `guarded`."""
    return cell[1:] if _HAS_GUARD.match(cell) else cell


def read_rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows that `write_rows` was given, the headings first; None comes back as an empty text.

    `lines` must keep their line ends: open a file with `newline=""`.
    """
    bare = (line if number else line.removeprefix(BOM) for number, line in enumerate(lines))
    for row in csv.reader(bare, strict=True):
        yield [unguarded(cell) for cell in row]


def printed_name(name: PersonName) -> str:
    """Return a name as it is printed: given names first."""
    return name.literal or " ".join(filter(None, (name.given, name.family, name.suffix)))
