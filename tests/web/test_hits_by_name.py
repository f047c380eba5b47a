"""A search for a name alone is walked through in the article like one for words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_user
from tests.search_index import settle
from tests.web.pages import queries_for, root_text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db
TEXT = "The Ardel Army left Vray.[1]\n\nVray had lamps. Nobody saw the Lodge in Upper Vale, nor the army in Vray."


@pytest.fixture
def person() -> User:
    return make_user("reader")


@pytest.fixture
def reader(signed_in: SignIn, person: User) -> Client:
    return signed_in(person)


@pytest.fixture
def article() -> Article:
    army, lodge = make_actor("Ardel Army"), make_actor("Lodge of Nine", "Lodge")
    vale = make_region("gn1", "Upper Vale", "admin1")
    vray = make_region("gn2", "Vray", "city", vale)
    shown = make_article(TEXT, notes=("Vray again.",))
    (*_, last) = name_in(shown, {"Ardel Army": army, "Lodge": lodge, "Upper Vale": vale, "Vray": vray})
    last.pk, last.note, last.where, last.start, last.end = None, shown.notes.get(), "note", 0, len("Vray")
    last.save(force_insert=True)
    return shown


def hits_of(reader: Client, article: Article, query: str, **more: str) -> list[str]:
    """Return the words of each hit, those in a link of a name without it."""
    page = reader.get(article.get_absolute_url(), {"q": query, **more}).content.decode()
    assert root_text(page) == article.texts.get().body
    found = re.findall(r'<mark class="hit(?: now)?" id="h(\d+)" data-hit="\1">(.*?)</mark>', page)
    assert [int(number) for number, _ in found] == list(range(1, len(found) + 1))
    return [re.sub("<[^>]+>", "", inner) for _, inner in found]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ('actor:"Ardel Army"', ["Ardel Army"]),
        ("region:Vray", ["Vray", "Vray", "Vray", "Vray"]),
        ('region:"Upper Vale"', ["Vray", "Vray", "Upper Vale", "Vray", "Vray"]),
        ('region:="Upper Vale"', ["Upper Vale"]),
        ('actor:"Ardel Army" OR region:="Upper Vale"', ["Ardel Army", "Upper Vale"]),
        ('region:="Upper Vale" -actor:"Ardel Army"', ["Upper Vale"]),
        ('actor:"Lodge of Nine" lamps', ["lamps"]),
        ("actor:Nobody", []),
    ],
)
def test_names_are_hits_where_no_words_are_asked_for(
    reader: Client, article: Article, query: str, hits: list[str]
) -> None:
    assert hits_of(reader, article, query) == hits


def test_the_way_through_names_is_that_through_words(reader: Client, article: Article) -> None:
    page = reader.get(article.get_absolute_url(), {"q": "region:Vray", "hit": "2"}).content.decode()
    assert "2 of 4 for region:Vray" in words(page)
    assert 'href="?q=region%3AVray&amp;hit=3#h3" aria-label="Next hit"' in page
    assert "No hits for actor:Nobody" in words(
        reader.get(article.get_absolute_url(), {"q": "actor:Nobody"}).content.decode()
    )
    assert "hit-walk" not in reader.get(article.get_absolute_url(), {"q": "kind:article"}).content.decode()


def test_what_does_not_count_is_no_hit(reader: Client, article: Article) -> None:
    name_in(article, {"lamps": make_actor("Lamps")}, status="suggested", score=0.5)
    assert hits_of(reader, article, "actor:Lamps") == []


def test_a_merged_actor_is_found_by_either_name(reader: Client, article: Article) -> None:
    kept = make_actor("Army of the Ardel")
    army = make_actor("Ardel Army II")
    army.canonical = kept
    army.save()
    name_in(article, {"the army": army})
    assert hits_of(reader, article, 'actor:"Army of the Ardel"') == ["the army"]
    assert hits_of(reader, article, 'actor:"Ardel Army II"') == ["the army"]


def test_hits_are_there_for_whoever_wants_no_names_in_texts(reader: Client, person: User, article: Article) -> None:
    person.names = "hidden"
    person.save()
    page = reader.get(article.get_absolute_url(), {"q": 'actor:"Ardel Army"'}).content.decode()
    assert '<mark class="hit" id="h1" data-hit="1">Ardel Army</mark>' in page
    assert "entity" not in page.partition('id="text"')[2].partition("</article>")[0]


def test_a_result_opens_the_article_with_the_search(reader: Client, article: Article) -> None:
    settle()
    page = reader.get("/search/", {"q": 'actor:"Ardel Army"'}).content.decode()
    assert f'href="{article.get_absolute_url()}?q=actor%3A%22Ardel+Army%22#p1"' in page


def test_names_cost_as_many_queries_however_many_there_are(reader: Client, article: Article) -> None:
    address = f"{article.get_absolute_url()}?q="
    plain = queries_for(reader, f"{address}lamps")
    assert queries_for(reader, f"{address}region:Vray") == plain + 2
    name_in(article, {"Nobody": make_actor("Nobody"), "lamps": make_actor("Lampmen")})
    assert queries_for(reader, f"{address}region:Vray+OR+actor:Nobody+OR+actor:Lampmen") == plain + 2
