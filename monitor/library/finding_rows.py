"""The findings of a reading as rows. What a person decided on one holds for the same one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.document import block_offsets
from monitor.library.models import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import Finding as ReadFinding
    from monitor.ingest.document import IssueDocument, Region
    from monitor.library.models import Article, Issue

# Made after the reading, about the file itself: see library.page_pictures.
NOT_OF_THE_READING = ("page_not_drawn",)


def store_findings(issue: Issue, document: IssueDocument, rows: Sequence[Article]) -> None:
    """Make the issue's findings those of the document, in its order; `rows` are its articles."""
    of_reading = issue.findings.exclude(code__in=NOT_OF_THE_READING)
    decided = {
        (row.code, row.article_id, row.message): (row.decision, row.decided_by_id)
        for row in of_reading.exclude(decision=Finding.Decision.OPEN)
    }
    of_reading.delete()
    new = []
    for finding in document.findings:
        article = rows[finding.article] if finding.article is not None else None
        row = Finding(issue=issue, article=article, code=finding.code, message=finding.message)
        kept = decided.get((row.code, row.article_id, row.message))
        row.decision, row.decided_by_id = kept or (Finding.Decision.OPEN, None)
        _set_place(row, finding, document)
        new.append(row)
    Finding.objects.bulk_create(new)


def _set_place(row: Finding, finding: ReadFinding, document: IssueDocument) -> None:
    row.severity, row.suggestion, row.note_number = finding.severity, finding.suggestion or "", finding.note
    row.start, row.end = _span(finding, document)
    row.page = finding.page if finding.page is not None else _page(finding, document)


def _span(finding: ReadFinding, document: IssueDocument) -> tuple[int | None, int | None]:
    """Return where a finding stands in its article's canonical text, or in its note's text."""
    if finding.article is None or finding.block is None:
        return finding.start, finding.end
    article = document.articles[finding.article]
    base, length = block_offsets(article)[finding.block], len(article.blocks[finding.block].text)
    return base + (finding.start or 0), base + (length if finding.end is None else finding.end)


def _page(finding: ReadFinding, document: IssueDocument) -> int | None:
    """Return the page on which the words of a finding stand, or its article begins."""
    if finding.article is None:
        return None
    article = document.articles[finding.article]
    if finding.block is not None:
        block = article.blocks[finding.block]
        return page_at(block.regions, (finding.start or 0) / max(len(block.text), 1))
    noted = [note.regions for note in article.notes if note.n == finding.note and note.regions]
    regions = noted[0] if noted else next((block.regions for block in article.blocks if block.regions), ())
    return page_at(regions, 0.0)


def page_at(regions: Sequence[Region], share: float) -> int | None:
    """Return the page on which a text with these boxes is after a share (0 to 1) of it."""
    heights = [max(region.bbox[3] - region.bbox[1], 0.0) for region in regions]
    left = share * sum(heights)
    for region, height in zip(regions, heights, strict=True):
        if left < height:
            return region.page
        left -= height
    return regions[-1].page if regions else None
