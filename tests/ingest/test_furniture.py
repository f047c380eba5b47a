from __future__ import annotations

import pytest

from monitor.ingest.furniture import without_furniture
from monitor.ingest.page_edges import masked
from monitor.ingest.pieces import Piece, Style

NAMES = ("The Tesk Observer",)


def kept(*texts: str) -> tuple[list[str], tuple[str, ...]]:
    pieces, dropped = without_furniture([Piece(text, (text,)) for text in texts], NAMES)
    return [piece.text for piece in pieces], dropped


@pytest.mark.parametrize("number", ["12", "- 12 -", "\u2013 12 \u2013", "Page 2 of 9", "page 3", "| 7", "3/9"])
def test_without_furniture_drops_lone_page_numbers(number: str) -> None:
    assert kept("It fell", number, "and rose.") == (["It fell", "and rose."], (number,))


def test_without_furniture_drops_running_heads_that_come_again() -> None:
    assert kept("The Tesk Observer | 3", "It fell", "The Tesk Observer | 4", "and rose.") == (
        ["It fell", "and rose."],
        ("The Tesk Observer | 3", "The Tesk Observer | 4"),
    )


def test_without_furniture_drops_issue_lines_that_come_again() -> None:
    assert kept("Volume IX | Issue 2", "It fell.", "Volume IX | Issue 2")[0] == ["It fell."]


def test_without_furniture_drops_lines_that_come_thrice_with_other_numbers() -> None:
    assert kept("Salt Roads 3", "a.", "Salt Roads 4", "b.", "Salt Roads 5")[0] == ["a.", "b."]
    assert len(kept("Salt Roads 3", "a.", "Salt Roads 4")[0]) == 3


@pytest.mark.parametrize(
    "texts",
    [
        ("Conclusion", "a.", "Conclusion", "b.", "Conclusion"),
        ("Lene Orvik", "a.", "Lene Orvik", "b.", "Lene Orvik"),
        ("Notes", "a.", "Notes"),
        ("The Tesk Observer at Twenty", "a."),
        ("Lene Orvik is the Editor of The Tesk Observer.", "a.", "Lene Orvik is the Editor of The Tesk Observer."),
    ],
)
def test_without_furniture_leaves_heads_names_and_biographies(texts: tuple[str, ...]) -> None:
    assert kept(*texts) == (list(texts), ())


def test_without_furniture_leaves_pieces_of_a_layout_and_asides() -> None:
    pieces = [Piece("12", (), style=Style(10)), Piece("13", (), aside="table"), Piece("text.", ())]

    assert without_furniture(pieces, NAMES) == (tuple(pieces), ())


def test_without_furniture_never_drops_everything() -> None:
    assert kept("12", "13") == (["12", "13"], ())


def test_masked_hides_numbers_and_case() -> None:
    assert masked("Page 12 OF 900") == "page # of #"


def test_without_furniture_knows_a_name_with_a_year_in_it() -> None:
    pieces = [Piece(text, (text,)) for text in ("The Review Autumn 2019", "It fell", "The Review Autumn 2019")]

    assert [piece.text for piece in without_furniture(pieces, ("The Review Autumn 2019",))[0]] == ["It fell"]
