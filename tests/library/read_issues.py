"""Read issues made by hand: what a reader would hand over, in an invented world."""

from __future__ import annotations

from typing import Any

from monitor.ingest.document import (
    Article,
    Block,
    Citation,
    ContentsEntry,
    Finding,
    IssueDocument,
    IssueFacts,
    Link,
    Marker,
    Note,
    Region,
)
from monitor.library.importing import FileFacts

FIRST = "The ferrymen of Sorrel struck on Monday (Ardel Wire, May 3). [1]"
SECOND = "Nobody was hurt."


def cited(text: str, source: str, date: str, *, iso: str | None, **more: Any) -> Citation:
    start = text.index(f"{source}, {date}")
    return Citation(
        where="body", start=start, end=start + len(f"{source}, {date}"), source=source, date=date, iso=iso, **more
    )


def ferry_article(title: str = "The Ferry Strike", text: str = FIRST, **more: Any) -> Article:
    """Return an article of a head and two paragraphs with a citation, a marker, a link and two notes."""
    facts: dict[str, Any] = {
        "kind": "article",
        "title": title,
        "authors": ("Ines Varrow", "Tomas Quill"),
        "page_start": 3,
        "bio": "Ines Varrow writes on rivers.",
        "blocks": (
            Block("heading", "The Strike", level=2),
            Block("para", text, regions=(Region(2, (10.0, 20.0, 200.0, 60.0)),)),
            Block("para", SECOND, regions=(Region(3, (10.0, 20.0, 200.0, 60.0)),)),
        ),
        "notes": (
            Note(1, "Interview, Vray (Ferry Post, May 2021).", "interview"),
            Note(2, "Ibid.", "ibid", resolves_to=1),
        ),
        "markers": (Marker(1, block=1, offset=text.index("[1]")),),
        "citations": (
            cited(
                text,
                "Ardel Wire",
                "May 3",
                iso="2021-05-03",
                inferred=True,
                linked=True,
                url="https://wire.example/1",
                block=1,
            ),
            Citation("note", 17, 37, "Ferry Post", "May 2021", "2021-05", note=0),
        ),
        "links": (Link("Ardel Wire", "https://wire.example/1", text.index("Ardel"), text.index(", May 3"), block=1),),
    }
    return Article(**{**facts, **more})


def plain_article(title: str, *paragraphs: str, **more: Any) -> Article:
    return Article(kind="brief", title=title, blocks=tuple(Block("para", text) for text in paragraphs), **more)


def read_issue(*articles: Article, number: int | None = 7, **facts: Any) -> IssueDocument:
    issue: dict[str, Any] = {
        "publication": "Tidewater Letter",
        "tagline": "Notes from the river provinces",
        "volume": "XII",
        "number": number,
        "date": "2021-05-09",
        "date_basis": "printed",
        "pages": 8,
    }
    return IssueDocument(
        issue=IssueFacts(**{**issue, **facts}),
        toc=(ContentsEntry(3, "The Ferry Strike", ("Ines Varrow",)),),
        articles=articles or (ferry_article(), plain_article("Lamps", "The lamps were lit.")),
        findings=(Finding("marker_without_note", "Marker 9 has no note.", article=0, start=3, end=5),),
    )


def file_facts(letter: str = "a", *, name: str = "tidewater-12-7.pdf") -> FileFacts:
    return FileFacts(sha256=letter * 64, name=name, type=name.rsplit(".", 1)[-1], size=1234)
