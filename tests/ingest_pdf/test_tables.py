"""Tables however they are ruled, or not at all; and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.layout.cutouts import Painted
from monitor.ingest.layout.grids import tables_by_rules
from monitor.ingest.layout.tables import (
    are_loose,
    are_typewritten,
    bands_between,
    cells_of_row,
    cells_of_rows,
    column_cuts,
)
from monitor.ingest.pdf.printed_page import Box, Glyph, PrintedPage, Rule
from monitor.ingest.pdf.typefaces import Type
from monitor.ingest.pdf.words import Row, Word, rows_of
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = [("Port", "2019", "2020"), ("Old Harbour", "1,204", "988"), ("Salt Quay", "310", "455"), ("Fjordby", "77", "81")]
TEXT = " ".join(cell for row in ROWS for cell in row)
TOP, STEP, XS, END = 200.0, 16.0, (60.0, 140.0, 190.0), 230.0


def cells(
    *, size: float = 10, font: str = "Serif", right: bool = False, rows: Sequence[tuple[str, ...]] | None = None
) -> list[Glyph]:
    """Return the table's cells, the figures set to the left or to the right of their columns."""
    return [
        glyph
        for n, row in enumerate(rows or ROWS)
        for k, cell in enumerate(row)
        for glyph in typed(
            cell,
            XS[k] + (35 - len(cell) * size / 2 if right and k else 0),
            TOP + STEP * (n + 1) - 4,
            size=size,
            font=font,
        )
    ]


def level(*numbers: int) -> tuple[Rule, ...]:
    return tuple(Rule(50, TOP + STEP * n, END, TOP + STEP * n) for n in numbers)


def upright() -> tuple[Rule, ...]:
    return tuple(Rule(x, TOP, x, TOP + 4 * STEP) for x in (50, 132, 182, END))


def boxes_of_cells() -> tuple[Box, ...]:
    edges = (50.0, 132.0, 182.0, END)
    return tuple(Box(edges[k], TOP + STEP * n, edges[k + 1], TOP + STEP * (n + 1)) for n in range(4) for k in range(3))


def around(
    table: list[Glyph], *, rules: tuple[Rule, ...] = (), boxes: tuple[Box, ...] = (), columns: int = 2
) -> PrintedPage:
    above, below = column(50, 112, *prose("A", 7)), column(50, TOP + 5 * STEP + 14, *prose("B", 12))
    beside = column(330, 112, *prose("C", 24)) if columns == 2 else []
    return page(3, above, table, below, beside, rules=rules, boxes=boxes)


def tables(one: PrintedPage) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    return [(piece.text, piece.cells) for piece in read(one).pieces if piece.aside == "table"]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(
    ("rules", "boxes"),
    [
        ((*level(0, 1, 2, 3, 4), *upright()), ()),
        ((*level(1), *upright()[1:3]), ()),
        ((), boxes_of_cells()),
        (level(0, 1, 2, 3, 4), ()),
        (level(0, 1, 4), ()),
        (level(0, 4), ()),
        ((), ()),
    ],
)
def test_a_table_is_read_row_by_row(rules: tuple[Rule, ...], boxes: tuple[Box, ...], columns: int) -> None:
    one = around(cells(), rules=rules, boxes=boxes, columns=columns)
    assert tables(one) == [(TEXT, tuple(ROWS))]
    assert [piece.text[:2] for piece in read(one).pieces if piece.aside is None] == ["A0", "B0", "C0"][: columns + 1]


@pytest.mark.parametrize(("size", "font"), [(10, "Serif"), (8.5, "Serif"), (8, "Sans"), (9.5, "Sans")])
def test_figures_may_stand_to_the_right_and_in_another_type(size: float, font: str) -> None:
    assert tables(around(cells(size=size, font=font, right=True))) == [(TEXT, tuple(ROWS))]


