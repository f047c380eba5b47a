from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ingest.pieces import PageFacts, Piece, Style
from monitor.ingest.text_file.furniture import at_edges, without_furniture
from monitor.ingest.text_file.page_edges import masked
from tests.ingest.typeset_pieces import piece, prose

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


PAGES = PageFacts(count=2, sizes=((600.0, 800.0), (600.0, 800.0)))


@pytest.mark.parametrize(
    ("text", "at", "dropped"),
    [
        ("Sarn Quarterly \u00b7 Notes on the river", 20.0, True),
        ("Volume IV, Issue 2 \u00b7 March 3, 2022", 770.0, True),
        ("Sarn Quarterly \u00b7 Notes on the river", 400.0, False),
        ("A Fragile Order", 20.0, False),
        ("Sarn Quarterly wrote last year that the river would rise, and it was right to do so.", 20.0, False),
    ],
)
def test_a_line_at_the_edge_that_names_the_periodical_is_a_running_head(text: str, at: float, dropped: bool) -> None:
    line = piece(text, 9, page=2, at=at)
    flow = [prose(1), line, prose(2, 2)]

    kept, heads = at_edges(flow, ("Sarn Quarterly",), PAGES)

    assert heads == ((text,) if dropped else ())
    assert [one.text for one in kept] == [one.text for one in flow if not (dropped and one is line)]


def test_text_behind_a_running_head_is_joined_by_its_words() -> None:
    halves = [prose(1), piece("Sarn Quarterly", 9, page=2, at=20), replace(prose(2, 2), continues=False)]

    kept, _ = at_edges(halves, ("Sarn Quarterly",), PAGES)

    assert [one.continues for one in kept] == [None, None]


def test_files_without_pages_have_no_edges() -> None:
    lines = [Piece("Sarn Quarterly", ("Sarn Quarterly",)), piece("Sarn Quarterly", page=7, at=10)]

    assert at_edges(lines, ("Sarn Quarterly",), PAGES) == (tuple(lines), ())
