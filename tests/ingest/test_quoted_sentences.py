from __future__ import annotations

from dataclasses import replace

from monitor.ingest.structure.contents import RawEntry, Row
from monitor.ingest.structure.quoted_sentences import with_quotations_told
from tests.ingest.typeset_pieces import piece, prose

QUOTE = "Nobody counts boats at night, and everyone at the table knew it"
TITLE, HEAD = piece("The Ferrymen of Sarn", 18, "B"), piece("The Road to the Locks", 13, "B")


def told(*pieces: object, titles: tuple[str, ...] = ()) -> list[str]:
    """Return the texts of the pull quotes among pieces, below a title and its text."""
    entries = [RawEntry(1, (Row(title, 0),)) for title in titles]
    found = with_quotations_told([TITLE, prose(1), *pieces], entries)  # type: ignore[list-item]
    return [one.text for one in found if one.aside == "pullquote"]


def test_sentences_in_a_large_type_of_their_own_are_pull_quotes() -> None:
    assert told(piece(QUOTE, 14, "B"), prose(2), HEAD, prose(3)) == [QUOTE]
    assert told(piece(QUOTE, 14), prose(2)) == [QUOTE]


def test_a_type_in_which_heads_are_set_holds_no_quotations() -> None:
    assert told(piece(QUOTE, 13, "B"), prose(2), HEAD, prose(3)) == []


def test_titles_are_none() -> None:
    """Listed, signed, or the largest type where nothing is listed."""
    assert told(piece(QUOTE, 14, "B"), prose(2), titles=(QUOTE,)) == []
    assert told(piece(QUOTE, 14, "B"), piece("Jane Roe"), prose(2)) == []
    assert told(piece(QUOTE, 20, "B"), prose(2)) == []
    assert told(piece(QUOTE, 20, "B"), prose(2), titles=("The Ferrymen of Sarn",)) == [QUOTE]


def test_short_lines_questions_and_lines_out_of_the_text_are_none() -> None:
    assert told(piece("Nobody counts boats at night", 14, "B"), prose(2)) == []
    assert told(piece("Who counts the boats at night if nobody at the table does it?", 14), prose(2)) == []
    assert told(piece(QUOTE, 14, "B")) == []
    assert told(piece(QUOTE, 10), prose(2)) == []
    assert with_quotations_told([], []) == []


def test_what_follows_a_quotation_may_go_on_the_text_before_it() -> None:
    after = replace(prose(2), continues=False)
    found = with_quotations_told([TITLE, prose(1), piece(QUOTE, 14), after, after], [])
    assert [one.continues for one in found[-2:]] == [None, False]
