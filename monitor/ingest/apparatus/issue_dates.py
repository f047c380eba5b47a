"""When an issue appeared, and with it the years that its citations leave out.

A date that a person entered comes before a printed one, that before one inferred from the citations. No clock is
asked, so the same file gives the same dates for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import (
    date_at_end,
    distinct_days,
    find_dates,
    first_day,
    month_end,
    next_on_or_after,
    resolve,
)
from monitor.ingest.structure.masthead import roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.document import Article, Citation, IssueDocument, IssueFacts
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.structure.masthead import Masthead

# Any window from 11 to 156 days gives the same answer on the issue this was measured on.
WINDOW = timedelta(days=45)
SHORTEST_RANGE = timedelta(days=14)
LONGEST_RUN = 40  # issues between the last citation of itself and this one, at most

Range = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Inferred:
    """The range in which an issue appeared, and the day that its rhythm suggests."""

    range: Range
    suggestion: date | None = None


def reference_of(issue: IssueFacts) -> Range | None:
    """Return the first and last day on which the issue may have appeared; twice the same where that is sure."""
    if issue.date is not None:
        day = date.fromisoformat(issue.date)
        return day, day
    if issue.date_range is not None:
        first, last = map(date.fromisoformat, issue.date_range)
        # A digest of 8-14 October covers these days and appears when they are over.
        return (last, last) if issue.date_basis == "printed" and last - first < SHORTEST_RANGE else (first, last)
    return None


def infer(articles: Sequence[Article], masthead: Masthead, profile: Profile) -> Inferred | None:
    """Return when an issue without a date appeared, None where no complete date is cited.

    The latest complete date moves on to every year-less date of a citation in the weeks after it; the range ends
    with that month and is two weeks at least.
    """
    citations = [citation for article in articles for citation in article.citations]
    year = year_of_volume(masthead, profile)
    latest = latest_complete(citations, articles, year)
    if latest is None:
        return None
    days = distinct_days(found for c in citations if (found := date_at_end(c.date)) is not None)
    start = moved_on(latest, days)
    end = max(month_end(start), start + min(SHORTEST_RANGE, date.max - start))
    return Inferred((start, end), rhythm(citations, (start, end), profile))


def year_of_volume(masthead: Masthead, profile: Profile) -> int | None:
    """Return the year that the volume's number means in this periodical."""
    volume = roman(masthead.volume) if masthead.volume else None
    return profile.year_of(volume) if volume else None


def latest_complete(citations: Iterable[Citation], articles: Iterable[Article], year: int | None) -> date | None:
    """Return the latest complete date of citations and notes; the text itself may speak of the future.

    Where the volume's year is known, a misprinted year far beyond it does not count.
    """
    cited = (date_at_end(citation.date) for citation in citations)
    noted = (found for article in articles for note in article.notes for found in find_dates(note.text))
    full = [day for found in (*cited, *noted) if found is not None and (day := found.full) is not None]
    return max((day for day in full if year is None or day.year <= year + 1), default=None)


def moved_on(latest: date, days: set[tuple[int, int]]) -> date:
    """Return the last day reached from `latest` by steps of at most WINDOW to days of the year that are cited."""
    while True:
        ahead = [next_on_or_after(month, day, latest) for month, day in days]
        steps = [found for found in ahead if found is not None and latest < found <= latest + WINDOW]
        if not steps or latest.year > date.max.year - 2:
            return latest
        latest = max(steps)
        days = {day for day in days if day != (latest.month, latest.day)}


def rhythm(citations: Iterable[Citation], within: Range, profile: Profile) -> date | None:
    """Return the day on which the next issue was due after the last one that this issue cites of itself."""
    if profile.every_days is None or not profile.name:
        return None
    names = {name.casefold() for name in profile.names()}
    own = [
        day
        for citation in citations
        if citation.source.casefold() in names
        and (found := date_at_end(citation.date)) is not None
        and (iso := resolve(found, within)) is not None
        and (day := first_day(iso)) <= within[1]
        and found.day is not None
    ]
    if not own:
        return None
    due = max(own)
    for _ in range(LONGEST_RUN):
        if due >= within[0]:
            return due if due <= within[1] else None
        due += timedelta(days=profile.every_days)
    return None


def with_years(articles: Iterable[Article], reference: Range | None) -> tuple[Article, ...]:
    """Return the articles with every year-less citation resolved against the issue's date."""
    return tuple(
        replace(article, citations=tuple(with_year(citation, reference) for citation in article.citations))
        for article in articles
    )


def with_year(citation: Citation, reference: Range | None) -> Citation:
    """Return a citation whose missing year is the one before the issue; a printed year stays."""
    if not citation.inferred:
        return citation
    printed = date_at_end(citation.date)
    return replace(citation, iso=resolve(printed, reference) if printed is not None else None)


def dated(document: IssueDocument, day: str) -> IssueDocument:
    """Return the document as of an entered date (YYYY-MM-DD), without its findings about dates.

    Raises ValueError where `day` is no date.
    """
    entered = date.fromisoformat(day)
    issue = replace(document.issue, date=entered.isoformat(), date_basis="entered", date_range=None)
    return replace(document, issue=issue, articles=with_years(document.articles, (entered, entered)))
