"""Whole typeset issues, every way of setting titles, names, contents and biographies crossed with the others."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import PageFacts, Piece
from monitor.ingest.structure.issue import issue_from_pieces
from tests.ingest.typeset_pieces import SANS, nameplate, piece, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

TITLES = ("The Ferrymen of the Lower Delta", "Old Networks, New Checkpoints", "Who Speaks for the Salt Front?")
AUTHORS = (("Mira Dellmann",), ("Jacob al-Haddad", "Ruth K. Weiss"), ("Pavel Ortega",))
SETTINGS: dict[str, Callable[[str], Piece]] = {
    "bold": lambda text: piece(text, 16, "B"),
    "plain and larger": lambda text: piece(text, 12),
    "italic": lambda text: piece(text, 14, "I"),
    "another family": lambda text: piece(text, 12.5, family=SANS),
    "bold in the body's size": lambda text: piece(text, 10, "B", family=SANS),
    "capitals": lambda text: piece(text.upper(), 12.5),
}
BYLINES: dict[str, Callable[[str], Piece]] = {
    "plain": piece,
    "signed": lambda names: piece(f"By {names}"),
    "capitals": lambda names: piece(f"BY {names.upper()}", 9),
    "italic": lambda names: piece(names, look="I"),
    "with a sign": lambda names: piece(f"{names}*"),
}


def names_of(number: int) -> str:
    return " and ".join(AUTHORS[number])


def rows_leading(number: int) -> list[Piece]:
    return [piece(f"{TITLES[number]} ........ {number + 1}"), piece(names_of(number), look="I")]


def rows_marked(number: int) -> list[Piece]:
    return [piece(f"p.{number + 1}", look="B"), piece(TITLES[number]), piece(names_of(number), look="I")]


def rows_numbered(number: int) -> list[Piece]:
    return [piece(f"{number + 1} {TITLES[number]}", look="B"), piece(names_of(number))]


def rows_of_authors(number: int) -> list[Piece]:
    return [piece(names_of(number)), piece(f"{TITLES[number]} ........ {number + 1}", look="B")]


def rows_with_colon(number: int) -> list[Piece]:
    return [piece(f"{names_of(number)}: {TITLES[number]} {number + 1}")]


def rows_with_by(number: int) -> list[Piece]:
    return [piece(f"{TITLES[number]} by {names_of(number)} ..... {number + 1}")]


def rows_with_brackets(number: int) -> list[Piece]:
    return [piece(f"{TITLES[number]} ({names_of(number)}), p. {number + 1}")]


CONTENTS: dict[str, Callable[[int], list[Piece]]] = {
    "leaders": rows_leading,
    "marks": rows_marked,
    "numbers first": rows_numbered,
    "authors first": rows_of_authors,
    "colon": rows_with_colon,
    "by": rows_with_by,
    "brackets": rows_with_brackets,
}


def bio_of(number: int) -> str:
    return " ".join(f"{name} is a research fellow at the Lowland Observatory." for name in AUTHORS[number])


def issue(
    *, title: str = "bold", byline: str = "plain", contents: str | None = "leaders", at_end: bool = False
) -> list[Piece]:
    """Return an issue of three articles, each on a page of its own."""
    pieces = nameplate()
    if contents:
        pieces.append(piece("Contents", look="B"))
        pieces += [row for number in range(3) for row in CONTENTS[contents](number)]
    for number in range(3):
        page = number + 1
        pieces.append(on(page, SETTINGS[title](TITLES[number])))
        pieces += [] if at_end else [on(page, BYLINES[byline](names_of(number)))]
        pieces += [prose(10 * number + k, page) for k in range(3)]
        pieces += [on(page, piece("The Harbour Connection", look="B")), prose(10 * number + 5, page)]
        pieces += [on(page, piece(f"\u2014 {names_of(number)}"))] if at_end else []
        pieces.append(on(page, piece(bio_of(number), look="I")))
    return pieces


def on(page: int, one: Piece) -> Piece:
    return (
        piece(
            one.text, one.style.size, "B" * one.style.bold + "I" * one.style.italic, page=page, family=one.style.family
        )
        if one.style
        else one
    )


def read(pieces: list[Piece]) -> IssueDocument:
    return issue_from_pieces(pieces, profile=DEFAULT, pages=PageFacts(3, ((600.0, 800.0),) * 3))


def assert_is_read(document: IssueDocument, *, capitals: bool = False) -> None:
    """Hold that every article has its own title, authors, text and biography, and nothing else."""
    shown = [title.upper() if capitals else title for title in TITLES]
    assert [article.title for article in document.articles] == shown
    assert [article.authors for article in document.articles] == list(AUTHORS)
    assert [article.bio for article in document.articles] == [bio_of(number) for number in range(3)]
    for number, article in enumerate(document.articles):
        texts = [block.text for block in article.blocks]
        expected = [prose(10 * number + k).text for k in (0, 1, 2, 5)]
        assert texts == [*expected[:3], "The Harbour Connection", expected[3]]
        assert [block.type for block in article.blocks] == ["para"] * 3 + ["heading", "para"]


@pytest.mark.parametrize("title", SETTINGS)
@pytest.mark.parametrize("byline", BYLINES)
def test_titles_and_names_are_read_however_they_are_set(title: str, byline: str) -> None:
    assert_is_read(read(issue(title=title, byline=byline)))


@pytest.mark.parametrize("title", SETTINGS)
@pytest.mark.parametrize("byline", BYLINES)
def test_without_contents_they_are_read_too(title: str, byline: str) -> None:
    document = read(issue(title=title, byline=byline, contents=None))

    assert_is_read(document, capitals=title == "capitals")
    assert document.toc == ()


@pytest.mark.parametrize("contents", CONTENTS)
@pytest.mark.parametrize("title", ["bold", "italic", "capitals"])
def test_contents_of_every_form_give_page_title_and_authors(contents: str, title: str) -> None:
    document = read(issue(contents=contents, title=title))

    assert [(entry.page, entry.title, entry.authors) for entry in document.toc] == [
        (number + 1, TITLES[number], AUTHORS[number]) for number in range(3)
    ]
    assert_is_read(document)
    assert [article.page_start for article in document.articles] == [1, 2, 3]
    doubts = {finding.code for finding in document.findings}
    assert doubts.isdisjoint({"toc_entry_unmatched", "article_not_in_toc", "toc_page_differs", "toc_author_differs"})


@pytest.mark.parametrize("contents", [*CONTENTS, None])
def test_names_at_the_end_sign_their_article(contents: str | None) -> None:
    assert_is_read(read(issue(contents=contents, at_end=True)))


def test_the_masthead_is_read_beside_all_this() -> None:
    facts = read(issue()).issue

    assert (facts.publication, facts.tagline, facts.volume, facts.number, facts.date) == (
        "Sarn Quarterly",
        "Notes on the river",
        "IV",
        2,
        "2022-03-03",
    )
    assert facts.confidence == 100


def test_nothing_printed_is_lost() -> None:
    for contents, title in itertools.product([*CONTENTS, None], SETTINGS):
        pieces = issue(contents=contents, title=title)
        document = read(pieces)
        kept = " ".join(
            [
                *(
                    text
                    for article in document.articles
                    for text in (article.title, *article.authors, article.bio or "")
                ),
                *(block.text for article in document.articles for block in article.blocks),
                *(text for entry in document.toc for text in (entry.title, *entry.authors)),
                *document.furniture,
                document.issue.publication,
                document.issue.tagline or "",
            ]
        ).casefold()
        for words in (one.text for one in pieces if len(one.text) > 40):
            parts = re.split(r"\.{3,}|: |, p\.| by | \(| and ", words.casefold())
            assert all(part.strip(" .)123") in kept for part in parts), words
