"""Errors of the REST API, on the site and by the function that puts them into words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404
from rest_framework import exceptions

from monitor.api.problems import NOT_HERE, problem, problem_response
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (Http404("article 7"), ("not-found", "Not Found", 404, NOT_HERE)),
        (exceptions.NotFound("article 7"), ("not-found", "Not Found", 404, NOT_HERE)),
        (PermissionDenied("Not yours."), ("permission-denied", "Forbidden", 403, "Not yours.")),
        (exceptions.NotAuthenticated("Who?"), ("not-authenticated", "Unauthorized", 401, "Who?")),
        (
            exceptions.MethodNotAllowed("PUT"),
            ("method-not-allowed", "Method Not Allowed", 405, 'Method "PUT" not allowed.'),
        ),
        (exceptions.ParseError("No."), ("parse-error", "Bad Request", 400, "No.")),
    ],
)
def test_error_is_told_as_a_problem(error: Exception, wanted: tuple[str, str, int, str]) -> None:
    answer = problem_response(error, {})
    assert answer is not None
    assert answer["Content-Type"] == "application/problem+json"
    code, title, status, detail = wanted
    told = {"type": f"urn:monitor:problem:{code}", "title": title, "status": status, "detail": detail}
    assert (answer.status_code, json.loads(answer.content)) == (status, told)


def test_throttled_says_how_long_to_wait() -> None:
    answer = problem_response(exceptions.Throttled(wait=12.4), {})
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (429, "13")


def test_complaints_about_fields_have_pointers() -> None:
    error = exceptions.ValidationError(
        {"title": ["Too long."], "spans": [{}, {"a/b~c": ["Not a number."]}], "all": ["One.", "Two."]}
    )
    assert problem(error)["errors"] == [
        {"pointer": "/title", "code": "invalid", "message": "Too long."},
        {"pointer": "/spans/1/a~1b~0c", "code": "invalid", "message": "Not a number."},
        {"pointer": "/all", "code": "invalid", "message": "One."},
        {"pointer": "/all", "code": "invalid", "message": "Two."},
    ]
    assert problem(error)["type"] == "urn:monitor:problem:invalid"


def test_error_that_nobody_foresaw_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    answer = problem_response(ZeroDivisionError("the secret"), {})
    assert answer is not None
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.content)["type"] == "urn:monitor:problem:internal"
    assert b"secret" not in answer.content
    assert "the secret" in caplog.text


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError(), InternalError()])
def test_database_that_is_away_is_left_to_the_site(error: Exception) -> None:
    assert problem_response(error, {}) is None


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v2/articles/", "/api/v1/articles/x/text"]
)
def test_address_that_is_none_never_answers_html(address: str, signed_in: SignIn) -> None:
    unknown = signed_in(None).get(address)
    assert (unknown.status_code, unknown["Content-Type"]) == (401, "application/problem+json")
    assert unknown["WWW-Authenticate"] == "Bearer"
    known = signed_in(make_user()).get(address)
    assert (known.status_code, known["Content-Type"]) == (404, "application/problem+json")
    assert known.json()["detail"] == NOT_HERE
