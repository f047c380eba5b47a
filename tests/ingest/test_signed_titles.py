"""Titles that touch the names below them, and listed titles that end in names."""

from __future__ import annotations

import pytest

from monitor.ingest.structure.announced import Announced
from monitor.ingest.structure.signed_titles import titles_without_names, with_signed_titles_apart
from tests.ingest.typeset_pieces import piece, prose

FERRY = "The Ferrymen of Sarn"
BIO = piece("Jane Roe is a research fellow at the Lowland Observatory.")


def parted(*rows: str, look: str = "I", bio: bool = True) -> list[str]:
    """Return the texts of a piece of some rows, in an issue with or without the biography of Jane Roe."""
    own = piece(" ".join(rows), look=look, rows=rows)
    return [one.text for one in with_signed_titles_apart([own, prose(1), *([BIO] if bio else [])])][: -1 - bio]


def test_names_of_known_people_are_cut_off_their_title() -> None:
    assert parted(FERRY, "Jane Roe") == [FERRY, "Jane Roe"]
    assert parted("Who Speaks for", "the Front?", "Jane Roe") == ["Who Speaks for the Front?", "Jane Roe"]
    assert parted("Quiet Harbour", "Jane Roe") == ["Quiet Harbour", "Jane Roe"]  # a title that reads like a name


@pytest.mark.parametrize("rows", [(FERRY, "of the North"), ("Jane Roe", "Jane Roe"), (FERRY, "Jane Roe left.")])
def test_other_lines_stay_together(rows: tuple[str, ...]) -> None:
    assert parted(*rows) == [" ".join(rows)]


def test_strangers_and_plain_text_are_not_cut() -> None:
    assert parted(FERRY, "Jane Roe", bio=False) == [f"{FERRY} Jane Roe"]
    assert parted(FERRY, "Jane Roe", look="") == [f"{FERRY} Jane Roe"]


def test_a_listed_title_ends_before_the_names_that_its_entry_prints() -> None:
    pieces = [piece(FERRY, look="I"), piece("Jane Roe", look="I"), prose(1), BIO]
    assert titles_without_names(pieces, [Announced(0, 2, 0, 100.0)]) == [Announced(0, 1, 0, 100.0)]
    assert titles_without_names(pieces[:3], [Announced(0, 2, 0, 100.0)]) == [Announced(0, 2, 0, 100.0)]
    assert titles_without_names(pieces, [Announced(1, 2, 0, 100.0)]) == [Announced(1, 2, 0, 100.0)]
