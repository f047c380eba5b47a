from __future__ import annotations

from datetime import date

import pytest

from monitor.ingest.apparatus.issue_dates import (
    dated,
    infer,
    latest_complete,
    moved_on,
    reference_of,
    rhythm,
    with_years,
)
from monitor.ingest.document import Article, Citation, IssueDocument, IssueFacts, Note
from monitor.ingest.periodicals import DEFAULT, Profile
from monitor.ingest.structure.masthead import Masthead

MONTHLY = Profile(name="Observer", aliases=("The Observer",), first_year=2003, every_days=14)


def citation(source: str, printed: str, iso: str | None = None) -> Citation:
    return Citation("body", 0, 5, source, printed, iso, inferred=iso is None, block=0)


def article(*dates: str, notes: tuple[str, ...] = ()) -> Article:
    cited = tuple(citation("Daily", printed, None if not printed[-4:].isdigit() else "2021") for printed in dates)
    return Article("article", "Salt", citations=cited, notes=tuple(Note(n, text) for n, text in enumerate(notes, 1)))


def span(*articles: Article, masthead: Masthead | None = None, profile: Profile = DEFAULT) -> tuple[str, str] | None:
    found = infer(articles, masthead or Masthead(), profile)
    return (str(found.range[0]), str(found.range[1])) if found else None


def test_infer_moves_from_the_latest_complete_date_to_the_year_less_ones_after_it() -> None:
    text = article("December 25, 2021", "January 24", "February 3", "July 9", notes=("Interview, January 23, 2022.",))

    assert span(text) == ("2022-02-03", "2022-02-28")


def test_infer_goes_on_step_by_step() -> None:
    assert span(article("December 1, 2021", "January 10", "February 20", "September 1")) == ("2022-02-20", "2022-03-06")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("February 3, 2022", ("2022-02-03", "2022-02-28")),
        ("February 20, 2022", ("2022-02-20", "2022-03-06")),
        ("March 1, 2022", ("2022-03-01", "2022-03-31")),
        ("December 31, 2021", ("2021-12-31", "2022-01-14")),
    ],
)
def test_infer_ends_with_the_month_and_after_two_weeks_at_least(day: str, expected: tuple[str, str]) -> None:
    assert span(article(day)) == expected


def test_infer_needs_a_complete_date() -> None:
    assert span(article("January 5", "May 2021")) is None
    assert span(article()) is None


def test_infer_does_not_believe_a_year_far_beyond_the_volume() -> None:
    text = article("May 3, 2021", "May 3, 2099")

    assert span(text, masthead=Masthead(volume="XIX"), profile=MONTHLY) == ("2021-05-03", "2021-05-31")
    assert span(text) == ("2099-05-03", "2099-05-31")


def test_latest_complete_looks_into_notes_and_not_into_text() -> None:
    text = article("May 3, 2021", notes=("Interview, June 4, 2021.",))

    assert latest_complete(text.citations, [text], None) == date(2021, 6, 4)
    assert latest_complete(text.citations, [], None) == date(2021, 5, 3)


def test_moved_on_ends_even_where_every_day_is_cited() -> None:
    days = {(month, day) for month in range(1, 13) for day in range(1, 29)}

    assert moved_on(date(2021, 5, 3), days) >= date(2021, 5, 3)
    assert moved_on(date(9998, 12, 3), {(12, 20)}) == date(9998, 12, 3)


def test_rhythm_steps_on_from_the_last_issue_cited() -> None:
    within = (date(2022, 2, 3), date(2022, 2, 28))
    own = [citation("The Observer", "January 14"), citation("Observer", "May 7, 2021", "2021-05-07")]

    assert rhythm(own, within, MONTHLY) == date(2022, 2, 11)
    assert rhythm(own, within, DEFAULT) is None
    assert rhythm([citation("Daily", "January 14")], within, MONTHLY) is None


def test_rhythm_suggests_nothing_outside_the_range_or_after_years() -> None:
    narrow = (date(2022, 2, 12), date(2022, 2, 20))
    far = [citation("Observer", "May 7, 2001", "2001-05-07")]

    assert rhythm([citation("Observer", "January 14")], narrow, MONTHLY) is None
    assert rhythm(far, narrow, MONTHLY) is None


def test_reference_of_is_the_day_or_the_range() -> None:
    assert reference_of(IssueFacts("A", date="2022-02-11")) == (date(2022, 2, 11), date(2022, 2, 11))
    assert reference_of(IssueFacts("A", date_range=("2022-02-03", "2022-02-28"))) == (
        date(2022, 2, 3),
        date(2022, 2, 28),
    )
    assert reference_of(IssueFacts("A")) is None


def test_with_years_resolves_only_what_has_no_year() -> None:
    text = Article("article", "Salt", citations=(citation("A", "July 9"), citation("B", "May 3, 2020", "2020-05-03")))

    (found,) = with_years([text], (date(2022, 2, 3), date(2022, 2, 28)))

    assert [c.iso for c in found.citations] == ["2021-07-09", "2020-05-03"]
    assert [c.inferred for c in found.citations] == [True, False]


def test_dated_resolves_every_inferred_year_anew() -> None:
    text = Article("article", "Salt", citations=(citation("A", "July 9"),))
    document = IssueDocument(IssueFacts("Observer", date_range=("2022-02-03", "2022-02-28")), articles=(text,))

    entered = dated(document, "2024-07-10")

    assert (entered.issue.date, entered.issue.date_basis, entered.issue.date_range) == ("2024-07-10", "entered", None)
    assert entered.articles[0].citations[0].iso == "2024-07-09"


def test_dated_refuses_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        dated(IssueDocument(IssueFacts("Observer")), "2024-02-30")


def test_a_digest_of_some_days_appears_when_they_are_over() -> None:
    digest = IssueFacts("Digest", date_basis="printed", date_range=("2018-10-08", "2018-10-14"))
    month = IssueFacts("Monthly", date_basis="printed", date_range=("2018-10-01", "2018-10-31"))
    guess = IssueFacts("Digest", date_basis="inferred", date_range=("2018-10-08", "2018-10-14"))

    assert reference_of(digest) == (date(2018, 10, 14), date(2018, 10, 14))
    assert reference_of(month) == (date(2018, 10, 1), date(2018, 10, 31))
    assert reference_of(guess) == (date(2018, 10, 8), date(2018, 10, 14))
