"""Tables, captions, boxes and pull quotes that the end of a column breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.ingest.pdf.printed_page import Box
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.laying_out import LaidOut
    from monitor.ingest.pdf.printed_page import Glyph, PrintedPage

LEFT, RIGHT, STEP = 50.0, 330.0, 16.0
XS = (0.0, 90.0, 140.0)
ROWS = [
    ("Port", "2019", "2020"),
    ("Old Harbour", "1,204", "988"),
    ("Salt Quay", "310", "455"),
    ("Fjordby", "77", "81"),
    ("Upper Lock", "9", "1,014"),
    ("Isle of Ruan", "62", "7"),
]
HEAD, FOOT = 60.0, 720.0
PICTURE = Box(LEFT, FOOT - 90, LEFT + 190, FOOT - 12)


def lines(count: int) -> list[str]:
    """Return full lines in the midst of a sentence."""
    return [f"the ferry{n} and the truce of old" for n in range(count)]


def rows(part: Sequence[tuple[str, ...]], x: float, base: float, *, size: float, right: bool) -> list[Glyph]:
    return [
        glyph
        for n, row in enumerate(part)
        for k, cell in enumerate(row)
        for glyph in typed(
            cell, x + XS[k] + (28 - len(cell) * size / 2 if right and k else 0), base + STEP * n, size=size
        )
    ]


def table_of(found: LaidOut) -> list[tuple[tuple[str, ...], ...]]:
    return [piece.cells for piece in found.pieces if piece.aside == "table"]


def broken(
    at: int, *, size: float, right: bool, over_page: bool, shift: float = 0.0, count: int = len(ROWS)
) -> tuple[PrintedPage, ...]:
    """Return pages on which a table of `count` rows begins at a column's foot and goes on in the next column or page."""
    all_rows = ROWS[:count]
    first = FOOT - STEP * at
    left = [*column(LEFT, HEAD + 40, *lines(6)), *column(LEFT, first - 12 * 30, *lines(28), "and it ended so.")]
    left += rows(all_rows[:at], LEFT, first, size=size, right=right)
    rest = count - at
    if over_page:
        other = column(RIGHT, HEAD, *[f"x{n} and then the truce of old" for n in range(50)])
        below = column(LEFT + shift, HEAD + STEP * rest + 14, "Now they say it again and again.", *lines(40))
        return (
            page(1, column(LEFT, HEAD, *prose("A", 50))),
            page(2, left),
            page(3, rows(all_rows[at:], LEFT + shift, HEAD, size=size, right=right), below, other),
        )
    below = column(RIGHT, HEAD + STEP * rest + 14, "Now they say it again and again.", *lines(40))
    return page(1, column(LEFT, HEAD, *prose("A", 50))), page(
        2, left, rows(all_rows[at:], RIGHT, HEAD, size=size, right=right), below
    )


@settings(max_examples=10, deadline=None)
@given(
    st.integers(1, len(ROWS) - 1),
    st.sampled_from([8.0, 10.0]),
    st.booleans(),
    st.sampled_from([(False, 0.0), (True, 0.0), (True, 36.0)]),
)
def test_a_table_broken_anywhere_is_one(at: int, size: float, right: bool, way: tuple[bool, float]) -> None:
    found = read(*broken(at, size=size, right=right, over_page=way[0], shift=way[1]))
    assert table_of(found) == [tuple(ROWS)]
    assert [region.page for piece in found.pieces if piece.aside == "table" for region in piece.regions][-1:] == [
        3 if way[0] else 2
    ]


@pytest.mark.parametrize(("at", "count"), [(1, 3), (2, 3), (2, 4)])
@pytest.mark.parametrize("over_page", [False, True])
def test_a_table_of_which_no_part_is_one_by_itself_is_one(at: int, count: int, over_page: bool) -> None:
    found = read(*broken(at, size=8, right=False, over_page=over_page, count=count))
    assert table_of(found) == [tuple(ROWS[:count])]


@pytest.mark.parametrize(
    "row",
    [
        {0: "the ferry and the truce of old"},
        {0: "Isle of Ruan", 90: "62"},
        {0: "Isle of Ruan", 76: "62", 150: "7"},
    ],
)
def test_lines_that_stand_under_no_cells_are_no_rows_of_a_table(row: dict[int, str]) -> None:
    part = rows(ROWS[:4], LEFT, FOOT - 4 * STEP, size=10, right=False)
    left = [*column(LEFT, HEAD, *lines(44), "and it ended so."), *part]
    right = [glyph for x, cell in row.items() for glyph in typed(cell, RIGHT + x, HEAD)]
    found = read(
        page(1, column(LEFT, HEAD, *prose("A", 50))),
        page(2, left, right, column(RIGHT, HEAD + 30, "Now they say it again and again.", *lines(40))),
    )
    assert table_of(found) == [tuple(ROWS[:4])]
    assert all(cell in " ".join(piece.text for piece in found.pieces if piece.aside is None) for cell in row.values())


