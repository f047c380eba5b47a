from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.structure.contents import Row
from monitor.ingest.structure.printed_contents import Zone, entries_of, find_zone, is_list, is_long, mended_rows
from tests.ingest.typeset_pieces import SENTENCES, nameplate, piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FERRY, SALT, FRONT = "The Ferrymen of Sarn", "Salt, Timber and Peace", "Who Speaks for the Front?"


def rows(*texts: str) -> list[Row]:
    return [Row(text, k) for k, text in enumerate(texts)]


def entries(*texts: str, titles: tuple[str, ...] = ()) -> list[tuple[int | None, list[str]]]:
    read = entries_of(rows(*texts), DEFAULT, frozenset(titles))
    return [(entry.page, [row.text for row in entry.rows]) for entry in read.entries]


def test_a_page_above_its_title_opens_the_entry() -> None:
    assert entries("Contents", "p.1", FERRY, "Jane Roe", "p.4", SALT, "Karl Ott") == [
        (1, [FERRY, "Jane Roe"]),
        (4, [SALT, "Karl Ott"]),
    ]


def test_a_page_below_its_title_closes_the_entry() -> None:
    assert entries(FERRY, "Jane Roe", "p. 1", SALT, "Karl Ott", "p. 4") == [
        (1, [FERRY, "Jane Roe"]),
        (4, [SALT, "Karl Ott"]),
    ]


def test_a_page_before_its_title_in_one_line() -> None:
    assert entries(f"1 {FERRY}", "Jane Roe", f"4 {SALT}", "and its Price", "Karl Ott") == [
        (1, [FERRY, "Jane Roe"]),
        (4, [SALT, "and its Price", "Karl Ott"]),
    ]


@pytest.mark.parametrize(
    "end", [" ........ {}", " . . . . {}", " {}", ", p. {}", " (page {})", " | {}", " .. {}", " . {}"]
)
def test_a_page_at_the_end_in_every_form(end: str) -> None:
    first, second = FERRY + end.format(1), SALT + end.format(4)

    assert entries(first, "Jane Roe", second, "Karl Ott") == [(1, [FERRY, "Jane Roe"]), (4, [SALT, "Karl Ott"])]


def test_authors_before_their_titles() -> None:
    assert entries("Jane Roe", f"{FERRY} ..... 1", "Karl Ott", f"{SALT} ..... 4") == [
        (1, ["Jane Roe", FERRY]),
        (4, ["Karl Ott", SALT]),
    ]


def test_a_wrapped_title_waits_for_its_page() -> None:
    assert entries(f"{FERRY} ..... 1", "Jane Roe", "Salt, Timber", "and Peace ..... 4", "Karl Ott") == [
        (1, [FERRY, "Jane Roe"]),
        (4, ["Salt, Timber", "and Peace", "Karl Ott"]),
    ]


def test_a_first_line_that_looks_like_names_is_a_title_where_the_issue_has_it() -> None:
    lines = (f"{FERRY} ..... 1", "Jane Roe", "Old Networks, New Checkpoints", "in the Province ..... 4", "Karl Ott")

    assert entries(*lines, titles=("oldnetworksnewcheckpointsintheprovince",)) == [
        (1, [FERRY, "Jane Roe"]),
        (4, ["Old Networks, New Checkpoints", "in the Province", "Karl Ott"]),
    ]


def test_a_page_on_a_line_of_its_own_after_leaders() -> None:
    assert entries(f"{FERRY} by Jane Roe ..... 1", f"{SALT} by Karl Ott ....", "4") == [
        (1, [f"{FERRY} by Jane Roe"]),
        (4, [f"{SALT} by Karl Ott"]),
    ]


def test_leaders_and_bare_pages_mixed() -> None:
    assert entries(f"{FERRY} ..... 1", f"{SALT} and Everything Else 4") == [
        (1, [FERRY]),
        (4, [f"{SALT} and Everything Else"]),
    ]


def test_lines_without_any_page_are_spared() -> None:
    read = entries_of(rows(FERRY, "Jane Roe"), DEFAULT, frozenset())

    assert (read.entries, read.spare) == ((), (FERRY, "Jane Roe"))


def test_years_at_the_ends_of_lines_are_no_pages() -> None:
    assert entries("The Spring of 2021", "The Winter of 2020") == []


def zone(*contents: Piece, after: list[Piece] | None = None) -> Zone | None:
    return find_zone(
        [*nameplate(), *contents, *(after if after is not None else [piece(FERRY, 16, "B"), prose(1)])], DEFAULT
    )


