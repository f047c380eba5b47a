"""An issue taken apart: each block and note with all that stands in it, so that a block can move without counting.

`put_together` gives every marker, citation, link and finding its index again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.document import Article, Block, Citation, Finding, IssueDocument, Link, Marker, Note


@dataclass(slots=True)
class Numbered:
    """A finding and where it stood among the others."""

    at: int
    finding: Finding


@dataclass(slots=True)
class LooseBlock:
    """A block; the `block` of what stands in it means nothing until all is put together."""

    block: Block
    markers: list[Marker] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    findings: list[Numbered] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.block.text


@dataclass(slots=True)
class LooseNote:
    """A note; the `note` of what stands in it means nothing until all is put together."""

    note: Note
    citations: list[Citation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    findings: list[Numbered] = field(default_factory=list)


@dataclass(slots=True)
class LooseArticle:
    """An article's own facts (in `facts`, whose parts are empty), its blocks, its notes and findings about it all."""

    facts: Article
    blocks: list[LooseBlock]
    notes: list[LooseNote]
    findings: list[Numbered] = field(default_factory=list)
    touched: bool = False  # markers or notes came or went


@dataclass(slots=True)
class LooseIssue:
    """All of an issue that corrections change."""

    document: IssueDocument
    articles: list[LooseArticle]
    furniture: list[str]
    findings: list[Numbered] = field(default_factory=list)  # about the issue


def taken_apart(document: IssueDocument) -> LooseIssue:
    """Return the parts of a document; the document itself is not changed."""
    issue = LooseIssue(document, [_loose(article) for article in document.articles], list(document.furniture))
    for at, finding in enumerate(document.findings):
        _home(issue, finding).append(Numbered(at, finding))
    return issue


def _loose(article: Article) -> LooseArticle:
    blocks = [LooseBlock(block) for block in article.blocks]
    notes = [LooseNote(note) for note in article.notes]
    for marker in article.markers:
        blocks[marker.block].markers.append(marker)
    for citation in article.citations:
        _holder(blocks, notes, citation).citations.append(citation)
    for link in article.links:
        _holder(blocks, notes, link).links.append(link)
    facts = replace(article, blocks=(), notes=(), markers=(), citations=(), links=())
    return LooseArticle(facts, blocks, notes)


def _holder(blocks: list[LooseBlock], notes: list[LooseNote], span: Citation | Link) -> LooseBlock | LooseNote:
    return blocks[span.block] if span.block is not None else notes[span.note or 0]


def _home(issue: LooseIssue, finding: Finding) -> list[Numbered]:
    """Return the list of what a finding is about: a block, a note, an article or the issue."""
    if finding.article is None or finding.article >= len(issue.articles):
        return issue.findings
    article = issue.articles[finding.article]
    if finding.block is not None and finding.block < len(article.blocks):
        return article.blocks[finding.block].findings
    if finding.note is not None:
        for loose in article.notes:
            if loose.note.n == finding.note:
                return loose.findings
    return article.findings


def put_together(issue: LooseIssue) -> IssueDocument:
    """Return the document of the parts, every index counted anew and the findings in the order they had."""
    findings = [Numbered(row.at, replace(row.finding, article=None, block=None)) for row in issue.findings]
    for index, article in enumerate(issue.articles):
        findings += _findings_of(index, article)
    return replace(
        issue.document,
        articles=tuple(_bound(article) for article in issue.articles),
        findings=tuple(row.finding for row in sorted(findings, key=lambda row: row.at)),
        furniture=tuple(issue.furniture),
    )


def _findings_of(index: int, article: LooseArticle) -> Iterator[Numbered]:
    for row in article.findings:
        yield Numbered(row.at, replace(row.finding, article=index, block=None))
    for k, block in enumerate(article.blocks):
        for row in block.findings:
            yield Numbered(row.at, replace(row.finding, article=index, block=k))
    for loose in article.notes:
        for row in loose.findings:
            yield Numbered(row.at, replace(row.finding, article=index, block=None, note=loose.note.n))


def _bound(article: LooseArticle) -> Article:
    holders: Sequence[LooseBlock | LooseNote] = (*article.blocks, *article.notes)
    places: list[dict[str, int | None]] = [
        *({"block": k, "note": None} for k in range(len(article.blocks))),
        *({"block": None, "note": k} for k in range(len(article.notes))),
    ]
    pairs = list(zip(holders, places, strict=True))
    return replace(
        article.facts,
        blocks=tuple(loose.block for loose in article.blocks),
        notes=tuple(loose.note for loose in article.notes),
        markers=tuple(replace(m, block=k) for k, loose in enumerate(article.blocks) for m in loose.markers),
        citations=tuple(replace(c, **place) for holder, place in pairs for c in holder.citations),  # type: ignore[arg-type]
        links=tuple(replace(link, **place) for holder, place in pairs for link in holder.links),  # type: ignore[arg-type]
    )
