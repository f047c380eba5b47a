from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory

from monitor.web import outages
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from monitor.accounts.models import User


class State(Exception):
    """Stands in for psycopg's error, which carries the SQLSTATE."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def error_with(kind: type[Exception], sqlstate: str | None) -> Exception:
    error = kind("x")
    error.__cause__ = State(sqlstate)
    return error


@pytest.mark.parametrize(
    ("kind", "sqlstate", "wanted"),
    [
        (OperationalError, None, (outages.AWAY, 5)),
        (OperationalError, "57P01", (outages.AWAY, 5)),
        (OperationalError, "08006", (outages.AWAY, 5)),
        (InterfaceError, None, (outages.AWAY, 5)),
        (OperationalError, "57014", (outages.TOO_SLOW, 5)),
        (OperationalError, "55P03", (outages.BUSY, 1)),
        (OperationalError, "40P01", (outages.BUSY, 1)),
        (OperationalError, "40001", (outages.BUSY, 1)),
        (OperationalError, "53100", (outages.FULL, 60)),
        (InternalError, "25006", (outages.READ_ONLY, 30)),
        (InternalError, "XX000", None),
        (ProgrammingError, "42P01", (outages.UPDATING, 30)),
        (ProgrammingError, "42703", (outages.UPDATING, 30)),
        (ProgrammingError, "42601", None),
        (DatabaseError, None, None),
        (ValueError, None, None),
    ],
)
def test_errors_that_pass_are_told_from_those_that_do_not(
    kind: type[Exception], sqlstate: str | None, wanted: tuple[str, int] | None
) -> None:
    assert outages.outage_sentence(error_with(kind, sqlstate)) == wanted


def refuse(*args: object) -> None:
    raise OperationalError("the connection is closed")


def test_page_without_a_database_is_a_503_with_a_sentence(signed_in: Callable[[User | None], Client]) -> None:
    client = signed_in(make_user())
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert outages.AWAY in answer.content.decode()


def test_page_comes_back_when_the_database_does(signed_in: Callable[[User | None], Client]) -> None:
    client = signed_in(make_user())
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        client.get("/")
    assert client.get("/").status_code == 200


def test_api_without_a_database_answers_with_a_problem() -> None:
    answer = outages.unavailable(RequestFactory().get("/api/v1/articles/"), outages.AWAY, 5)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["detail"] == outages.AWAY


def handled(error: Exception, address: str = "/") -> tuple[int, str]:
    try:
        raise error  # noqa: TRY301 (server_error looks at what is being handled)
    except Exception:  # noqa: BLE001
        answer = outages.server_error(RequestFactory().get(address))
    return answer.status_code, answer.content.decode()


def test_error_outside_a_view_is_an_outage_too() -> None:
    status, page = handled(OperationalError("the session cannot be saved"))
    assert (status, outages.AWAY in page) == (503, True)


def test_other_errors_say_nothing_of_themselves() -> None:
    status, page = handled(ValueError("secret detail"))
    assert status == 500
    assert "Something went wrong here" in page
    assert "secret" not in page


def test_other_errors_bear_a_number_that_the_log_has(caplog: pytest.LogCaptureFixture) -> None:
    _, page = handled(ValueError("secret detail"), "/a%0aforged/")
    incident = re.findall(r"under <b class=\"num\">(\w{8})</b>", page)[0]
    assert caplog.messages == [f"incident {incident}: ValueError at '/a\\nforged/'"]


def test_plain_pages_need_no_stylesheets(settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = "/nonexistent"
    answer = outages.unavailable(RequestFactory().get("/"), "Gone & <back>.", 5)
    assert answer.content.decode() == "<!doctype html><title>Monitor</title><p>Gone &amp; &lt;back&gt;."


def test_other_errors_of_the_api_are_problems() -> None:
    status, body = handled(ValueError("secret detail"), "/api/v1/me")
    assert (status, json.loads(body)["title"]) == (500, "Internal error")


def test_error_in_a_view_is_a_plain_500(signed_in: Callable[[User | None], Client]) -> None:
    client = signed_in(make_user())
    client.raise_request_exception = False

    def break_down(*args: object) -> None:
        raise RuntimeError("secret detail")

    with connection.execute_wrapper(break_down):
        answer = client.get("/")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert answer["Content-Security-Policy"].count("'none'") == 4
