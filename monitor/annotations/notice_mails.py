"""Notices by mail: which go into one, when it is tried, and what becomes of it. What it says is written elsewhere.

A person's notices of a few minutes go together. A mail that could not be handed over is tried again for as long as
somebody might want it, and each try asks anew what its person may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import Now

from monitor.accounts.models import User
from monitor.annotations.log_models import Notice, NoticeMail
from monitor.annotations.notices import notices_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    Send = Callable[[NoticeMail, list[Notice]], None]

QUIET = timedelta(minutes=2)  # without anything new: then what was told goes out
LONGEST_WAIT = timedelta(minutes=10)  # however much goes on
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)  # between tries
MOST_TRIES_TOLD_APART = 20  # the pause has long stopped growing
LONGEST_TROUBLE = 300  # characters


class NotHandedOver(Exception):
    """A mail was not taken. `is_its_own` where that is about this one, not about the mail server as a whole."""

    def __init__(self, why: str, *, is_its_own: bool) -> None:
        super().__init__(why)
        self.is_its_own = is_its_own


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """What an administrator is told of mails that could not be handed over."""

    waiting: int
    since: datetime
    said: str


def collect_mails() -> int:
    """Put what people were told, and did not look at since, into a mail for each; returns how many mails.

    Who has one that is still to be sent gets the rest in the next.
    """
    open_mails = NoticeMail.objects.filter(person=OuterRef("pk"), ended=None)
    people = User.objects.filter(~Exists(open_mails), is_active=True).exclude(email="")
    told = Notice.objects.filter(mail=None, seen=None, created__gte=F("person__mails_since"), person__in=people)
    spoken_to = told.order_by().values("person").annotate(first=Min("created"), last=Max("created"))
    ripe = spoken_to.filter(Q(last__lte=Now() - QUIET) | Q(first__lte=Now() - LONGEST_WAIT))
    return sum(_collect(told.filter(person=person)) for person in ripe.values_list("person", flat=True))


@transaction.atomic
def _collect(told: QuerySet[Notice]) -> bool:
    # Another worker that does the same at this moment has them locked: they are in its mail.
    rows = list(told.order_by("pk").select_for_update(of=("self",), skip_locked=True).values_list("pk", "person"))
    if rows:
        mail = NoticeMail.objects.create(person_id=rows[0][1])
        Notice.objects.filter(pk__in=[pk for pk, _ in rows]).update(mail=mail)
    return bool(rows)


def due_mails() -> list[int]:
    """Return the keys of the mails that are to be tried now, those that wait longest first."""
    return list(
        NoticeMail.objects.filter(ended=None, due__lte=Now()).order_by("due", "pk").values_list("pk", flat=True)
    )


@transaction.atomic
def try_mail(pk: int, send: Send) -> NotHandedOver | None:
    """Send a mail with what its person may see at this moment; returns what went wrong, if anything did.

    One that nobody needs any more is ended unsent: all was looked at or is gone, or its person wants no mail.
    """
    waiting = NoticeMail.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    mail = waiting.filter(pk=pk, ended=None).first()
    if mail is None:
        return None
    rows = NoticeMail.objects.filter(pk=pk)
    if told := _still_to_tell(mail):
        try:
            send(mail, told)
        except NotHandedOver as failure:
            rows.update(tries=F("tries") + 1, due=Now() + _pause(mail.tries), trouble=str(failure)[:LONGEST_TROUBLE])
            return failure
    rows.update(ended=Now(), sent=bool(told), tries=F("tries") + len(told[:1]), trouble="")
    return None


def _still_to_tell(mail: NoticeMail) -> list[Notice]:
    person = mail.person
    if not (person.is_active and person.email and person.mails_since):
        return []
    told = notices_for(person).filter(mail=mail, seen=None, created__gte=person.mails_since)
    return list(told.order_by("pk"))


def _pause(tries: int) -> timedelta:
    pause: timedelta = FIRST_PAUSE * 2 ** min(tries, MOST_TRIES_TOLD_APART)
    return min(pause, LONGEST_PAUSE)


def mail_trouble() -> MailTrouble | None:
    """Return what hinders mails from being sent, None where nothing does. It names no notice and nobody's words."""
    troubled = NoticeMail.objects.filter(ended=None).exclude(trouble="")
    facts = troubled.aggregate(first=Min("created"), newest=Max("due"))
    if facts["first"] is None:
        return None
    said = troubled.order_by("-due", "-pk").values_list("trouble", flat=True)[0]
    return MailTrouble(NoticeMail.objects.filter(ended=None).count(), facts["first"], said)
