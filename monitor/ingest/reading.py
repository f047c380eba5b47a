"""Reading a text file as an issue, and reading its dates again once a person knows when it appeared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from monitor.ingest import periodicals
from monitor.ingest.apparatus.issue_dates import dated
from monitor.ingest.document import Finding, IssueDocument
from monitor.ingest.findings.confidence import with_confidence
from monitor.ingest.findings.date_findings import DATE_CODES, date_findings
from monitor.ingest.findings.print_findings import with_pages
from monitor.ingest.refusals import Refusal
from monitor.ingest.structure.issue import issue_from_pieces
from monitor.ingest.text_file.decoding import decoded, has_letters
from monitor.ingest.text_file.plain_text import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

FRONT_ROWS = 40


def read_text_issue(data: bytes, *, periodical: str | None = None, issue_date: str | None = None) -> IssueDocument:
    """Return the issue in the bytes of a text file (plain or Markdown).

    `periodical` is the name a person gave, `issue_date` (YYYY-MM-DD) the date; both win over what is printed.
    Raises Refusal, whose text is one sentence, where the file cannot be read.
    """
    day = checked_day(issue_date)
    file = decoded(data)
    if not has_letters(file.text):
        raise Refusal("no_text", "It holds no text that could be read.")
    printed = pieces_of(file.text)
    findings = list(printed.findings)
    if file.guessed:
        message = "The file does not say how its letters are encoded; they were read as Windows-1252."
        findings.insert(0, Finding("encoding_guessed", message))
    profile = profile_for(printed.pieces, periodical)
    return issue_from_pieces(printed.pieces, profile=profile, findings=findings, issue_date=day)


def checked_day(day: str | None) -> str | None:
    """Return an entered date as YYYY-MM-DD. Raises Refusal where it is none."""
    if day is None:
        return None
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise Refusal("bad_date", f'"{day}" is not a date of the form YYYY-MM-DD.') from error


def profile_for(pieces: Iterable[Piece], periodical: str | None) -> Profile:
    """Return the profile of the named periodical, else of the one whose name stands on the first lines."""
    if periodical is not None and periodical.strip():
        return periodicals.named(periodical)
    return periodicals.pick(islice((row for piece in pieces for row in piece.rows), FRONT_ROWS))


def with_issue_date(document: IssueDocument, day: str) -> IssueDocument:
    """Return the document as of the date that a person entered: every inferred year and the findings follow it.

    Raises Refusal where `day` is no date.
    """
    entered = dated(document, checked_day(day) or "")
    kept = tuple(finding for finding in document.findings if finding.code not in DATE_CODES)
    found = with_pages(date_findings(entered.issue, entered.articles), entered.articles)
    return with_confidence(replace(entered, findings=(*kept, *found)))
