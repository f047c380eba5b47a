from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

SignedIn = "Callable[[User | None], Client]"


def test_theme_is_kept_on_the_user_and_leads_back(signed_in: Callable[[User | None], Client]) -> None:
    reader = make_user()
    answer = signed_in(reader).post("/account/theme/", {"theme": "sepia", "next": "/help/?x=1"})
    reader.refresh_from_db()
    assert (answer.status_code, answer["Location"], reader.theme) == (302, "/help/?x=1", "sepia")


def test_make(db: None) -> None:
    i = make_issue()
    assert i.articles.get().citations.count() == 1
