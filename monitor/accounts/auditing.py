"""The record of what concerns safety: who signed in, changed roles, shared, took out, deleted. Written with the act.

Call `note` inside the transaction of the act: then there is no act without its entry and no entry without its act.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from monitor.accounts.audit_models import Act, AuditEntry
from monitor.asking import asking

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.accounts.models import User

KEPT_FOR = timedelta(days=730)
LONGEST_ABOUT = 200
AT_ONCE = 5_000


def note(act: Act, *, by: User | None, about: str = "", **facts: str | int | bool | None) -> None:
    """Keep that `by` (None: nobody known) did this; one statement.

    `about` is a kind and a key, such as "annotation <uid>", "issue 12", "user hedda"; `facts` are states and numbers.
    What only its owner may know is not to be told in either: of a private annotation not even that there was one.
    """
    request = asking()
    AuditEntry.objects.create(
        act=act,
        person_id=by.pk if by else None,
        who=by.username if by else "",
        about=about[:LONGEST_ABOUT],
        facts=facts,
        address=request.address,
        request=request.number,
    )


def entries(*, act: str = "", who: str = "") -> QuerySet[AuditEntry]:
    """Return the record, or the entries of one kind or one user name. For administrators alone."""
    found = AuditEntry.objects.all()
    if act:
        found = found.filter(act=act)
    return found.filter(who=who) if who else found


def forget_old_entries() -> int:
    """Delete what is older than `KEPT_FOR`, some thousands at a time; return how many."""
    old = AuditEntry.objects.filter(created__lt=timezone.now() - KEPT_FOR).order_by("created")
    return AuditEntry.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:AT_ONCE])).delete()[0]
