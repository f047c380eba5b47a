from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from monitor.ingest.document import PARSER_VERSION, ContentsEntry, Finding
from monitor.library.files import original_name
from monitor.library.importing import store_issue
from monitor.library.models import Issue
from tests.factories import make_file_facts, make_issue, make_read_article, make_read_document, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator"))


def make_full_issue() -> Issue:
    document = make_read_document(
        make_read_article(title="A Quiet Vote", kind="brief", authors=["Oren Blackwater"], page_start=1, notes=()),
        make_read_article(title="The Rope Tax", authors=["A B", "C D", "E F"], page_start=3),
        number=7,
        volume="XII",
        date="2021-10-09",
        pages=12,
        findings=[
            Finding("note_without_marker", "Note 4 has no marker.", article=1, note=1),
            Finding("heading", "A head looks odd.", article=1, block=1, start=4, end=8, suggestion="Is it a head?"),
        ],
    )
    contents = (ContentsEntry(1, "BRIEFS", ("Oren Blackwater",)), ContentsEntry(3, "The Rope Tax", ("A B",)))
    return store_issue(document=replace(document, toc=contents), file=make_file_facts(name="tw-12-7.txt")).issue


def test_head_tells_the_facts(reader: Client) -> None:
    issue = make_full_issue()
    text = words(reader.get(issue.get_absolute_url()).content.decode())
    assert "Volume XII, Issue 7 October 9, 2021 (printed), 12 pages, 2 articles" in text
    assert f"SHA-256 {issue.sha256[:12]}" in text
    assert f"Reader version {PARSER_VERSION}" in text


def test_contents_stand_under_their_printed_sections(reader: Client) -> None:
    text = words(reader.get(make_full_issue().get_absolute_url()).content.decode())
    assert (
        "BRIEFS Page 1 A Quiet Vote Oren Blackwater unread Mark read 1 citation "
        "Articles Page 3 The Rope Tax A B , C D and E F unread Mark read 1 note 1 citation" in text
    )
    assert "1 note 1 citation" in text


def test_span_of_an_unprinted_date_is_said(reader: Client) -> None:
    issue = make_issue(date=None, date_range=("2022-01-24", "2022-02-11"))
    text = words(reader.get(issue.get_absolute_url()).content.decode())
    assert "between January 24 and February 11, 2022 (worked out from what it cites)" in text


def test_issue_without_any_date_says_so(reader: Client) -> None:
    text = words(reader.get(make_issue(date=None).get_absolute_url()).content.decode())
    assert "date not known" in text