def test_a_caption_above_a_ruled_table_is_its_own() -> None:
    title = typed("Table 2. Boats by port", 50, TOP - 6, size=8.5, font="Sans")
    one = around([*cells(), *title], rules=(*level(0, 1, 2, 3, 4), *upright()))
    assert [(piece.aside, piece.text) for piece in read(one).pieces if piece.aside] == [
        ("table", TEXT),
        ("caption", "Table 2. Boats by port"),
    ]


def test_lines_of_one_cell_are_one_cell() -> None:
    tall = [("Port", "2019", "2020"), ("Old Harbour", "1,204", "988"), ("Fjordby", "77", "81")]
    table = [*cells(rows=tall), *typed("and Quay", 60, TOP + 3 * STEP - 4 + 12)]
    rules = (Rule(50, TOP, END, TOP), Rule(50, TOP + 16, END, TOP + 16), Rule(50, TOP + 32, END, TOP + 32))
    below = TOP + 3 * STEP + 16
    sides = tuple(Rule(x, TOP, x, below) for x in (50, 132, 182, END))
    one = around(table, rules=(*rules, Rule(50, below, END, below), *sides))
    assert tables(one)[0][1][-1] == ("Fjordby and Quay", "77", "81")


def test_an_empty_cell_keeps_its_place_and_is_told() -> None:
    rows = [("Port", "2019", "2020"), ("Salt Quay", "310", ""), ("Fjordby", "77", "81")]
    found = read(around(cells(rows=rows), rules=(*level(0, 1, 2, 3), *upright())))
    (table,) = [piece for piece in found.pieces if piece.aside == "table"]
    assert table.cells[1] == ("Salt Quay", "310", "")
    assert [(f.code, f.page) for f in found.findings if f.code == "table_flattened"] == [("table_flattened", 3)]


@pytest.mark.parametrize("rules", [level(-7, 14), (*level(-7, 14), *(Rule(x, 88, x, 424) for x in (44, 320, 560)))])
def test_prose_in_columns_between_rules_is_no_table(rules: tuple[Rule, ...]) -> None:
    wide = tuple(Rule(44, rule.top, 560, rule.top) if rule.x1 > rule.x0 else rule for rule in rules)
    one = page(3, column(50, 112, *prose("A", 24)), column(330, 112, *prose("C", 24)), rules=wide)
    assert tables(one) == []


def test_a_listing_of_a_program_is_no_table() -> None:
    lines = ["if a    then  b", "  x  =  y    12", "    x  =  y  +  4", "endif   then   z"]
    one = page(3, column(50, 112, *prose("A", 20)), column(50, 380, *lines, font="Courier"))
    assert tables(one) == []


def words(*spots: tuple[str, float, float], base: float = 100) -> Row:
    return Row([Word(text, x0, x1, base - 8, base + 2, base, 10, "F") for text, x0, x1 in spots])


def test_columns_part_in_the_white_that_all_rows_share() -> None:
    rows = [words(("a", 50, 90), ("b", 150, 160)), words(("c", 50, 120), ("d", 140, 160)), words(("e", 50, 300))]
    assert column_cuts(rows) == [130]
    assert column_cuts(rows[2:]) == []
    assert column_cuts([words(("a", 50, 90), ("b", 150, 160)), words(("c", 50, 148), ("d", 190, 199))]) == []


def test_rows_that_lack_a_first_cell_go_on_the_row_above() -> None:
    rows = [words(("a", 50, 90), ("b", 150, 160)), words(("c", 150, 170), base=112), words(("d", 50, 70), base=124)]
    found = cells_of_rows(rows, [120])
    assert [[" ".join(row.text for row in cell) for cell in row] for row in found] == [["a", "b c"], ["d", ""]]


def test_what_is_glued_stays_in_one_cell() -> None:
    row = words(("12", 100, 118), ("3", 119, 123))
    row.words[1] = row.words[1]._replace(glued=True, marker=True)
    assert [len(cell) for cell in cells_of_row([row], [118.5])] == [1, 0]


