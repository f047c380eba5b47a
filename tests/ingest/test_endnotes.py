from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.apparatus.endnotes import footnotes, label_over, read_zone, split_labels, usual_form, zone_start
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece, PieceLink, Style

NOTHING = vocabulary([])


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text.replace("\n", " "), tuple(text.split("\n"))) for text in texts]


def zone(*texts: str, authors: tuple[str, ...] = ()) -> tuple[list[tuple[int, str]], list[str]]:
    read = read_zone(pieces(*texts), authors, NOTHING)
    return [(note.n, note.piece.text) for note in read.notes], [piece.text for piece in read.others]


def test_zone_start_is_the_heading_above_labels() -> None:
    assert zone_start(pieces("It fell.", "Notes", "[1] a"), DEFAULT) == (1, 2)
    assert zone_start(pieces("It fell.", "ENDNOTES:", "1. a"), DEFAULT) == (1, 2)
    assert zone_start(pieces("Notes", "It fell.", "Notes", "[1] a"), DEFAULT) == (2, 3)


def test_zone_start_wants_labels_below_the_heading() -> None:
    assert zone_start(pieces("It fell.", "Sources", "The salt came from Lorr.", "It rose."), DEFAULT) is None


def test_zone_start_without_a_heading_is_a_run_of_notes_at_the_end() -> None:
    assert zone_start(pieces("It fell.[1] It rose.[2]", "[1] a", "[2] b"), DEFAULT) == (1, 1)


def test_zone_start_takes_other_bracketed_numbers_for_text() -> None:
    assert zone_start(pieces("It fell.", "[1] a", "[2] b"), DEFAULT) is None
    assert zone_start(pieces("It fell.[1]", "[1] a", "[3] b"), DEFAULT) is None
    assert zone_start(pieces("It fell.[1]", "[1] a", "It rose."), DEFAULT) is None
    assert zone_start(pieces("[1] a", "[2] b"), DEFAULT) is None


def test_read_zone_reads_labels() -> None:
    assert zone("[1] a.", "[2]. b.", "[3] c.") == ([(1, "a."), (2, "b."), (3, "c.")], [])


def test_read_zone_goes_on_with_a_note_that_lacks_its_stop() -> None:
    assert zone('[1] Levin, "A Tragedy,"', "Endurance, Vol. 3.", "[2] b.")[0] == [
        (1, 'Levin, "A Tragedy," Endurance, Vol. 3.'),
        (2, "b."),
    ]


@pytest.mark.parametrize(
    ("printed", "notes"),
    [
        (["2. Barely\n3 percent of it.", "3. b."], [(2, "Barely 3 percent of it."), (3, "b.")]),
        (["2. Barely", "3 percent of it.", "3. b."], [(2, "Barely 3 percent of it."), (3, "b.")]),
        (["2 Barely\n3 percent of it."], [(2, "Barely 3 percent of it.")]),
        (["1 A history\n2 Sluice and State"], [(1, "A history"), (2, "Sluice and State")]),
        (["2. See above.\n3 Ibid."], [(2, "See above."), (3, "Ibid.")]),
        (["[2] Barely\n3 Percent of it."], [(2, "Barely 3 Percent of it.")]),
    ],
)
def test_read_zone_takes_a_number_within_a_sentence_for_a_word(
    printed: list[str], notes: list[tuple[int, str]]
) -> None:
    before = [(1, "a.")] if notes[0][0] == 2 else []
    form = printed[0].replace(str(notes[0][0]), "1", 1).split(" ")[0]
    assert zone(*([f"{form} a."] if before else []), *printed)[0] == [*before, *notes]


@given(st.integers(2, 900), st.sampled_from(["miles of it.", "Percent then.", "years on."]))
def test_footnotes_take_a_number_that_goes_on_a_sentence_for_a_word(number: int, rest: str) -> None:
    read = footnotes(pieces("1. The only harbour within", f"{number} {rest}", "2. Ibid."), NOTHING)
    assert [(note.n, note.piece.text) for note in read] == [
        (1, f"The only harbour within {number} {rest}"),
        (2, "Ibid."),
    ]


def test_read_zone_keeps_a_second_paragraph_with_its_note() -> None:
    assert zone("[1] a.", "More of it.", "[2] b.")[0] == [(1, "a. More of it."), (2, "b.")]


def test_read_zone_leaves_what_follows_the_last_note() -> None:
    assert zone("[1] a.", "Printed in Lorr.") == ([(1, "a.")], ["Printed in Lorr."])


def test_read_zone_leaves_biographies() -> None:
    assert zone("[1] a.", "Lene Orvik is a fellow.", "[2] b.", authors=("Lene Orvik",)) == (
        [(1, "a."), (2, "b.")],
        ["Lene Orvik is a fellow."],
    )


