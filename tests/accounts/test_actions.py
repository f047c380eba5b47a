"""Making, changing and disabling accounts."""

from __future__ import annotations

import logging
import stat
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from monitor.accounts.actions import (
    change_address,
    change_name,
    change_role,
    create_user,
    disable_user,
    enable_user,
    ensure_first_admin,
)
from monitor.accounts.invitations import invite
from monitor.accounts.models import Invitation, Role, User
from monitor.accounts.refusals import AddressTaken, NameTaken, NotAllowed, NotUsable, OwnAccount, WeakPassword
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db


def test_create_user_makes_an_account_that_can_sign_in() -> None:
    user = create_user(
        username=" hedda ", role=Role.ANALYST, password=PASSWORD, name=" Hedda Marlow ", email="Hedda@EXAMPLE.org"
    )

    user.refresh_from_db()
    assert (user.username, user.name, user.email) == ("hedda", "Hedda Marlow", "Hedda@example.org")
    assert (user.role, user.is_active, user.is_staff, user.is_superuser) == ("analyst", True, False, False)
    assert user.check_password(PASSWORD)


def test_asvs_11_4_2_no_password_is_kept_as_written() -> None:
    user = create_user(username="hedda", role=Role.READER, password=PASSWORD)

    assert PASSWORD not in user.password


def test_create_user_without_a_password_cannot_sign_in() -> None:
    assert create_user(username="hedda", role=Role.READER).has_usable_password() is False


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("username", {"username": ""}),
        ("username", {"username": "a b"}),
        ("username", {"username": "<script>"}),
        ("username", {"username": "hedda@example.org"}),
        ("username", {"username": "x" * 151}),
        ("username", {"username": "a\x00b"}),
        ("name", {"name": "two\nlines"}),
        ("name", {"name": "turned \u202e round"}),
        ("name", {"name": "nothing\x00"}),
        ("name", {"name": "x" * 151}),
        ("email", {"email": "no address"}),
        ("email", {"email": "a@b\nBcc: c@d.org"}),
        ("email", {"email": "x" * 250 + "@example.org"}),
    ],
)
def test_create_user_refuses_what_the_validators_refuse(field: str, given: dict[str, Any]) -> None:
    with pytest.raises(NotUsable) as refusal:
        create_user(**({"username": "hedda"} | given), role=Role.READER, password=PASSWORD)

    assert refusal.value.field == field
    assert str(refusal.value)
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "password", ["short", "123456789", "password123", "9876543210", "hedda-marlow", "hedda@example.org"]
)
def test_asvs_6_2_1_create_user_refuses_weak_passwords(password: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        create_user(
            username="hedda", role=Role.READER, password=password, name="Hedda Marlow", email="hedda@example.org"
        )

    assert refusal.value.field == "password"
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "password", ["a quiet harbour", "ŝèçřéŧ lamp post", "x" * 9 + " ", "夜明け前の川の灯りを見る人"]
)
def test_asvs_6_2_5_any_characters_and_blanks_make_a_password(password: str) -> None:
    assert create_user(username="hedda", role=Role.READER, password=password).check_password(password)


def test_create_user_refuses_a_name_taken_in_any_case() -> None:
    make_user(Role.READER, name="Hedda")

    with pytest.raises(NameTaken):
        create_user(username="hEDDA", role=Role.READER)


def test_create_user_refuses_an_address_taken_in_any_case() -> None:
    make_user(Role.READER, name="other", email="Hedda@example.org")

    with pytest.raises(AddressTaken):
        create_user(username="email", role=Role.READER, email="hedda@EXAMPLE.org")


def test_create_user_tells_a_taken_name_from_a_taken_address() -> None:
    make_user(Role.READER, name="email", email="a@example.org")

    with pytest.raises(NameTaken):
        create_user(username="email", role=Role.READER, email="b@example.org")


def test_many_accounts_may_have_no_address() -> None:
    create_user(username="one", role=Role.READER)
    create_user(username="two", role=Role.READER)

    assert User.objects.filter(email="").count() == 2


def test_ensure_first_admin_makes_one_and_keeps_the_password_secret(tmp_path: Path) -> None:
    password = ensure_first_admin(tmp_path)

    kept = tmp_path / "first-password"
    admin = User.objects.get()
    assert password is not None
    assert (admin.username, admin.role, admin.check_password(password)) == ("admin", "admin", True)
    assert kept.read_text() == password + "\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_asvs_6_3_2_ensure_first_admin_leaves_a_site_with_people_alone(tmp_path: Path) -> None:
    make_user(Role.READER, is_active=False)

    assert ensure_first_admin(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_ensure_first_admin_replaces_an_older_file_that_others_may_read(tmp_path: Path) -> None:
    (tmp_path / "first-password").write_text("old")
    (tmp_path / "first-password").chmod(0o644)

    password = ensure_first_admin(tmp_path)

    assert (tmp_path / "first-password").read_text() == f"{password}\n"
    assert stat.S_IMODE((tmp_path / "first-password").stat().st_mode) == 0o600


def test_ensure_first_admin_makes_nobody_when_the_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        ensure_first_admin(tmp_path / "absent")

    assert User.objects.count() == 0


@pytest.mark.parametrize("role", Role)
def test_change_role_gives_every_role(role: Role) -> None:
    admin, omar = make_user(Role.ADMIN), make_user(Role.ANALYST)

    change_role(by=admin, user=omar, role=role)

    omar.refresh_from_db()
    assert omar.role == role


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.CURATOR])
def test_asvs_8_2_3_only_an_administrator_changes_roles(role: Role) -> None:
    by, omar = make_user(role), make_user(Role.READER)

    changes: list[Callable[[], object]] = [
        lambda: change_role(by=by, user=omar, role=Role.ADMIN),
        lambda: disable_user(by=by, user=omar),
        lambda: enable_user(by=by, user=omar),
        lambda: invite(by=by, role=Role.READER),
    ]
    for change in changes:
        with pytest.raises(NotAllowed):
            change()

    omar.refresh_from_db()
    assert (omar.role, omar.is_active) == ("reader", True)


