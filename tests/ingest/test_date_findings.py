from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.ingest.document import Article, Block, Citation, Finding, IssueFacts, Note
from monitor.ingest.findings.date_findings import DATE_CODES, date_findings

ISSUE = IssueFacts("Observer", date="2022-02-11", date_basis="printed")
RANGE = IssueFacts("Observer", date_range=("2022-02-03", "2022-02-28"))


def citation(printed: str, iso: str | None, *, inferred: bool = False, note: int | None = None) -> Citation:
    where = "body" if note is None else "note"
    block = 0 if note is None else None
    return Citation(where, 1, 9, "Daily", printed, iso, inferred=inferred, block=block, note=note)  # type: ignore[arg-type]


def article(*citations: Citation) -> Article:
    return Article(
        "article", "Salt", blocks=(Block("para", "x" * 20),), notes=(Note(7, "y" * 20),), citations=citations
    )


def found(issue: IssueFacts, *citations: Citation, suggestion: date | None = None) -> list[Finding]:
    return list(date_findings(issue, [article(*citations)], suggestion))


def test_date_findings_say_that_the_date_was_inferred() -> None:
    (finding,) = found(RANGE, suggestion=date(2022, 2, 11))

    assert (finding.code, finding.suggestion, finding.article) == ("issue_date_inferred", "2022-02-11", None)
    assert "from 2022-02-03 to 2022-02-28" in finding.message


def test_date_findings_say_that_no_date_is_known() -> None:
    assert [finding.code for finding in found(IssueFacts("Observer"))] == ["issue_date_unknown"]


def test_date_findings_are_none_for_a_printed_date_or_month() -> None:
    assert found(ISSUE) == []
    assert found(replace(RANGE, date_basis="printed")) == []


def test_date_findings_point_to_a_citation_after_the_issue() -> None:
    (finding,) = found(ISSUE, citation("February 12, 2022", "2022-02-12"))

    assert (finding.code, finding.article, finding.block, finding.note) == ("citation_after_issue", 0, 0, None)
    assert (finding.start, finding.end) == (1, 9)
    assert found(ISSUE, citation("February 2022", "2022-02")) == []
    assert [f.code for f in found(RANGE, citation("February 28, 2022", "2022-02-28"))] == ["issue_date_inferred"]


def test_date_findings_point_to_a_year_inferred_far_back() -> None:
    (finding,) = found(ISSUE, citation("July 9", "2021-07-09", inferred=True))

    assert (finding.code, finding.suggestion) == ("year_inferred_far", "2021-07-09")
    assert found(ISSUE, citation("July 9, 2021", "2021-07-09")) == []
    assert found(ISSUE, citation("September 9", "2021-09-09", inferred=True)) == []


def test_date_findings_point_to_a_year_that_could_not_be_found() -> None:
    (finding,) = found(ISSUE, citation("February 29", None, inferred=True))

    assert finding.code == "year_unresolved"


def test_date_findings_name_the_note_by_its_number() -> None:
    (finding,) = found(ISSUE, citation("May 3 2021", "2021-05-03", note=0))

    assert (finding.code, finding.note, finding.block, finding.severity) == ("citation_date_form", 7, None, "info")
    assert finding.message == 'The date "May 3 2021" is printed without a comma before the year.'


def test_date_findings_are_silent_about_the_form_of_the_house() -> None:
    british = [citation(f"{day} May 2021", f"2021-05-{day}") for day in (10, 11, 12)]

    assert found(ISSUE, *british) == []
    assert [f.code for f in found(ISSUE, *british, citation("May 2-4, 2021", "2021-05-02"))] == ["citation_date_form"]
    assert "printed as a range of days" in found(ISSUE, *british, citation("May 2-4, 2021", "2021-05-02"))[0].message


def test_date_codes_hold_every_code_that_is_made_here() -> None:
    every = [
        *found(RANGE, citation("May 3 2031", "2031-05-03"), citation("February 29", None, inferred=True)),
        *found(RANGE, citation("March 9", "2021-03-09", inferred=True)),
        *found(IssueFacts("Observer")),
    ]

    assert {finding.code for finding in every} == DATE_CODES


def test_date_findings_judge_no_citation_by_a_date_that_nobody_knows() -> None:
    unknown = IssueFacts("Observer")

    assert [f.code for f in found(unknown, citation("February 12, 2022", "2022-02-12"))] == ["issue_date_unknown"]
    assert [f.code for f in found(unknown, citation("July 9", None, inferred=True))] == [
        "issue_date_unknown",
        "year_unresolved",
    ]