def captioned(first: list[str], rest: list[str], *, white: float = 14) -> LaidOut:
    """Return what is read where a caption ends a column and other small lines begin the next one."""
    left = [*column(LEFT, HEAD, *lines(44), "and it ended so."), *column(LEFT, FOOT, *first, size=7.5, font="Sans")]
    small = column(RIGHT, HEAD, *rest, size=7.5, font="Sans")
    below = column(RIGHT, HEAD + 9 * len(rest) + white, "Now they say it again and again.", *lines(40))
    return read(page(1, column(LEFT, HEAD, *prose("A", 50))), page(2, left, small, below, pictures=(PICTURE,)))


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("The harbour office after the flood, with the mark", "still visible above the door."),
        ("The harbour office after the flood, with the mark of", "Ruan above the door."),
        ("The harbour office after the flood of", "1953 and its mark above the door."),
    ],
)
def test_a_caption_broken_over_columns_is_one(first: str, rest: str) -> None:
    found = captioned([first], [rest])
    assert [(one.aside, one.text) for one in found.pieces if one.aside] == [("caption", f"{first} {rest}")]


def test_a_caption_that_has_ended_takes_no_other() -> None:
    found = captioned(["The harbour office after the flood."], ["Coal lighters below the lock."])
    assert "The harbour office after the flood." in [one.text for one in found.pieces]


@pytest.mark.parametrize("size", [10, 7.5])
def test_text_behind_a_caption_stays_text(size: float) -> None:
    caption = column(LEFT, FOOT, "The harbour office after the", size=7.5, font="Sans")
    below = column(RIGHT, HEAD, *lines(40), "and so it ended.", size=size)
    left = column(LEFT, HEAD, *lines(44))
    found = read(page(1, column(LEFT, HEAD, *prose("A", 50))), page(2, left, caption, below, pictures=(PICTURE,)))
    assert [one.text for one in found.pieces if one.aside] == ["The harbour office after the"]


def boxed(first: list[str], rest: list[str]) -> list[tuple[str | None, str]]:
    """Return the asides that are read where a box is cut at a column's end."""
    upper = Box(LEFT, FOOT - 40, LEFT + 200, FOOT + 10)
    lower = Box(RIGHT, HEAD - 14, RIGHT + 200, HEAD + 12 * len(rest))
    head = typed("Who Pays for the Buoys", LEFT + 6, FOOT - 28, size=8, font="Sans-Bold")
    left = [*column(LEFT, HEAD, *lines(42), "and it ended so."), *head]
    left += column(LEFT + 6, FOOT - 18, *first, size=8, font="Sans")
    right = column(RIGHT + 6, HEAD, *rest, size=8, font="Sans")
    below = column(RIGHT, HEAD + 12 * len(rest) + 24, "Now they say it again and again.", *lines(40))
    found = read(page(1, column(LEFT, HEAD, *prose("A", 50))), page(2, left, right, below, boxes=(upper, lower)))
    return [(one.aside, one.text) for one in found.pieces if one.aside]


def test_a_box_cut_in_a_sentence_is_one() -> None:
    first, rest = (
        ["Behind the dispute stands the", "office that gives out"],
        ["certificates, which are", "checked nowhere."],
    )
    whole = " ".join(["Who Pays for the Buoys", *first, *rest])
    assert boxed(first, rest) == [("sidebar", whole)]


def test_a_box_title_alone_at_a_columns_foot_is_no_head() -> None:
    rest = ["Behind the dispute stands the", "office of the town."]
    assert boxed([], rest) == [("sidebar", " ".join(["Who Pays for the Buoys", *rest]))]


def test_a_box_that_has_ended_is_one_of_two() -> None:
    first, rest = (
        ["Behind the dispute stands the", "office of the town."],
        ["Certificates, which are", "checked nowhere."],
    )
    assert boxed(first, rest) == [
        ("sidebar", " ".join(["Who Pays for the Buoys", *first])),
        ("sidebar", " ".join(rest)),
    ]


QUOTE = ("“Nobody had asked the pilots,", "or told them what the locks", "would cost them in May.”")


def quoted_over_pages(begun: Sequence[str], rest: Sequence[str]) -> LaidOut:
    """Return two pages: large letters at the foot of the first one's last column, and at the head of the second."""
    one = column(LEFT, HEAD + 40, *lines(50))
    beside = column(RIGHT, HEAD + 40, *lines(44), "and it ended so.")
    foot = column(RIGHT, HEAD + 40 + 12 * 45 + 10, *begun, size=14, font="Serif-Bold")
    two = column(LEFT, HEAD, *rest, size=14, font="Serif-Bold")
    return read(page(1, one, beside, foot), page(2, two, column(LEFT, HEAD + 17 * len(rest) + 12, *prose("after", 30))))


@pytest.mark.parametrize("quote", [QUOTE, (*QUOTE[:2], "a year.”")], ids=["long", "a rest of two words"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_pull_quote_that_the_end_of_a_page_breaks_is_one(at: int, quote: tuple[str, ...]) -> None:
    found = quoted_over_pages(quote[:at], quote[at:])
    assert [piece.text for piece in found.pieces if piece.aside == "pullquote"] == [" ".join(quote)]
    assert not any("pilots" in piece.text for piece in found.pieces if piece.aside is None)


def test_a_head_at_the_foot_of_a_page_is_no_beginning_of_the_quotation_after_it() -> None:
    for head in ("The pilots of the Tarn", "“The pilots” of the Tarn"):
        found = quoted_over_pages([head], QUOTE)
        assert head in [piece.text for piece in found.pieces if piece.aside is None]
        assert [piece.text for piece in found.pieces if piece.aside == "pullquote"] == [" ".join(QUOTE)]