def test_not_allowed_is_djangos_403() -> None:
    assert issubclass(NotAllowed, PermissionDenied)


@pytest.mark.parametrize("role", Role)
def test_nobody_changes_their_own_account_not_even_the_last_administrator(role: Role) -> None:
    by = make_user(role)

    changes: list[Callable[[], object]] = [
        lambda: change_role(by=by, user=by, role=Role.ADMIN),
        lambda: change_role(by=by, user=by, role=Role.READER),
        lambda: disable_user(by=by, user=by),
        lambda: enable_user(by=by, user=by),
    ]
    for change in changes:
        with pytest.raises(OwnAccount):
            change()

    by.refresh_from_db()
    assert (by.role, by.is_active) == (role, True)


def test_somebody_demoted_a_moment_ago_has_no_authority_left() -> None:
    admin, other = make_user(Role.ADMIN), make_user(Role.ADMIN)
    change_role(by=admin, user=other, role=Role.READER)

    with pytest.raises(NotAllowed):  # `other` in hand still says admin
        change_role(by=other, user=admin, role=Role.READER)


def test_a_disabled_administrator_has_no_authority() -> None:
    admin, other = make_user(Role.ADMIN), make_user(Role.ADMIN)
    disable_user(by=admin, user=other)

    with pytest.raises(NotAllowed):
        disable_user(by=other, user=admin)


def test_asvs_7_4_2_disable_user_ends_all_sessions_of_that_person_only() -> None:
    admin, omar = make_user(Role.ADMIN), make_user(Role.READER)
    browsers = {name: Client() for name in ("desk", "phone", "admin")}
    browsers["desk"].force_login(omar)
    browsers["phone"].force_login(omar)
    browsers["admin"].force_login(admin)

    disable_user(by=admin, user=omar)

    assert [b.get("/account/").status_code for b in browsers.values()] == [302, 302, 200]
    enable_user(by=admin, user=omar)
    assert [b.get("/account/").status_code for b in browsers.values()] == [302, 302, 200]


@pytest.mark.parametrize("change", ["demote", "disable"])
def test_invitations_of_a_former_administrator_are_withdrawn(change: str) -> None:
    admin, former = make_user(Role.ADMIN), make_user(Role.ADMIN)
    theirs, others = invite(by=former, role=Role.ADMIN), invite(by=admin, role=Role.READER)

    if change == "demote":
        change_role(by=admin, user=former, role=Role.CURATOR)
    else:
        disable_user(by=admin, user=former)

    still_open = [i.pk for i in Invitation.objects.all() if i.is_open]
    assert still_open == [others.invitation.pk]
    withdrawn = Invitation.objects.get(pk=theirs.invitation.pk).withdrawn
    assert withdrawn is not None
    assert abs(withdrawn - timezone.now()) < timedelta(minutes=1)


def test_change_name_keeps_everything_else() -> None:
    omar = make_user(Role.READER, name="omar", email="omar@example.org")
    User.objects.filter(pk=omar.pk).update(role=Role.CURATOR)  # changed elsewhere since `omar` was read

    change_name(user=omar, name=" Omar Deniz ")

    omar.refresh_from_db()
    assert (omar.name, omar.email, omar.role) == ("Omar Deniz", "omar@example.org", "curator")


def test_change_address_sets_and_clears() -> None:
    omar = make_user(Role.READER)

    assert change_address(user=omar, email="omar@Example.ORG").email == "omar@example.org"
    assert change_address(user=omar, email="").email == ""


def test_change_address_refuses_another_persons() -> None:
    make_user(Role.READER, email="taken@example.org")
    omar = make_user(Role.READER, email="omar@example.org")

    with pytest.raises(AddressTaken) as refusal:
        change_address(user=omar, email="TAKEN@example.org")

    assert "account" not in str(refusal.value).lower()
    assert User.objects.get(pk=omar.pk).email == "omar@example.org"


def test_asvs_16_3_2_changes_of_accounts_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor.accounts")
    admin = make_user(Role.ADMIN, name="hedda")
    omar = create_user(username="omar", role=Role.READER, password=PASSWORD)

    change_role(by=admin, user=omar, role=Role.CURATOR)
    disable_user(by=admin, user=omar)
    enable_user(by=admin, user=omar)

    assert [record.getMessage() for record in caplog.records] == [
        "account created: omar as reader",
        "role of omar changed: reader to curator by hedda",
        "account disabled: omar by hedda, 0 sessions ended",
        "account enabled: omar by hedda",
    ]
    assert PASSWORD not in caplog.text
