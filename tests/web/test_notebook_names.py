"""The notebook by actor and region: passages that name them, counted as they are listed, and nothing one may not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from monitor.annotations.notebook_filters import FILTERS
from monitor.annotations.notebook_queries import Wanted, facets_of, matching
from monitor.web.notebook_names import NAMED_ACTOR, NAMED_REGION
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    house = make_house()
    guild, lodge = make_actor("Lamp Guild"), make_actor("Lodge of Nine")
    land = make_region("PK", "Pakistan", "country")
    port = make_region("gn1", "Kessmouth", "city", land)
    name_in(house.article, {"lamps": guild, "gate": port, "dusk": lodge})
    name_in(house.article, {"Nobody": lodge}, status="suggested")
    for words in ("The lamps were", "lamps", "held the gate", "Nobody", "dusk"):
        house.mark(words, comment=words)
    house.mark("lamps", by=house.mate, comment="canaryword")
    return house


def comments(person: User, **chosen: str) -> list[str]:
    wanted = Wanted(chosen={name: (value,) for name, value in chosen.items()})
    return list(matching(person, wanted).order_by("pk").values_list("comment", flat=True))


def shown(person: User, wanted: Wanted | None = None) -> dict[str, dict[str, int]]:
    facets = facets_of(person, wanted or Wanted())[1]
    return {one.label: {choice.label: choice.count for choice in one.choices} for one in facets}


def test_both_are_filters_of_the_notebook() -> None:
    assert [known.name for known in FILTERS if known in (NAMED_ACTOR, NAMED_REGION)] == ["actor", "region"]


def test_passages_that_name_an_actor_or_a_region_are_found_and_counted(house: House) -> None:
    assert comments(house.author, actor="lamp-guild") == ["The lamps were", "lamps"]
    assert comments(house.author, actor="lodge-of-nine") == ["dusk"]  # what is only suggested does not count
    assert comments(house.author, region="PK") == comments(house.author, region="gn1") == ["held the gate"]
    assert comments(house.author, actor="unknown") == []
    assert (shown(house.author)["Actor"], shown(house.author)["Region"]) == ({}, {})  # none is offered unasked
    found = shown(house.author, Wanted(chosen={"actor": ("lamp-guild", "lodge-of-nine")}))
    assert found["Actor"] == {"Lamp Guild": 2, "Lodge of Nine": 1}
    assert shown(house.author, Wanted(chosen={"region": ("PK",), "colour": ("yellow",)}))["Region"] == {"Pakistan": 1}
    assert "canaryword" not in comments(house.author, actor="lamp-guild")


def test_lost_passages_and_texts_one_may_not_read_name_nobody(house: House) -> None:
    for mark in house.article.annotations.filter(comment="lamps"):
        mark.spans.update(state="orphan")
    assert comments(house.author, actor="lamp-guild") == ["The lamps were"]
    type(house.article.issue).objects.update(state="withdrawn")
    assert comments(house.author, actor="lamp-guild") == []
    assert len(comments(house.author)) == 5


def test_the_page_shows_what_is_chosen_and_leads_back(house: House) -> None:
    client = Client()
    client.force_login(house.author)
    page = client.get("/notebook/", {"actor": "lamp-guild"}).content.decode()
    assert "2 annotations found" in page
    assert 'name="actor" value="lamp-guild" checked' in " ".join(page.split())
