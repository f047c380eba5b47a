"""Notices by mail: to whom, once, with nothing they may not see; what a mail server that fails leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from monitor.accounts.actions import choose_mails
from monitor.annotations.actions import delete_annotation, resolve_annotation, share_annotation
from monitor.annotations.log_models import Notice, NoticeMail
from monitor.annotations.notice_mails import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    LONGEST_WAIT,
    QUIET,
    MailTrouble,
    collect_mails,
    mail_trouble,
)
from monitor.annotations.notices import mark_seen
from monitor.annotations.replies import reply_to
from monitor.jobs.mailing_notices import MOST_LINES, mail_notices
from tests.annotations.people_and_texts import House, make_house
from tests.mail_server import MailServer, mail_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

pytestmark = pytest.mark.django_db
SITE = "https://monitor.example"


@pytest.fixture
def house() -> House:
    house = make_house()
    for person in (house.author, house.mate, house.outsider):
        person.email = f"{person.username}@example.org"
        person.save(update_fields=["email"])
    return house


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.SITE_URL = SITE
        yield server


def answer(mark: Annotation, by: User, comment: str = "Indeed.") -> None:
    reply_to(uid=uuid4(), mark=mark, by=by, comment=comment)


def later(by: timedelta = QUIET) -> None:
    """Let time go by: what was told and waits is older by this much."""
    Notice.objects.update(created=F("created") - by)
    NoticeMail.objects.update(due=F("due") - by, created=F("created") - by)
    for person in {notice.person for notice in Notice.objects.select_related("person")}:
        type(person).objects.filter(pk=person.pk).update(mails_since=F("mails_since") - by)


def body(server: MailServer, number: int = -1) -> str:
    return str(server.arrived[number].get_content()).replace("\r\n", "\n")


def test_notices_of_a_few_minutes_go_in_one_mail_once(house: House, server: MailServer) -> None:
    mark = house.mark(visibility="everyone")
    answer(mark, house.mate)
    assert (mail_notices(), server.arrived) == (0, [])
    later(QUIET / 2)
    answer(mark, house.outsider, "And\nso on, @author.")
    later(QUIET / 2)
    assert mail_notices() == 0
    later()
    # The author hears of both and of being mentioned, and the mate of the answer that came after.
    assert (mail_notices(), mail_notices()) == (2, 0)
    mail = next(one for one in server.arrived if one["To"] == "author@example.org")
    replies = list(mark.replies.order_by("pk"))
    link = f"{SITE}/annotations/{mark.uid}/#r"
    expected = [
        f"mate replied, on “{house.article}”:\n“Indeed.”\n{link}{replies[0].uid}",
        f"outsider replied, on “{house.article}”:\n“And so on, @author.”\n{link}{replies[1].uid}",
        f"outsider mentioned you, on “{house.article}”:\n“And so on, @author.”\n{link}{replies[1].uid}",
        f"All notices: {SITE}/notices/\nNo more of these mails: {SITE}/account/#by-mail\n",
    ]
    assert str(mail.get_content()).replace("\r\n", "\n") == "\n\n".join(expected)
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("3 notices at Monitor", "auto-generated")
    later(timedelta(days=3))
    assert (mail_notices(), len(server.arrived)) == (0, 2)


def test_a_conversation_that_goes_on_is_not_waited_for_to_end(house: House, server: MailServer) -> None:
    mark = house.mark(visibility="everyone")
    for _ in range(int(LONGEST_WAIT / QUIET) * 2):
        assert mail_notices() == 0
        answer(mark, house.mate)
        later(QUIET / 2)
    answer(mark, house.mate)
    assert (mail_notices(), [one["Subject"] for one in server.arrived]) == (1, ["11 notices at Monitor"])


def test_words_for_a_team_stay_in_the_house(house: House, server: MailServer) -> None:
    mark = house.mark(visibility="team", team=house.team, comment="canaryword @mate")
    answer(mark, house.mate, "canaryword too")
    later()
    assert mail_notices() == 2
    assert "canaryword" not in body(server, 0) + body(server, 1)
    assert {one["To"] for one in server.arrived} == {"author@example.org", "mate@example.org"}
    assert f"{SITE}/annotations/{mark.uid}/" in body(server)


@pytest.mark.parametrize(
    "change", ["narrowed", "deleted", "left", "withdrawn", "seen", "off", "disabled", "no address"]
)
def test_what_may_not_be_seen_when_a_mail_is_sent_is_not_in_it(house: House, server: MailServer, change: str) -> None:
    server.refuses.add("everybody")
    mark = house.mark(visibility="team", team=house.team, comment="@mate")
    later()
    assert (mail_notices(), NoticeMail.objects.get().tries) == (0, 1)
    if change == "narrowed":
        share_annotation(mark=mark, by=house.author, revision=1, visibility="private", team=None)
    elif change == "deleted":
        delete_annotation(mark=mark, by=house.author)
    elif change == "left":
        house.team.memberships.filter(user=house.mate).delete()
    elif change == "withdrawn":
        type(house.article.issue).objects.update(state="withdrawn")
    elif change == "seen":
        mark_seen(house.mate, newest=Notice.objects.get().pk)
    elif change == "off":
        choose_mails(user=house.mate, wanted=False)
    else:
        facts = {"is_active": False} if change == "disabled" else {"email": ""}
        type(house.mate).objects.filter(pk=house.mate.pk).update(**facts)
    server.refuses.clear()
    later()
    mail_notices()
    mail = NoticeMail.objects.get()
    assert (server.arrived, mail.sent, mail.ended is not None) == ([], False, True)
    assert mail_trouble() is None


def test_the_title_of_a_withdrawn_text_is_not_told(house: House, server: MailServer) -> None:
    mark = house.mark(visibility="everyone")
    resolve_annotation(mark=mark, by=house.mate)
    type(house.article.issue).objects.update(state="withdrawn")
    later()
    assert mail_notices() == 1
    assert body(server).startswith(f"mate resolved your annotation\n{SITE}/annotations/{mark.uid}/\n")


def test_who_has_no_address_or_wants_none_gets_no_mail(house: House, server: MailServer) -> None:
    choose_mails(user=house.author, wanted=False)
    mark = house.mark(visibility="everyone", comment="@mate @keeper")
    answer(mark, house.outsider)
    later()
    assert (mail_notices(), [one["To"] for one in server.arrived]) == (1, ["mate@example.org"])
    choose_mails(user=house.author, wanted=True)
    later()
    assert mail_notices() == 0  # what was told in between is not sent afterwards
    answer(mark, house.mate)
    later()
    mail_notices()
    assert "author@example.org" in [one["To"] for one in server.arrived]


def test_a_mail_server_that_fails_is_tried_again_and_told_of(house: House, server: MailServer) -> None:
    server.refuses.add("everybody")
    mark = house.mark(visibility="everyone", comment="@mate @outsider")
    later()
    assert (mail_notices(), NoticeMail.objects.count()) == (0, 2)
    # Only one was tried: the server as a whole takes none.
    assert list(NoticeMail.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0]
    trouble = mail_trouble()
    assert isinstance(trouble, MailTrouble)
    assert (trouble.waiting, trouble.said) == (2, "421 closed today")
    answer(mark, house.author, "More, @mate.")
    server.refuses.clear()
    later()
    assert (mail_notices(), mail_trouble()) == (2, None)
    assert mail_notices() == 1  # what was told while the first one waited
    assert [one["To"] for one in server.arrived].count("mate@example.org") == 2
    assert set(NoticeMail.objects.values_list("sent", flat=True)) == {True}


def test_one_refused_address_keeps_no_other_mail_back(house: House, server: MailServer) -> None:
    server.refuses.add("mate@")
    house.mark(visibility="everyone", comment="@mate @outsider")
    later()
    assert (mail_notices(), [one["To"] for one in server.arrived]) == (1, ["outsider@example.org"])
    waiting = NoticeMail.objects.get(ended=None)
    assert (waiting.person, waiting.tries, waiting.trouble) == (house.mate, 1, "550 no such\\tmailbox")


def test_pauses_grow_to_half_a_day_and_the_same_mail_comes_again(house: House, server: MailServer) -> None:
    house.mark(visibility="everyone", comment="@mate")
    later()
    collect_mails()
    server.refuses.add("mate@")
    pauses = []
    for _ in range(12):
        later(LONGEST_PAUSE)
        mail_notices()
        pauses.append(round((NoticeMail.objects.get().due - timezone.now()) / FIRST_PAUSE))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720]
    assert NoticeMail.objects.get().tries == 12
    server.refuses.clear()
    later(FIRST_PAUSE)
    assert mail_notices() == 0  # not due yet
    later(LONGEST_PAUSE)
    assert mail_notices() == 1
    assert server.arrived[0]["Message-ID"] == f"<notices.{NoticeMail.objects.get().uid}@monitor.example>"


def test_no_address_of_the_site_is_told_and_nothing_is_lost(
    house: House, server: MailServer, settings: Settings
) -> None:
    settings.SITE_URL = ""
    house.mark(visibility="everyone", comment="@mate")
    later()
    assert mail_notices() == 0
    trouble = mail_trouble()
    assert trouble
    assert trouble.said == "SITE_URL is not set, so that links in mails lead nowhere."
    settings.SITE_URL = SITE
    later()
    assert mail_notices() == 1


def test_nothing_is_collected_without_a_mail_server(house: House, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    house.mark(visibility="everyone", comment="@mate")
    later()
    assert (mail_notices(), NoticeMail.objects.count()) == (0, 0)


def test_a_long_mail_counts_what_it_leaves_out(house: House, server: MailServer) -> None:
    choose_mails(user=house.author, wanted=False)
    mark = house.mark(visibility="everyone")
    answer(mark, house.mate)
    for _ in range(MOST_LINES + 2):
        answer(mark, house.outsider, "x" * 300)
    later()
    assert mail_notices() == 1
    said = body(server)
    assert (said.count("annotations/"), "And 2 more." in said, "x" * 199 + "…" in said) == (MOST_LINES, True, True)
