"""Contents as a grid of numbers, titles and names over the columns of the first page."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.grid_contents import grid_rows, in_cells
from monitor.ingest.pdf.words import Row, rows_of
from monitor.ingest.structure.leaders import leader_rows
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

ENTRIES = [("1", "Briefs", "Tariq Castellane"), ("2", "Who Keeps the Locks", "Yasmin Nguyen"), ("14", "Boats", "Elif")]


def grid(entries: list[tuple[str, str, str]], *, names: float = 345, wrapped: bool = False) -> list[object]:
    """Return the letters of a grid from 100 points below the top on, 15 points from entry to entry."""
    found: list[object] = []
    base = 100.0
    for number, title, name in entries:
        found += typed(number, 60, base) + typed(title, 84, base) + typed(name, names, base)
        if wrapped:
            base += 12
            found += typed("of the North", 84, base)
        base += 15
    return found


@pytest.mark.parametrize("wrapped", [False, True])
def test_rows_of_a_grid_are_read_across(*, wrapped: bool) -> None:
    left, right = column(60, 220, *prose("Left", 20)), column(320, 220, *prose("Right", 20))
    found = read(page(1, grid(ENTRIES, wrapped=wrapped), left, right))  # type: ignore[arg-type]
    text = " ".join(piece.text for piece in found.pieces)
    assert text.index("Castellane") < text.index("Nguyen") < text.index("Elif") < text.index("Left0")
    assert text.index("Left20") < text.index("Right0")
    assert ("Briefs of the North Tariq" if wrapped else "Briefs Tariq") in text


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        (ENTRIES, 3),
        (ENTRIES[:1], 0),
        ([("14", "Boats", "Elif"), ("2", "Locks", "Yasmin")], 0),
        ([("Mr", "Boats", "Elif"), ("Mrs", "Locks", "Yasmin")], 0),
        ([], 0),
    ],
    ids=["rising", "one", "falling", "no numbers", "none"],
)
def test_entries_rise_and_are_two_at_least(entries: list[tuple[str, str, str]], rows: int) -> None:
    assert len(grid_rows(rows_of(grid(entries), ()), 60)) == rows  # type: ignore[arg-type]


def test_a_column_that_begins_where_the_names_do_is_a_column() -> None:
    below = column(60, 145, *prose("Left", 4)) + column(345, 145, *prose("Right", 4))
    rows = rows_of([*grid(ENTRIES), *below], ())  # type: ignore[list-item]
    assert grid_rows(rows, 60) == set()


@pytest.mark.parametrize("apart", [0.0, 0.9])
def test_numbers_at_one_edge_are_entries_though_their_figures_end_a_little_apart(apart: float) -> None:
    """A row of the contents whose number ends a hair farther right is an entry all the same, and no column's line."""
    rows = [
        *typed("Weirs and Locks", 60, 100),
        *typed("1", 535, 100),
        *typed("Boats Counted", 60, 115),
        *typed("2", 535.9 + apart, 115),
    ]
    assert len(leader_rows(rows_of(rows), 60, 541)) == 2


def test_titles_with_pages_and_names_below_them_are_no_table() -> None:
    rows = [
        ("Briefs", "1"),
        ("Tariq Castellane", ""),
        ("Salt and Rifles", "2"),
        ("Lucia Roe", ""),
        ("Reed Islands", "9"),
    ]
    entries = [
        glyph
        for n, (left, right) in enumerate(rows)
        for glyph in [*typed(left, 60, 100 + 12 * n), *typed(right, 500, 100 + 12 * n)]
    ]
    found = read(page(1, entries, column(60, 200, *[f"{line} and {line} and then" for line in prose("Low", 20)])))
    assert all(piece.aside != "table" for piece in found.pieces)


def test_a_title_that_fills_two_rows_is_read_before_the_names_beside_it() -> None:
    names = [*grid(ENTRIES[:1]), *typed("2", 62, 130), *typed("Salt and the Lock-", 84, 130)]
    names += [*typed("Keepers of Ott", 84, 142), *typed("Yasmin Nguyen", 345, 130)]
    rows = [row.text for row in in_cells(rows_of(names, ()), 60)]  # type: ignore[arg-type]
    assert rows == ["1 Briefs Tariq Castellane", "2 Salt and the Lock-", "Keepers of Ott", "Yasmin Nguyen"]


def test_lines_that_begin_with_a_note_s_number_are_no_entries() -> None:
    rows = rows_of(grid(ENTRIES), ())  # type: ignore[arg-type]
    raised = [Row([row.words[0]._replace(marker=True), *row.words[1:]]) for row in rows]
    assert grid_rows(raised, 60) == set()


def test_columns_above_that_begin_where_the_names_do_are_columns() -> None:
    above = column(60, 40, *prose("Left", 4)) + column(345, 40, *prose("Right", 4))
    rows = rows_of([*grid(ENTRIES), *above], ())  # type: ignore[list-item]
    assert grid_rows(rows, 60) == set()


def test_small_notes_beside_the_larger_text_of_another_column_are_no_entries() -> None:
    """Rising numbers at the edge, and words behind some white: but names are no larger than titles."""

    def rows(size: float) -> list[Row]:
        notes = [("2", "Ibid., 60."), ("3", "Board of Soundings"), ("4", "Harbour Law")]
        found: list[object] = []
        for n, (number, note) in enumerate(notes):
            found += typed(number, 60, 100 + 12 * n, size=7) + typed(note, 70, 100 + 12 * n, size=7)
            found += typed("and the truce of old", 345, 100 + 12 * n, size=size)
        return rows_of(found, ())  # type: ignore[arg-type]

    assert len(grid_rows(rows(7), 60)) == 3
    assert grid_rows(rows(10), 60) == set()
