"""Every change of a person's account. Each function checks, writes in one transaction and returns the row.

Authority is read from rows locked for the change, never from the object in hand: two administrators who demote each
other at the same moment must leave one. Since nobody acts on their own account, one always remains.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.logins import generate_password, in_one_line
from monitor.accounts.models import LOOKS, Invitation, Role, User
from monitor.accounts.refusals import (
    AddressTaken,
    NameTaken,
    NotAllowed,
    NotUsable,
    OwnAccount,
    UnknownLook,
    WeakPassword,
)
from monitor.accounts.sessions import end_sessions
from monitor.accounts.tokens import end_tokens

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

FIRST_ADMIN_LOCK = 0x6D6F6E31  # any number of ours; two servers starting at once must make one administrator


@transaction.atomic
def create_user(
    *, username: str, role: Role, password: str | None = None, name: str = "", email: str = "", by: User | None = None
) -> User:
    """Make an account; without a password it cannot sign in until it gets one. `by`: who let them in, None for a command.

    Raises NotUsable, WeakPassword, NameTaken or AddressTaken.
    """
    user = User(username=User.normalize_username(username.strip()), role=role, name=name.strip(), email=email.strip())
    _check_fields(user)
    if password is None:
        user.set_unusable_password()
    else:
        check_password_strength(password, user)
        user.set_password(password)
    _save(user)
    note(Act.ACCOUNT_MADE, by=by, about=about_user(user), role=user.role)
    log.info("account created: %s as %s", in_one_line(user.username), user.role)
    return user


def ensure_first_admin(var: Path) -> str | None:
    """Make "admin" on a site without anybody and return the password, kept in var/first-password (0600)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [FIRST_ADMIN_LOCK])
        if User.objects.exists():
            return None
        password = generate_password()
        create_user(username="admin", role=Role.ADMIN, password=password)
        _keep_secretly(var / "first-password", password)
        return password


@transaction.atomic
def change_role(*, by: User, user: User, role: Role) -> User:
    user = _lock_for_admin(by, user)
    old, user.role = user.role, role
    user.save(update_fields=["role"])
    if role != Role.ADMIN:
        _withdraw_invitations_of(user)
    note(Act.ROLE_CHANGED, by=by, about=about_user(user), before=old, after=str(role))
    log.info("role of %s changed: %s to %s by %s", in_one_line(user.username), old, role, in_one_line(by.username))
    return user


@transaction.atomic
def disable_user(*, by: User, user: User) -> User:
    """Lock somebody out: sessions and tokens end at once, invitations they sent are withdrawn."""
    user = _lock_for_admin(by, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _withdraw_invitations_of(user)
    ended = end_sessions(user)
    end_tokens(user)
    note(Act.ACCOUNT_DISABLED, by=by, about=about_user(user), sessions=ended)
    log.info(
        "account disabled: %s by %s, %d sessions ended", in_one_line(user.username), in_one_line(by.username), ended
    )
    return user


@transaction.atomic
def enable_user(*, by: User, user: User) -> User:
    user = _lock_for_admin(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    note(Act.ACCOUNT_ENABLED, by=by, about=about_user(user))
    log.info("account enabled: %s by %s", in_one_line(user.username), in_one_line(by.username))
    return user


@transaction.atomic
def change_name(*, user: User, name: str) -> User:
    user = _lock(user)
    user.name = name.strip()
    _check_fields(user)
    user.save(update_fields=["name"])
    return user


@transaction.atomic
def change_address(*, user: User, email: str) -> User:
    """Set or clear one's own e-mail address; open links for a new password stop working."""
    user = _lock(user)
    user.email = email.strip()
    _check_fields(user)
    _save(user, fields=["email"])
    note(Act.ADDRESS_CHANGED, by=user, about=about_user(user))
    log.info("address changed: %s", in_one_line(user.username))
    return user


@transaction.atomic
def choose_mails(*, user: User, wanted: bool) -> User:
    """Have notices come by mail from now on, or no longer; what was told in between is not sent later."""
    user = _lock(user)
    if wanted != (user.mails_since is not None):
        user.mails_since = Now() if wanted else None  # the database's clock, as notices have
        user.save(update_fields=["mails_since"])
        user.refresh_from_db(fields=["mails_since"])
    return user


def about_user(user: User) -> str:
    """Return how the record of acts names an account."""
    return f"user {user.username}"


@transaction.atomic
def set_password(*, user: User, password: str) -> User:
    """Give an account another password, chosen by whoever may; sessions signed with the old one are worth nothing then."""
    user.set_password(password)
    user.save(update_fields=["password"])  # never the whole row, and with it a role changed meanwhile
    note(Act.PASSWORD_CHANGED, by=user, about=about_user(user))
    log.info("password changed: %s", in_one_line(user.username))
    return user


def check_password_strength(password: str, user: User) -> None:
    """Raise WeakPassword with the validators' words."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error


def locked_admins() -> set[int]:
    """Lock the rows of all active administrators until the transaction ends and return their keys."""
    admins = User.objects.select_for_update(no_key=True).filter(role=Role.ADMIN, is_active=True).order_by("pk")
    return set(admins.values_list("pk", flat=True))


@transaction.atomic
def choose_look(*, user: User, **chosen: str) -> User:
    """Keep what a person chose of theme, text_size, text_width, text_leading, text_face and names. Raises UnknownLook."""
    if any(value not in LOOKS[name][1].values for name, value in chosen.items()):
        raise UnknownLook
    row = _lock(user)
    for name, value in chosen.items():
        setattr(row, name, value)
    row.save(update_fields=list(chosen))
    return row


def _lock_for_admin(by: User, user: User) -> User:
    if by.pk == user.pk:
        raise OwnAccount
    if by.pk not in locked_admins():
        raise NotAllowed
    return _lock(user)


def _lock(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _withdraw_invitations_of(user: User) -> None:
    """Close the open invitations of somebody who may no longer invite."""
    Invitation.objects.filter(invited_by=user, accepted=None, withdrawn=None).update(withdrawn=Now())


def _check_fields(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise NotUsable(field, " ".join(messages)) from error


def _save(user: User, fields: list[str] | None = None) -> None:
    user.clean()  # lowers the address's domain
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as error:
        broken = getattr(error.__cause__, "diag", None)
        raise (AddressTaken if broken and "email" in (broken.constraint_name or "") else NameTaken) from error


def _keep_secretly(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)  # an older file might be readable by others
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
