"""With a token a program is its owner, for as long as token and account are good; with a cookie a person is themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from monitor.accounts.actions import disable_user, enable_user, set_password
from monitor.accounts.token_models import Token
from monitor.accounts.tokens import create_token, revoke_token
from monitor.annotations.models import Annotation
from tests.api.stage import API, ask, program, set_stage
from tests.factories import make_article, make_user
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from pytest_django import Settings

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
ME = API + "me/"


@pytest.fixture
def hedda() -> User:
    return make_user("analyst", name="hedda")


def bearer(told: str) -> Client:
    return Client(headers={"Authorization": told})


def test_program_is_its_owner(hedda: User) -> None:
    new = create_token(user=hedda, name="Laptop", scope="read", days=7)
    told = bearer(f"Bearer {new.secret}").get(ME).json()
    assert told["username"] == "hedda"
    assert (told["token"]["name"], told["token"]["scope"]) == ("Laptop", "read")
    assert new.secret.startswith("mon_")
    assert len(new.secret) == 68
    assert new.secret not in str(list(Token.objects.values()))


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_scheme_is_read_in_any_case(hedda: User, scheme: str) -> None:
    assert bearer(f"{scheme} {create_token(user=hedda, name='x').secret}").get(ME).status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer mon_" + "0" * 64,
        "Bearer \xff\xfe",
        "Bearer é",
        "Bearer " + "a" * 256,
        "Bearer %00",
        "Bearer a\x7f",
        "bearer mon_\u00a0",
    ],
)
def test_token_that_is_none_is_told_so(hedda: User, told: str) -> None:
    answer = bearer(told).get(ME)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_bytes_that_are_no_text_are_no_token() -> None:
    answer = Client().get(ME, HTTP_AUTHORIZATION=b"Bearer \xff\xfe\x80".decode("latin-1"))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_wrong_token_is_not_made_good_by_a_cookie(hedda: User) -> None:
    client = bearer("Bearer wrong")
    client.force_login(hedda)
    assert client.get(ME).status_code == 401


def test_other_scheme_is_left_to_whom_it_is_for(hedda: User) -> None:
    client = bearer("Basic aGVkZGE6eA==")
    assert client.get(ME).status_code == 401
    client.force_login(hedda)
    assert client.get(ME).status_code == 200


def test_token_ends_with_its_day_its_account_and_its_password(hedda: User) -> None:
    admin, client = make_user("admin"), program(hedda)
    assert client.get(ME).status_code == 200
    Token.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert client.get(ME).status_code == 401
    Token.objects.update(expiry=timezone.now() + timedelta(days=1))
    type(hedda).objects.filter(pk=hedda.pk).update(is_active=False)
    assert client.get(ME).status_code == 401
    type(hedda).objects.filter(pk=hedda.pk).update(is_active=True)
    assert client.get(ME).status_code == 200
    disable_user(by=admin, user=hedda)
    enable_user(by=admin, user=hedda)
    assert client.get(ME).status_code == 401
    client = program(hedda)
    set_password(user=hedda, password="a louder harbour")
    assert client.get(ME).status_code == 401
    client = program(hedda)
    revoke_token(token=Token.objects.get(), by=hedda)
    assert client.get(ME).status_code == 401


def test_hashing_a_password_anew_ends_no_token(hedda: User, settings: Settings) -> None:
    client = program(hedda)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    before = hedda.password
    assert hedda.check_password("a quiet harbour")
    hedda.refresh_from_db()
    assert hedda.password != before
    assert client.get(ME).status_code == 200


def test_use_is_noted_to_the_minute(hedda: User) -> None:
    client = program(hedda)
    client.get(ME)
    first = Token.objects.get().last_used
    client.get(ME)
    assert first is not None
    assert Token.objects.get().last_used == first
    Token.objects.update(last_used=first - timedelta(minutes=2))
    client.get(ME)
    again = Token.objects.get().last_used
    assert again is not None
    assert again >= first


def test_use_costs_three_statements_before_the_answer(hedda: User) -> None:
    """Token with its owner, the count of requests, one's teams."""
    for _ in range(3):
        create_token(user=hedda, name="Another")
    assert queries_for(program(hedda), ME) == 3


def test_cookie_needs_its_token_for_what_changes_something(hedda: User) -> None:
    client, sent = Client(enforce_csrf_checks=True), {"article": make_article().pk, "comment": "a"}
    client.force_login(hedda)
    assert ask(client, "GET", "annotations/").status_code == 200
    barred = ask(client, "POST", "annotations/", sent)
    assert (barred.status_code, barred["Content-Type"]) == (403, "application/problem+json")
    assert Annotation._default_manager.count() == 0
    client.get("/account/")
    token = client.cookies["csrftoken"].value
    assert ask(client, "POST", "annotations/", sent, X_CSRFToken=token).status_code == 201
    assert ask(program(hedda, enforce_csrf_checks=True), "POST", "annotations/", sent).status_code == 201


def test_visitors_may_read_texts_and_nothing_of_people(settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    stage = set_stage()
    for name in ("annotations/", "tags/", "teams/", "saved-searches/", "me/", "me/tokens/"):
        assert Client().get(API + name).status_code == 401
    assert Client().get(f"{API}articles/{stage.house.article.pk}/annotations/").status_code == 401
    assert Client().get(f"{API}articles/{stage.house.article.pk}/text").status_code == 200


def test_rate_is_counted_for_each_token(hedda: User, settings: Settings) -> None:
    settings.API_PER_MINUTE = 2
    one, other = program(hedda), program(hedda)
    assert [one.get(ME)["RateLimit"].partition(";t=")[0] for _ in range(2)] == ['"api";r=1', '"api";r=0']
    over = one.get(ME)
    assert (over.status_code, over["RateLimit-Policy"]) == (429, '"api";q=2;w=60')
    assert over["RateLimit"].startswith('"api";r=0;t=')
    assert 1 <= int(over["Retry-After"]) <= 60
    assert over.json()["type"] == "urn:monitor:problem:throttled"
    assert other.get(ME).status_code == 200


def test_history_names_the_owner_of_the_token(hedda: User) -> None:
    stage = set_stage()
    ask(program(hedda), "POST", "annotations/", stage.new_mark())
    event = Annotation.pgh_event_model.objects.select_related("pgh_context").get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["user"] == hedda.pk


def test_reading_goes_on_where_the_database_only_reads(transactional_db: None) -> None:
    client = program(make_user("analyst"))
    with connection.cursor() as cursor:
        cursor.execute("set session characteristics as transaction read only")
    try:
        answer = client.get(ME)
        assert (answer.status_code, answer["RateLimit"]) == (200, '"api";r=599;t=60')
        assert ask(client, "POST", "tags/", {"name": "weir"}).status_code == 503
    finally:
        with connection.cursor() as cursor:
            cursor.execute("set session characteristics as transaction read write")
