"""Making and ending API tokens. The token itself is told once, to whoever made it; only its digest is kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.db.models import Q
from django.utils import timezone

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.logins import in_one_line
from monitor.accounts.models import User
from monitor.accounts.refusals import NotUsable
from monitor.accounts.sidebar_models import SidebarSignIn
from monitor.accounts.token_models import Scope, Token
from monitor.sqlstates import only_reads

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

log = logging.getLogger(__name__)

USUAL_DAYS, MOST_DAYS = 90, 366
MOST_TOKENS = 50  # live ones of one person
USE_NOTED = timedelta(minutes=1)


@dataclass(frozen=True)
class NewToken:
    """A token's row, and what a program sends: that is nowhere else and shown once."""

    row: Token
    secret: str


@transaction.atomic
def create_token(*, user: User, name: str, scope: str = Scope.READ, days: int = USUAL_DAYS) -> NewToken:
    """Make a token for somebody, good for `days` (1 to 366). Raises NotUsable."""
    words = " ".join(name.split())
    if not 1 <= days <= MOST_DAYS:
        raise NotUsable("days", f"A token is good for 1 to {MOST_DAYS} days.")
    holder = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if live_tokens().filter(user=holder).count() >= MOST_TOKENS:
        raise NotUsable("name", f"You have {MOST_TOKENS} tokens; revoke one first.")
    _check(Token(user=holder, name=words, scope=scope))
    making: Any = Token.objects  # knox's manager gives the secret beside the row
    row, secret = making.create(user=holder, name=words, scope=scope, expiry=timedelta(days=days))
    note(Act.TOKEN_MADE, by=holder, about=f"token {row.uid}", scope=row.scope, days=days)
    log.info("token made: %s for %s, %s", row.uid, in_one_line(holder.username), row.scope)
    return NewToken(row, secret)


@transaction.atomic
def revoke_token(*, token: Token, by: User) -> None:
    """End a token at once: one's own, or as an administrator anybody's. One that is gone stays gone."""
    if not Token.objects.filter(pk=token.pk).delete()[0]:
        return
    note(Act.TOKEN_REVOKED, by=by, about=f"token {token.uid}", owner=token.user.username)
    log.info("token revoked: %s, by %s", token.uid, in_one_line(by.username))


def end_tokens(user: User) -> int:
    """Revoke all of somebody's tokens, those of sidebars too, and return how many these were."""
    SidebarSignIn.objects.filter(person=user).delete()
    return Token.objects.filter(user=user).delete()[0]


def live_tokens() -> QuerySet[Token]:
    """Return the tokens that still open something."""
    return Token.objects.filter(Q(expiry=None) | Q(expiry__gt=timezone.now()))


def tokens_visible_to(viewer: User | AnonymousUser) -> QuerySet[Token]:
    """Return one's own live tokens, for an administrator everybody's."""
    if not isinstance(viewer, User) or not viewer.is_active:
        return Token.objects.none()
    tokens = live_tokens().select_related("user")
    return tokens if viewer.is_admin else tokens.filter(user=viewer)


def note_use(token: Token) -> None:
    """Keep that a token was used just now; more exactly than to the minute nobody needs to know.

    A database that only reads keeps nothing, and is read all the same.
    """
    now = timezone.now()
    if token.last_used is not None and now - token.last_used <= USE_NOTED:
        return
    try:
        Token.objects.filter(pk=token.pk).update(last_used=now)
    except InternalError as error:
        if not only_reads(error):
            raise


class EndsTokens:
    """Stands among AUTH_PASSWORD_VALIDATORS: Django tells these when somebody has a new password, whoever set it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Say nothing against any password."""

    def password_changed(self, password: str, user: User | None = None) -> None:
        if user is not None and user.pk and end_tokens(user):
            log.info("tokens ended with the password of %s", in_one_line(user.username))

    def get_help_text(self) -> str:
        return ""


def _check(token: Token) -> None:
    try:
        token.clean_fields(exclude=["digest", "token_key", "user"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise NotUsable(field, " ".join(messages)) from error
