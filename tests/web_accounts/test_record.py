"""The page of the record, and what signing in leaves there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from monitor.accounts.audit_models import Act, AuditEntry
from monitor.accounts.auditing import note
from monitor.accounts.models import Role
from tests.factories import PASSWORD, make_user
from tests.web.pages import queries_for, words
from tests.web_accounts.stage import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
RECORD = "/people/record/"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def browser(signed_in: Callable[[User | None], Client]) -> Client:
    return signed_in(make_user(Role.ADMIN, name="admin"))


def kept() -> list[tuple[str, str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "who", "about", "address"))


def test_asvs_16_3_1_sign_ins_sign_outs_and_failures_are_kept() -> None:
    make_user(name="hedda")
    client = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(client, "hedda", "not the password")
    sign_in(client, "a password in the wrong field", "x")
    sign_in(client, "HEDDA", PASSWORD)
    client.post("/account/logout/")

    assert kept() == [
        ("sign_in_failed", "", "user hedda", "192.0.2.7"),
        ("sign_in_failed", "", "nobody of that name", "192.0.2.7"),
        ("signed_in", "hedda", "", "192.0.2.7"),
        ("signed_out", "hedda", "", "192.0.2.7"),
    ]


def test_a_refused_sign_in_is_kept(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1/15m/key"}
    make_user(name="hedda")
    client = Client()
    sign_in(client, "hedda", "not the password")
    assert sign_in(client, "hedda").status_code == 429

    assert [act for act, *_ in kept()] == ["sign_in_failed", "sign_in_refused"]


def test_page_tells_the_newest_first_with_the_number_of_the_request(browser: Client) -> None:
    hedda = make_user(name="hedda")
    browser.post(f"/people/{hedda.pk}/role/", {"role": "curator"})
    changed = browser.post(f"/people/{hedda.pk}/disable/")

    page = words(browser.get(RECORD).content.decode())
    assert page.index("Disabled an account user hedda") < page.index("Changed a role user hedda")
    assert "before reader" in page
    assert "after curator" in page
    assert changed["X-Request-ID"] in page


def test_page_is_narrowed_by_act_and_name_and_stays_itself_for_nonsense(browser: Client) -> None:
    for act, name in [(Act.SIGNED_IN, "hedda"), (Act.EXPORTED, "hedda"), (Act.EXPORTED, "ines")]:
        note(act, by=make_user(name=name + act), about=f"by {name}")

    def shown(query: str) -> list[bool]:
        page = words(browser.get(f"{RECORD}?{query}").content.decode())
        return ["Signed in by hedda" in page, "out by hedda" in page, "out by ines" in page]

    assert shown("") == [True, True, True]
    assert shown("act=exported") == [False, True, True]
    assert shown("act=exported&who=heddaexported") == [False, True, False]
    assert shown("who=nobody") == [False, False, False]
    assert shown("act=nonsense&after=nonsense&who=%00") == [True, True, True]


def test_page_escapes_whatever_an_entry_holds(browser: Client) -> None:
    note(Act.EXPORTED, by=None, about="<script>alert(1)</script>", kind="<img src=x>")

    page = browser.get(RECORD).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_pages_lead_through_a_long_record(browser: Client) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(act=Act.SIGNED_IN, who=f"p{number:03}") for number in range(150))
    first = browser.get(RECORD).content.decode()
    assert ("p149" in first, "p050" in first, "p049" in first) == (True, True, False)
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    second = browser.get(RECORD + address.removeprefix(RECORD)).content.decode()
    assert ("p050" in second, "p049" in second, "p000" in second) == (False, True, True)


def test_page_takes_the_same_queries_for_one_three_and_many_entries(browser: Client) -> None:
    counts = []
    for number in (1, 2, 60):
        AuditEntry.objects.bulk_create(AuditEntry(act=Act.SIGNED_IN, facts={"n": n}) for n in range(number))
        counts.append(queries_for(browser, RECORD))

    assert len(set(counts)) == 1