def test_rows_stand_between_rules() -> None:
    rows = [words(("a", 50, 90), base=base) for base in (95, 105, 130)]
    assert [len(band) for band in bands_between(rows, [80, 115, 140])] == [2, 1]


def test_loose_lines_and_typewriting_are_known_by_their_gaps_and_letters() -> None:
    loose = [words(("aa", 50, 60), ("bb", 72, 82), ("cc", 95, 105))] * 2
    assert are_loose(loose, [66])
    assert not are_loose([words(("aa", 50, 60), ("bb", 62, 72), ("cc", 95, 105))] * 2, [80])
    assert are_typewritten([words(("abc", 0, 18), ("abcd", 30, 54), ("abcde", 60, 90), ("abc", 99, 117))])
    assert not are_typewritten([words(("iii", 0, 9), ("mmm", 30, 54), ("abcde", 60, 90), ("abc", 99, 117))])


SPOTS = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True), min_size=1, max_size=8)


@given(SPOTS, st.lists(st.integers(0, 600), max_size=5))
def test_every_word_is_in_one_cell(spots: list[list[int]], cuts: list[int]) -> None:
    rows = [words(*(("w", 10.0 * x, 10.0 * x + 6) for x in sorted(row)), base=12.0 * n) for n, row in enumerate(spots)]
    found = cells_of_rows(rows, sorted(map(float, cuts)) or [0.0])
    placed = [word for row in found for cell in row for line in cell for word in line.words]
    assert sorted(placed) == sorted(word for row in rows for word in row.words)


ENTRIES = [("Briefs", "", "1"), ("Ann Bell", "", ""), ("Salt Roads", "", "3"), ("Karl Ott", "", "")]


def ruled(glyphs: list[Glyph], rules: tuple[Rule, ...]) -> int:
    """Return how many tables the rules of a page show."""
    return len(tables_by_rules(rows_of(glyphs), Painted(600, 800, rules=rules), Type("serif", 10))[1])


def test_a_contents_between_rules_is_no_table() -> None:
    assert ruled(cells(rows=ENTRIES), level(0, 2, 4)) == 0
    assert ruled(cells(), level(0, 2, 4)) == 1


def test_a_contents_in_two_columns_under_its_heading_is_no_table() -> None:
    """The pages of a row's two entries need not rise from row to row."""
    entries = [("Salt", "2", "Tides 4"), ("Oil", "1", "Rope 3"), ("Ice", "3", "Fog 9")]
    assert ruled(cells(rows=[("In This Issue", "", ""), *entries]), level(0, 2, 4)) == 0
    assert ruled(cells(rows=[("Goods", "", ""), *entries]), level(0, 2, 4)) == 1


def test_leaders_drawn_as_rules_make_no_table() -> None:
    entries = [("Briefs", "", "1"), ("Salt Roads", "", "3"), ("Long Tides", "", "2")]
    leaders = tuple(
        Rule(XS[0] + 50, TOP + STEP * (n + 1) - 3, XS[2] - 3, TOP + STEP * (n + 1) - 3) for n in range(len(entries))
    )
    assert ruled(cells(rows=entries), leaders) == 0
    below = tuple(Rule(rule.x0, rule.top + 7, rule.x1, rule.bottom + 7) for rule in leaders)
    assert ruled(cells(rows=entries), (*leaders, *below[-1:])) == 0


def test_a_head_longer_than_what_stands_below_it_is_the_table_s() -> None:
    """The white that parts the cells below need not be white in the head, as long as they share some."""
    rows = [("Faction", "Flotilla", "Men"), ("River League", "9", "640"), ("Ferrymen", "2", "18")]
    rules = tuple(Rule(60, y, END, y + 0.5) for y in (TOP + STEP + 1, TOP + 2 * STEP + 1, TOP + 3 * STEP + 1))
    found = read(
        page(1, column(60, 90, *prose("A", 8)), cells(rows=rows), column(60, 280, *prose("B", 8)), rules=rules)
    )
    (table,) = [piece for piece in found.pieces if piece.aside == "table"]
    assert table.cells == tuple(rows)
