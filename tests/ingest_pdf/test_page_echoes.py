"""Letters drawn twice at a page break."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.page_echoes import without_echoes
from monitor.ingest.layout.running_heads import PageRows
from monitor.ingest.pdf.words import rows_of
from tests.ingest_pdf.typed_pages import typed


def last_rows(stray: str, x: float, first: str = "L\u2019\u00c9cho du Phare said") -> list[str]:
    """Return the rows of a page with `stray` below its last line, before a page that begins with `first`."""
    one = [*typed("the truce held on", 50, 700), *typed(stray, x, 730)]
    two = [*typed(first, 50, 60), *typed("and so on", 50, 72)]
    pages = [PageRows(n, 792, tuple(rows_of(glyphs))) for n, glyphs in enumerate((one, two), start=1)]
    kept = without_echoes(pages)
    assert kept[1] == pages[1]
    return [row.text for row in kept[0].rows]


def test_an_accented_letter_of_the_next_first_line_is_an_echo() -> None:
    assert last_rows("\u00c9", 60) == ["the truce held on"]


@pytest.mark.parametrize(("stray", "x"), [("\u00c9", 300), ("E", 60), ("\u00c9cole", 60), ("2", 60), ("\u017b", 60)])
def test_other_last_rows_stay(stray: str, x: float) -> None:
    assert last_rows(stray, x) == ["the truce held on", stray]


def test_no_pages_have_no_echoes() -> None:
    assert without_echoes([]) == []
