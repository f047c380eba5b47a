"""Finding the one account that somebody means by what they typed, in any case of letters."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db.models import Value
from django.db.models.functions import Lower

from monitor.accounts.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

# No l, o, 0, 1: a generated password is often read from one screen and typed at another.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def users_named(username: str) -> QuerySet[User]:
    """Return the user of this name; the database lowers both sides, as its unique index does."""
    wanted = Lower(Value(User.normalize_username(username.strip())))
    return User.objects.alias(lowered=Lower("username")).filter(lowered=wanted)


def users_at(email: str) -> QuerySet[User]:
    wanted = Lower(Value(email.strip()))
    return User.objects.exclude(email="").alias(lowered=Lower("email")).filter(lowered=wanted)


def find_by_login(login: str) -> User | None:
    """Return whom a user name or an e-mail address means. No user name holds an @, so it is one or the other."""
    return (users_at(login) if "@" in login else users_named(login)).first()


def generate_password() -> str:
    """Return a new password of four groups of five letters and digits: 100 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def in_one_line(text: str) -> str:
    """Return text as it may stand in a log: line ends and other controls escaped, at most 200 characters."""
    return text[:200].encode("unicode_escape").decode("ascii")
