"""Ending sessions that are not this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from monitor.accounts.models import User


def end_sessions(user: User) -> int:
    """Sign somebody out everywhere and return how many sessions that were.

    A disabled account is locked out without this; but its old sessions would come back to life when it is enabled.
    """
    live = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    mine = [session.pk for session in live if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=mine).delete()[0]
