"""A session brings its person along; whom it does not prove is nobody, whatever its row says."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as SessionWithoutPerson
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitor.accounts.models import User
from monitor.accounts.session_models import Session
from monitor.accounts.sessions import end_sessions
from monitor.web.known_people import proven
from monitor.web.session_store import SessionStore
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_let_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_names_who_signed_in() -> None:
    user = make_user()
    assert Session.objects.get(pk=key_of(signed_in(user))).person == user


def test_a_session_and_its_person_are_one_query() -> None:
    user = make_user(name="Åsa Ødegård", own_keys={"note": "m"})
    store = SessionStore(key_of(signed_in(user)))
    with CaptureQueriesContext(connection) as caught:
        asking = proven(store)
    assert len(caught) == 1
    assert asking == user
    fields = [field.attname for field in User._meta.concrete_fields]
    user.refresh_from_db()
    assert [getattr(asking, name) for name in fields] == [getattr(user, name) for name in fields]


def test_a_visitor_has_a_session_of_nobody() -> None:
    store = SessionStore()
    store["seen"] = "yes"
    store.save()
    again = SessionStore(store.session_key)
    assert again["seen"] == "yes"
    assert again.person is None
    assert proven(again) is None
    assert Session.objects.get(pk=store.session_key).person is None


def test_what_one_request_makes_of_it_is_not_what_the_next_one_reads() -> None:
    store = SessionStore()
    store["pages"] = ["shelf"]
    store.save()
    SessionStore(store.session_key)["pages"].append("search")
    assert SessionStore(store.session_key)["pages"] == ["shelf"]


def test_what_was_signed_with_another_key_is_empty(settings: Any) -> None:
    key = key_of(signed_in(make_user()))
    assert proven(SessionStore(key)) is not None
    settings.SECRET_KEY = "another key than that with which it was signed"
    assert proven(SessionStore(key)) is None
    assert dict(SessionStore(key).items()) == {}


@pytest.mark.django_db(transaction=True)
def test_it_is_read_through_a_new_connection_as_through_the_old_one() -> None:
    user = make_user()
    key = key_of(signed_in(user))
    assert proven(SessionStore(key)) == user
    connection.close()
    assert proven(SessionStore(key)) == user
    assert proven(SessionStore(key)) == user


@pytest.mark.parametrize(
    "key", [None, "", "unknown", "x" * 500, "nul\0byte", "%s", "'; drop table monitor_session; --"]
)
def test_a_key_that_none_has_is_nobody(key: str | None) -> None:
    store = SessionStore(key)
    assert proven(store) is None
    assert store.session_key is None


def test_a_session_that_has_run_out_is_nobody() -> None:
    client = signed_in(make_user())
    assert is_let_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_let_in(client)


def disable(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("another long one")
    user.save()


def delete(user: User) -> None:
    user.delete()


def end(user: User) -> None:
    end_sessions(user)


def belie(user: User) -> None:
    """Name another person in the row than in the signed data."""
    Session.objects.update(person=make_user(name="impostor"))


@pytest.mark.parametrize("what", [disable, change_password, delete, end])
def test_one_whom_the_session_does_not_prove_is_not_let_in(what: Callable[[User], None]) -> None:
    user = make_user()
    client = signed_in(user)
    assert is_let_in(client)
    what(user)
    assert not is_let_in(client)


def test_the_signed_data_decides_who_somebody_is() -> None:
    user = make_user(name="ines")
    client = signed_in(user)
    belie(user)
    assert proven(SessionStore(key_of(client))) is None
    assert client.get("/account/").wsgi_request.user == user


@pytest.mark.parametrize("missing", [HASH_SESSION_KEY, SESSION_KEY])
def test_a_session_without_proof_is_nobody(missing: str) -> None:
    client = signed_in(make_user())
    store = SessionStore(key_of(client))
    del store[missing]
    store.save()
    assert not is_let_in(client)


def test_another_back_end_is_nobody() -> None:
    client = signed_in(make_user())
    store = SessionStore(key_of(client))
    store["_auth_user_backend"] = "somewhere.else.Backend"
    store.save()
    assert not is_let_in(client)


def test_signing_in_renews_the_key_and_names_the_person() -> None:
    user = make_user()
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["before"] = "kept"
    session.save()
    old = session.session_key
    answer = client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert key_of(client) != old
    assert not Session.objects.filter(pk=old).exists()
    assert Session.objects.get(pk=key_of(client)).person == user


def test_ending_sessions_ends_those_of_one_person_only() -> None:
    ines, omar = make_user(name="ines"), make_user(name="omar")
    hers, other, his = signed_in(ines), signed_in(ines), signed_in(omar)
    assert end_sessions(ines) == 2
    assert [is_let_in(client) for client in (hers, other, his)] == [False, False, True]


def test_sessions_of_an_earlier_release_stay_signed_in() -> None:
    user = make_user()
    client = signed_in(user)
    kept = Session.objects.get()
    rows = {"session_data": kept.session_data, "expire_date": kept.expire_date}
    SessionWithoutPerson.objects.create(session_key=kept.pk, **rows)
    SessionWithoutPerson.objects.create(session_key="of another key", session_data="x:y:z", expire_date=timezone.now())
    Session.objects.all().delete()
    assert not is_let_in(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = kept.pk
    import_module("monitor.migrations.0018_sessions_name_their_person").move_sessions(apps, None)
    assert is_let_in(client)
    assert Session.objects.get().person == user
    assert not SessionWithoutPerson.objects.exists()
