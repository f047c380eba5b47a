"""What a person should look at in the dates of an issue; made anew whenever the issue's date is entered."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import date_at_end, first_day
from monitor.ingest.apparatus.issue_dates import reference_of
from monitor.ingest.document import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.document import Article, Citation, IssueFacts

DATE_CODES = frozenset(
    {
        "issue_date_inferred",
        "issue_date_unknown",
        "year_inferred_far",
        "year_unresolved",
        "citation_after_issue",
        "citation_date_form",
    }
)
FAR = timedelta(days=180)
HABIT = 3  # dates that make a form the house's own


def date_findings(issue: IssueFacts, articles: Sequence[Article], suggestion: date | None = None) -> Iterator[Finding]:
    """Yield the findings about the issue's date and those of its citations. `suggestion` is the likely issue date."""
    reference = reference_of(issue)
    if reference is None:
        yield Finding("issue_date_unknown", "The issue prints no date and cites none from which one could be inferred.")
    elif issue.date is None and issue.date_basis == "inferred":
        yield Finding(
            "issue_date_inferred",
            f"The issue prints no date; by its citations it appeared from {reference[0]} to {reference[1]}.",
            suggestion=suggestion.isoformat() if suggestion else None,
        )
    usual = usual_form(articles)
    for index, article in enumerate(articles):
        for citation in article.citations:
            yield from citation_findings(citation, index, article, reference, usual)


def usual_form(articles: Sequence[Article]) -> str | None:
    """Return the oddity that most dates of an issue share: there it is the house's style and no oddity."""
    forms = Counter(found.odd for a in articles for c in a.citations if (found := date_at_end(c.date)) is not None)
    form, count = forms.most_common(1)[0] if forms else (None, 0)
    return form if count >= HABIT and 2 * count > forms.total() else None


def citation_findings(
    citation: Citation, index: int, article: Article, reference: tuple[date, date] | None, usual: str | None
) -> Iterator[Finding]:
    """Yield what is odd in one citation's date."""
    note = article.notes[citation.note].n if citation.note is not None else None

    def finding(code: str, message: str, severity: str = "warning", suggestion: str | None = None) -> Finding:
        return Finding(
            code,
            message,
            article=index,
            severity="info" if severity == "info" else "warning",
            block=citation.block,
            note=note,
            start=citation.start,
            end=citation.end,
            suggestion=suggestion,
        )

    printed = date_at_end(citation.date)
    odd = printed.odd if printed else None
    if odd is not None and odd != usual:
        yield finding("citation_date_form", f'The date "{citation.date}" is printed {form_said(odd)}.', "info")
    if citation.iso is None:
        yield finding("year_unresolved", f'No year could be found for "{citation.source}, {citation.date}".')
        return
    if reference is None:
        return
    day = first_day(citation.iso)
    if day > reference[1]:
        yield finding("citation_after_issue", f'"{citation.source}, {citation.date}" is dated after the issue.')
    elif citation.inferred and reference[0] - day > FAR:
        yield finding(
            "year_inferred_far",
            f'"{citation.source}, {citation.date}" is read as {citation.iso}, more than half a year before the issue.',
            suggestion=citation.iso,
        )


def form_said(odd: str) -> str:
    """Return how an oddity is said after "is printed"."""
    return f"as {odd}" if odd.startswith("a ") else odd
