"""Pictures of pages as they are served: to whom, with which headers, and how long a browser may keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.library.actions import withdraw_issue
from monitor.library.files import keep_picture, picture_name
from monitor.library.models import Issue
from monitor.library.page_pictures import pages_of
from tests.factories import make_file_facts, make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

PICTURE = b"RIFF\x04\x00\x00\x00WEBP"


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.fixture
def issue(db: None) -> Issue:
    """Store an issue of two pages with their pictures."""
    shown = make_issue(file=make_file_facts(name="a.pdf"), pages=2, page_sizes=((612.0, 792.0), (612.0, 792.0)))
    for page in (1, 2):
        for size in ("small", "large"):
            keep_picture(shown.sha256, page, size, PICTURE + f"{page} {size}".encode())
    Issue.objects.filter(pk=shown.pk).update(page_images=2)
    return Issue.objects.get(pk=shown.pk)


def test_a_picture_is_served_as_what_it_is(reader: Client, issue: Issue) -> None:
    answer = reader.get(f"/issues/{issue.pk}/pages/2/small.webp")
    assert (answer.status_code, answer.getvalue()) == (200, PICTURE + b"2 small")
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Length"] == str(len(PICTURE) + 7)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"] == 'inline; filename="page-2-small.webp"'


def test_pages_may_show_pictures_of_this_site(reader: Client, issue: Issue) -> None:
    policy = reader.get(issue.get_absolute_url())["Content-Security-Policy"]
    assert "img-src 'self'" in policy


def test_addresses_of_an_issue_lead_to_its_pictures_and_may_be_kept(reader: Client, issue: Issue) -> None:
    for page in pages_of(issue):
        for size, address in (("small", page.small), ("large", page.large)):
            answer = reader.get(address or "")
            assert answer.getvalue() == PICTURE + f"{page.number} {size}".encode()
            assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
            assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789abcdef", "?V=x"])
def test_an_address_that_may_show_another_file_one_day_is_asked_again(query: str, reader: Client, issue: Issue) -> None:
    answer = reader.get(f"/issues/{issue.pk}/pages/1/large.webp{query}")
    answer.getvalue()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


def test_a_picture_that_the_browser_has_is_not_sent_again(reader: Client, issue: Issue) -> None:
    address = pages_of(issue)[0].large or ""
    first = reader.get(address)
    first.getvalue()
    again = reader.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]


def test_every_picture_has_a_tag_of_its_own(reader: Client, issue: Issue) -> None:
    addresses = [address or "" for page in pages_of(issue) for address in (page.small, page.large)]
    tags = set()
    for address in addresses:
        answer = reader.get(address)
        answer.getvalue()
        tags.add(answer["ETag"])
    assert len(tags) == 4


def test_what_a_browser_has_of_a_hidden_issue_is_not_confirmed(reader: Client, issue: Issue) -> None:
    address = pages_of(issue)[0].large or ""
    first = reader.get(address)
    first.getvalue()
    withdraw_issue(issue=issue)
    assert reader.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_a_picture_that_is_gone_is_not_confirmed(reader: Client, issue: Issue) -> None:
    address = pages_of(issue)[0].large or ""
    first = reader.get(address)
    first.getvalue()
    default_storage.delete(picture_name(issue.sha256, 1, "large"))
    for tag in (first["ETag"], "*"):
        assert reader.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_head_says_the_same_without_the_picture(reader: Client, issue: Issue) -> None:
    answer = reader.head(f"/issues/{issue.pk}/pages/1/small.webp")
    assert (answer.status_code, answer.getvalue(), answer["Content-Type"]) == (200, b"", "image/webp")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_picture_is_only_read(method: str, reader: Client, issue: Issue) -> None:
    assert getattr(reader, method)(f"/issues/{issue.pk}/pages/1/small.webp").status_code == 405


@pytest.mark.parametrize(
    "place",
    [
        "0/small",
        "3/small",
        "1/huge",
        "1/SMALL",
        "-1/small",
        "1/../small",
        "99999999999999999999999/small",
        f"{10**300}/small",
        "1/..%2F..%2Fsecret_key",
        "01/small%00",
    ],
)
def test_a_picture_that_is_not_there_is_not_there(place: str, reader: Client, issue: Issue) -> None:
    assert reader.get(f"/issues/{issue.pk}/pages/{place}.webp").status_code == 404


def test_hidden_unknown_and_missing_pictures_look_alike(reader: Client, issue: Issue) -> None:
    hidden = make_issue(state="draft")
    keep_picture(hidden.sha256, 1, "small", PICTURE)
    addresses = [f"/issues/{pk}/pages/{page}/small.webp" for pk, page in ((hidden.pk, 1), (999_999, 1), (issue.pk, 9))]
    # The page of a 404 holds a form's token; that of a reader is the same for all three.
    answers = [reader.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer["Cache-Control"] for answer in answers}) == 1
    assert all("ETag" not in answer for answer in answers)


def test_a_picture_costs_two_queries(reader: Client, issue: Issue) -> None:
    """The session with its person and the issue: nothing per page."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reader.get(f"/issues/{issue.pk}/pages/1/small.webp").getvalue()
    assert len(asked) == 2


def test_addresses_of_pages_cost_no_query(issue: Issue) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert len(pages_of(issue)) == 2
    assert len(asked) == 0
