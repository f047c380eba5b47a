"""Letting a sidebar of another make in: a page's grant for whoever is signed in, exchanged for tokens that end soon.

A grant is no single-use thing, for pages are kept by browsers and shown again; it ends minutes after it was made, and
with the password of its person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

import jwt
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from monitor.accounts.models import User
from monitor.accounts.sidebar_models import SidebarSignIn

CLIENT = "monitor-sidebar"
GRANT_LASTS, LEEWAY = timedelta(minutes=10), timedelta(seconds=10)
ACCESS_LASTS, REFRESH_LASTS = timedelta(hours=1), timedelta(days=3)
ACCESS_BEGINS, REFRESH_BEGINS = "mons_", "monr_"  # what scanners for lost secrets know them by
ALGORITHM = "HS256"
LONGEST = 2_000  # characters of a grant or a token


class NotGranted(Exception):
    """`str(error)` is a sentence for the program; nothing was given."""


@dataclass(frozen=True, slots=True)
class SidebarTokens:
    """What a program is told, once."""

    access: str
    refresh: str
    seconds: int


def make_grant(user: User, authority: str) -> str:
    """Return a grant (a signed JWT) for a person who is signed in at this host."""
    now = timezone.now()
    facts = {
        "iss": CLIENT,
        "sub": f"acct:{user.username}@{authority}",
        "aud": authority,
        "nbf": now,
        "exp": now + GRANT_LASTS,
        "proof": _proof(user),
    }
    return jwt.encode(facts, _key(), algorithm=ALGORITHM)


def sign_in_by_grant(grant: str, authority: str) -> SidebarTokens:
    """Exchange a grant. Raises NotGranted."""
    try:
        facts = jwt.decode(
            grant[:LONGEST], _key(), algorithms=[ALGORITHM], audience=authority, issuer=CLIENT, leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "nbf", "exp"]},
        )  # fmt: skip
    except jwt.InvalidTokenError as error:
        raise NotGranted("This grant is not valid, or not any more. Reload the page.") from error
    if facts["exp"] - facts["nbf"] > GRANT_LASTS.total_seconds():
        raise NotGranted("This grant lasts longer than any does.")
    name = str(facts["sub"]).removeprefix("acct:").rpartition("@")[0]
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or not constant_time_compare(str(facts.get("proof")), _proof(user)):
        raise NotGranted("Whom this grant was for is not signed in any more. Reload the page.")
    return _give(user)


@transaction.atomic
def refreshed(token: str) -> SidebarTokens:
    """Exchange a refresh token for two new ones; it and its access token end. Raises NotGranted."""
    found = SidebarSignIn.objects.filter(refresh=_digest(token), refresh_ends__gt=timezone.now())
    row = found.select_for_update(of=("self",)).select_related("person").first()
    if row is None or not _still_holds(row):
        raise NotGranted("This token is not valid, or not any more.")
    row.delete()
    return _give(row.person)


def sidebar_sign_in(token: str) -> SidebarSignIn | None:
    """Return what an access token stands for, with its person; None where it opens nothing."""
    live = SidebarSignIn.objects.filter(access=_digest(token), access_ends__gt=timezone.now())
    row = live.select_related("person").first()
    return row if row and _still_holds(row) else None


def sign_out_sidebar(token: str) -> None:
    """End an access or refresh token and the one beside it; one that is none ends nothing."""
    digest = _digest(token)
    SidebarSignIn.objects.filter(access=digest).delete()
    SidebarSignIn.objects.filter(refresh=digest).delete()


def _give(user: User) -> SidebarTokens:
    now = timezone.now()
    SidebarSignIn.objects.filter(refresh_ends__lt=now).delete()
    access, refresh = ACCESS_BEGINS + token_urlsafe(32), REFRESH_BEGINS + token_urlsafe(32)
    SidebarSignIn.objects.create(
        person=user,
        proof=_proof(user),
        access=_digest(access),
        access_ends=now + ACCESS_LASTS,
        refresh=_digest(refresh),
        refresh_ends=now + REFRESH_LASTS,
    )
    return SidebarTokens(access, refresh, int(ACCESS_LASTS.total_seconds()))


def _still_holds(row: SidebarSignIn) -> bool:
    return row.person.is_active and constant_time_compare(row.proof, _proof(row.person))


def _proof(user: User) -> str:
    """Return what changes with the password, as that of a session; nothing can be learnt from it."""
    return salted_hmac("monitor.sidebar.proof", user.get_session_auth_hash(), algorithm="sha256").hexdigest()


def _key() -> bytes:
    """Return the key of grants, which signs nothing else."""
    return salted_hmac("monitor.sidebar.grant", "key", secret=settings.SECRET_KEY, algorithm="sha256").digest()


def _digest(token: str) -> str:
    return hashlib.sha256(token[:LONGEST].encode()).hexdigest()
