from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.document import Article, Block, Finding, IssueDocument, IssueFacts, Severity
from monitor.ingest.findings.confidence import (
    BY_CODE,
    NOTED,
    SURE,
    Weight,
    confidence,
    taken,
    weight_of,
    with_confidence,
)
from monitor.ingest.reading import read_text_issue, with_issue_date
from tests.ingest.invented_issue import TESK

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
codes = st.one_of(st.sampled_from(sorted(BY_CODE)), st.sampled_from(["link_without_target", "never_seen"]))
findings = st.builds(Finding, codes, st.just("It is so."), severity=st.sampled_from(SEVERITIES))


def found(code: str, severity: Severity = "warning", times: int = 1) -> list[Finding]:
    return [Finding(code, "It is so.", severity=severity)] * times


def test_an_issue_without_findings_is_wholly_sure() -> None:
    assert confidence([]) == SURE


@given(st.lists(findings, max_size=30), findings, st.integers(1, 12))
def test_one_more_finding_never_gives_more(some: list[Finding], more: Finding, articles: int) -> None:
    assert confidence([*some, more], articles=articles) <= confidence(some, articles=articles)


@given(st.lists(findings, max_size=20))
def test_the_order_of_findings_does_not_count(some: list[Finding]) -> None:
    assert confidence(some) == confidence(list(reversed(some)))


@given(st.lists(findings, max_size=30), st.integers(0, 12))
def test_it_is_a_percentage(some: list[Finding], articles: int) -> None:
    assert 0 <= confidence(some, articles=articles) <= SURE


@given(st.lists(findings, max_size=10), st.integers(0, 99))
def test_words_better_recognised_never_give_less(some: list[Finding], percent: int) -> None:
    assert confidence(some, ocr_confidence=percent) <= confidence(some, ocr_confidence=percent + 1)


@given(codes, st.integers(1, 9))
def test_a_graver_finding_never_gives_more(code: str, times: int) -> None:
    error, warning, remark = (confidence(found(code, severity, times)) for severity in SEVERITIES)

    assert error <= warning <= remark


def test_lost_pages_count_more_than_doubtful_numbers() -> None:
    lost = confidence(found("page_unreadable", "error"))

    assert lost < confidence(found("marker_without_note", times=4)) < confidence(found("hyphen_guessed", "info", 10))
    assert lost == 75


def test_findings_of_articles_count_by_article() -> None:
    assert confidence(found("marker_without_note", times=6), articles=6) == confidence(found("marker_without_note"))
    assert confidence(found("toc_entry_unmatched", times=6), articles=6) < confidence(found("toc_entry_unmatched"))


def test_a_code_takes_no_more_than_its_most() -> None:
    assert confidence(found("toc_title_differs", times=10_000)) == 92


def test_suggestions_about_sources_take_nothing() -> None:
    assert confidence([*found("source_near_other", "info", 50), *found("furniture_dropped", "info", 9)]) == SURE


def test_a_remark_takes_no_more_than_remarks_do() -> None:
    assert weight_of("page_without_text", "info") == NOTED
    assert weight_of("source_near_other", "info").most == 0


@pytest.mark.parametrize("weight", BY_CODE.values(), ids=BY_CODE)
def test_the_first_finding_takes_its_weight_and_none_takes_nothing(weight: Weight) -> None:
    assert taken(weight, 0) == 0
    assert taken(weight, 1) == pytest.approx(weight.first)
    assert weight.first <= weight.most < 1


def test_recognised_text_is_as_sure_as_its_words() -> None:
    assert confidence([], ocr_confidence=100) == SURE
    assert confidence([], ocr_confidence=98) == SURE
    assert confidence([], ocr_confidence=68) == 70


def test_a_document_is_judged_by_its_own_findings() -> None:
    article = Article("article", "Salt", blocks=(Block("para", "The river rose."),))
    facts = IssueFacts("Sarn Quarterly", ocr_pages=0, ocr_confidence=12)
    document = IssueDocument(facts, articles=(article,), findings=tuple(found("masthead_missing")))

    assert with_confidence(document).issue.confidence == 92
    assert with_confidence(document).findings == document.findings


def test_a_document_with_recognised_pages_is_judged_by_these_too() -> None:
    document = IssueDocument(IssueFacts("Sarn Quarterly", ocr_pages=3, ocr_confidence=88))

    assert with_confidence(document).issue.confidence == 90


def test_every_read_issue_has_its_confidence_and_a_date_changes_it() -> None:
    read = read_text_issue(TESK.read_bytes())
    dated = with_issue_date(read, "2022-03-03")

    assert read.issue.confidence is not None
    assert dated.issue.confidence == confidence(dated.findings, articles=len(dated.articles))
