"""People x addresses x methods: every cell of SAFETY's matrix that is about accounts and teams (ASVS 8.1.1, 8.2.1).

`in` means sent to sign-in, `ok` a change that leads on (302), a number is the status. The table must name every
address of account_urls and people_urls with both methods, or `test_every_address_is_in_the_table` fails.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from monitor.accounts.models import Invitation, Membership, Team, User
from monitor.accounts.tokens import create_token
from monitor.web import account_urls, people_urls
from tests.factories import PASSWORD
from tests.web_accounts.stage import ANYBODY, PEOPLE, Stage, set_stage

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db

# columns:                          anonymous disabled reader member head outsider curator admin
TABLE = """
account                        GET  in   in   200  200  200  200  200  200
account                        POST in   in   ok   ok   ok   ok   ok   ok
address                        GET  in   in   ask  ask  ask  ask  ask  ask
address                        POST in   in   ask  ask  ask  ask  ask  ask
mails                          GET  in   in   405  405  405  405  405  405
mails                          POST in   in   ok   ok   ok   ok   ok   ok
keys                           GET  in   in   200  200  200  200  200  200
keys                           POST in   in   ok   ok   ok   ok   ok   ok
tokens                         GET  in   in   200  200  200  200  200  200
tokens                         POST in   in   405  405  405  405  405  405
new-token                      GET  in   in   ask  ask  ask  ask  ask  ask
new-token                      POST in   in   ask  ask  ask  ask  ask  ask
revoke-token                   GET  in   in   405  405  405  405  405  405
revoke-token                   POST in   in   404  404  404  404  404  ok
account_login                  GET  200  200  ok   ok   ok   ok   ok   ok
account_login                  POST ok   ok   ok   ok   ok   ok   ok   ok
account_logout                 GET  in   in   200  200  200  200  200  200
account_logout                 POST in   in   in   in   in   in   in   in
account_reauthenticate         GET  in   in   200  200  200  200  200  200
account_reauthenticate         POST in   in   ok   ok   ok   ok   ok   ok
account_change_password        GET  in   in   200  200  200  200  200  200
account_change_password        POST in   in   ok   ok   ok   ok   ok   ok
account_reset_password         GET  200  200  200  200  200  200  200  200
account_reset_password         POST 200  200  200  200  200  200  200  200
account_reset_password_done    GET  200  200  200  200  200  200  200  200
account_reset_password_done    POST 405  405  405  405  405  405  405  405
account_reset_password_from_key_done GET  200 200 200 200 200 200 200 200
account_reset_password_from_key_done POST 405 405 405 405 405 405 405 405
account_reset_password_from_key GET 200  200  200  200  200  200  200  200
account_reset_password_from_key POST 200 200  200  200  200  200  200  200
accept_invitation              GET  200  200  200  200  200  200  200  200
accept_invitation              POST ok   ok   409  409  409  409  409  409
people                         GET  in   in   403  403  403  403  403  200
people                         POST in   in   405  405  405  405  405  405
record                         GET  in   in   403  403  403  403  403  200
record                         POST in   in   405  405  405  405  405  405
invite                         GET  in   in   405  405  405  405  405  405
invite                         POST in   in   403  403  403  403  403  200
withdraw_invitation            GET  in   in   405  405  405  405  405  405
withdraw_invitation            POST in   in   403  403  403  403  403  ok
person                         GET  in   in   404  404  404  404  404  200
person                         POST in   in   405  405  405  405  405  405
set_role                       GET  in   in   405  405  405  405  405  405
set_role                       POST in   in   404  404  404  404  404  ok
disable_person                 GET  in   in   405  405  405  405  405  405
disable_person                 POST in   in   404  404  404  404  404  ok
enable_person                  GET  in   in   405  405  405  405  405  405
enable_person                  POST in   in   404  404  404  404  404  ok
teams                          GET  in   in   200  200  200  200  200  200
teams                          POST in   in   403  403  403  403  403  ok
team                           GET  in   in   404  200  200  404  404  200
team                           POST in   in   405  405  405  405  405  405
rename_team                    GET  in   in   405  405  405  405  405  405
rename_team                    POST in   in   404  403  ok   404  404  ok
leave_team                     GET  in   in   405  405  405  405  405  405
leave_team                     POST in   in   404  ok   ok   404  404  404
add_member                     GET  in   in   405  405  405  405  405  405
add_member                     POST in   in   404  403  ok   404  404  ok
remove_member                  GET  in   in   405  405  405  405  405  405
remove_member                  POST in   in   404  403  ok   404  404  ok
set_team_admin                 GET  in   in   405  405  405  405  405  405
set_team_admin                 POST in   in   404  403  ok   404  404  ok
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = {(name, method): dict(zip(PEOPLE, cells, strict=True)) for name, method, *cells in ROWS}


