from __future__ import annotations

import pytest

from monitor.ingest.reading import read_text_issue, with_issue_date
from monitor.ingest.refusals import Refusal
from tests.ingest.invented_issue import LEDGER, TESK, bulletin, codes, ledger, tesk, texts


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n \n", "empty"),
        (b"--- *** ---\n\n...", "no_text"),
        (b"\xe2\x80\x8b\xe2\x80\x8b", "no_text"),
        (b"%PDF-1.7", "not_text"),
    ],
)
def test_read_text_issue_refuses_with_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_text_issue(data)

    assert caught.value.code == code
    assert str(caught.value).count(".") >= 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("day", ["2031-02-30", "yesterday", "", "11 February 2031"])
def test_read_text_issue_refuses_a_date_that_is_none(day: str) -> None:
    with pytest.raises(Refusal, match="is not a date") as caught:
        read_text_issue(b"Salt", issue_date=day)

    assert caught.value.code == "bad_date"


def test_read_text_issue_takes_an_entered_date_for_a_fact() -> None:
    document = read_text_issue(TESK.read_bytes(), issue_date="2031-02-14")

    assert (document.issue.date, document.issue.date_basis) == ("2031-02-14", "entered")
    assert codes(document, "issue_date_inferred") == []
    assert document.articles == tesk().articles


def test_read_text_issue_takes_an_entered_date_before_a_printed_one() -> None:
    document = read_text_issue(LEDGER.read_bytes(), issue_date="2022-03-12")

    assert (document.issue.date, document.issue.date_basis) == ("2022-03-12", "entered")
    assert {c.iso for a in document.articles for c in a.citations if c.inferred} == {
        "2022-03-09",
        "2021-12-20",
        "2022-02-28",
    }


def test_read_text_issue_takes_the_name_that_a_person_gives() -> None:
    document = read_text_issue(TESK.read_bytes(), periodical="Tesk Papers")

    assert document.issue.publication == "Tesk Papers"
    assert document.articles == tesk().articles
    assert "The Tesk Observer" in document.furniture


def test_read_text_issue_ignores_an_empty_name() -> None:
    assert read_text_issue(TESK.read_bytes(), periodical=" ") == tesk()


def test_read_text_issue_reads_a_single_article() -> None:
    document = read_text_issue(b"Salt Roads\n\nBy Lene Orvik\n\nIt fell.\n\nThe Price\n\nIt rose (Daily, May 3, 2020).")

    (article,) = document.articles
    assert (article.title, article.authors) == ("Salt Roads", ("Lene Orvik",))
    assert texts(article, "heading") == ["The Price"]
    assert [c.iso for c in article.citations] == ["2020-05-03"]


def test_read_text_issue_keeps_text_under_no_title() -> None:
    document = read_text_issue(b"the town fell in the spring and nobody wrote of it.")

    (article,) = document.articles
    assert article.title == "Untitled"
    assert texts(article, "para") == ["the town fell in the spring and nobody wrote of it."]
    assert codes(document, "title_missing") == [(0, None, None)]


def test_read_text_issue_reads_one_word() -> None:
    document = read_text_issue(b"Salt")

    assert [article.title for article in document.articles] == ["Untitled"]
    assert texts(document.articles[0], "para") == ["Salt"]


def test_read_text_issue_keeps_an_editorial_before_the_first_title() -> None:
    text = "The Observer\n\nIssue 3\n\nThis issue is about salt and nothing else.\n\nSalt\n\nBy Lene Orvik\n\nIt fell."

    document = read_text_issue(text.encode())

    assert [article.title for article in document.articles] == ["Untitled", "Salt"]
    assert texts(document.articles[0], "para") == ["This issue is about salt and nothing else."]


def test_read_text_issue_keeps_lines_without_a_place_as_furniture() -> None:
    text = "The Observer\n\nIssue 3\n\nQuay House, Lorr\n\nSalt\n\nBy Lene Orvik\n\nIt fell.\n\nNotes\n\n[1] a.\n\nPrinted in Lorr"

    document = read_text_issue(text.encode())

    assert document.furniture == ("Issue 3", "Printed in Lorr")
    assert document.issue.tagline == "Quay House, Lorr"
    assert [finding.message for finding in document.findings if finding.code == "text_left_over"] == [
        'Lines that belong to no article were set aside: "Printed in Lorr".'
    ]


