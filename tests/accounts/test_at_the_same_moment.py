"""Two people doing the same thing at once: real connections, real locks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from monitor.accounts.actions import change_role, create_user, disable_user, ensure_first_admin
from monitor.accounts.invitations import accept_invitation, invite
from monitor.accounts.models import Role, User
from monitor.accounts.refusals import InvitationClosed, NameTaken, NotAllowed
from monitor.accounts.sign_in_limits import count_try
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all on connections of their own, started together; an error is an answer like any other."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            start.wait()
            return work()
        except Exception as error:  # noqa: BLE001
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_administrators_who_demote_each_other_leave_one() -> None:
    one, two = make_user(Role.ADMIN), make_user(Role.ADMIN)

    answers = at_once(
        lambda: change_role(by=one, user=two, role=Role.READER),
        lambda: disable_user(by=two, user=one),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["NotAllowed", "User"]
    assert any(isinstance(answer, NotAllowed) for answer in answers)
    assert User.objects.filter(role=Role.ADMIN, is_active=True).count() == 1


def test_an_invitation_opened_twice_at_once_makes_one_account() -> None:
    token = invite(by=make_user(Role.ADMIN), role=Role.READER).token

    answers = at_once(
        *(
            lambda n=n: accept_invitation(token=token, username=f"guest{n}", name="", password=PASSWORD)
            for n in range(4)
        )
    )

    assert sum(isinstance(answer, User) for answer in answers) == 1
    assert sum(isinstance(answer, InvitationClosed) for answer in answers) == 3
    assert User.objects.filter(username__startswith="guest").count() == 1


def test_one_name_asked_for_at_once_is_given_once() -> None:
    answers = at_once(*(lambda: create_user(username="hedda", role=Role.READER) for _ in range(4)))

    assert sum(isinstance(answer, User) for answer in answers) == 1
    assert sum(isinstance(answer, NameTaken) for answer in answers) == 3


def test_servers_starting_at_once_make_one_administrator(tmp_path: Path) -> None:
    answers = at_once(*(lambda: ensure_first_admin(tmp_path) for _ in range(4)))

    password = next(answer for answer in answers if answer)
    assert sorted(map(type, answers), key=str) == sorted([str, *[type(None)] * 3], key=str)
    assert User.objects.get().check_password(str(password))
    assert (tmp_path / "first-password").read_text() == f"{password}\n"


def test_asvs_6_3_1_tries_made_at_once_are_all_counted() -> None:
    cache.clear()
    make_user(Role.READER, name="hedda")

    allowed = at_once(
        *(
            lambda n=n: bool(count_try(RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{n}"), "hedda"))
            for n in range(14)
        )
    )

    # A count that cannot be taken within a second is a refusal, so on a busy machine there may be fewer.
    assert set(map(type, allowed)) == {bool}
    assert 1 <= allowed.count(True) <= 10