def test_contents_run_from_their_heading_to_the_names_of_the_last_entry() -> None:
    listed = [
        piece("Contents", look="B"),
        piece(f"{FERRY} .... 1"),
        piece("Jane Roe", look="I"),
        piece(f"{SALT} .... 4"),
        piece("Karl Ott", look="I"),
    ]

    assert zone(*listed) == Zone(3, 8)


def test_a_title_printed_once_more_begins_the_text() -> None:
    listed = [
        piece("Contents"),
        piece(f"{FERRY} .... 1"),
        piece("Jane Roe"),
        piece(f"{SALT} .... 4"),
        piece("Karl Ott"),
    ]

    assert zone(*listed, after=[piece(FERRY), piece("Jane Roe"), prose(1)]) == Zone(3, 8)


def test_the_next_page_ends_the_contents() -> None:
    listed = [piece("Contents"), piece(f"{FERRY} .... 2"), piece("Jane Roe"), piece(f"{SALT} .... 4")]

    assert zone(*listed, after=[piece("Karl Ott", page=2), piece(FERRY, 16, page=2), prose(1, 2)]) == Zone(3, 7)


def test_contents_without_heading_need_three_pages_that_never_go_back() -> None:
    listed = [piece(f"{FERRY} 1"), piece(f"{SALT} 4"), piece(f"{FRONT} 9")]

    assert zone(*listed) == Zone(3, 6)
    assert zone(*listed[:2]) is None
    assert zone(*reversed(listed)) is None


def test_numbers_deep_in_the_text_are_no_contents() -> None:
    text = [prose(k) for k in range(3)]

    assert find_zone([*nameplate(), *text, piece("Table 1"), piece("Table 2"), piece("Table 3")], DEFAULT) is None
    assert find_zone([], DEFAULT) is None


def test_running_text_is_long_and_lists_of_pages_are_not() -> None:
    assert is_long(prose(1))
    assert not is_long(piece(f"{FERRY} .... 1 {SALT} .... 4", rows=(f"{FERRY} .... 1", f"{SALT} .... 4")))
    assert not is_long(piece("A box of many words. " * 40, aside="sidebar"))


def test_words_cut_at_line_ends_are_mended_as_the_text_has_them() -> None:
    cut = piece("The Memorandum and Its Authors 4", rows=("The Memorandum and Its Au-", "thors 4"))
    true = piece("Counter-Terrorism at Sea 7", rows=("Counter-", "Terrorism at Sea 7"))

    assert mended_rows(cut) == ("The Memorandum and Its Authors 4",)
    assert mended_rows(true) == ("Counter-Terrorism at Sea 7",)


def test_two_entries_in_one_line_are_two() -> None:
    both = piece(f"{FERRY} .... 1 {SALT} .... 4")

    assert mended_rows(both) == (f"{FERRY} .... 1", f"{SALT} .... 4")


def test_names_over_titles_with_a_colon() -> None:
    assert entries("Jane Roe:", f"{FERRY} 1", "Karl Ott and Mira Sand:", f"{SALT} 4") == [
        (1, ["Jane Roe", FERRY]),
        (4, ["Karl Ott and Mira Sand", SALT]),
    ]


def test_pages_that_stand_below_each_other_go_to_the_titles_before_them() -> None:
    assert entries(FERRY, SALT, FRONT, "1", "4", "9") == [(1, [FERRY]), (4, [SALT]), (9, [FRONT])]


def test_a_page_column_counts_only_lines_without_a_page() -> None:
    assert entries(f"{FERRY} 1", SALT, FRONT, "4", "9") == [(1, [FERRY]), (4, [SALT]), (9, [FRONT])]


def test_a_piece_of_names_and_paged_titles_is_no_running_text() -> None:
    lines = ("Jane Roe:", f"{FERRY} 1", "Karl Ott and Mira Sand:", "Who Speaks? 4")

    assert is_list(lines)
    assert not is_long(piece(" ".join(lines), rows=lines))
    assert not is_list(("Jane Roe", "Karl Ott"))
    assert not is_list((f"{FERRY} 1", "The river rose over the fields."))


def test_names_in_italics_below_the_last_page_belong_to_the_contents() -> None:
    listed = [
        piece("Contents", look="B"),
        piece(f"{FERRY} .... 1"),
        piece(f"{SALT} .... 4"),
        piece("Karl Ott", look="I"),
    ]

    assert zone(*listed) == Zone(3, 7)


