"""A title over two of three columns: the third column's notes reach lower than its first line."""

from __future__ import annotations

import pytest

from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

X = (40, 232, 424)


def going(name: str, lines: int) -> list[str]:
    """Return lines of which the last goes on in the next column."""
    return [f"{name}{n} and then the truce of old" for n in range(lines)]


def stepped(depth: int) -> str:
    """Return the text of a page whose third upper column is `depth` lines deeper than the others."""
    upper = column(X[0], 60, *going("aa", 16)) + column(X[1], 60, *[t.lower() for t in going("bb", 16)])
    third = column(X[2], 60, *[f"c{t}" for t in going("c", 8)[:7]], "cc8 it ended so.")
    third += column(X[2], 170, *[f"{n + 1}. Some note of it." for n in range(6 + depth)], size=8)
    title = typed("Karvan and the Quiet Councillors", 40, 285, size=19, font="Serif-Bold")
    lower = column(X[0], 320, *going("dd", 30)) + column(X[1], 320, *[t.lower() for t in going("ee", 30)])
    last = column(X[2], 290 + 12, *[t.lower() for t in going("ff", 30)], "ff and it ended so.")
    found = read(page(1, upper, third, title, lower, last), page(2, column(60, 100, *prose("last", 30))))
    return " ".join(piece.text for piece in found.pieces)


@pytest.mark.parametrize("depth", [2, 4, 6])
def test_a_column_beside_a_title_ends_at_its_own_height(depth: int) -> None:
    text = stepped(depth)
    places = [
        text.index(word)
        for word in ("aa0", "bb0", "cc0", "1. Some", f"{6 + depth}. Some", "Karvan", "dd0", "ee0", "ff0")
    ]
    assert places == sorted(places)
