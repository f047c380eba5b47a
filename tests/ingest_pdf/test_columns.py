"""Columns out of rows, drawn as little pictures: each string is a row, each word a run of letters."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.layout.bands import columns_around
from monitor.ingest.layout.columns import MAX_ROWS, columns_of, cut_at
from monitor.ingest.layout.strips import PageCuts
from monitor.ingest.pdf.printed_page import Box, Rule
from monitor.ingest.pdf.words import Row, Word

STEP = 6.0  # points a letter of the picture is wide
PITCH = 12.0


def rows_from(picture: list[str], sizes: dict[int, float] | None = None) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(picture):
        size = (sizes or {}).get(number, 10.0)
        base = PITCH * (number + 1)
        words = [
            Word(m[0], m.start() * STEP, m.end() * STEP - 3, base - 0.8 * size, base + 0.2 * size, base, size, "F")
            for m in re.finditer(r"\S+", line)
        ]
        if words:
            rows.append(Row(words))
    return rows


def read(picture: list[str], sizes: dict[int, float] | None = None) -> list[str]:
    """Return the rows' texts in reading order, one string a column."""
    return [" / ".join(row.text for row in column.rows) for column in columns_of(rows_from(picture, sizes), 10.0)]


def test_one_column_stays_one() -> None:
    assert read(["the truce held all", "through the long winter", "of the second year"]) == [
        "the truce held all / through the long winter / of the second year"
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    picture = ["aa bb cc   dd ee ff", "a2 b2 c2   d2 e2 f2", "a3 b3 c3   d3 e3 f3"]
    assert read(picture) == ["aa bb cc / a2 b2 c2 / a3 b3 c3", "dd ee ff / d2 e2 f2 / d3 e3 f3"]


def test_a_title_across_both_comes_first_and_a_foot_last() -> None:
    picture = ["one title-over-it all", "aa bb cc   dd ee ff", "a2 b2 c2   d2 e2 f2", "closing foot-line too"]
    assert read(picture) == [
        "one title-over-it all",
        "aa bb cc / a2 b2 c2",
        "dd ee ff / d2 e2 f2",
        "closing foot-line too",
    ]


def test_bands_divided_by_a_title_are_read_band_by_band() -> None:
    picture = [
        "aa bb cc   dd ee ff",
        "a2 b2 c2   d2 e2 f2",
        "",
        "BIG TITLE",
        "gg hh ii   jj kk ll",
        "g2 h2 i2   j2 k2 l2",
    ]
    assert read(picture, {3: 16.0}) == [
        "aa bb cc / a2 b2 c2",
        "dd ee ff / d2 e2 f2",
        "BIG TITLE / gg hh ii / g2 h2 i2",
        "jj kk ll / j2 k2 l2",
    ]


def test_a_band_of_one_line_is_cut_at_the_gutter_of_the_others() -> None:
    band = ["end of one     end two", "", "BIG TITLE"]
    columns = [f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 8)]
    found = read([*band, *columns], {2: 16.0})
    assert found[:2] == ["end of one", "end two"]
    assert read([*band, *columns[:2]], {2: 16.0})[0] == "end of one end two"


def test_a_title_inside_a_column_is_no_new_band() -> None:
    picture = ["aa bb cc   dd ee ff", "TITLE      d2 e2 f2", "a3 b3 c3   d3 e3 f3", "a4 b4 c4   d4 e4 f4"]
    rows = rows_from(picture)
    rows[1].words[0] = rows[1].words[0]._replace(size=16.0)
    found = [" / ".join(row.text for row in column.rows) for column in columns_of(rows, 10.0)]
    assert found == ["aa bb cc / TITLE / a3 b3 c3 / a4 b4 c4", "dd ee ff / d2 e2 f2 / d3 e3 f3 / d4 e4 f4"]


def test_two_titles_side_by_side_stay_in_their_columns() -> None:
    picture = ["FIRST PIECE      OTHER PIECE", "aa bb cc         dd ee ff", "a2 b2 c2         d2 e2 f2"]
    assert read(picture, {0: 16.0}) == ["FIRST PIECE / aa bb cc / a2 b2 c2", "OTHER PIECE / dd ee ff / d2 e2 f2"]