def test_neighbours_are_those_one_may_see(reader: Client, curator: Client) -> None:
    first = make_issue(number=1, date="2021-01-10")
    hidden = make_issue(number=2, date="2021-02-10", state="draft")
    third = make_issue(number=3, date="2021-03-10")
    make_issue(publication="Other", number=9, date="2021-02-20")
    page = reader.get(third.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{first.get_absolute_url()}"' in page
    assert f'rel="prev" href="{hidden.get_absolute_url()}"' in curator.get(third.get_absolute_url()).content.decode()
    assert f'rel="next" href="{third.get_absolute_url()}"' in reader.get(first.get_absolute_url()).content.decode()


def test_findings_lead_to_their_place_and_are_for_curators(reader: Client, curator: Client) -> None:
    issue = make_full_issue()
    page = curator.get(issue.get_absolute_url()).content.decode()
    article = issue.articles.get(position=1)
    assert "“The Rope Tax”: Note 4 has no marker." in words(page)
    assert f'href="{article.get_absolute_url()}#n1"' in page
    assert f'href="{article.get_absolute_url()}#p2"' in page
    assert "Is it a head?" in words(page)
    assert "Note 4" not in reader.get(issue.get_absolute_url()).content.decode()


def test_settled_finding_stands_last_and_can_be_reopened(curator: Client) -> None:
    issue = make_full_issue()
    first = issue.findings.order_by("id")[0]
    answer = curator.post(f"/findings/{first.pk}/", {"decision": "settled"})
    assert answer["Location"] == f"{issue.get_absolute_url()}#findings"
    text = words(curator.get(issue.get_absolute_url()).content.decode())
    assert text.index("A head looks odd.") < text.index("Note 4 has no marker.")
    assert "Show settled Reopen" in text


def test_decision_that_is_none_is_not_there(curator: Client) -> None:
    finding = make_full_issue().findings.order_by("id")[0]
    assert curator.post(f"/findings/{finding.pk}/", {"decision": "burn"}).status_code == 404


def test_withdrawn_issue_comes_back_when_published(curator: Client, reader: Client) -> None:
    issue = make_full_issue()
    page = curator.post(f"/issues/{issue.pk}/withdraw/", follow=True).content.decode()
    assert "Withdrawn: only curators see the issue now." in page
    assert reader.get(issue.get_absolute_url()).status_code == 404
    curator.post(f"/issues/{issue.pk}/publish/")
    assert reader.get(issue.get_absolute_url()).status_code == 200


def test_date_is_set(curator: Client) -> None:
    issue = make_issue(date=None)
    text = words(curator.post(f"/issues/{issue.pk}/date/", {"day": "2022-02-11"}, follow=True).content.decode())
    issue.refresh_from_db()
    assert (issue.date, issue.date_basis) == (date(2022, 2, 11), "entered")
    assert "February 11, 2022 (entered by a curator)" in text


def test_likely_date_is_offered(curator: Client) -> None:
    finding = Finding("issue_date_inferred", "The issue prints no date.", suggestion="2022-02-11")
    issue = make_issue(date=None, findings=[finding])
    assert (
        '<input type="date" name="day" id="id_day" value="2022-02-11">'
        in curator.get(issue.get_absolute_url()).content.decode()
    )


def test_remarks_stand_apart_from_what_is_to_settle(curator: Client) -> None:
    issue = make_issue(findings=[Finding("a", "Joined.", severity="info"), Finding("b", "Odd.", suggestion="Even.")])
    text = words(curator.get(issue.get_absolute_url()).content.decode())
    assert "Findings Odd. Perhaps: Even. Settled Ignore 1 remark, settled or of little weight Joined." in text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Give the day."),
        ("2022-02-31", "Give the day as year-month-day, like 2022-02-11."),
        ("0001-01-01", "Give a day from 1700 on."),
        ('"><script>', "Give the day as year-month-day, like 2022-02-11."),
    ],
)
def test_day_that_is_none_comes_back_with_a_sentence(day: str, sentence: str, curator: Client) -> None:
    issue = make_issue(date=None)
    answer = curator.post(f"/issues/{issue.pk}/date/", {"day": day})
    issue.refresh_from_db()
    assert (answer.status_code, issue.date) == (422, None)
    assert sentence in words(answer.content.decode())
    assert "<script>" not in answer.content.decode().split("<main")[1]


@pytest.mark.parametrize("address", ["publish", "withdraw", "date", "file"])
def test_get_changes_nothing(address: str, curator: Client) -> None:
    issue = make_issue(state="draft")
    curator.get(f"/issues/{issue.pk}/{address}/").getvalue()
    issue.refresh_from_db()
    assert (issue.state, issue.date_basis) == ("draft", "printed")


def test_post_without_token_is_refused(signed_in: SignIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("curator"))
    issue = make_issue()
    answer = strict.post(f"/issues/{issue.pk}/withdraw/")
    assert answer.status_code == 403
    assert "The form was not sent" in answer.content.decode()
    assert Issue.objects.get(pk=issue.pk).state == "published"


def test_original_is_handed_out_under_its_own_name_but_never_shown(reader: Client) -> None:
    content = b"<html><script>alert(1)</script>"
    issue = make_issue(file=make_file_facts(name="pîtt\u202etxt.html", content=content))
    name = original_name(issue.sha256, issue.file_type)
    default_storage.save(name, ContentFile(content))
    answer = reader.get(f"/issues/{issue.pk}/file/")
    assert answer.getvalue() == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''p%C3%AEtt%E2%80%AEtxt.html"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("ending", ["ris", "bib", "json"])
def test_citation_files_of_all_articles_are_offered(ending: str, reader: Client) -> None:
    issue = make_issue()
    address = f"{issue.get_absolute_url()}cite.{ending}"
    assert f'href="{address}"' in reader.get(issue.get_absolute_url()).content.decode()
    assert reader.get(address).status_code == 200


def test_original_that_is_lost_is_not_there(reader: Client) -> None:
    issue = make_issue(file=make_file_facts(content=b"a file that nobody kept"))
    assert reader.get(f"/issues/{issue.pk}/file/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999", "9223372036854775808"])
def test_number_no_issue_can_have_is_not_there(pk: str, reader: Client) -> None:
    assert reader.get(f"/issues/{pk}/").status_code == 404


def test_issue_asks_as_much_for_three_articles_as_for_one(curator: Client) -> None:
    one = make_issue(make_read_article(), findings=[Finding("x", "Look.", article=0)])
    three = make_issue(
        *(make_read_article(title=title, authors=["A", "B"]) for title in ("First", "Second", "Third and last")),
        findings=[Finding("x", "Look.", article=n) for n in range(3)],
        publication="Another",
    )
    assert queries_for(curator, three.get_absolute_url()) == queries_for(curator, one.get_absolute_url())
