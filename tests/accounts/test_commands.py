"""`manage.py createuser` and `manage.py reset_sign_in_limits`."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from monitor.accounts.models import Role, User
from monitor.accounts.sign_in_limits import count_try
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def run(*args: str) -> list[str]:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("role", Role)
def test_createuser_makes_an_account_of_each_role(role: Role) -> None:
    lines = run("createuser", "hedda", "--role", role, "--password", PASSWORD)

    user = User.objects.get()
    assert lines == [f"hedda is {role.label.lower()} now."]
    assert (user.username, user.role, user.check_password(PASSWORD)) == ("hedda", role, True)


def test_createuser_takes_name_and_address() -> None:
    run("createuser", "hedda", "--role", "reader", "--name", "Hedda Marlow", "--email", "hedda@example.org")

    user = User.objects.get()
    assert (user.name, user.email) == ("Hedda Marlow", "hedda@example.org")


def test_createuser_prints_a_generated_password_once() -> None:
    lines = run("createuser", "hedda", "--role", "reader")

    assert len(lines) == 2
    label, password = lines[1].split(" ")
    assert label == "Password:"
    assert User.objects.get().check_password(password)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["taken"], "That user name is taken."),
        (["TAKEN"], "That user name is taken."),
        (["new", "--email", "taken@example.org"], "This address cannot be used here; choose another."),
        (["new", "--password", "short"], "too short"),
        (["new", "--password", "password12"], "too common"),
        (["new-person", "--password", "new-person1"], "too similar"),
        (["new", "--password", ""], "too short"),
        (["a@b.org"], "A user name is made of the letters A to Z, digits, dots, hyphens and underscores."),
        (["two words"], "A user name is made of the letters A to Z, digits, dots, hyphens and underscores."),
        (["new", "--email", "nonsense"], "Enter a valid email address."),
    ],
)
def test_createuser_refuses_with_one_sentence(args: list[str], sentence: str) -> None:
    make_user(Role.READER, name="taken", email="taken@example.org")

    with pytest.raises(CommandError) as error:
        run("createuser", *args, "--role", "reader")

    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.returncode == 1
    assert User.objects.count() == 1


def test_createuser_knows_four_roles() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'owner'"):
        run("createuser", "new", "--role", "owner")


def use_up_tries(login: str, address: str) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    while count_try(request, login):
        pass


def may_try(login: str, address: str) -> bool:
    return bool(count_try(RequestFactory().post("/", REMOTE_ADDR=address), login))


def test_reset_sign_in_limits_frees_one_account() -> None:
    cache.clear()
    for name in ("hedda", "omar"):
        make_user(Role.READER, name=name, email=f"{name}@example.org")
        use_up_tries(name, "192.0.2.1")

    assert run("reset_sign_in_limits", "Hedda@example.org") == [
        "Hedda@example.org may try again, unless the network address is stopped too."
    ]

    assert may_try("hedda", "192.0.2.2") is True
    assert may_try("omar", "192.0.2.2") is False


def test_reset_sign_in_limits_without_a_name_frees_everybody() -> None:
    cache.clear()
    for n in range(4):
        use_up_tries(f"nobody{n}", "192.0.2.1")
    assert may_try("somebody", "192.0.2.1") is False

    assert run("reset_sign_in_limits") == ["Everybody may try again."]

    assert may_try("somebody", "192.0.2.1") is True
    assert may_try("nobody0", "192.0.2.1") is True
