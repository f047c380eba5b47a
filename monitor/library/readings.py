"""An issue as its parser read it, kept beside the rows, and the same with the corrections of curators made in it."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from monitor.ingest.corrections.correcting import corrected
from monitor.ingest.corrections.correction import InvalidCorrection, from_data
from monitor.ingest.document import PARSER_VERSION
from monitor.ingest.reading import with_issue_date
from monitor.ingest.serialising import from_json, to_json
from monitor.library.correction_models import Correction as CorrectionRow
from monitor.library.correction_models import Reading
from monitor.library.models import DateBasis

if TYPE_CHECKING:
    from monitor.ingest.document import IssueDocument
    from monitor.library.models import Issue


class ReadingMissing(Exception):
    """The issue was stored before readings were kept: its file has to be read again first."""


def keep_reading(issue: Issue, document: IssueDocument) -> None:
    """Keep a reading in the place of the one before."""
    packed = zlib.compress(json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":")).encode())
    facts = {"document": packed, "parser_version": PARSER_VERSION}
    Reading.objects.update_or_create(issue=issue, defaults=facts)


def kept_reading(issue: Issue) -> IssueDocument:
    """Return the uncorrected reading of an issue. Raises ReadingMissing."""
    row = Reading.objects.filter(issue=issue).first()
    if row is None:
        raise ReadingMissing(f"The reading of {issue} is not kept.")
    return from_json(json.loads(zlib.decompress(bytes(row.document))))


def as_dated(issue: Issue, document: IssueDocument) -> IssueDocument:
    """Return a document as of the date that a curator entered, if one did: it outlives every reading."""
    if issue.date is None or issue.date_basis != DateBasis.ENTERED or document.issue.date == issue.date.isoformat():
        return document
    return with_issue_date(document, issue.date.isoformat())


def as_corrected(issue: Issue, document: IssueDocument) -> IssueDocument:
    """Return a document with all standing corrections made; each row is told whether it found its place."""
    rows = list(CorrectionRow.objects.filter(issue=issue, undone=None).order_by("pk")) if issue.pk else []
    usable = []
    for row in rows:
        try:
            usable.append((row, from_data(row.kind, row.target, row.value)))
        except InvalidCorrection:
            _tell(row, found=False)
    result = corrected(document, [correction for _, correction in usable])
    for index, (row, _) in enumerate(usable):
        _tell(row, found=index not in result.lost)
    return result.document


def _tell(row: CorrectionRow, *, found: bool) -> None:
    if row.found != found:
        row.found = found
        row.save(update_fields=["found"])
