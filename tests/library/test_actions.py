from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.accounts.models import User
from monitor.ingest.document import Finding as ReadFinding
from monitor.jobs.ingest_issue import ingest_file
from monitor.library.actions import decide_finding, publish_issue, set_issue_date, withdraw_issue
from monitor.library.importing import store_issue
from monitor.library.models import Article, Finding, Issue
from monitor.library.source_models import Citation
from tests.library.read_issues import FIRST, cited, ferry_article, file_facts, plain_article, read_issue

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue() -> Issue:
    undated = read_issue(date=None, date_basis="inferred", date_range=("2021-05-03", "2021-05-31"))
    return store_issue(document=undated, file=file_facts()).issue


def test_withdraw_issue_takes_it_from_readers_and_publish_issue_brings_it_back(issue: Issue) -> None:
    reader = User.objects.create_user("rea", role="reader")
    withdraw_issue(issue=issue)
    assert (Issue.objects.visible_to(reader).count(), Article.objects.visible_to(reader).count()) == (0, 0)
    publish_issue(issue=issue)
    assert (Issue.objects.visible_to(reader).count(), Article.objects.visible_to(reader).count()) == (1, 2)


def test_set_issue_date_is_an_entered_date(issue: Issue) -> None:
    changed = set_issue_date(issue=issue, day=date(2021, 5, 12))
    assert (changed.date, changed.date_basis, changed.sort_date) == (date(2021, 5, 12), "entered", date(2021, 5, 12))


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        (date(2021, 5, 12), date(2021, 5, 3)),
        (date(2021, 5, 2), date(2020, 5, 3)),
        (date(2019, 12, 1), date(2019, 5, 3)),
    ],
)
def test_set_issue_date_works_out_inferred_years_anew(issue: Issue, day: date, meant: date) -> None:
    set_issue_date(issue=issue, day=day)
    citation = Citation.objects.get(printed="Ardel Wire, May 3")
    assert (citation.date, citation.inferred, citation.precision) == (meant, True, "day")


def test_set_issue_date_leaves_printed_years_alone(issue: Issue) -> None:
    set_issue_date(issue=issue, day=date(2019, 12, 1))
    assert Citation.objects.get(printed="Ferry Post, May 2021").date == date(2021, 5, 1)


def test_set_issue_date_leaves_a_leap_day_open_where_there_is_none() -> None:
    text = FIRST.replace("May 3", "February 29")
    leap = cited(text, "Ardel Wire", "February 29", iso="2020-02-29", inferred=True, block=0)
    read = read_issue(plain_article("Leap", text, citations=(leap,)))
    issue = store_issue(document=read, file=file_facts()).issue
    set_issue_date(issue=issue, day=date(2022, 5, 1))
    citation = Citation.objects.get()
    assert (citation.date, citation.precision, citation.inferred) == (None, "", False)


def test_set_issue_date_settles_the_finding_that_it_was_inferred() -> None:
    read = read_issue(ferry_article())
    inferred = ReadFinding("issue_date_inferred", "The issue's date is not printed.")
    issue = store_issue(
        document=type(read)(issue=read.issue, articles=read.articles, findings=(inferred,)), file=file_facts()
    ).issue
    set_issue_date(issue=issue, day=date(2021, 5, 12))
    assert issue.findings.get().decision == "settled"


def test_decide_finding_keeps_who_decided(issue: Issue) -> None:
    curator = User.objects.create_user("cur", role="curator")
    finding = decide_finding(finding=issue.findings.get(), decision=Finding.Decision.IGNORED, by=curator)
    assert (finding.decision, finding.decided_by) == ("ignored", curator)


def test_set_issue_date_to_what_it_is_already_changes_no_citation() -> None:
    samples = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.pdf"))
    for sample in samples:
        issue = ingest_file(sample, name=sample.name).issue
        assert issue is not None
        if issue.date is None:
            continue
        before = list(issue_citations(issue))
        set_issue_date(issue=issue, day=issue.date)
        assert list(issue_citations(issue)) == before


def issue_citations(issue: Issue) -> Iterable[tuple[object, ...]]:
    return Citation.objects.filter(article__issue=issue).values_list("printed", "date", "precision", "inferred")


def test_set_issue_date_settles_the_finding_that_it_was_unknown() -> None:
    read = replace(
        read_issue(date=None, date_basis="inferred"),
        findings=(ReadFinding("issue_date_unknown", "The issue prints no date."),),
    )
    issue = store_issue(document=read, file=file_facts()).issue
    set_issue_date(issue=issue, day=date(2021, 5, 12))
    assert issue.findings.get().decision == "settled"
