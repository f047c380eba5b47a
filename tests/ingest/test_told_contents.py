from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.document import Region
from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.structure.told_contents import (
    by_levels,
    untabled,
    with_cells,
    with_columns,
    with_far_pages,
    with_heading_apart,
    with_pages_joined,
)
from monitor.ingest.structure.typeset_front import read_typeset_front
from monitor.ingest.structure.whole_lines import known_lines
from tests.ingest.typeset_pieces import nameplate, piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FERRY, SALT = "The Ferrymen of Sarn", "Salt, Timber and Peace"


def table(*cells: tuple[str, ...]) -> Piece:
    text = " ".join(cell for row in cells for cell in row)
    return replace(piece(text, rows=tuple(" ".join(row) for row in cells), aside="table"), cells=cells)


def texts(pieces: list[Piece]) -> list[str]:
    return [one.text for one in pieces]


def placed(text: str, x: float, y: float) -> Piece:
    return replace(piece(text), regions=(Region(1, (x, y, x + 200, y + 10)),))


def test_a_table_below_the_heading_of_the_contents_is_the_contents() -> None:
    pieces = [piece("Contents", 12, "B"), table((f"{FERRY}", "1"), (SALT, "4")), piece("Karl Ott")]

    assert texts(untabled(pieces, DEFAULT)) == ["Contents", f"{FERRY} 1", f"{SALT} 4", "Karl Ott"]


def test_pages_may_stand_in_the_first_column_or_end_the_lines_of_a_table() -> None:
    first = [piece("Contents"), table(("1", FERRY, "Jane Roe"), ("4", SALT, "Karl Ott"))]
    ends = [piece("Contents"), piece("", rows=(f"{FERRY} 1", f"{SALT} 4"), aside="table")]

    assert texts(untabled(first, DEFAULT)) == ["Contents", "1", FERRY, "Jane Roe", "4", SALT, "Karl Ott"]
    assert texts(untabled(ends, DEFAULT)) == ["Contents", f"{FERRY} 1", f"{SALT} 4"]


def test_other_tables_stay_tables() -> None:
    falling = [piece("Contents"), table((FERRY, "9"), (SALT, "4"))]
    alone = [piece("Harvest"), table((FERRY, "1"), (SALT, "4"))]

    assert untabled(falling, DEFAULT) == falling
    assert untabled(alone, DEFAULT) == alone


def test_a_number_goes_behind_the_leaders_that_wait_for_it() -> None:
    joined = with_pages_joined([piece(f"{FERRY} \u2026"), piece("3"), piece("12")])

    assert texts(joined) == [f"{FERRY} \u2026 3", "12"]
    assert texts(with_pages_joined([piece(FERRY), piece("3")])) == [FERRY, "3"]


def test_a_second_column_of_the_contents_is_taken_from_behind_the_text() -> None:
    listed = [placed(f"{FERRY} \u2026 1", 50, 100), placed("Jane Roe", 50, 112)]
    second = [placed(f"{SALT} \u2026 4", 300, 100), placed("Karl Ott", 300, 112)]
    text = [replace(prose(1), regions=(Region(1, (50, 200, 250, 260)),))]

    assert with_columns(listed, [*text, *second]) == ([*listed, *second], text)


def test_lines_without_pages_beside_the_contents_stay_in_the_text() -> None:
    listed = [placed(f"{FERRY} \u2026 1", 50, 100), placed("Jane Roe", 50, 112)]
    beside = [placed("Salt and Peace", 300, 100), placed("Karl Ott", 300, 112)]

    assert with_columns(listed, beside) == (listed, beside)
    assert with_columns([], beside) == ([], beside)


def test_contents_taken_for_a_table_are_read_whole() -> None:
    listed = [piece("Contents", look="B"), table((FERRY, "1"), ("Jane Roe", ""), (SALT, "4")), piece("Karl Ott")]

    front, _ = read_typeset_front([*nameplate(), *listed, piece(FERRY, 16, "B"), prose(1)], DEFAULT)

    assert [(one.page, [row.text for row in one.rows]) for one in front.entries] == [
        (1, [FERRY, "Jane Roe"]),
        (4, [SALT, "Karl Ott"]),
    ]


