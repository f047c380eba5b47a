"""New matches of saved searches: found, told on the site, and sent by mail, one mail to a person however many there are."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import User
from monitor.library.queries import standing_articles
from monitor.search.alerts import followed, tell_new_matches
from monitor.search.saved_models import Following, ToldMatch

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)
MOST_LINES = 200  # of one mail; the rest is counted
MOST_BROKEN = 20  # of one mail; the others are named in the next


@dataclass(frozen=True, slots=True)
class Part:
    """What a mail says of one search."""

    name: str
    count: int
    lines: tuple[tuple[str, str], ...]  # title, address
    address: str


def look_for_matches() -> int:
    """Tell everybody what is new, then send the mails; returns how many matches were told."""
    told = tell_new_matches()
    mail_matches()
    return told


def mail_matches() -> int:
    """Send each person one mail with all that they were told and did not look at; returns how many mails."""
    if not (settings.EMAIL_URL and settings.SITE_URL):
        return 0
    waiting = Following.objects.filter(_to_mail(), by_mail=True, pk__in=followed().values("pk"))
    people = waiting.exclude(person__email="").exclude(person__mails_since=None).values("person")
    return sum(_mail(pk) for pk in User.objects.filter(pk__in=people).order_by("pk").values_list("pk", flat=True))


def _to_mail() -> Q:
    unsent = ToldMatch.objects.filter(is_new=True, mailed=None)
    return Q(pk__in=unsent.values("following")) | (~Q(broken="") & Q(broken_mailed=None))


@transaction.atomic
def _mail(person_id: int) -> bool:
    """Send one person's mail, or nothing if another worker is at it. What a mail server refuses is tried again later."""
    person = User.objects.select_for_update(skip_locked=True).filter(pk=person_id).first()
    if person is None:
        return False
    mine = Following.objects.filter(person=person, by_mail=True, pk__in=followed().values("pk"))
    due = ToldMatch.objects.filter(following__in=mine, is_new=True, mailed=None)
    lost = mine.exclude(broken="").filter(broken_mailed=None).select_related("search").order_by("pk")
    broken = list(lost[:MOST_BROKEN])
    rows = list(
        due.filter(article__in=standing_articles(person))
        .select_related("article", "following__search")
        .order_by("following__search__name", "following", "-pk")
    )
    if rows or broken:
        try:
            _written(person, rows, broken).send()
        except OSError as error:  # smtplib's errors are OSErrors too
            log.warning("new matches could not be mailed to person %d: %s", person.pk, type(error).__name__)
            return False
    due.update(mailed=Now())
    Following.objects.filter(pk__in=[row.pk for row in broken]).update(broken_mailed=Now())
    return bool(rows or broken)


def _written(person: User, rows: Sequence[ToldMatch], broken: Sequence[Following]) -> EmailMessage:
    site, left, parts = settings.SITE_URL, MOST_LINES, []
    for following, told in groupby(rows, key=lambda row: row.following):
        matches = list(told)
        lines = tuple(
            (" ".join(one.article.title.split()), site + one.article.get_absolute_url()) for one in matches[:left]
        )
        left -= len(lines)
        parts.append(
            Part(
                following.search.name, len(matches), lines, site + reverse("saved-search", args=[following.search.uid])
            )
        )
    context = {
        "parts": parts,
        "broken": broken,
        "saved": site + reverse("saved"),
        "total": len(rows),
        "more": len(rows) - (MOST_LINES - left),
    }
    count = "1 new article" if len(rows) == 1 else f"{len(rows):,} new articles"
    # The same mail tried again has the same name, and another one another: who reads mail drops what came before.
    newest, last = (max((row.pk for row in told), default=0) for told in (rows, broken))
    return EmailMessage(
        subject=f"{count} in your saved searches" if rows else "A saved search is not understood any more",
        body=render_to_string("saved/matches_mail.txt", context).strip() + "\n",
        to=[person.email],
        headers={
            "Message-ID": f"<matches.{person.pk}.{newest}.{last}.{timezone.now():%Y%m%d}@{urlsplit(site).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['saved']}>",
        },
    )