def test_read_text_issue_knows_its_periodical_by_the_masthead() -> None:
    text = "Terrorism Monitor\n\nVolume I | Issue 4\n\nSalt\n\nBy Lene Orvik\n\nIt fell (Daily, May 3, 2003)."

    document = read_text_issue(text.encode())

    assert (document.issue.publication, document.issue.volume, document.issue.number) == ("Terrorism Monitor", "I", 4)


def test_read_text_issue_takes_a_printed_month_for_a_range() -> None:
    text = "The Observer\n\nIssue 3, March 2021\n\nSalt\n\nBy Lene Orvik\n\nIt fell (Daily, May 3; Post, March 15)."

    document = read_text_issue(text.encode())

    assert (document.issue.date, document.issue.date_basis) == (None, "printed")
    assert document.issue.date_range == ("2021-03-01", "2021-03-31")
    assert [c.iso for c in document.articles[0].citations] == ["2020-05-03", None]
    assert [finding.code for finding in document.findings if finding.code.startswith("year")] == [
        "year_inferred_far",
        "year_unresolved",
    ]


def test_with_issue_date_reads_years_and_findings_anew() -> None:
    document = with_issue_date(tesk(), "2030-06-30")

    assert document.issue.date == "2030-06-30"
    assert codes(document, "citation_after_issue")
    assert codes(document, "issue_date_inferred") == []
    assert with_issue_date(document, "2031-02-14") == with_issue_date(tesk(), "2031-02-14")


def test_with_issue_date_refuses_what_is_no_date() -> None:
    with pytest.raises(Refusal, match="is not a date"):
        with_issue_date(tesk(), "soon")


def test_the_ledger_reads_as_a_person_would() -> None:
    first, second = ledger().articles

    assert (ledger().issue.publication, ledger().issue.volume, ledger().issue.number) == ("The Straits Ledger", "4", 2)
    assert (ledger().issue.date, ledger().issue.date_basis) == ("2021-03-12", "printed")
    assert (first.title, first.authors) == (
        "After the Ceasefire: Who Guards the Almery Straits?",
        ("Dora van Heesen", "Piet al-Masri"),
    )
    assert texts(first, "heading") == ["1. What the accord says", "2. Who fills the gap", "3. Outlook"]
    assert texts(first, "list") == [
        "both navies withdraw beyond the lighthouses;",
        "a joint patrol of six boats takes their place;",
        "a council of masters hears complaints [2].",
    ]
    assert texts(first, "quote") == ["We were paid in salt before, and we are paid in salt now."]
    assert [(note.n, note.kind, note.resolves_to) for note in first.notes] == [
        (1, "interview", None),
        (2, "source", None),
        (3, "ibid", 2),
        (4, "source", None),
    ]
    assert [(c.source, c.iso, c.url) for c in first.citations if c.linked] == [
        ("Strait Watch", "2021-02-28", "https://straitwatch.example/2021/02/28"),
        ("Harbour Radio", "2021-03-01", "https://harbour.example/news"),
    ]
    assert (second.title, second.bio) == ("Salt, Rope and Rifles", "Lene Orvik is a researcher at the Quay Society.")
    assert codes(ledger(), "note_without_marker") == [(1, 2, None)]


def test_the_bulletin_reads_as_a_person_would() -> None:
    document = bulletin()
    tolls, strike, brief = document.articles

    assert (document.issue.publication, document.issue.number) == ("HARBOUR WATCH", 14)
    assert document.issue.date_range == ("2020-05-01", "2020-05-31")
    assert [(article.kind, article.page_start, article.authors) for article in document.articles] == [
        ("article", 2, ("Jonas Kell",)),
        ("article", 6, ("Rosa Almendra", "Ivo Tant")),
        ("brief", 9, ()),
    ]
    assert texts(tolls, "heading") == ["THE PRICE OF A LOCK"]
    assert "no lock has been mended in twelve years" in tolls.blocks[1].text
    assert "granaries are half empty" in tolls.blocks[0].text
    assert [(c.source, c.iso) for c in tolls.citations] == [
        ("Meran Gazette", "2020-01-14"),
        ("Inland Post", "2020-02-02"),
        ("Meran Gazette", "2020-02-20"),
        ("Port of Meran, Annual Report", "2019"),
    ]
    assert strike.bio == "Rosa Almendra is a lock keeper. Ivo Tant teaches history in Meran."
    assert len(texts(brief, "para")) == 2
