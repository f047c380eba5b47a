"""Finding accounts, making passwords, writing names into a log."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.accounts.logins import find_by_login, generate_password, in_one_line
from monitor.accounts.models import Role
from tests.factories import make_user


@pytest.mark.django_db
def test_find_by_login_takes_a_name_or_an_address_in_any_case() -> None:
    asa = make_user(Role.READER, name="Asa", email="asa@example.org")
    make_user(Role.READER, name="asa.b", email="")

    assert [find_by_login(login) for login in ("asa", "ASA", " Asa ", "ASA@example.org")] == [asa] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["", "@", "nobody", "hedd", "hedda%", "hedda@", "_edda"])
def test_find_by_login_matches_whole_names_only(login: str) -> None:
    make_user(Role.READER, name="hedda", email="hedda@example.org")

    assert find_by_login(login) is None


def test_generated_passwords_are_readable_and_all_different() -> None:
    passwords = {generate_password() for _ in range(200)}

    assert len(passwords) == 200
    assert all(re.fullmatch(r"[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}", password) for password in passwords)


def test_asvs_16_4_1_names_in_the_log_stay_in_one_line() -> None:
    assert in_one_line("eve\r\nsigned in: admin\x1b[2K\u2028") == r"eve\r\nsigned in: admin\x1b[2K\u2028"


@given(st.text(max_size=400))
def test_in_one_line_is_printable_ascii_of_bounded_length(text: str) -> None:
    line = in_one_line(text)

    assert line.isascii()
    assert line.isprintable()
    assert len(line) <= 200 * len(r"\U0001f600")
