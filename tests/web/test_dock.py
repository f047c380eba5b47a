"""The dock of phones: the page one is on is marked, be it behind “More”."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "marked"), [("/notebook/", "Notebook"), ("/trash/", "More"), ("/tags/", "More"), ("/", "Shelf")]
)
def test_the_page_one_is_on_is_marked_in_the_dock(address: str, marked: str) -> None:
    client = Client()
    client.force_login(make_user("analyst"))
    dock = client.get(address).content.decode().partition('<nav class="dock"')[2].partition("</nav>")[0]
    current = re.findall(r'aria-current="[^"]+"[^>]*>(?:<svg.*?</svg>)?([^<]*)', dock, re.DOTALL)
    assert current == [marked]
