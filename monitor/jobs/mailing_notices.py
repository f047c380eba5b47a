"""Sending notices by mail, where the site has a mail server."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from monitor.accounts.logins import in_one_line
from monitor.annotations.models import Visibility
from monitor.annotations.notice_mails import NotHandedOver, collect_mails, due_mails, try_mail
from monitor.annotations.queries import on_readable_texts

if TYPE_CHECKING:
    from monitor.annotations.log_models import Notice, NoticeMail

log = logging.getLogger(__name__)

MOST_LINES = 50  # of one mail; the rest is counted
MOST_WORDS = 200  # characters of what was written


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as a mail tells it."""

    who: str
    did: str
    about: str
    words: str
    link: str


def mail_notices() -> int:
    """Send what is due; returns how many mails are done with. A server that takes none is asked again later."""
    if not settings.EMAIL_URL:
        return 0
    collect_mails()
    sent = 0
    for pk in due_mails():
        failure = try_mail(pk, hand_over)
        sent += failure is None
        if failure:
            log.warning("mail %d of notices could not be sent: %s", pk, failure)
            if not failure.is_its_own:
                break
    return sent


def hand_over(mail: NoticeMail, told: list[Notice]) -> None:
    """Give a mail to the mail server. Raises NotHandedOver."""
    try:
        written(mail, told).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as error:
        raise NotHandedOver(_in_words(error), is_its_own=True) from error
    except OSError as error:  # smtplib's errors are OSErrors too
        raise NotHandedOver(_in_words(error), is_its_own=False) from error


def _in_words(error: Exception) -> str:
    """Return what the mail server said, or why none was reached."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_plain(words)}" for code, words in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code} {_plain(error.smtp_error)}"
    else:
        said = f"{type(error).__name__}: {error}"
    return in_one_line(said)


def _plain(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def written(mail: NoticeMail, told: list[Notice]) -> EmailMessage:
    """Return a mail that says what was told, by links; words stand in it only where all who sign in may read them.

    The same mail has the same Message-ID in each try, so that one which arrived after all is not shown twice.
    """
    site = settings.SITE_URL
    if not site:
        raise NotHandedOver("SITE_URL is not set, so that links in mails lead nowhere.", is_its_own=False)
    readable = on_readable_texts(mail.person, [notice.annotation_id for notice in told])
    lines = [_line(notice, site, notice.annotation_id in readable) for notice in told[:MOST_LINES]]
    context = {
        "lines": lines,
        "more": len(told) - len(lines),
        "notices": site + reverse("notices"),
        "account": f"{site}{reverse('account')}#by-mail",
    }
    return EmailMessage(
        subject="1 notice at Monitor" if len(told) == 1 else f"{len(told)} notices at Monitor",
        body=render_to_string("annotations/notice_mail.txt", context).strip() + "\n",
        to=[mail.person.email],
        headers={
            "Message-ID": f"<notices.{mail.uid}@{urlsplit(site).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['account']}>",
        },
    )


def _line(notice: Notice, site: str, is_readable: bool) -> Line:
    mark = notice.annotation
    said = notice.reply or mark
    words = said.comment if said.visibility == Visibility.EVERYONE and is_readable else ""
    return Line(
        who=notice.made_by.display_name if notice.made_by else "Somebody",
        did=notice.get_kind_display(),
        about=_in_a_line(str(mark.article or mark.issue)) if is_readable else "",
        words=_in_a_line(words),
        link=site + reverse("mark", args=[mark.uid]) + (f"#r{notice.reply.uid}" if notice.reply else ""),
    )


def _in_a_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1] + "…"
