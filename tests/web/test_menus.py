"""The menus of every page, which are kept: each person has their own, wherever they are and whoever looked before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

READERS = ["Shelf", "Articles", "Search", "Sources", "Actors", "Regions"]
MENUS = {
    "visitor": [*READERS, "Help"],
    "reader": [*READERS, "Notebook", "Tags", "Help"],
    "analyst": [*READERS, "Notebook", "Tags", "Help"],
    "curator": [*READERS, "Notebook", "Tags", "Ingest", "Help"],
    "admin": [*READERS, "Notebook", "Tags", "Ingest", "People", "Help"],
}
MAIN = re.compile(r'<nav class="mainnav".*?</nav>', re.DOTALL)
DOCK = re.compile(r'<nav class="dock".*?</nav>\s*<nav id="more".*?</nav>', re.DOTALL)
LINK = re.compile(r"<a [^>]*>(?:<svg.*?</svg>)?(.*?)</a>")


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("order", [list(MENUS), list(reversed(MENUS))])
def test_each_role_has_its_own_menus(order: list[str], signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    for role in order:
        page = _page(signed_in(None if role == "visitor" else make_user(role)), "/")
        assert LINK.findall(MAIN.findall(page)[0]) == MENUS[role]
        assert set(LINK.findall(DOCK.findall(page)[0])) >= set(MENUS[role])


def test_menus_say_where_one_is(signed_in: SignIn) -> None:
    reader = signed_in(make_user("reader"))
    for address, name in (("/", "Shelf"), ("/search/", "Search"), ("/actors/", "Actors"), ("/help/", "Help")):
        for menu in (MAIN, DOCK):
            html = menu.findall(_page(reader, address))[0]
            assert [LINK.findall(one)[0] for one in re.findall(r'<a [^>]*aria-current="page".*?</a>', html)] == [name]


def test_closed_site_shows_a_visitor_nothing_but_help(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    _page(signed_in(None), "/nothing-is-here/")
    settings.ANONYMOUS_READ = False
    page = _page(signed_in(None), "/nothing-is-here/")
    assert all(LINK.findall(menu.findall(page)[0]) == ["Help"] for menu in (MAIN, DOCK))
