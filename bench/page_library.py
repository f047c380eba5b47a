"""Invented articles of a given length, and lists of a given number of rows, always the same ones."""

from __future__ import annotations

import random

from monitor.ingest.document import Article, Block, Citation, IssueDocument, IssueFacts, Marker, Note

SYLLABLES = (
    "an",
    "bel",
    "cor",
    "da",
    "el",
    "fen",
    "gar",
    "hol",
    "in",
    "jos",
    "kel",
    "lo",
    "mar",
    "nev",
    "or",
    "pel",
    "ros",
)
PARAGRAPH = 600  # characters; each ends in a marker, as in articles with endnotes
HEADING_EVERY = 8  # paragraphs
DATE = "January 21"
LENGTHS = (5_000, 50_000, 270_000)
ROWS = (1, 3, 300)


def invented_article(characters: int, *, title: str, author: str, source: str) -> Article:
    """Return an article of about this many characters, with a note and a citation to each paragraph."""
    draw = random.Random(characters)  # noqa: S311 - the same words each time
    blocks: list[Block] = []
    notes: list[Note] = []
    markers: list[Marker] = []
    citations: list[Citation] = []
    length = 0
    while length < characters:
        if len(blocks) % HEADING_EVERY == 0:
            blocks.append(Block("heading", _words(draw, 24).capitalize(), level=2))
        number, text = len(notes) + 1, _words(draw, min(PARAGRAPH, characters)).capitalize()
        start = len(text) + 2
        printed = f"{text} ({source}, {DATE}).[{number}]"
        end = start + len(source) + 2 + len(DATE)
        citations.append(Citation("body", start, end, source, DATE, "2022-01-21", inferred=True, block=len(blocks)))
        markers.append(Marker(number, len(blocks), printed.index(f"[{number}]")))
        notes.append(Note(number, f"{_words(draw, 90).capitalize()}, 2015."))
        blocks.append(Block("para", printed))
        length += len(printed) + 2
    return Article(
        kind="article",
        title=title,
        authors=(author,),
        page_start=5,
        blocks=tuple(blocks),
        notes=tuple(notes),
        markers=tuple(markers),
        citations=tuple(citations),
    )


def _words(draw: random.Random, characters: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        words.append("".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))))
    return " ".join(words)


def invented_issue(*articles: Article, publication: str, number: int) -> IssueDocument:
    facts = IssueFacts(publication=publication, volume="I", number=number, date="2022-02-11", date_basis="printed")
    return IssueDocument(issue=facts, articles=articles)
