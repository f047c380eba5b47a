"""What becomes of a form whose sender was signed out meanwhile, and of an address that has no page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from monitor.library.models import Issue
from tests.factories import make_issue, make_user
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


def sent_without_session(address: str, referer: str) -> str:
    """Send a form to an address that needs sign-in and return where sign-in would lead."""
    answer = Client().post(address, headers={"Referer": referer} if referer else {})
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_form_sent_after_the_session_ended_leads_back_to_its_page_and_says_so(signed_in: SignIn) -> None:
    issue = make_issue()
    client = signed_in(None)
    answer = client.post(f"/issues/{issue.pk}/withdraw/", headers={"Referer": f"http://testserver/issues/{issue.pk}/"})
    assert answer["Location"] == f"/account/login/?next=/issues/{issue.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "You were signed out before this was sent, and nothing was changed." in page
    assert Issue.objects.get(pk=issue.pk).state == "published"


@pytest.mark.parametrize(
    ("referer", "wanted"),
    [
        ("http://testserver/sources/?q=dawn&page=2", "/sources/?q=dawn&page=2"),
        ("", "/"),
        ("https://evil.example/issues/1/", "/"),
        ("http://testserver.evil.example/", "/"),
        ("http://testserver//evil.example/x", "/"),
        ("http://testserver/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[::1", "/"),
    ],
)
def test_page_of_a_form_is_one_of_ours(referer: str, wanted: str, db: None) -> None:
    assert sent_without_session("/sources/dawn/join/", referer) == wanted


def test_page_that_is_only_asked_for_is_what_sign_in_leads_to(db: None) -> None:
    answer = Client().get("/ingest/?x=1", headers={"Referer": "http://testserver/help/"})
    assert answer["Location"] == "/account/login/?next=/ingest/%3Fx%3D1"


@pytest.mark.parametrize("address", ["/issues/1/date/", "/sources/dawn/join/", "/account/look/", "/teams/1/leave/"])
@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_address_that_only_takes_forms_says_so_on_a_page(address: str, method: str, signed_in: SignIn) -> None:
    answer = getattr(signed_in(make_user("admin")), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method == "get":
        said = "This address only takes forms There is no page to show here, and nothing was changed. Back to the shelf"
        assert words(answer.content.decode()).startswith(said)