def address_of(name: str, stage: Stage) -> str:
    people = {"set_role", "disable_person", "enable_person", "person"}
    teams = {"team", "rename_team", "leave_team", "add_member"}
    members = {"remove_member", "set_team_admin"}
    args: list[Any] = []
    if name in people:
        args = [stage.other.pk]
    elif name in teams | members:
        args = [stage.team.pk] + [stage.other.pk] * (name in members)
    elif name == "withdraw_invitation":
        args = [stage.invitation.pk]
    elif name == "revoke-token":
        args = [create_token(user=stage.other, name="Theirs").row.uid]
    elif name == "accept_invitation":
        args = [stage.token]
    elif name == "account_reset_password_from_key":
        args = ["1", "set-password"]
    return reverse(name, args=args)


SENT: dict[str, dict[str, str]] = {
    "account": {"name": "New Name"},
    "address": {"email": "new@example.org"},
    "new-token": {"name": "Laptop", "scope": "read", "days": "9"},
    "account_login": {"login": "other", "password": PASSWORD},
    "account_reauthenticate": {"password": PASSWORD},
    "account_change_password": {
        "oldpassword": PASSWORD,
        "password1": "a louder harbour",
        "password2": "a louder harbour",
    },
    "account_reset_password": {"email": "other@example.org"},
    "account_reset_password_from_key": {"password1": "a louder harbour", "password2": "a louder harbour"},
    "accept_invitation": {"username": "guest", "password": "a louder harbour", "again": "a louder harbour"},
    "invite": {"role": "admin"},
    "set_role": {"role": "admin"},
    "teams": {"name": "Mine now"},
    "rename_team": {"name": "Mine now"},
    "add_member": {"username": "outsider"},
    "set_team_admin": {"is_team_admin": "on"},
}


def ask(client: Client, name: str, method: str, stage: Stage) -> HttpResponse:
    address = address_of(name, stage)
    answer: Any = client.get(address) if method == "GET" else client.post(address, SENT.get(name, {}))
    return answer  # type: ignore[no-any-return]


def outcome(answer: HttpResponse) -> str:
    if answer.status_code != 302:
        return str(answer.status_code)
    if answer.headers["Location"].startswith("/account/login/"):
        return "in"
    return "ask" if answer.headers["Location"].startswith("/account/reauthenticate/") else "ok"


def body(answer: Any) -> str:
    """Return a page without what differs at every request: the form token and the number that was asked for."""
    page = re.sub(r'(value="|X-CSRFToken": ")[0-9A-Za-z]{64}', r"\1", answer.content.decode())
    return re.sub(r"/(people|teams)/\d+/", r"/\1/", page)


def tables() -> list[list[dict[str, Any]]]:
    """Return everything in the tables of people but the time of the last sign-in."""
    models: list[type[Model]] = [User, Team, Membership, Invitation]
    rows: list[list[dict[str, Any]]] = [list(model._default_manager.order_by("pk").values()) for model in models]
    for user in rows[0]:
        del user["last_login"]
    return rows


