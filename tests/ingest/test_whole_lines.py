from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.structure.contents import Row
from monitor.ingest.structure.whole_lines import bare_row, has_page, known_lines, names_at, whole_lines
from tests.ingest.typeset_pieces import piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FERRY, SALT = "The Ferrymen of Lower Sarn", "Old Networks, New Checkpoints"
BOTH, KARL = "Jane Roe and Mira van der Sand", "Karl Ott"


def issue() -> list[Piece]:
    return [
        piece(FERRY, 16, "B"),
        piece(f"By {BOTH}"),
        prose(1),
        piece("Jane Roe is an analyst. Mira van der Sand writes on rivers."),
        piece(SALT, 16, "B"),
        piece(KARL, look="I"),
        prose(2),
    ]


def lines(*texts: str) -> list[tuple[str, str]]:
    read = whole_lines([Row(text, k) for k, text in enumerate(texts)], known_lines(issue()))
    return [(row.text, row.role) for row in read]


def test_wrapped_titles_and_names_are_whole_lines() -> None:
    assert lines("The Ferrymen of", "Lower Sarn 1", "Jane Roe & Mira van", "der Sand", f"{SALT} 4", KARL) == [
        (f"{FERRY} 1", "title"),
        ("Jane Roe & Mira van der Sand", "names"),
        (f"{SALT} 4", "title"),
        (KARL, "names"),
    ]


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (("The Ferrymen of 1", "Lower Sarn"), f"{FERRY} 1"),
        (("The Ferrymen of", "Lower Sarn \u2026", "1"), f"{FERRY} \u2026 1"),
        (("1 The Ferrymen of", "Lower Sarn"), f"1 {FERRY}"),
        (("The Ferrymen of", "Lower Sarn ..... 1"), f"{FERRY} ..... 1"),
    ],
)
def test_the_page_stays_at_its_end_of_the_title(rows: tuple[str, ...], whole: str) -> None:
    assert lines(*rows)[0][0] == whole


def test_names_read_column_by_column_go_behind_their_titles() -> None:
    assert lines(f"1 {FERRY}", f"4 {SALT}", BOTH, KARL) == [
        (f"1 {FERRY}", "title"),
        (BOTH, "names"),
        (f"4 {SALT}", "title"),
        (KARL, "names"),
    ]


def test_names_beside_their_title_stay_where_they_are() -> None:
    printed = ("Jane Roe and Mira van der Sand:", f"{FERRY} 1", f"{KARL}:", f"{SALT} 4")

    assert [text for text, _ in lines(*printed)] == list(printed)


def test_what_the_issue_does_not_print_stays_as_it_is() -> None:
    assert lines("Briefs 1", "Something", "Else 3") == [("Briefs 1", ""), ("Something", ""), ("Else 3", "")]
    assert lines() == []


def test_two_titles_with_a_page_each_are_never_one() -> None:
    twice = [piece("Salt", 16, "B"), piece("Salt and Timber", 16, "B"), prose(1)]

    read = whole_lines([Row("Salt 1", 0), Row("and Timber 2", 1)], known_lines(twice))

    assert [row.text for row in read] == ["Salt 1", "and Timber 2"]


def test_the_first_lines_over_a_text_may_name_its_authors() -> None:
    glued = piece(f"{KARL} The river rose.", rows=(KARL, "The river rose over", "the fields."))

    assert names_at(glued) == (KARL,)
    assert names_at(piece(KARL)) == (KARL,)
    assert names_at(prose(1)) == ()


def test_pages_at_either_end_are_told_from_the_title() -> None:
    assert bare_row("4 | Salt \u2026 9") == "Salt"
    assert has_page("Salt 4")
    assert has_page("4")
    assert not has_page("Salt")


def test_a_page_on_a_line_of_its_own_stays_one() -> None:
    assert [text for text, _ in lines("p. 1", FERRY, "p. 4", SALT)] == ["p. 1", FERRY, "p. 4", SALT]


@pytest.mark.parametrize("sign", [", ", ": "])
def test_names_before_a_wrapped_title_are_one_line_with_it(sign: str) -> None:
    assert lines(f"{BOTH}{sign}The Ferrymen of 1", "Lower Sarn", f"{KARL}{sign}{SALT} 4") == [
        (f"{BOTH}{sign}{FERRY} 1", ""),
        (f"{KARL}{sign}{SALT} 4", ""),
    ]


def test_a_title_taken_for_a_pull_quote_is_known() -> None:
    quoted = [piece(FERRY, 16, "I", aside="pullquote"), piece(KARL), prose(1)]

    assert known_lines(quoted).title_of(FERRY) is not None


def test_names_over_a_post_are_names() -> None:
    rows = ("Jane Roe and Karl Ott", "Lowland Observatory, Sarn")

    assert names_at(piece(" ".join(rows), rows=rows)) == ("Jane Roe", "Karl Ott")
