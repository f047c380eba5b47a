"""A read article as the recogniser takes it: what is read of it, and which zones of that are not.

Bylines and biographies are no part of the canonical text. Of the notes only those of prose are read: sources,
interviews and repeats are not. Citations are zones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.entities.recognising.document import Document, Piece
from monitor.ingest.document import block_offsets, canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.recognising.document import Range
    from monitor.ingest.document import Article, IssueDocument

READ_NOTES = frozenset(["explanatory"])


def documents_of(issue: IssueDocument) -> list[Document]:
    """Return one document for each article, in order; all know the sources of the whole issue."""
    sources = tuple(sorted({citation.source for article in issue.articles for citation in article.citations}))
    date = issue.issue.date or (issue.issue.date_range or (None,))[0]
    return [document_of(article, date, sources) for article in issue.articles]


def document_of(article: Article, date: str | None = None, sources: tuple[str, ...] = ()) -> Document:
    """Return the article's body, title and prose notes as pieces."""
    return Document((_body(article), Piece("title", article.title), *_notes(article)), date, sources)


def _body(article: Article) -> Piece:
    offsets = block_offsets(article)
    heads = tuple(
        (start, start + len(block.text))
        for start, block in zip(offsets, article.blocks, strict=True)
        if block.type == "heading"
    )
    zones = tuple(
        (offsets[citation.block] + citation.start, offsets[citation.block] + citation.end)
        for citation in article.citations
        if citation.block is not None
    )
    return Piece("body", canonical_text(article), heads, zones)


def _notes(article: Article) -> Iterator[Piece]:
    for index, note in enumerate(article.notes):
        if note.kind in READ_NOTES:
            yield Piece("note", note.text, zones=tuple(_cited(article, index)), note=index)


def _cited(article: Article, note: int) -> Iterator[Range]:
    return ((citation.start, citation.end) for citation in article.citations if citation.note == note)