def test_wide_gaps_that_line_up_in_justified_lines_are_no_gutter() -> None:
    picture = ["aaa   bbb   ccc   ddd   eee", "aaaa  bbb   ccc   ddd   eee", "aaa   bbb   ccc   ddd   eee"]
    assert read(picture) == [" / ".join(" ".join(line.split()) for line in picture)]


def test_three_columns_are_read_in_turn() -> None:
    picture = ["   ".join(" ".join([f"{letter}{n}xxx"] * 3) for letter in "abc") for n in (1, 2, 3)]
    assert [column[:2] for column in read(picture)] == ["a1", "b1", "c1"]


def test_short_cells_within_a_column_are_read_row_by_row() -> None:
    left = ["the truce held all winter", "Harbour   988", "Quay      455", "Delta     120", "and nobody counted it all"]
    picture = [line.ljust(28) + "   " + "other column with words" for line in left]
    assert read(picture)[0] == " / ".join(" ".join(line.split()) for line in left)


def test_page_numbers_beside_titles_are_no_column() -> None:
    picture = ["A Truce on the Canals     3", "The Second Winter         7", "Rifles in the Harbour    12"]
    assert read(picture) == [" / ".join(" ".join(line.split()) for line in picture)]


def test_rows_of_the_two_columns_need_not_be_level() -> None:
    left = rows_from(["aa bb cc", "", "a2 b2 c2", "", "a3 b3 c3"])
    right = rows_from(["", "           dd ee ff", "", "           d2 e2 f2", "", "           d3 e3 f3"])
    found = [" / ".join(row.text for row in column.rows) for column in columns_of([*left, *right], 10.0)]
    assert found == ["aa bb cc / a2 b2 c2 / a3 b3 c3", "dd ee ff / d2 e2 f2 / d3 e3 f3"]


def test_no_rows_give_no_columns() -> None:
    assert columns_of([], 10.0) == []


PICTURES = st.lists(st.text(alphabet="ab   ", max_size=30), max_size=14)


@given(PICTURES)
def test_every_word_is_read_once(picture: list[str]) -> None:
    rows = rows_from(picture)
    read_words = sorted((w.base, w.x0) for column in columns_of(rows, 10.0) for row in column.rows for w in row.words)
    assert read_words == sorted((w.base, w.x0) for row in rows_from(picture) for w in row.words)


def test_a_page_of_countless_rows_is_taken_as_it_comes() -> None:
    picture = ["aa   bb", "cc"] * (MAX_ROWS // 2 + 1)
    started = time.process_time()
    (column,) = columns_of(rows_from(picture), 10.0)
    assert len(column.rows) == MAX_ROWS + 2
    assert time.process_time() - started < 2


def test_entries_of_a_contents_above_the_columns_keep_their_numbers() -> None:
    entries = ["A Truce on the Canals                      3", "The Second Winter                          7"]
    columns = [f"aa bb cc dd ee {n}        gg hh ii jj kk {n}" for n in range(1, 8)]
    found = read([*entries, "", *columns])
    assert found[0] == "A Truce on the Canals 3 / The Second Winter 7"
    assert len(found) == 3


def test_all_columns_end_at_a_break() -> None:
    rows = rows_from([f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 9)])
    found = cut_at(rows, 10.0, breaks=[PITCH * 4.5]).columns
    assert [column.rows[0].text for column in found] == ["aa bb cc 1", "dd ee ff 1", "aa bb cc 5", "dd ee ff 5"]


def test_a_title_that_is_passed_ends_nothing() -> None:
    picture = [
        "aa bb cc   dd ee ff",
        "a2 b2 c2   d2 e2 f2",
        "",
        "BIG TITLE",
        "gg hh ii   jj kk ll",
        "g2 h2 i2   j2 k2 l2",
    ]
    rows = rows_from(picture, {3: 16.0})
    (base,) = cut_at(rows, 10.0).ended
    assert len(cut_at(rows, 10.0, passed=[base]).columns) == 2


def test_the_lines_of_one_title_are_not_cut_apart() -> None:
    columns = [f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 8)]
    found = read([*columns, "", "BIG TITLE IN", "TWO LINES OF", *columns], {8: 16.0, 9: 16.0})
    assert [column for column in found if column.startswith("BIG TITLE IN / TWO LINES OF")]