def test_every_address_is_in_the_table() -> None:
    names = {str(pattern.name) for pattern in [*account_urls.urlpatterns, *people_urls.urlpatterns]}

    assert set(CELLS) == {(name, method) for name in names for method in ("GET", "POST")}


@pytest.mark.parametrize(("name", "method"), CELLS, ids=str)
def test_asvs_8_1_1_each_person_gets_what_the_table_says(name: str, method: str) -> None:
    stage = set_stage()
    cache.clear()
    found = {}
    for person in PEOPLE:
        savepoint = transaction.savepoint()
        before = tables()
        answer = ask(stage.browser_of(person), name, method, stage)
        found[person] = outcome(answer)
        if method == "GET" or found[person] not in {"ok", "200"}:
            assert tables() == before, f"{person} changed something"
        transaction.savepoint_rollback(savepoint)

    assert found == CELLS[name, method]


@pytest.mark.parametrize("name", sorted({name for name, method in CELLS if CELLS[name, "POST"]["admin"] != "405"}))
def test_asvs_3_5_1_every_change_needs_the_token_of_its_page(name: str) -> None:
    stage = set_stage()
    for person in (ANYBODY, "head", "admin"):
        before = tables()

        answer = ask(stage.browser_of(person, enforce_csrf_checks=True), name, "POST", stage)

        assert answer.status_code == 403
        assert tables() == before


@pytest.mark.parametrize("person", [person for person in PEOPLE if person not in {ANYBODY, "disabled"}])
def test_asvs_8_2_3_nobody_changes_their_own_role_or_access(person: str) -> None:
    stage = set_stage()
    client, own = stage.browser_of(person), stage.users[person]
    before = tables()

    answers = [
        client.post(reverse("set_role", args=[own.pk]), {"role": "admin"}),
        client.post(reverse("disable_person", args=[own.pk])),
        client.post(reverse("enable_person", args=[own.pk])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert tables() == before


@pytest.mark.parametrize("person", ["reader", "outsider", "curator"])
def test_asvs_8_2_2_a_hidden_team_reads_like_one_that_does_not_exist(person: str) -> None:
    stage = set_stage()
    client = stage.browser_of(person)
    hidden = client.get(reverse("team", args=[stage.team.pk]))
    absent = client.get(reverse("team", args=[stage.team.pk + 1000]))

    assert hidden.status_code == absent.status_code == 404
    assert body(hidden) == body(absent)
    assert b"River desk" not in client.get("/teams/").content


def test_asvs_8_2_2_somebody_hidden_reads_like_somebody_who_does_not_exist() -> None:
    stage = set_stage()
    client = stage.browser_of("curator")

    hidden = client.post(reverse("set_role", args=[stage.other.pk]), {"role": "reader"})
    absent = client.post(reverse("set_role", args=[stage.other.pk + 1000]), {"role": "reader"})

    assert hidden.status_code == absent.status_code == 404
    assert body(hidden) == body(absent)


@pytest.mark.parametrize("pk", [0, 2**31, 2**63 - 1, 2**63, 10**30])
def test_numbers_nobody_has_are_not_found(pk: int) -> None:
    client = set_stage().browser_of("admin")

    assert client.get(f"/people/{pk}/").status_code == 404
    assert client.get(f"/teams/{pk}/").status_code == 404
    assert client.post(f"/people/invitations/{pk}/withdraw/").status_code == 404


@pytest.mark.parametrize("field", ["role", "is_staff", "is_superuser", "is_active", "username", "uid", "email"])
def test_asvs_15_3_3_fields_nobody_asked_for_change_nothing(field: str) -> None:
    stage = set_stage()
    client, own = stage.browser_of("reader"), stage.users["reader"]
    before = User.objects.filter(pk=own.pk).values().get()

    client.post("/account/", {"name": before["name"], field: "admin"})

    after = User.objects.filter(pk=own.pk).values().get()
    assert {**after, "last_login": None} == {**before, "last_login": None}
