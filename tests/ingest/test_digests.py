from __future__ import annotations

import pytest

from monitor.ingest.pieces import Piece, Style
from monitor.ingest.reading import read_text_issue
from monitor.ingest.structure.digests import digest_starts
from monitor.ingest.structure.starts import Start

PLACES = ["Arden", "Belmar", "Corvo", "Dunmere", "Estell", "Farrow", "Garran"]
TEXT = "A bomb was found near the grain market, and nobody claimed it (Lorr Post, May 3)."


def digest(places: list[str], more: int = 0) -> list[Piece]:
    rows = [row for place in places for row in (f"{place}: Bomb Found", TEXT)] + [TEXT] * more
    return [Piece(row, (row,)) for row in rows]


def test_a_row_of_bare_lines_with_a_paragraph_each_is_a_digest() -> None:
    assert digest_starts(digest(PLACES)) == [
        Start(k, k + 1, None, k + 1, brief=True) for k in range(0, 2 * len(PLACES), 2)
    ]


def test_one_paragraph_more_makes_no_difference_and_half_as_many_do() -> None:
    assert len(digest_starts(digest(PLACES, more=3))) == len(PLACES)
    assert digest_starts(digest(PLACES, more=4)) == []


@pytest.mark.parametrize("bare", ["Conclusion", "Introduction"])
def test_an_essay_with_its_heads_is_no_digest(bare: str) -> None:
    assert digest_starts([*digest(PLACES), Piece(bare, (bare,)), Piece(TEXT, (TEXT,))]) == []


def test_few_pieces_or_a_lead_or_ranks_or_setting_are_no_digest() -> None:
    flow = digest(PLACES)

    assert digest_starts(digest(PLACES[:5])) == []
    assert digest_starts([Piece(TEXT, (TEXT,)), *flow]) == []
    assert digest_starts([Piece("Two", ("Two",)), *flow]) == []
    assert digest_starts([Piece("Salt", ("Salt",), level=1), *flow[1:]]) == []
    assert digest_starts([Piece("Salt", ("Salt",), style=Style(12.0)), *flow[1:]]) == []


def test_a_digest_is_read_as_briefs_and_says_that_it_guessed() -> None:
    rows = [
        f"{place.upper()}: Bomb found\n\nA bomb was found near {place} on October 8 (AFP, Oct. 14)." for place in PLACES
    ]
    document = read_text_issue("\n\n".join(["WEEKLY DIGEST\nNo. 212, 8-14 October 2018", *rows]).encode())

    assert [(article.kind, article.title) for article in document.articles] == [
        ("brief", f"{place.upper()}: Bomb found") for place in PLACES
    ]
    assert {c.iso for article in document.articles for c in article.citations} == {"2018-10-14"}
    assert [(f.code, f.message) for f in document.findings if f.code == "titles_guessed"] == [
        (
            "titles_guessed",
            "Nobody signs the pieces of this issue and no contents list them; 7 lines were read as titles.",
        )
    ]