def test_a_title_in_the_right_column_begins_no_band() -> None:
    columns = [f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 8)]
    found = read([*columns, "", "               BIG TITLE", *columns], {8: 16.0})
    assert [column[:10] for column in found] == ["aa bb cc 1", "dd ee ff 1"]


BANDED = ["the council met in", "the old harbour so."]


def spanning(left: tuple[str, str], right: tuple[str, str], *, first: str) -> list[str]:
    """Return the columns' first words around a place across them, each column of two rows above it and two below."""
    above = rows_from([f"{BANDED[0]}     {first}", f"{left[0]:<18}     {right[0]}"])
    below = rows_from([f"{left[1]:<18}     {right[1]}", f"{BANDED[1]}     {BANDED[1]}"])
    moved = [
        Row([word._replace(base=word.base + 80, top=word.top + 80, bottom=word.bottom + 80) for word in row.words])
        for row in below
    ]
    found = columns_around([*above, *moved], [Box(0, 40, 300, 80)], 10.0)
    return [column.rows[0].words[0].text + " " + str(len(column.rows)) for column in found]


def test_text_runs_on_past_a_float_or_ends_above_a_band_as_its_sentences_say() -> None:
    left, right = ("voted on all the", "guilds came down to"), ("terms of the old", "very long winter of")
    assert spanning(left, right, first="The delta was kept") == ["the 4", "The 4"]
    left, right = ("voted on all of the", "The peace was kept"), ("guilds, as planned.", "and nobody watched")
    assert spanning(left, right, first="delta and the old") == ["the 2", "delta 2", "The 2", "and 2"]


def test_a_rule_over_both_columns_parts_what_is_above_it() -> None:
    rows = rows_from([f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 9)])
    found = columns_around(rows, [], 10.0, [Rule(0, PITCH * 4.5, 300, PITCH * 4.5)])
    assert [column.rows[0].text for column in found] == ["aa bb cc 1", "dd ee ff 1", "aa bb cc 5", "dd ee ff 5"]


def loose(lines: int) -> list[Row]:
    """Return two narrow justified columns whose words stand farther apart than the columns."""
    rows: list[Row] = []
    for n in range(lines):
        base = PITCH * (n + 1)
        left = [(50, 62), (74 + 3 * (n % 4), 92 + n % 3), (108 + 2 * (n % 5), 124), (136 + n % 2, 150)]
        spots = [*left, *((x0 + 109, x1 + 109) for x0, x1 in left)]
        rows.append(Row([Word(f"w{n}", x0, x1, base - 8, base + 2, base, 10, "F") for x0, x1 in spots]))
    return rows


@pytest.mark.parametrize(("lines", "columns"), [(12, 2), (3, 1)])
def test_lines_that_begin_at_one_place_show_a_gutter_narrower_than_the_gaps_beside_it(lines: int, columns: int) -> None:
    assert len(columns_of(loose(lines), 10.0)) == columns


def test_five_columns_are_read_in_turn() -> None:
    words = ("the truce of old", "a levy on all salt", "boats at night", "nobody counts in")
    cells = [[f"{letter}{n} {words[(n + 3 * k) % 4]}".ljust(23) for k, letter in enumerate("abcde")] for n in range(12)]
    assert [column[:2] for column in read(["".join(row) for row in cells])] == ["a0", "b0", "c0", "d0", "e0"]


def test_titles_centred_over_two_columns_are_no_line_centred_over_both() -> None:
    """Each of a pair stands in the middle of its own column, and so the pair in the middle of the page."""
    columns = [f"aa bb cc {n} dd   ee ff gg {n} hh" for n in range(1, 9)]
    found = read(["   One Title      Two Title", "    Jane Roe       Karl Otto", *columns], {0: 14.0})
    assert [column.split(" / ")[0] for column in found] == ["One Title", "Two Title"]


@pytest.mark.parametrize(("white", "bands"), [(1, 1), (2, 2)])
def test_a_plain_title_over_names_begins_a_band_where_the_columns_have_ended(white: int, bands: int) -> None:
    """Hardly larger than the text, and not bold: only white across all columns tells it from a head within one."""
    columns = [f"aa bb cc {n}     dd ee ff {n}" for n in range(1, 9)]
    picture = [*columns, *[""] * white, "One Plain Title", "Jane Roe", *columns]
    found = read(picture, {8 + white: 11.0})
    assert len(found) == 2 * bands
    assert sum(column.startswith("One Plain Title") for column in found) == bands - 1