def far(*numbers: str) -> list[Piece]:
    rows = (FERRY, "Jane Roe", SALT)
    listed = replace(piece(" ".join(rows), rows=rows), regions=(Region(1, (50, 100, 300, 136)),))
    pages = [
        replace(piece(number), regions=(Region(1, (540, 101 + 24 * k, 550, 111 + 24 * k)),))
        for k, number in enumerate(numbers)
    ]
    return [piece("Contents", look="B"), listed, prose(1), *pages, prose(2)]


def test_pages_at_the_right_edge_go_back_to_the_lines_beside_them() -> None:
    read = with_far_pages(far("1", "4"), DEFAULT)

    assert [one.rows for one in read[:2]] == [("Contents",), (f"{FERRY} 1", "Jane Roe", f"{SALT} 4")]
    assert texts(read[2:]) == [prose(1).text, prose(2).text]


def test_numbers_beside_no_line_of_the_contents_stay_where_they_are() -> None:
    alone = far("1")

    assert with_far_pages(alone, DEFAULT) == alone
    assert texts(with_far_pages(far("1", "4", "9"), DEFAULT)[2:]) == [prose(1).text, "9", prose(2).text]
    assert with_far_pages([prose(1)], DEFAULT) == [prose(1)]


def boxed(x: float, top: float, *rows: str, points: float = 10.0) -> Piece:
    whole = piece(" ".join(rows), points, rows=rows)
    return replace(whole, regions=(Region(1, (x, top, x + 150, top + 12 * len(rows))),))


def test_names_level_with_a_line_of_the_contents_belong_to_them() -> None:
    listed = [boxed(50, 100, f"1 {FERRY}", f"4 {SALT}")]
    byline = [boxed(300, 200, FERRY, points=16), boxed(300, 220, "Jane Roe"), prose(1)]
    article = [replace(boxed(50, 300, SALT, points=16)), boxed(50, 320, "Karl Ott"), prose(2)]
    cells = [boxed(300, 100, "Jane Roe", "Karl Ott")]
    known = known_lines([*byline, *article])

    assert with_cells(listed, [*byline, *cells, *article], known) == ([*listed, *cells], [*byline, *article])


def test_a_byline_below_its_title_beside_the_contents_stays() -> None:
    listed = [boxed(50, 100, f"1 {FERRY}", f"4 {SALT}")]
    article = [boxed(300, 76, FERRY, points=16), boxed(300, 100, "Jane Roe"), prose(1)]

    assert with_cells(listed, article, known_lines(article)) == (listed, article)


@pytest.mark.parametrize("names", ["BY Jane Roe and Karl Ott", "Jane Roe, Karl Ott"])
def test_a_byline_at_a_columns_head_beside_contents_that_print_its_names_stays(names: str) -> None:
    listed = [boxed(50, 100, f"{FERRY} 1", "Jane Roe and Karl Ott", f"{SALT} 4", "Anna Vole")]
    article = [boxed(200, 700, FERRY, points=16), boxed(400, 112, names), prose(1)]

    assert with_cells(listed, article, known_lines(article)) == (listed, article)


def test_cells_go_behind_the_entries_they_stand_level_with() -> None:
    left = boxed(50, 100, f"1 {FERRY}", "and its Price", f"4 {SALT}", "6 Who Speaks?")
    right = boxed(300, 100, "Jane Roe and Mira", "Sand", "Karl Ott", "Anna Vole")

    assert [one.text for one in by_levels([left, right])] == [
        f"1 {FERRY}",
        "and its Price",
        "Jane Roe and Mira",
        "Sand",
        f"4 {SALT}",
        "Karl Ott",
        "6 Who Speaks?",
        "Anna Vole",
    ]


def test_contents_without_cells_or_with_pages_at_the_ends_keep_their_order() -> None:
    ends = [boxed(50, 100, f"{FERRY} 1", f"{SALT} 4"), boxed(300, 100, "Jane Roe", "Karl Ott")]
    alone = [boxed(50, 100, f"1 {FERRY}", f"4 {SALT}"), boxed(50, 130, "Karl Ott")]

    assert by_levels(ends) == ends
    assert by_levels(alone) == alone
    assert by_levels([]) == []


def test_a_heading_that_touches_the_masthead_is_cut_free() -> None:
    rows = ("Issue 208, 22 January 2021", "In these pages", f"{FERRY} 1")

    read = with_heading_apart([piece(" ".join(rows), rows=rows), prose(1)], DEFAULT)

    assert texts(read) == [*rows, prose(1).text]
