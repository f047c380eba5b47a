"""Ending sessions that are not this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from monitor.accounts.session_models import Session

if TYPE_CHECKING:
    from monitor.accounts.models import User


def end_sessions(user: User) -> int:
    """Sign somebody out everywhere and return how many sessions that were.

    A disabled account is locked out without this; but its old sessions would come back to life when it is enabled.
    """
    live = Session.objects.filter(person=user, expire_date__gt=timezone.now()).count()
    Session.objects.filter(person=user).delete()
    return live
