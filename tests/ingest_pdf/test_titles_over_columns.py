"""Titles beside and above columns: what they end, what belongs to them, and contents below the first of them."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.cells import is_one_line
from monitor.ingest.layout.strips import PageCuts
from monitor.ingest.pdf.printed_page import Box, Rule
from monitor.ingest.pdf.words import rows_of
from tests.ingest_pdf.typed_pages import column, order, page, prose, read, typed


@pytest.mark.parametrize(("lower", "rest"), [(14, ["One", "Right0", "Two"]), (0, ["One", "Two"])])
def test_titles_begun_at_other_heights_stand_in_their_columns(lower: int, rest: list[str]) -> None:
    """Both columns end above the titles by chance; only where the titles are level may they begin a band."""
    whole = [f"Left{n} and then the truce ended." for n in range(30)]
    left = column(60, 100, *whole) + typed("One Title of It", 60, 490, size=18, font="Serif-Bold")
    left += column(60, 512, "Left and then the truce went on", *prose("left", 8))
    right = column(320, 100, *[f"Right{n} and then the truce ended." for n in range(30)])
    right += typed("Two Titles of It", 320, 490 + lower, size=18, font="Serif-Bold")
    right += column(320, 512 + lower, "End and then the truce went on", *prose("right", 8))
    found = read(page(1, left, right), page(2, column(60, 100, *prose("last", 30))))
    firsts = [piece.text.split()[0] for piece in found.pieces]
    told = [first for first in firsts if first in {"One", "Two"} or first.startswith(("Left0", "Right0"))]
    assert told == ["Left0", *rest]


CONTENTS = ("In This Issue", "p.1 Briefs", "p.2 The Weir and", "the Lock", "p.3 Boats Counted")


def front(*, byline: str) -> list[tuple[str | None, str]]:
    """Return the order of a first page whose contents stand in a box below the first title, atop the left column."""
    plate = typed("Straits Observer", 60, 60, size=25, font="Serif-Bold") + typed("VOLUME IX | ISSUE 7", 60, 80)
    title = typed("Why the League of Counter-Smugglers Waits", 60, 120, size=16, font="Serif-Bold")
    names = typed(byline, 60, 140)
    box = Box(57, 165, 228, 240)
    contents = column(70, 180, *CONTENTS)
    left = column(60, 280, *prose("Left", 30))
    right = column(320, 172, *prose("Right", 38))
    return order(read(page(1, plate, title, names, contents, left, right, boxes=(box,)), page(2, left, right)))


@pytest.mark.parametrize("byline", ["NURLAN TOWEH", "By Odile Farouqi"])
def test_contents_boxed_below_the_first_title_leave_it_its_text(byline: str) -> None:
    found = front(byline=byline)
    assert [first for aside, first in found if aside == "masthead"] == ["Straits", "VOLUME"]
    assert [first for aside, first in found if aside is None][:4] == [
        "Why",
        byline.split(maxsplit=1)[0],
        "Left0",
        "Right0",
    ]


def test_what_is_large_above_the_number_is_the_masthead() -> None:
    plate = typed("Straits", 60, 60, size=25, font="Serif-Bold") + typed("Observer", 60, 90, size=20)
    number = typed("VOLUME IX | ISSUE 7", 60, 110)
    contents = column(70, 180, *CONTENTS)
    text = column(320, 172, *prose("Right", 38))
    found = order(read(page(1, plate, number, contents, text, boxes=(Box(57, 165, 228, 240),))))
    assert [aside for aside, _ in found][:3] == ["masthead"] * 3


def stopped(name: str, count: int) -> list[str]:
    return [f"{name}{n} and then the truce ended." for n in range(count)]


def title_low_on_the_left(*, white: float, ruled: bool) -> list[str]:
    """Return the first words of a page's pieces: a title in the left column, `white` points beside it in the right."""
    left = column(60, 100, *stopped("Left", 10)) + column(60, 225, *stopped("Lower", 19))
    left += typed("One Title of It", 60, 480, size=18, font="Serif-Bold") + column(60, 502, *prose("Under", 8))
    right = column(320, 100, *stopped("Right", 15)) + column(320, 285, *stopped("Next", 15))
    right += column(320, 465 + white, *prose("Last", 10))
    rules = (Rule(270, 90, 271, 620),) if ruled else ()
    found = read(page(1, left, right, rules=rules), page(2, column(60, 100, *prose("last", 30))))
    return [piece.text.split(maxsplit=1)[0] for piece in found.pieces]


@pytest.mark.parametrize(("white", "ruled", "band"), [(5, False, False), (17, True, False), (17, False, True)])
def test_white_beside_a_title_ends_no_columns_where_it_is_usual_or_ruled(
    white: float, *, ruled: bool, band: bool
) -> None:
    """Between paragraphs the page leaves five points; a rule between the columns goes on past the title."""
    found = title_low_on_the_left(white=white, ruled=ruled)
    assert (found.index("One") > found.index("Next0")) == band


def test_a_line_with_white_over_rows_that_stand_left_alone_is_looked_at() -> None:
    glyphs = typed("Left", 60, 100) + typed("Right", 400, 100) + column(60, 130, *prose("Left", 4))
    assert not is_one_line(rows_of(glyphs, ()), (240.0, 390.0), PageCuts(10))
