from __future__ import annotations

from dataclasses import replace

from monitor.ingest.document import Region
from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece
from monitor.ingest.structure.told_contents import told_on
from monitor.ingest.structure.typeset_front import (
    below_nameplate,
    name_joined,
    nameplate_first,
    read_typeset_front,
    repeated,
    stands_above,
    with_whole_name,
)
from tests.ingest.typeset_pieces import NAMEPLATE, nameplate, piece, prose

FERRY, SALT = "The Ferrymen of Sarn", "Salt, Timber and Peace"


def contents(*, told: bool = False) -> list[Piece]:
    listed = [
        piece("Contents", look="B"),
        piece(f"{FERRY} .... 1"),
        piece("Jane Roe", look="I"),
        piece(f"{SALT} .... 4"),
    ]
    return [replace(one, aside="contents") for one in listed] if told else listed


def texts(pieces: tuple[Piece, ...]) -> list[str]:
    return [one.text for one in pieces]


def test_masthead_contents_and_text_are_told_apart() -> None:
    front, rest = read_typeset_front([*nameplate(), *contents(), piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert front.masthead == NAMEPLATE
    assert [(one.page, one.rows[0].text) for one in front.entries] == [(1, FERRY), (4, SALT)]
    assert texts(rest) == [FERRY, prose(1).text]


def test_what_the_layout_tells_is_taken_wherever_it_stands() -> None:
    front, rest = read_typeset_front([*nameplate(), piece(FERRY, 16, "B"), prose(1), *contents(told=True)], DEFAULT)

    assert [one.page for one in front.entries] == [1, 4]
    assert texts(rest) == [FERRY, prose(1).text]


def test_contents_told_too_wide_give_back_masthead_and_title() -> None:
    wide = [replace(one, aside="contents") for one in [*nameplate(), *contents(), piece(FERRY, 16, "B")]]

    front, rest = read_typeset_front([*wide, prose(1)], DEFAULT)

    assert front.masthead == NAMEPLATE
    assert [one.rows[0].text for one in front.entries] == [FERRY, SALT]
    assert texts(rest) == [FERRY, prose(1).text]
    assert all(one.aside is None for one in rest)


def test_an_issue_without_contents_begins_below_its_masthead() -> None:
    front, rest = read_typeset_front([*nameplate(), piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert (front.masthead, front.entries) == (NAMEPLATE, ())
    assert texts(rest) == [FERRY, prose(1).text]


def test_masthead_rows_in_the_first_entrys_piece_go_to_the_masthead() -> None:
    glued = piece("VOLUME IV | ISSUE 2 Briefs 1", rows=("VOLUME IV | ISSUE 2", "Briefs 1"), look="B")
    listed = [glued, piece(f"{FERRY} 1", look="B"), piece(f"{SALT} 2", look="B")]

    front, _ = read_typeset_front([*nameplate()[:2], *listed, piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert front.masthead == (*NAMEPLATE[:2], "VOLUME IV | ISSUE 2")
    assert [(one.page, one.rows[0].text) for one in front.entries] == [(1, "Briefs"), (1, FERRY), (2, SALT)]


def test_the_nameplate_comes_before_what_stands_below_it() -> None:
    text = piece("The river rose.", at=300)
    name = [replace(one) for one in nameplate()]

    assert nameplate_first([text, *name, piece(FERRY, 16, "B", at=200), piece("It fell.", at=400)]) == [
        *name,
        piece(FERRY, 16, "B", at=200),
        text,
        piece("It fell.", at=400),
    ]


def test_without_one_largest_line_the_order_stays() -> None:
    pieces = [piece("The river rose.", at=300), piece("A", 30, at=10), piece("B", 30, at=20)]

    assert nameplate_first(pieces) == pieces
    assert nameplate_first([]) == []
    assert nameplate_first([Piece("Salt", ("Salt",))]) == [Piece("Salt", ("Salt",))]


def test_the_largest_line_over_a_row_with_number_or_date_is_the_name() -> None:
    row = piece("Notes on the river    No. 37, Winter 2020", 9)

    assert below_nameplate([piece("River Notes", 24), row, piece(FERRY, 16, "B"), prose(1)]) == 2
    assert below_nameplate([piece("River Notes", 24), piece(FERRY, 16, "B"), prose(1)]) == 0
    assert below_nameplate([]) == 0


def test_a_piece_stands_above_another_one() -> None:
    assert stands_above(piece("A", at=10), piece("B", at=30))
    assert not stands_above(piece("A", at=30), piece("B", at=10))


def test_contents_told_too_short_go_on_to_their_last_page_and_its_names() -> None:
    short = [
        *(replace(one, aside="contents") for one in contents()[:2]),
        piece("Jane Roe"),
        piece(f"{SALT} .... 4"),
        piece("Karl Ott"),
    ]

    front, rest = read_typeset_front([*nameplate(), *short, piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert [(one.page, [row.text for row in one.rows]) for one in front.entries] == [
        (1, [FERRY, "Jane Roe"]),
        (4, [SALT, "Karl Ott"]),
    ]
    assert texts(rest) == [FERRY, prose(1).text]


def test_contents_told_to_their_end_stay_as_they_are() -> None:
    pieces = [*nameplate(), *contents(told=True), piece(FERRY, 16, "B"), prose(1)]

    assert told_on(pieces) == pieces
    assert told_on([prose(1)]) == [prose(1)]


def test_a_name_over_two_lines_is_one() -> None:
    name = piece("Review of Armed Politics and Peace", 28, "B", rows=("Review of Armed Politics", "and Peace"))
    pieces = [name, *nameplate()[1:], piece(FERRY, 16, "B"), prose(1)]

    front, rest = read_typeset_front(pieces, DEFAULT)

    assert front.masthead == ("Review of Armed Politics and Peace", *NAMEPLATE[1:])
    assert texts(rest) == [FERRY, prose(1).text]


def test_a_name_in_two_pieces_is_one_and_its_number_stays_apart() -> None:
    parts = [piece("Review of", 28, "B"), piece("the River", 28, "B")]

    assert [one.text for one in with_whole_name([*parts, piece("Notes", 9)])] == ["Review of the River", "Notes"]
    assert with_whole_name([piece("River", 28), piece("Issue 4", 28), piece("Notes", 9)])[1].text == "Issue 4"
    assert with_whole_name([]) == []


def test_a_name_cut_where_columns_part_is_one() -> None:
    left = replace(piece("Ceasefire", 28, "B"), regions=(Region(1, (180, 60, 300, 88)),))
    right = replace(piece("Bulletin", 28, "B"), regions=(Region(1, (319, 60, 432, 88)),))
    text = [prose(1), prose(2)]

    assert [one.text for one in name_joined([left, *text, right])] == [
        "Ceasefire Bulletin",
        *(one.text for one in text),
    ]
    lower = replace(right, regions=(Region(1, (319, 90, 432, 118)),))
    assert name_joined([left, *text, lower]) == [left, *text, lower]


def test_a_row_with_the_date_above_the_name_is_no_part_of_it() -> None:
    rows = ("February 21, 2018 Issue 12", "Review of the River")
    both = piece(" ".join(rows), 28, "B", rows=rows)

    assert with_whole_name([both, piece("Notes", 9)]) == [both, piece("Notes", 9)]


def test_a_section_s_name_over_its_articles_is_no_entry() -> None:
    assert repeated(["Short Takes \u2026 1", FERRY, "SHORT TAKES", "SALT"]) == ("SHORT TAKES",)
    assert repeated(["Short Takes 1", "SHORT TAKES 4", "Short Takes"]) == ()


def test_names_over_the_first_title_of_the_contents_belong_to_it() -> None:
    listed = [piece("Jane Roe:"), piece(f"{FERRY} 1", look="I"), piece("Karl Ott:"), piece(f"{SALT} 4", look="I")]
    more = [piece("Ann Bell:"), piece("Boats Counted 6", look="I")]
    articles = [piece(FERRY, 16, "B"), piece("Jane Roe"), prose(1), piece(SALT, 16, "B"), piece("Karl Ott"), prose(2)]

    front, _ = read_typeset_front([*nameplate(), *listed, *more, *articles], DEFAULT)

    assert [one.page for one in front.entries] == [1, 4, 6]
    assert [row.text for row in front.entries[0].rows] == ["Jane Roe", FERRY]


def test_a_tagline_in_one_piece_with_the_first_entry_is_no_part_of_it() -> None:
    number = "VOLUME II | ISSUE 7 May 2, 2021"
    rows = ("Reports from Two Coasts", number, f"{FERRY} .... 1")
    touching = piece(" ".join(rows), rows=rows)
    listed = [touching, piece("Jane Roe", look="I"), piece(f"{SALT} .... 4"), piece("Boats Counted .... 6")]

    front, _ = read_typeset_front([piece("The Quay", 30, "B"), *listed, piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert front.entries[0].rows[0].text == FERRY
    assert front.masthead[-2:] == rows[:2]
