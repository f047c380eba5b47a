"""Contents side by side: cards under their page numbers, and two columns of a few entries."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.card_contents import card_contents
from monitor.ingest.pdf.words import Row, rows_of
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

Placed = list[tuple[str, float, float]]

CARDS: Placed = [
    ("p. 1", 60, 100),
    ("p. 2", 230, 100),
    ("p. 4", 400, 100),
    ("Briefs", 60, 114),
    ("Salt and Rifles: Old", 230, 114),
    ("Boats Counted", 400, 114),
    ("Jane Roe", 60, 128),
    ("Roads", 230, 128),
    ("Ann Bell", 400, 128),
    ("Karl Ott", 230, 142),
]
ENTRIES: Placed = [
    ("Briefs", 60, 100),
    ("1", 285, 100),
    ("Salt and Rifles", 310, 100),
    ("4", 535, 100),
    ("Jane Roe", 60, 112),
    ("Karl Ott", 310, 112),
    ("Boats Counted", 60, 128),
    ("2", 285, 128),
    ("Ann Bell", 60, 140),
]


def rows(placed: Placed) -> list[Row]:
    return rows_of([glyph for text, x, base in placed for glyph in typed(text, x, base)])


def taken(placed: Placed) -> list[list[str]]:
    """Return the lines of each card."""
    left, found = card_contents(rows(placed))
    assert sum(len(row.words) for row in left) + sum(len(row.words) for cut in found for row in cut.rows) == sum(
        len(row.words) for row in rows(placed)
    )
    return [[row.text for row in card] for cut in found for card in cut.cells[0]]


def test_cards_are_read_one_after_the_other() -> None:
    assert taken(CARDS) == [
        ["p. 1", "Briefs", "Jane Roe"],
        ["p. 2", "Salt and Rifles: Old", "Roads", "Karl Ott"],
        ["p. 4", "Boats Counted", "Ann Bell"],
    ]


def test_cards_end_at_white_and_at_a_line_across_them() -> None:
    below = [("The truce of old held and then nobody ever counted boats again in the harbour", 60.0, 156.0)]
    assert taken([*CARDS, *below]) == taken(CARDS)
    assert taken([*CARDS, ("Far below", 60, 190)]) == taken(CARDS)


@pytest.mark.parametrize("lower", [0.0, 6.0])
def test_two_columns_of_entries_are_read_one_after_the_other(lower: float) -> None:
    """They need not stand level: a heading over the left one pushes it down."""
    moved = [(text, x, base + (lower if x < 300 else 0)) for text, x, base in ENTRIES]
    assert taken(moved) == [
        ["Briefs 1", "Jane Roe", "Boats Counted 2", "Ann Bell"],
        ["Salt and Rifles 4", "Karl Ott"],
    ]


@pytest.mark.parametrize(
    "placed",
    [
        [("p. 4", 60, 100), ("p. 2", 230, 100), *CARDS[3:]],  # no pages that rise
        [("Port", 60, 100), ("2019", 230, 100), ("2020", 400, 100), *CARDS[3:]],  # a table's head
        CARDS[:3],  # numbers over nothing
        ENTRIES[:6],  # two entries may be anything
    ],
)
def test_other_rows_are_left_alone(placed: Placed) -> None:
    assert taken(placed) == []


def test_cards_over_columns_stand_before_the_text() -> None:
    cards = [glyph for text, x, base in CARDS for glyph in typed(text, x, base)]
    left, right = column(60, 190, *prose("Left", 20)), column(320, 190, *prose("Right", 20))
    found = read(page(1, cards, left, right))
    assert [piece.text.split()[0] for piece in found.pieces if piece.aside is None] == ["Left0", "Right0"]
    listed = [row for piece in found.pieces if piece.aside == "contents" for row in piece.rows]
    assert listed == [row for card in taken(CARDS) for row in card]


def test_a_raised_number_at_the_end_of_a_line_is_no_page() -> None:
    found = [Row([word._replace(marker=word.text.isdecimal()) for word in row.words]) for row in rows(ENTRIES)]
    assert card_contents(found)[1] == []


def test_lines_of_prose_that_end_in_numbers_are_no_entries() -> None:
    lines = ["the channel has filled by", "feet. For now, the harbour,", "no fewer than", "of the law. Since 1972,"]
    prose_rows: Placed = [(text, 60, 100 + 12 * n) for n, text in enumerate(lines)]
    numbers: Placed = [("7", 285, 100), ("9", 285, 124), ("Weirs of the North", 310, 100), ("10", 530, 100)]
    assert card_contents(rows([*prose_rows, *numbers]))[1] == []