def test_read_zone_closes_up_a_hyphen() -> None:
    assert zone("[1] the Rivers-and-", "Tides yearbook.")[0] == [(1, "the Rivers-and-Tides yearbook.")]


def test_read_zone_takes_no_number_for_a_label_among_bracketed_ones() -> None:
    assert zone("[1] of the men who came in", "1. May.", "[2] b.")[0] == [
        (1, "of the men who came in 1. May."),
        (2, "b."),
    ]


def test_read_zone_takes_a_bare_number_only_in_its_turn() -> None:
    assert zone("1 a in the year", "12 men fell.", "2 b.")[0] == [(1, "a in the year 12 men fell."), (2, "b.")]


def test_split_labels_cuts_lines_that_begin_the_next_note() -> None:
    (piece,) = pieces("[1] a of\nthe town.\n[2] b.\n[9] c.")

    assert [part.text for part in split_labels([piece])] == ["[1] a of the town.", "[2] b. [9] c."]


def test_split_labels_leaves_a_number_that_its_line_awaits() -> None:
    rows = ("2 A. Author, Harbour Studies 39, no.", "3 (1992): 75-89.", "3 Ibid.")
    [piece] = pieces(" ".join(rows))
    assert [part.text for part in split_labels([replace(piece, rows=rows)])] == [" ".join(rows[:2]), rows[2]]


@pytest.mark.parametrize("end", ["no.", "No.", "vol.", "pp.", "p.", "issue"])
def test_a_footnote_goes_on_where_a_number_is_awaited(end: str) -> None:
    found = footnotes(pieces(f"1. A. Author, Tides, {end}", "2 (1992).", "2. Ibid."), vocabulary(()))
    assert [(note.n, note.piece.text) for note in found] == [(1, f"A. Author, Tides, {end} 2 (1992)."), (2, "Ibid.")]


def test_split_labels_keeps_links_with_their_notes() -> None:
    piece = Piece(
        "[1] Daily. [2] Post.", ("[1] Daily.", "[2] Post."), links=(PieceLink(4, 9, "a"), PieceLink(15, 19, "b"))
    )

    first, second = split_labels([piece])

    assert (first.links, second.links) == ((PieceLink(4, 9, "a"),), (PieceLink(4, 8, "b"),))


def test_footnotes_run_on_over_pages() -> None:
    found = footnotes(pieces("1. a of the", "town.", "2. b."), NOTHING)

    assert [(note.n, note.piece.text, note.joined, note.footnote) for note in found] == [
        (1, "a of the town.", 1, True),
        (2, "b.", 0, True),
    ]


def test_footnotes_keep_a_number_at_the_head_of_a_part_that_goes_on() -> None:
    first, second = pieces("1. of the", "2. May.")
    going_on = Piece(second.text, second.rows, continues=True)

    assert [note.piece.text for note in footnotes([first, going_on], NOTHING)] == ["of the 2. May."]


def test_usual_form_is_the_commonest() -> None:
    notes = read_zone(pieces("[1] a.", "[2]. b.", "[3] c."), (), NOTHING).notes

    assert usual_form(notes) == "[n]"
    assert usual_form(()) is None


def test_zone_start_knows_notes_without_a_heading_by_any_marker_of_the_first() -> None:
    for text, label in [("It fell.\u00b9", "\u00b9 a"), ("It fell.1", "1 a"), ("It fell. (1)", "(1) a")]:
        assert zone_start(pieces(text, label), DEFAULT) == (1, 1)
    assert zone_start(pieces("It fell.", "1 a"), DEFAULT) is None
    assert zone_start(pieces("It fell.1", "1 a", "It rose."), DEFAULT) is None


def test_read_zone_leaves_asides_out_of_the_notes_they_interrupt() -> None:
    flow = [
        *pieces("[1] a note that goes on and"),
        Piece("Day Event", (), aside="table"),
        *pieces("ends here.", "[2] b."),
    ]
    read = read_zone(flow, (), NOTHING)

    assert [(note.n, note.piece.text) for note in read.notes] == [(1, "a note that goes on and ends here."), (2, "b.")]
    assert [piece.text for piece in read.others] == ["Day Event"]


def test_a_numbered_head_in_bold_is_no_note() -> None:
    head = Piece("2. The Ferry", ("2. The Ferry",), style=Style(10.0, bold=True, italic=False))

    assert label_over(head) is None
    assert label_over(replace(head, style=Style(10.0, bold=False, italic=False))) is not None
    assert label_over(replace(head, text="2. Ibid. The ferry sank.")) is not None
