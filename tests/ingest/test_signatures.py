from __future__ import annotations

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.signatures import (
    bios_apart,
    heading_of,
    signature_apart,
    with_bio_apart,
    without_label,
    without_signs,
)
from tests.ingest.typeset_pieces import piece, prose

BIO = "Jane Roe is a research fellow at the Lowland Observatory."


def signed(pieces: list[Piece]) -> tuple[str | None, int]:
    line, rest = signature_apart(pieces, DEFAULT)
    return (line.text if line else None), len(rest)


@pytest.mark.parametrize("text", ["\u2014 Jane Roe", "Jane Roe", "\u2013 Jane Roe and Karl Ott", "- JANE ROE"])
def test_names_at_the_end_are_a_signature(text: str) -> None:
    assert signed([prose(1), prose(2), piece(text)]) == (text, 2)


def test_a_signature_stands_above_biography_notes_and_boxes() -> None:
    notes = [piece("Notes", look="B"), piece("[1] Mira Blum, interview.", 8.5)]
    box = piece("A box of its own.", aside="sidebar")

    assert signed([prose(1), piece("Jane Roe"), box, piece("About the author", look="B"), piece(BIO), *notes]) == (
        "Jane Roe",
        6,
    )


def test_a_signature_glued_to_the_last_paragraph_is_cut_free() -> None:
    glued = piece(
        "The river rose in the winter. \u2014 Jane Roe", rows=("The river rose in the winter.", "\u2014 Jane Roe")
    )

    line, rest = signature_apart([prose(1), glued], DEFAULT)

    assert line is not None
    assert (line.text, [one.text for one in rest]) == (
        "\u2014 Jane Roe",
        [prose(1).text, "The river rose in the winter."],
    )


def test_names_in_the_middle_sign_nothing() -> None:
    assert signed([prose(1), piece("Old Allies", look="B"), prose(2)]) == (None, 3)
    assert signed([prose(1)]) == (None, 1)
    assert signed([]) == (None, 0)


def test_a_text_file_needs_the_dash() -> None:
    body = Piece("The river rose.", ("The river rose.",))

    assert signed([body, Piece("Old Allies", ("Old Allies",))]) == (None, 2)
    assert signed([body, Piece("\u2014 Jane Roe", ("\u2014 Jane Roe",))]) == ("\u2014 Jane Roe", 1)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Jane Roe*", "Jane Roe"),
        ("Jane Roe* and Karl Ott\u2020", "Jane Roe and Karl Ott"),
        ("*Jane Roe", "Jane Roe"),
        ("Jane Roe \u2016", "Jane Roe"),
        ("Jane Roe", "Jane Roe"),
        ("", ""),
    ],
)
def test_names_lose_the_signs_of_their_footnotes(text: str, bare: str) -> None:
    assert without_signs(text) == bare


@pytest.mark.parametrize(
    "text", ["* The author thanks nobody.", "\u2020The author thanks nobody.", "[*] The author thanks nobody."]
)
def test_a_footnote_loses_its_sign(text: str) -> None:
    assert without_label(piece(text)).text == "The author thanks nobody."


def test_biographies_in_boxes_and_at_feet_are_taken_out() -> None:
    pieces = [prose(1), piece(f"* {BIO}", 8, aside="footnote"), piece(BIO, aside="sidebar"), prose(2)]

    apart, rest = bios_apart(pieces, ["Jane Roe"])

    assert [bio.text for bio in apart.bios] == [BIO, BIO]
    assert [one.text for one in rest] == [prose(1).text, prose(2).text]
    assert apart.headings == ()


def test_a_box_about_the_author_loses_its_heading() -> None:
    box = piece(f"About the Author {BIO}", rows=("About the Author", BIO), aside="sidebar")

    apart, rest = bios_apart([box], ["Jane Roe"])

    assert ([bio.text for bio in apart.bios], apart.headings, rest) == ([BIO], ("About the Author",), ())
    assert heading_of(box) == "About the Author"


def test_boxes_about_others_and_paragraphs_stay() -> None:
    pieces = [piece(BIO, aside="sidebar"), piece(BIO), piece("Five Figures", aside="sidebar")]

    assert bios_apart(pieces, ["Karl Ott"])[1] == tuple(pieces)
    # A paragraph of the flow is a biography by its place, which is asked elsewhere.
    assert bios_apart(pieces[1:], ["Jane Roe"])[1] == tuple(pieces[1:])


def test_a_biography_that_touches_the_last_paragraph_is_cut_off() -> None:
    rows = ("The river rose over", "the fields.", "Jane Roe is an analyst", "in Sarn.")
    text = Piece(" ".join(rows), rows, style=Style(10.0, bold=False, italic=False))

    assert [one.text for one in with_bio_apart([text], ["Jane Roe"])] == [
        "The river rose over the fields.",
        "Jane Roe is an analyst in Sarn.",
    ]
    assert with_bio_apart([text], ["Karl Ott"]) == [text]
    assert with_bio_apart([], ["Jane Roe"]) == []


def test_an_author_named_inside_a_sentence_cuts_nothing() -> None:
    rows = ("The river rose over", "Jane Roe is an analyst", "in Sarn.")
    text = Piece(" ".join(rows), rows, style=Style(10.0, bold=False, italic=False))

    assert with_bio_apart([text], ["Jane Roe"]) == [text]
