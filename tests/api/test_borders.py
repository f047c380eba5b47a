"""What holds for all answers to programs: which other sites may ask, and that no error is a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.api.stage import API, program
from tests.factories import make_user

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
ME = API + "me/"
TOOLS, OTHER = "https://tools.example", "https://other.example"
ASKED = {"Origin": TOOLS, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture
def _listed(settings: Settings) -> None:
    settings.CORS_ORIGINS = [TOOLS]


@pytest.mark.parametrize("address", [ME, "/anno/", "/hypothesis/api/"])
@pytest.mark.usefixtures("_listed")
def test_listed_site_may_ask_before_anybody_is_asked_who_they_are(address: str) -> None:
    answer = Client().options(address, headers=ASKED)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == TOOLS
    assert "PATCH" in answer["Access-Control-Allow-Methods"]
    assert {"Authorization", "If-Match", "Idempotency-Key"} <= set(answer["Access-Control-Allow-Headers"].split(", "))
    assert "Origin" in answer["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.usefixtures("_listed")
def test_listed_site_reads_answers_and_refusals_and_headers() -> None:
    client = program(make_user("analyst"))
    for answer in (client.get(ME, headers={"Origin": TOOLS}), Client().get(ME, headers={"Origin": TOOLS})):
        assert answer["Access-Control-Allow-Origin"] == TOOLS
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert {"ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After"} <= set(
            answer["Access-Control-Expose-Headers"].split(", ")
        )
        assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("origin", [OTHER, "null", "http://tools.example", "https://tools.example.evil.example", ""])
@pytest.mark.usefixtures("_listed")
def test_other_sites_may_not(origin: str) -> None:
    answer = program(make_user("analyst")).get(ME, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer
    assert "Origin" in answer["Vary"]
    assert Client().options(ME, headers={**ASKED, "Origin": origin}).status_code == 401


def test_nobody_may_where_no_site_is_listed() -> None:
    assert Client().options(ME, headers=ASKED).status_code == 401
    assert "Access-Control-Allow-Origin" not in Client().get(ME, headers={"Origin": "*"})


@pytest.mark.usefixtures("_listed")
def test_pages_are_for_no_other_site() -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/account/login/", headers={"Origin": TOOLS})


@pytest.mark.parametrize("address", [ME, "/anno/", "/hypothesis/api/"])
def test_unknown_host_is_told_without_a_page(address: str) -> None:
    answer = Client().get(address, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"] in {"application/problem+json", "application/json"}


@pytest.mark.parametrize("address", [API + "nothing/", ME, "/anno/nothing/", "/hypothesis/api/nothing"])
def test_no_error_is_a_page_while_debugging_either(address: str, settings: Settings) -> None:
    settings.DEBUG = True
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code in {401, 404}
    assert not answer["Content-Type"].startswith("text/html")
