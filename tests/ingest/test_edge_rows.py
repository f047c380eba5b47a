from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.structure.edge_rows import with_edges_apart
from tests.ingest.typeset_pieces import piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece


def glued(*rows: str, italics: int = 0) -> Piece:
    whole = piece(" ".join(rows), rows=rows)
    return replace(whole, italics=((0, italics),) if italics else ())


def texts(*pieces: Piece) -> list[str]:
    return [one.text for one in with_edges_apart(pieces, DEFAULT)]


@pytest.mark.parametrize("heading", ["Endnotes", "NOTES", "Notes:", "About the Author"])
def test_a_heading_below_a_paragraph_is_cut_off(heading: str) -> None:
    assert texts(glued("Jane Roe is an analyst", "in Sarn.", heading)) == ["Jane Roe is an analyst in Sarn.", heading]


def test_a_heading_above_a_biography_is_cut_off() -> None:
    assert texts(glued("About the authors", "Jane Roe is an analyst.")) == [
        "About the authors",
        "Jane Roe is an analyst.",
    ]


def test_the_same_words_in_a_sentence_stay() -> None:
    paragraph = glued("The council read the", "sources")
    unfinished = glued("The council never named its", "Sources")

    assert texts(paragraph, unfinished) == [paragraph.text, unfinished.text]


def test_a_post_in_italics_is_cut_off_the_text_below_it() -> None:
    post = "Institute of River Studies, Sarn"

    assert texts(glued(post, "The river rose over", "the fields.", italics=len(post))) == [
        post,
        "The river rose over the fields.",
    ]


def test_italics_that_name_no_place_of_work_stay() -> None:
    words = glued("Salt Roads of the North", "was printed in Sarn.", italics=len("Salt Roads of the North"))
    inner = glued("Institute of Studies", "was founded early.", italics=12)

    assert texts(words, inner, prose(1)) == [words.text, inner.text, prose(1).text]


def test_a_heading_on_the_last_line_of_a_biography_is_cut_off_also_from_a_box() -> None:
    glued_line = piece(
        "Jane Roe is an analyst of the Tarn. Endnotes", rows=("Jane Roe is an analyst", "of the Tarn. Endnotes")
    )
    boxed = replace(glued_line, aside="footnote")

    for one in (glued_line, boxed):
        read = with_edges_apart([one], DEFAULT)
        assert [(part.text, part.aside) for part in read] == [
            ("Jane Roe is an analyst of the Tarn.", one.aside),
            ("Endnotes", None),
        ]
