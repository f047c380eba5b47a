"""Footnotes broken over a page on which the next article begins, and what a footnote without a stop does not take."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.apparatus.endnotes import footnotes
from monitor.ingest.letters.hyphens import Vocabulary
from monitor.ingest.structure.broken_feet import with_feet_whole
from monitor.ingest.structure.drafts import goes_on_foot
from tests.ingest.typeset_pieces import piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FIRST, REST = "[3] Tariffs were fixed in 1998. Different", "spellings are in use."


def foot(text: str, page: int = 1) -> Piece:
    return piece(text, 8, aside="footnote", page=page)


def test_the_rest_of_a_footnote_goes_back_over_the_next_title() -> None:
    pieces = [prose(1), foot(FIRST), piece("Salt and Rifles", 16, "B", page=2), prose(2, 2), foot(REST, 2)]
    assert [one.text for one in with_feet_whole(pieces)] == [
        pieces[0].text,
        FIRST,
        REST,
        "Salt and Rifles",
        pieces[3].text,
    ]


def test_the_rest_may_come_in_two_parts() -> None:
    pieces = [foot("[3] Tariffs were"), prose(1), foot("fixed in", 2), prose(2), foot("1998.", 3), foot("[4] b.", 3)]
    found = [one.text for one in with_feet_whole(pieces)]
    assert found[:3] == ["[3] Tariffs were", "fixed in", "1998."]
    assert found[-1] == "[4] b."


@pytest.mark.parametrize("second", ["[4] Ibid.", "4. Ibid."])
def test_a_footnote_with_its_own_label_stays_on_its_page(second: str) -> None:
    pieces = [foot(FIRST), prose(1), foot(second, 2)]
    assert with_feet_whole(pieces) == pieces


@pytest.mark.parametrize(
    ("note", "rest"),
    [
        ("3. Ouellet, “Tariffs on the Tarn,” Customs Review 17, no. 3 (1989):", "72-86."),
        ("3. Ouellet, “Tariffs on the Tarn,” Customs Review 17, no.", "3 (1989): 72-86."),
        ("3. Ouellet, Tariffs on the Tarn, pp.", "72."),
        ("3. Ouellet, Tariffs on the Tarn (Halmar: Northmole Ltd.", "Press, 1989), 72."),
        ("3. Ouellet, “Who Rules the Tarn?", "A History of Tariffs,” 72."),
        ("3. Ouellet, Tariffs on the Tarn (1989), 72—", "86."),
    ],
)
def test_a_footnote_that_visibly_lacks_its_end_takes_its_rest(note: str, rest: str) -> None:
    pieces = [foot(note), piece("Salt and Rifles", 16, "B", page=2), prose(2, 2), foot(rest, 2), foot("4. Ibid.", 2)]
    found = with_feet_whole(pieces)
    assert [one.text for one in found[:2]] == [note, rest]
    assert [(one.n, one.piece.text) for one in footnotes([*found[:2], found[-1]], Vocabulary(Counter()))] == [
        (3, f"{note[3:]} {rest}".replace("— ", "—")),
        (4, "Ibid."),
    ]


def test_a_number_goes_on_no_footnote_that_has_ended() -> None:
    pieces = [foot("3. Tariffs on the Tarn (1989): 72."), prose(1), foot("86 boats were counted.", 2)]
    assert with_feet_whole(pieces) == pieces


def test_after_a_footnote_that_has_ended_nothing_goes_back() -> None:
    pieces = [foot("[3] Tariffs were fixed."), prose(1), foot("The author thanks the ferrymen.", 2)]
    assert with_feet_whole(pieces) == pieces


def test_a_foot_before_any_other_stays() -> None:
    assert [one.text for one in with_feet_whole([foot(REST), prose(1)])] == [REST, prose(1).text]


@pytest.mark.parametrize(
    ("below", "goes"),
    [
        (piece(REST, 8), True),
        (piece(REST, 10), False),
        (piece("Old Allies", 8, "B"), False),
        (replace(piece(REST, 8), level=2), False),
        (replace(piece(REST), style=None), True),
    ],
)
def test_text_after_a_footnote_goes_on_it_where_it_is_set_so(below: Piece, *, goes: bool) -> None:
    assert goes_on_foot(foot(FIRST), below) is goes


def test_nothing_goes_on_a_footnote_that_has_ended() -> None:
    assert not goes_on_foot(foot("[3] Tariffs were fixed."), piece(REST, 8))