def test_a_line_in_italics_that_names_nobody_ends_the_contents() -> None:
    listed = [piece("Contents", look="B"), piece(f"{FERRY} .... 1"), piece(f"{SALT} .... 4")]

    assert zone(*listed, after=[piece("What the river takes in spring", look="I"), prose(1)]) == Zone(3, 6)


def test_touching_entries_with_pages_are_no_running_text() -> None:
    ends = (f"{FERRY} 1", "and its Price", f"{SALT} 4", "Jane Roe, Karl Ott and Mira Sand in a word?")
    starts = (f"1 {FERRY}", f"4 {SALT}", "Jane Roe", FRONT)

    assert not is_long(piece(" ".join(ends), rows=ends))
    assert not is_long(piece(" ".join(starts), rows=starts))
    assert not is_long(piece("Who Speaks for the Front?", rows=("Who Speaks for", "the Front?")))


def test_text_with_a_number_at_a_line_s_end_is_running_text() -> None:
    lines = ("The river rose over the fields in the spring of", "12", "and fell in the", "year that followed.")

    assert is_long(piece(" ".join(lines), rows=lines))


def test_names_that_begin_like_others_of_the_contents_belong_to_the_last_entry() -> None:
    listed = [
        piece("Contents", look="B"),
        piece(f"{FERRY} .... 1"),
        piece("Karl Lindqvist"),
        piece(f"{SALT} .... 4"),
        piece("Karl Lindqvist and Jane Roe"),
    ]

    assert zone(*listed) == Zone(3, 8)


def test_names_in_italics_below_bold_titles_belong_to_the_last_entry() -> None:
    listed = [
        piece("Contents"),
        piece(f"{FERRY} 1", look="B"),
        piece(f"{SALT} 4", look="B"),
        piece("Karl Ott", look="I"),
    ]

    assert zone(*listed) == Zone(3, 7)


def test_a_bold_title_that_reads_like_a_name_begins_the_text() -> None:
    listed = [
        piece("Contents"),
        piece("Maritime Pipeline 1", look="B"),
        piece(f"{SALT} 4", look="B"),
        piece("Karl Ott"),
    ]

    assert zone(*listed, after=[piece("Maritime Pipeline", look="B"), piece("Jane Roe"), prose(1)]) == Zone(3, 7)


def test_a_title_over_names_over_text_begins_the_first_article() -> None:
    listed = (piece("Contents"), piece(f"{FERRY} 3"), piece("Jane Roe"), piece("Salt Roads 4"), piece("Karl Ott"))
    opening = [piece("A Truce on the River"), piece("Ann Bell"), prose(1)]
    assert zone(*listed, after=opening) == Zone(3, 8)


@pytest.mark.parametrize("post", [(), ("Institute for Harbour Studies, Karvan",)])
def test_a_title_set_like_the_contents_below_them_opens_the_first_article(post: tuple[str, ...]) -> None:
    """It stands over names over text, and the last entry of the contents has its names."""
    rows = ("4 Salt and Peace", "Karl Ott")
    listed = [piece("Contents", look="B"), piece("1 Briefs"), piece("Jane Roe"), piece(" ".join(rows), rows=rows)]
    article = [piece("The Ferrymen of Sarn"), piece("Jane Roe"), *(piece(text, 8) for text in post), prose(1)]

    assert find_zone([*nameplate(), *listed, *article], DEFAULT) == Zone(3, 7)


def test_a_text_whose_lines_end_in_numbers_is_no_contents_without_a_heading() -> None:
    lines = [f"and the boats of the harbour that were counted then and again by many {word}" for word in "abcdefghij"]
    lines[1:8:3] = ["no fewer than 3", "fewer by far than 9", "as many as 12"]
    assert find_zone([*nameplate(), piece(" ".join(lines), rows=lines), prose(1)], DEFAULT) is None


def test_numbers_at_the_ends_of_a_text_s_lines_are_no_pages_below_entries_led_by_theirs() -> None:
    listed = [piece("Contents"), piece(f"1 {FERRY}"), piece("Jane Roe"), piece(f"4 {SALT}"), piece("Karl Ott")]
    lines = (
        *SENTENCES,
        "A decade ago barely one ton of salt in 6",
        *SENTENCES,
        "and one ton of timber in 22",
        *SENTENCES,
    )
    text = piece(" ".join(lines), rows=lines, at=300.0)

    assert find_zone([*listed, piece(FERRY, 18.0), piece("Jane Roe"), text], DEFAULT) == Zone(0, 5)
