from __future__ import annotations

import csv as plain_csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.csv import PASSAGE_COLUMNS, guarded, passages_csv, read_rows, unguarded, write_rows
from monitor.interchange.names import split_name
from tests.interchange.examples import HOSTILE, PASSAGE, UNKNOWN, lamps, texts

# What a spreadsheet may run: SAFETY's list, said anew and without an eye on the exporter.
STARTS_A_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def test_passages_csv_writes_a_passage() -> None:
    assert list(passages_csv([PASSAGE], bom=False)) == [
        (
            '"id","source","printed","cited_date","year_inferred","cited_url","passage","paragraph","note","start","end",'
            '"cited_start","cited_end","article_id","article_title","authors","periodical","volume","issue","date","pages",'
            '"url"\r\n'
        ),
        (
            '"5f1c5ad8-2f54-4bb5-8d5e-0d3cc0f5a001","The Ferry Post","The Ferry Post, September 19","2021-09-19","true",'
            '"https://ferrypost.example/a","The lamps, lit “early”, were out (The Ferry Post, September 19).","3","","120",'
            '"184","154","182","17","The Lamps of Kessmouth: 40% & Rising","Ines Varrow|Ayman al-Zawahiri|The Editors",'
            '"Tidewater Letter","12","7","2021-10-09","5-8",'
            '"https://monitor.example/articles/17/the-lamps-of-kessmouth/#p3"\r\n'
        ),
    ]


def test_passages_csv_leaves_cells_of_unknown_facts_empty() -> None:
    passage = replace(
        PASSAGE, article=UNKNOWN, paragraph=None, note=2, start=None, end=None, cited_start=None, cited_end=None
    )
    _, row = read_rows(passages_csv([passage]))
    cells = dict(zip(PASSAGE_COLUMNS, row, strict=True))
    assert {name for name, cell in cells.items() if not cell} == {
        *("paragraph", "start", "end", "cited_start", "cited_end"),
        *("article_title", "authors", "periodical", "volume", "issue", "date", "pages", "url"),
    }


def test_passages_csv_of_nothing_is_the_headings() -> None:
    assert list(read_rows(passages_csv([]))) == [list(PASSAGE_COLUMNS)]


def test_passages_csv_begins_with_a_bom_unless_told_not_to() -> None:
    assert "".join(passages_csv([])).encode().startswith(b'\xef\xbb\xbf"id"')
    assert "".join(passages_csv([], bom=False)).encode().startswith(b'"id"')


def test_passages_csv_prints_names_as_they_are_signed() -> None:
    authors = tuple(map(split_name, ("Martin King, Jr.", "Varrow, Ines", "김정은")))
    _, row = read_rows(passages_csv([replace(PASSAGE, article=lamps(authors=authors))]))
    assert row[15] == "Martin King Jr.|Ines Varrow|김정은"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1 555", "'+1 555"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1", "'\uff1d1"),
        (" \u00a0=1", "' \u00a0=1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("'=1", "''=1"),
        ("-5\n", "'-5\n"),
        ("-", "'-"),
    ],
)
def test_guarded_disarms_what_a_spreadsheet_would_run(cell: str, written: str) -> None:
    assert guarded(cell) == written
    assert unguarded(written) == cell


@pytest.mark.parametrize("cell", ["", "-5", "+3.25", "12", "'tis", "'", "a=b", "1-2", "x\t=1"])
def test_guarded_leaves_numbers_and_plain_text_alone(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


@given(texts)
def test_guarded_never_starts_a_formula_and_is_taken_back(cell: str) -> None:
    written = guarded(cell)
    assert PLAIN_NUMBER.fullmatch(written) or not STARTS_A_FORMULA.match(written)
    assert unguarded(written) == cell


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5), st.booleans())
def test_write_rows_reads_back_whatever_the_cells_hold(rows: list[list[str]], bom: bool) -> None:
    written = "".join(write_rows(["a", "b"], rows, bom=bom))
    assert list(read_rows(io.StringIO(written, newline=""))) == [["a", "b"], *rows]


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5))
def test_write_rows_is_the_csv_that_any_reader_knows(rows: list[list[str]]) -> None:
    lines = list(write_rows(["a", "b"], rows, bom=False))
    assert len(lines) == len(rows) + 1
    assert all(line.endswith('"\r\n') for line in lines)
    read = list(plain_csv.reader(io.StringIO("".join(lines), newline=""), strict=True))
    assert [len(cells) for cells in read] == [2] * len(lines)
    assert read[1:] == [[guarded(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("text", HOSTILE)
def test_passages_csv_keeps_a_passage_as_it_is_printed(text: str) -> None:
    _, row = read_rows(passages_csv([replace(PASSAGE, text=text)]))
    assert row[6] == text


def test_read_rows_of_nothing_is_nothing() -> None:
    assert list(read_rows([])) == []
