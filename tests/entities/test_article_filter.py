"""Lists of articles by actor and region: one may see, merged or inside one another, and at the same cost however many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.entities.article_filter import ACTOR, REGION
from monitor.entities.merging import judge_actors, take_back_actors
from monitor.library.article_lists import Wanted, facets_of, listed, matching
from monitor.library.queries import standing_articles
from tests.entities.articles import actor_of, told_article
from tests.factories import make_user

if TYPE_CHECKING:
    from django.test import Client

    from monitor.library.article_filters import Filter, Person

pytestmark = pytest.mark.django_db

ARMY = "The Ardel Liberation Army marched through Weir in Ardelia."
FRONT = "The Ardel Republican Front met in Ardelia."
OSTRIA = "Nothing was heard of Ostria."


@pytest.fixture(autouse=True)
def archive() -> None:
    told_article(ARMY, title="One")
    told_article(FRONT, rows=None, title="Two")
    told_article(OSTRIA, rows=None, title="Three")
    hidden = told_article(FRONT, rows=None, title="Withheld")
    hidden.state = "withdrawn"
    hidden.save()


def shown(person: Person, **chosen: str) -> list[str]:
    wanted = Wanted(chosen={name: tuple(value.split("|")) for name, value in chosen.items()})
    rows = listed(matching(standing_articles(person), wanted, person), person)
    return sorted(article.title for article in rows)


def counts(person: Person, one: Filter) -> dict[str, int]:
    return {row["choice"]: row["n"] for row in one.tally(person, standing_articles(person))}


def test_an_actor_is_found_under_every_merged_entry() -> None:
    reader, curator = make_user("reader"), make_user("curator")
    assert shown(reader, actor="ardel-army") == ["One"]
    assert shown(reader, actor="ardel-army|ardel-front") == ["One", "Two"]
    judgement = judge_actors(one=actor_of("ardel-army"), other=actor_of("ardel-front"), verdict="same", by=curator)
    assert shown(reader, actor="ardel-army") == shown(reader, actor="ardel-front") == ["One", "Two"]
    assert counts(reader, ACTOR) == {"ardel-army": 2}
    assert ACTOR.names(reader, ["ardel-front", "nobody"]) == {"ardel-front": "Ardel Liberation Army"}
    take_back_actors(judgement=judgement, by=curator)
    assert counts(reader, ACTOR) == {"ardel-army": 1, "ardel-front": 1}


def test_a_region_takes_along_what_lies_in_it_unless_asked_alone() -> None:
    reader = make_user("reader")
    assert shown(reader, region="AD-W") == ["One"]
    assert shown(reader, region="AD") == ["One", "Two"]
    assert shown(reader, region="rivers") == ["One", "Two"]
    assert shown(reader, region="east") == ["One", "Three", "Two"]
    assert shown(reader, region="=east") == []
    assert shown(reader, region="=AD-W|OS") == ["One", "Three"]
    assert shown(reader, region="nowhere") == shown(reader, region="=nowhere") == []
    assert shown(reader, region="AD", actor="ardel-front") == ["Two"]
    assert counts(reader, REGION) == {"AD": 2, "OS": 1, "east": 3, "rivers": 2}
    assert REGION.names(reader, ["AD", "=AD-W", "x"]) == {"AD": "Ardelia", "=AD-W": "Weir itself"}


def test_only_what_one_may_see_is_counted() -> None:
    curator, visitor = make_user("curator"), AnonymousUser()
    assert counts(curator, ACTOR)["ardel-front"] == 2
    assert shown(curator, actor="ardel-front") == ["Two", "Withheld"]
    assert counts(visitor, ACTOR) == counts(visitor, REGION) == {}
    assert shown(visitor, region="AD") == []


def test_the_page_offers_and_names_them(client: Client) -> None:
    client.force_login(make_user("reader"))
    html = client.get("/articles/", {"region": "=AD-W", "actor": "ardel-army"}).content.decode()
    assert "Weir itself" in html
    assert ">One<" in html.replace("\n", "")
    assert ">Two<" not in html
    assert client.get("/articles/", {"region": "x" * 500, "actor": "\u0000"}).status_code in {200, 400}


def test_many_articles_cost_as_many_queries_as_few() -> None:
    reader = make_user("reader")
    wanted = Wanted(chosen={"actor": ("ardel-army",), "region": ("AD",)})

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(listed(matching(standing_articles(reader), wanted, reader), reader))
            facets_of(standing_articles(reader), wanted, reader)
        return len(queries)

    first = cost()
    for number in range(3):
        told_article(ARMY, rows=None, title=f"More {number}")
    assert cost() == first