def test_a_column_that_begins_higher_than_a_title_left_of_it_is_read_below_it() -> None:
    right = "                      "
    columns = [f"aa bb cc {n}           dd ee ff {n}" for n in range(1, 9)]
    found = read([f"{right}so it ended.", "", "One Title", *columns], {2: 14.0})
    assert found[0].startswith("One Title / aa bb cc 1")
    assert found[1].startswith("so it ended. / dd ee ff 1")


@pytest.mark.parametrize(("x", "begins"), [(218, True), (236, True), (310, False), (200, False)])
def test_a_column_begins_at_its_gutter_or_an_indent_behind_it(x: float, *, begins: bool) -> None:
    assert PageCuts(10.0, gutters=[(204.0, 218.0)]).begins_column(x) is begins


@pytest.mark.parametrize(("text", "columns"), [("gone to the ice now.", 2), ("May 14 in the year", 3)])
def test_the_indented_end_of_a_sentence_is_no_far_part_of_a_line(text: str, columns: int) -> None:
    rows = [f"the truce of old {n} held      so nobody came to them {n}" for n in range(1, 13)]
    found = read([f"HEADS                                {text}", "", *rows])
    assert len(found) == columns


@pytest.mark.parametrize(("indent", "columns"), [(15, 2), (40, 1)])
def test_a_last_page_s_torn_line_shows_the_columns_of_the_page_before(indent: float, columns: int) -> None:
    """A name is broken over the two short columns at an article's end: the sentences do not tell."""

    def line(text: str, x: float, base: float) -> list[Word]:
        return [
            Word(part, x + 40 * n, x + 40 * n + 37, base - 8, base + 2, base, 10, "F")
            for n, part in enumerate(text.split())
        ]

    torn = Row([*line("dredging report", 88, 83), *line("Tarn, June.", 315 + indent, 83)])
    rows = [torn, Row(line("6 Interview with the Lower", 72, 94))]
    assert len(columns_around(rows, [], 10.0, gutters=[(297.0, 315.0)])) == columns


def test_a_line_of_the_middle_column_below_titles_beside_it_is_not_centred_over_all() -> None:
    """The column left of it begins lower, and the title right of it makes rows of another height."""
    left = "                      "
    opening = [f"{left}the truce of old now", f"{left}and the pact of that", f"{left}and now the ships at"]
    columns = [f"aa bb cc {n} dd eee ff  gg hh ii {n} jj kkk ll  mm nn oo {n} pp qqq rr" for n in range(1, 10)]
    rows = rows_from([*opening, *columns])
    title = rows_from(
        [f"{left}                      Forged Seals:", "", f"{left}                      Around"], {0: 15.0, 2: 15.0}
    )
    merged = [Row([*rows[0].words, *title[0].words]), rows[1], Row([*rows[2].words, *title[1].words]), *rows[3:]]
    found = [" / ".join(row.text for row in column.rows) for column in columns_around(merged, [], 10.0, middle=192.0)]
    assert [column[:10] for column in found] == ["aa bb cc 1", "the truce ", "Forged Sea"]


def test_a_title_level_with_the_white_between_two_paragraphs_begins_no_band() -> None:
    """The page has few such whites; those below the title count too."""
    lines = [f"Aa bb cc {n} dd." for n in range(30)]
    left = [*lines[:5], "", *lines[5:10], "", "", "One Title", *lines[10:15], "", *lines[15:22]]
    right = [*lines[:12], "", *lines[12:24], ""]
    picture = [f"{one:20}{other}" for one, other in zip(left, right, strict=False)]
    rows = rows_from(picture)
    for row in rows:
        row.words[:] = [w._replace(size=15.0, top=w.base - 12) if w.text in {"One", "Title"} else w for w in row.words]
    found = [" / ".join(row.text for row in column.rows) for column in columns_around(rows, [], 10.0)]
    assert ["One Title" in column for column in found] == [True, False]
