from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pieces import PieceLink
from monitor.ingest.structure.row_cuts import cut_rows, row_starts, word_start
from tests.ingest.typeset_pieces import piece

WORDS = st.lists(
    st.sampled_from(["river", "Sarn,", "\u201cthe", "lake\u201d", "(Dawn)", "of", "rose."]), min_size=1, max_size=5
)


def test_a_piece_is_cut_before_its_lines() -> None:
    one = piece("By Jane Roe The river rose in the winter.", rows=("By Jane Roe", "The river rose in", "the winter."))

    assert [part.text for part in cut_rows(one, 1)] == ["By Jane Roe", "The river rose in the winter."]
    assert [part.rows for part in cut_rows(one, 1)] == [("By Jane Roe",), ("The river rose in", "the winter.")]
    assert [part.text for part in cut_rows(one, 1, 2)] == ["By Jane Roe", "The river rose in", "the winter."]


def test_signs_before_a_word_go_with_it() -> None:
    one = piece(
        "Jane Roe \u201cThe river rose,\u201d he said.", rows=("Jane Roe", "\u201cThe river rose,\u201d he said.")
    )

    assert [part.text for part in cut_rows(one, 1)] == ["Jane Roe", "\u201cThe river rose,\u201d he said."]


def test_a_mended_hyphen_hides_no_line() -> None:
    one = piece("A long word: reintegration. Jane Roe", rows=("A long word: reinte-", "gration.", "Jane Roe"))

    assert [part.text for part in cut_rows(one, 2)] == ["A long word: reintegration.", "Jane Roe"]


def test_links_go_with_their_part_and_only_the_first_part_goes_on() -> None:
    one = replace(
        piece("By Jane Roe The Dawn says so.", rows=("By Jane Roe", "The Dawn says so.")),
        links=(PieceLink(16, 20, "https://dawn.example"),),
        continues=True,
    )
    first, second = cut_rows(one, 1)

    assert (first.links, first.continues) == ((), True)
    assert (second.links, second.continues) == ((PieceLink(4, 8, "https://dawn.example"),), False)


@pytest.mark.parametrize("at", [(), (0,), (2,), (7,), (-1,)])
def test_places_that_are_none_cut_nothing(at: tuple[int, ...]) -> None:
    one = piece("First line second line", rows=("First line", "second line"))

    assert cut_rows(one, *at) == [one]


def test_lines_that_are_not_the_text_cut_nothing() -> None:
    one = piece("Another text", rows=("First line", "second line"))

    assert row_starts(one) is None
    assert cut_rows(one, 1) == [one]


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 6))
def test_the_parts_are_the_text(lines: list[list[str]], at: int) -> None:
    rows = tuple(" ".join(words) for words in lines)
    one = piece(" ".join(rows), rows=rows)

    assert " ".join(part.text for part in cut_rows(one, at)) == one.text


def test_a_word_starts_at_its_signs() -> None:
    assert word_start("so (\u201cthe", 5) == 3
    assert word_start("the", 0) == 0
