"""How far an issue's reading can be trusted unseen: one percentage, so that of 300 issues the ten that need eyes show.

Every code of finding takes its share away, its first occurrence most: with weight w and at most c, n findings take
c * (1 - (1 - w/c)^n), and the shares multiply. Findings that every article may have are counted per article, so that
a long issue is not worse than a short one. More findings, or graver ones, never give more percent. Text and PDF are
judged alike; what only a PDF can have (lost pages, hidden letters, doubtful order) is among the codes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.ingest.document import Finding, IssueDocument, Severity

SURE = 100  # percent
WELL_RECOGNISED = 98  # percent: what recognition says of clean scans


@dataclass(frozen=True, slots=True)
class Weight:
    """What one finding of a code takes away, and all of them together at most, as shares of the confidence."""

    first: float
    most: float
    per_article: bool = False  # counted against the number of articles


# Text may be lost, or stand in the wrong place: these alone make an issue one of the ten.
LOST = Weight(0.25, 0.6)
# A part may be in the wrong article, or be none.
MISPLACED = Weight(0.08, 0.4)
# One sentence, number or name is in doubt.
DOUBTFUL = Weight(0.04, 0.25, per_article=True)
# A decision that is nearly always right, or a quirk of the print.
NOTED = Weight(0.002, 0.03, per_article=True)

BY_CODE: dict[str, Weight] = {
    "page_unreadable": LOST,
    "page_without_text": LOST,
    "fonts_unmapped": LOST,
    "text_is_ocr": Weight(0.15, 0.15),
    "text_short": LOST,
    "reading_order_unsure": Weight(0.12, 0.5),
    "rotated_text_left_out": MISPLACED,
    "table_flattened": Weight(0.03, 0.15),
    "suspicious_characters": Weight(0.06, 0.4, per_article=True),
    "masthead_missing": MISPLACED,
    "title_missing": Weight(0.15, 0.45),
    "text_after_notes": MISPLACED,
    "titles_guessed": Weight(0.3, 0.3),
    "toc_entry_unmatched": MISPLACED,
    "article_not_in_toc": MISPLACED,
    "toc_page_differs": Weight(0.05, 0.25),
    "toc_author_differs": Weight(0.04, 0.2),
    "toc_title_differs": Weight(0.01, 0.08),
    "page_unusual": Weight(0.04, 0.25),
    "text_left_over": Weight(0.01, 0.01),
    "notes_not_consecutive": Weight(0.08, 0.3, per_article=True),
    "marker_without_note": Weight(0.05, 0.3, per_article=True),
    "note_without_marker": Weight(0.03, 0.25, per_article=True),
    "issue_date_inferred": Weight(0.02, 0.02),
    "issue_date_unknown": Weight(0.05, 0.05),
    # What a source's date or name is says little of the reading.
    "year_inferred_far": Weight(0.003, 0.03, per_article=True),
    "year_unresolved": Weight(0.01, 0.1, per_article=True),
    "citation_undated": Weight(0.005, 0.1, per_article=True),
    "citation_after_issue": Weight(0.01, 0.1, per_article=True),
    "source_near_other": Weight(0.0, 0.0),
    "furniture_dropped": Weight(0.0, 0.0),
}
BY_SEVERITY: dict[Severity, Weight] = {"error": LOST, "warning": DOUBTFUL, "info": NOTED}


def confidence(findings: Iterable[Finding], *, articles: int = 1, ocr_confidence: int | None = None) -> int:
    """Return the confidence in percent, 0-100, of an issue with so many articles and these findings.

    `ocr_confidence` is what text recognition says of its words, in percent, None where nothing was recognised.
    """
    counts: Counter[tuple[str, Severity]] = Counter((finding.code, finding.severity) for finding in findings)
    share = 1.0
    for (code, severity), count in sorted(counts.items()):
        weight = weight_of(code, severity)
        share *= 1 - taken(weight, count / max(1, articles) if weight.per_article else count)
    if ocr_confidence is not None:
        share *= min(SURE, ocr_confidence + SURE - WELL_RECOGNISED) / SURE
    return int(SURE * share)


def weight_of(code: str, severity: Severity) -> Weight:
    """Return what a finding takes away: its code's weight; a mere remark never more than remarks do."""
    weight = BY_CODE.get(code, BY_SEVERITY[severity])
    if severity != "info":
        return weight
    return Weight(min(weight.first, NOTED.first), min(weight.most, NOTED.most), per_article=True)


def taken(weight: Weight, count: float) -> float:
    """Return the share that `count` findings of one weight take away together."""
    return weight.most * (1 - (1 - weight.first / weight.most) ** count) if weight.most else 0.0


def with_confidence(document: IssueDocument) -> IssueDocument:
    """Return the document with the confidence that its own findings give it."""
    issue = document.issue
    percent = confidence(
        document.findings,
        articles=len(document.articles),
        ocr_confidence=issue.ocr_confidence if issue.ocr_pages else None,
    )
    return replace(document, issue=replace(issue, confidence=percent))
