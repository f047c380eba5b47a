"""What is too much, or no form at all: a sentence with a number, at once, and nothing is kept of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from monitor.accounts import sidebar
from monitor.accounts.actions import disable_user, enable_user
from monitor.accounts.models import Role
from monitor.accounts.sidebar_models import SidebarSignIn
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user
from tests.hypothesis_api.speaking import API, HOST, Program, quote, uri_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"tags": [f"t{n}" for n in range(51)]}, "An annotation has at most 50 tags."),
        ({"tags": ["weir", "x" * 201]}, "tags.1: a tag has at most 200 characters"),
        ({"target": quote("x" * 20_001)}, "target.0.selector.0.exact: a quote has at most 20,000 characters"),
        ({"target": quote("x", prefix="y" * 65_536)}, "target.0.selector: these have more than 65,536 bytes"),
        (
            {"target": [{"selector": [{"type": "Odd", "value": "\U0001f30a" * 16_400}]}]},
            "target.0.selector: these have more than 65,536 bytes",
        ),
        ({"text": "x" * 20_001}, "A comment has at most 20,000 characters; this one has 20,001."),
    ],
)
def test_too_much_is_refused_new_and_changed(house: House, said: dict[str, Any], reason: str) -> None:
    author = Program(house.author)
    made = author.ask("POST", "/annotations", {"uri": uri_of(house.article)} | said)
    assert (made.status_code, made.json()) == (400, {"status": "failure", "reason": reason})
    assert (Annotation.objects.count(), Tag.objects.count()) == (0, 0)
    mark = house.mark()
    changed = author.ask("PATCH", f"/annotations/{mark.uid}", said)
    assert (changed.status_code, changed.json()["reason"]) == (400, reason)
    mark.refresh_from_db()
    assert (mark.revision, mark.comment) == (1, "")


def test_the_most_that_fits_is_taken(house: House) -> None:
    made = Program(house.author).make(
        house.article,
        tags=[f"t{n} {'x' * 190}"[:80] for n in range(50)],
        target=quote("z" * 20_000, prefix="y" * 32),
        text="x" * 20_000,
    )
    assert (len(made["tags"]), len(made["text"])) == (50, 20_000)


@pytest.mark.parametrize("name", ["tag", "tags", "any"])
def test_a_tag_of_thousands_of_steps_is_nobodys(house: House, name: str, django_assert_max_num_queries: Any) -> None:
    house.mark()
    author = Program(house.author)
    with django_assert_max_num_queries(20):
        assert author.get("/search", **{name: "a/" * 4_000}).json() == {"total": 0, "rows": []}


# -- Where sidebars sign in -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"grant_type=" + b"x" * 70_000, FORM, 413),
        (b"&".join(b"a=1" for _ in range(1_001)), FORM, 400),
        (b"grant_type=x", f"{FORM}; charset=utf-16", 400),
        (b"grant_type=x", f"{FORM}; charset=nonsense", 400),
        (b"grant_type=\xff\xfe", FORM, 400),
        (b"grant_type=%ff%00", FORM, 400),
        (b"{}", "application/json", 415),
        (b"", FORM, 400),
    ],
)
def test_what_is_no_form_of_a_sidebar_is_told_so(db: None, body: bytes, kind: str, status: int) -> None:
    answer = Client().generic("POST", f"{API}/token", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert answer.json()


def test_an_account_that_was_disabled_begins_without_sidebars(house: House) -> None:
    grant = sidebar.make_grant(house.author, HOST)
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": grant}
    told = Client().post(f"{API}/token", urlencode(form), content_type=FORM).json()
    admin = make_user(Role.ADMIN, name="admin")
    disable_user(by=admin, user=house.author)
    assert SidebarSignIn.objects.count() == 0
    house.author.refresh_from_db()
    enable_user(by=admin, user=house.author)
    bearer = {"Authorization": f"Bearer {told['access_token']}"}
    assert Client().get(f"{API}/search", headers=bearer).status_code == 401
    again = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    assert Client().post(f"{API}/token", urlencode(again), content_type=FORM).status_code == 400
