"""Invitations: a link for one person, good once and for a few days. The database holds only its token's digest."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from monitor.accounts.actions import create_user, locked_admins
from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.logins import in_one_line
from monitor.accounts.models import Invitation, Membership, Role
from monitor.accounts.refusals import InvitationClosed, NotAllowed, NotUsable

if TYPE_CHECKING:
    from monitor.accounts.models import Team, User

log = logging.getLogger(__name__)

TOKEN_BYTES = 32


@dataclass(frozen=True)
class NewInvitation:
    """An invitation and its token, which is nowhere else and shown once."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, by: User, role: Role, email: str = "", team: Team | None = None) -> NewInvitation:
    if by.pk not in locked_admins():
        raise NotAllowed
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation(
        email=email.strip(), role=role, team=team, digest=digest_of(token), invited_by=by, expires=expires
    )
    _check_fields(invitation)
    invitation.save()
    note(Act.INVITED, by=by, about=f"invitation {invitation.pk}", role=str(role), team=team.pk if team else None)
    log.info("invitation %d made: %s by %s", invitation.pk, role, in_one_line(by.username))
    return NewInvitation(invitation, token)


@transaction.atomic
def accept_invitation(*, token: str, username: str, name: str, password: str) -> User:
    """Make the account an invitation promises, in its team if it names one.

    Raises InvitationClosed, or what `create_user` raises; then the invitation stays open.
    """
    invitation = find_invitation(token, lock=True)
    user = create_user(
        username=username,
        role=Role(invitation.role),
        password=password,
        name=name,
        email=invitation.email,
        by=invitation.invited_by,
    )
    if invitation.team:
        Membership.objects.create(team=invitation.team, user=user)
    invitation.accepted, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted", "accepted_by"])
    log.info("invitation %d accepted: %s", invitation.pk, in_one_line(user.username))
    return user


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Close an invitation nobody has used; one that is closed already stays as it is."""
    if by.pk not in locked_admins():
        raise NotAllowed
    if Invitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None).update(withdrawn=Now()):
        note(Act.INVITATION_WITHDRAWN, by=by, about=f"invitation {invitation.pk}")
        log.info("invitation %d withdrawn by %s", invitation.pk, in_one_line(by.username))


def find_invitation(token: str, *, lock: bool = False) -> Invitation:
    """Return the open invitation of this token. Raises InvitationClosed alike for all that are not."""
    invitations = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    invitation = invitations.filter(digest=digest_of(token)).first()
    if invitation is None or not invitation.is_open:
        raise InvitationClosed
    return invitation


def digest_of(token: str) -> str:
    """Return the sha256 of a token as 64 hexadecimal digits. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _check_fields(invitation: Invitation) -> None:
    try:
        invitation.clean_fields(exclude=["accepted", "accepted_by", "withdrawn"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise NotUsable(field, " ".join(messages)) from error
