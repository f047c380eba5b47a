from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from monitor.ingest.document import Finding
from monitor.jobs.models import Ingest
from monitor.library.files import incoming_name
from monitor.web.uploads import bound_uploads
from tests.factories import make_issue, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client, RequestFactory
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator", name="hedda"))


def upload(name: str, content: bytes = b"Tidewater Letter") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_job(state: str = "stored", **facts: object) -> Ingest:
    return Ingest.objects.create(file_name=f"{state}.pdf", file_bytes=1000, state=state, **facts)


def test_several_files_are_handed_in_at_once(curator: Client) -> None:
    answer = curator.post("/ingest/", {"uploads": [upload("a.pdf"), upload("b.txt")]}, follow=True)
    assert "2 files handed in." in answer.content.decode()
    rows = {row.file_name: row for row in Ingest.objects.all()}
    assert {name: (row.state, row.handed_in_by.username) for name, row in rows.items() if row.handed_in_by} == {
        "a.pdf": ("waiting", "hedda"),
        "b.txt": ("waiting", "hedda"),
    }
    with default_storage.open(incoming_name(rows["a.pdf"].uid)) as kept:
        assert kept.read() == b"Tidewater Letter"


def test_refusal_is_one_sentence_on_its_row(curator: Client) -> None:
    text = words(curator.post("/ingest/", {"uploads": [upload("picture.png")]}, follow=True).content.decode())
    assert "picture.png refused" in text
    assert "are read here." in text


def test_nothing_chosen_comes_back_with_a_sentence(curator: Client) -> None:
    answer = curator.post("/ingest/", {})
    assert answer.status_code == 422
    assert "Choose at least one file." in words(answer.content.decode())


def test_file_beyond_the_limit_is_left_out(curator: Client, settings: Settings) -> None:
    settings.INGEST_MAX_MB = 1
    answer = curator.post("/ingest/", {"uploads": [upload("big.pdf", b"x" * 1_100_000)]})
    assert answer.status_code == 422
    assert "big.pdf is larger than 1 MB and was left out." in words(answer.content.decode())
    assert not Ingest.objects.exists()


def test_files_within_the_limit_come_in_beside_one_beyond_it(curator: Client, settings: Settings) -> None:
    settings.INGEST_MAX_MB = 1
    files = [upload("a.pdf"), upload("big.pdf", b"x" * 1_100_000), upload("b.pdf", b"y" * 1_048_576)]
    page = curator.post("/ingest/", {"uploads": files}, follow=True).content.decode()
    assert set(Ingest.objects.values_list("file_name", flat=True)) == {"a.pdf", "b.pdf"}
    assert "big.pdf is larger than 1 MB and was left out." in page
    assert "2 files handed in." in page


def test_empty_file_is_refused_on_its_row(curator: Client) -> None:
    text = words(curator.post("/ingest/", {"uploads": [upload("none.pdf", b"")]}, follow=True).content.decode())
    assert "none.pdf refused" in text


@pytest.mark.parametrize("person", ["reader", "analyst", "anonymous"])
def test_nothing_is_taken_from_those_who_may_hand_nothing_in(person: str, rf: RequestFactory, db: None) -> None:
    request = rf.post("/account/look/", {"theme": "dark", "file": upload("a.pdf")})
    request.user = AnonymousUser() if person == "anonymous" else make_user(person)
    bound_uploads(request)
    assert (dict(request.FILES), request.POST.get("theme")) == ({}, "dark")


def test_hostile_file_name_is_text(curator: Client) -> None:
    page = curator.post("/ingest/", {"uploads": [upload('<img src=x onerror="x">.pdf')]}, follow=True).content.decode()
    assert "<img" not in page
    assert "&lt;img" in page


def test_upload_by_htmx_gives_the_list_back(curator: Client) -> None:
    answer = curator.post("/ingest/", {"uploads": [upload("a.pdf")]}, headers={"HX-Request": "true"})
    part = answer.content.decode().strip()
    assert part.startswith('<section class="block" id="jobs"')
    assert "a.pdf" in part


def test_list_asks_again_only_while_something_is_open(curator: Client) -> None:
    make_job("stored")
    assert 'hx-trigger="every 1s"' not in curator.get("/ingest/").content.decode()
    make_job("reading", pages_done=3, pages_total=12)
    page = curator.get("/ingest/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<progress max="12" value="3" aria-label="reading.pdf">3 of 12</progress>' in page
    assert "reading 3 of 12" in words(page)


def test_jobs_are_counted_and_lead_to_their_issue(curator: Client) -> None:
    issue = make_issue(number=7)
    make_job("stored", issue=issue, message="2 articles")
    make_job("refused", message="it is empty")
    page = curator.get("/ingest/").content.decode()
    assert "1 refused, 1 stored" in words(page)
    assert f'2 articles <a href="{issue.get_absolute_url()}">Tidewater Letter XII:7</a>' in page
    assert "It is empty" in words(page)


def test_open_findings_of_the_newest_issues_are_listed(curator: Client) -> None:
    make_issue(
        number=7, findings=[Finding("x", "Note 1 is odd.", article=0, note=1), Finding("y", "Told.", severity="info")]
    )
    text = words(curator.get("/ingest/").content.decode())
    assert "Tidewater Letter XII:7 , “Lamps on the Ardel”: Note 1 is odd. Show" in text
    assert "Told." not in text


def test_ingest_asks_as_much_for_three_rows_as_for_one(curator: Client) -> None:
    def add(number: int) -> None:
        issue = make_issue(number=number, publication=f"P{number}", findings=[Finding("x", "Odd.", article=0, start=1)])
        make_job("stored", issue=issue)

    add(1)
    for_one = queries_for(curator, "/ingest/")
    add(2)
    add(3)
    assert queries_for(curator, "/ingest/") == for_one


def test_a_file_that_needs_recognition_can_be_tried_again(curator: Client) -> None:
    job = make_job("needs_ocr", message="Its pages are pictures. Run apt-get install tesseract-ocr.")
    page = curator.get("/ingest/").content.decode()
    assert "1 needs OCR" in words(page)
    assert "Run apt-get install tesseract-ocr. Try again The file is kept until then." in words(page)
    assert f'action="/ingest/{job.uid}/again/"' in page
    answer = curator.post(f"/ingest/{job.uid}/again/", follow=True)
    assert "It is read again." in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.message) == ("waiting", "")
    again = curator.post(f"/ingest/{job.uid}/again/", follow=True).content.decode()
    assert "It does not wait for recognition any more." in again


def test_trying_again_with_htmx_swaps_the_list(curator: Client) -> None:
    job = make_job("needs_ocr")
    answer = curator.post(f"/ingest/{job.uid}/again/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "1 waiting" in words(text)
    assert "<html" not in text


def test_the_list_shows_the_files_of_one_state(curator: Client) -> None:
    make_job("needs_ocr")
    make_job("recognising", pages_done=2, pages_total=12)
    chosen = curator.get("/ingest/?state=needs_ocr").content.decode()
    assert "needs_ocr.pdf" in chosen
    assert "recognising.pdf" not in chosen
    assert "1 needs OCR, 1 recognising, all" in words(chosen)
    every = curator.get("/ingest/?state=lost").content.decode()
    assert "needs_ocr.pdf" in every
    assert "recognising.pdf recognising Recognising page 3 of 12" in words(every).replace("2 of 12 ", "")


def test_a_list_of_one_state_asks_for_itself_again(curator: Client) -> None:
    make_job("recognising")
    page = curator.get("/ingest/?state=recognising").content.decode()
    assert 'hx-get="/ingest/?state=recognising"' in page
