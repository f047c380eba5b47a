"""While the site is read-only everything that would change something is refused with a sentence, and reading goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory

from monitor.accounts.audit_models import AuditEntry
from monitor.accounts.models import Role, User
from monitor.web.outages import READ_ONLY
from monitor.web.read_only import ReadOnlyMiddleware
from tests.factories import PASSWORD, make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_only(settings: Settings) -> None:
    settings.READ_ONLY = True


def test_middleware_is_not_there_unless_asked_for() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReadOnlyMiddleware(lambda request: HttpResponse())


@pytest.mark.usefixtures("read_only")
def test_reading_goes_on(signed_in: Callable[[User | None], Client]) -> None:
    article = make_issue().articles.all()[0]
    client = signed_in(make_user())

    for address in ("/", f"/articles/{article.pk}/{article.slug}/", "/search/?q=lamps", "/healthz", "/account/"):
        assert client.get(address).status_code == 200, address
    assert client.head("/").status_code == 200


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_takes_a_change(method: str, signed_in: Callable[[User | None], Client]) -> None:
    client = signed_in(make_user(Role.ADMIN, name="admin"))
    for address in ("/account/", "/annotations/", "/people/record/", "/ingest/", "/nowhere/"):
        answer: Any = getattr(client, method)(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert READ_ONLY in answer.content.decode()
        assert "'none'" in answer["Content-Security-Policy"]
    for address in ("/api/v1/annotations/", "/anno/", "/hypothesis/api/annotations"):
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert json.loads(answer.content)["detail"] == READ_ONLY


@pytest.mark.usefixtures("read_only")
def test_nobody_signs_in_anew() -> None:
    make_user(name="hedda")
    client = Client()
    answer = client.post("/account/login/", {"login": "hedda", "password": PASSWORD})

    assert answer.status_code == 503
    assert client.cookies.get("sessionid") is None
    assert AuditEntry.objects.count() == 0


@pytest.mark.usefixtures("read_only")
def test_readyz_misses_no_worker_and_says_so() -> None:
    answer = Client().get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ready, read-only\n")


@pytest.mark.usefixtures("read_only")
def test_worker_does_no_jobs() -> None:
    with pytest.raises(CommandError, match="read-only"):
        call_command("worker")


@pytest.mark.usefixtures("read_only")
def test_unknown_methods_are_changes() -> None:
    middleware = ReadOnlyMiddleware(lambda request: HttpResponse("read"))

    assert middleware(RequestFactory().generic("PURGE", "/")).status_code == 503
    assert middleware(RequestFactory().options("/")).content == b"read"
