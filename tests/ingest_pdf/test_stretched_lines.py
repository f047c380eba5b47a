"""Narrow justified columns: a line of few words far apart is no row of a table."""

from __future__ import annotations

import pytest

from tests.ingest_pdf.typed_pages import column, order, page, read, typed

X, RIGHT = 60.0, 190.0
FULL = "and then the truce of olden"  # 26 letters and more fill the column


def spread(words: list[str], base: float) -> list[object]:
    """Return words over the whole column's width, as far apart as it takes."""
    used = sum(5 * len(word) for word in words)
    gap = (RIGHT - X - used) / (len(words) - 1)
    found: list[object] = []
    at = X
    for word in words:
        found += typed(word, at, base)
        at += 5 * len(word) + gap
    return found


def kinds(*rows: list[str]) -> set[str | None]:
    """Return what the pieces are of a justified column with such lines in its midst."""
    above = column(X, 100, *[f"{FULL[:26]}"] * 12)
    midst = [glyph for n, words in enumerate(rows) for glyph in spread(words, 244 + 12 * n)]
    below = column(X, 244 + 12 * len(rows), *[f"{FULL[:26]}"] * 11, "and it ended so.")
    return {kind for kind, _ in order(read(page(5, above, midst, below)))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "rows",
    [
        [["diesel", "fuel", "despite"], ["three", "of", "others"], ["known", "as", "locks"]],
        [["Island", "Radio", "May"], ["The", "newly", "formed"], ["dredge", "and", "office"]],
    ],
)
def test_stretched_lines_are_text(rows: list[list[str]]) -> None:
    assert kinds(*rows) == {None}
