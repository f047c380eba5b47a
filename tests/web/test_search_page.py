"""The search page: what it says of a query, what it finds, its ways on, and what it costs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article
from tests.web.pages import words

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: User, q: str = "", *, status: int = 200, **asked: Any) -> str:
    answer = sign_in(person).get(reverse("search"), {"q": q, **asked})
    assert answer.status_code == status
    html: str = answer.content.decode()
    return html


def titles(html: str) -> list[str]:
    found = re.findall(r'<li class="result" data-row>\s*<h2><a href="[^"]*">(.*?)</a></h2>', html)
    return [re.sub(r"<[^>]*>", "", one) for one in found]


def test_a_word_finds_its_article_with_the_passage_and_leads_to_the_hit(house: House) -> None:
    make_article("Nothing here.", title="Elsewhere", bio="", notes=())
    html = page(house.author, "lamps")
    assert titles(html) == ["Lamps on the Ardel"]
    address = house.article.get_absolute_url()
    assert f'href="{address}?q=lamps&amp;hit=1#h1"' in html
    assert re.search(r'¶ 1</span><span>The <mark class="hit">lamps</mark> were lit', html)
    assert re.search(r'<a href="[^"]*"><mark class="hit">Lamps</mark> on the Ardel</a>', html)
    said = words(html)
    assert "1 article" in said
    assert "words: in the title" in said
