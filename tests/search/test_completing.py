"""What the box offers while one types: by any name, told apart, and only what one may see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.annotations.codebook import make_tag
from monitor.entities.models import Actor
from monitor.entities.region_models import Region, RegionClosure
from monitor.library.models import State
from monitor.search.completing import completions
from monitor.search.names import Name, meanings
from monitor.search.query_language import parse
from monitor.search.query_tree import Named
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def offered(person: object, typed: str) -> list[tuple[str, str, str]]:
    return [(one.written, one.by, one.detail) for one in completions(typed, person)]  # type: ignore[arg-type]


def test_an_actor_is_offered_by_any_of_its_names_with_its_country_and_once(house: House) -> None:
    make_region("PK", "Pakistan", "country")
    make_actor("Tehrik-i-Taliban Pakistan", "TTP", "Pakistani Taliban", countries=["PK"])
    make_actor("Afghan Taliban", countries=["AF"])
    assert offered(house.author, "actor:tt") == [('actor:"Tehrik-i-Taliban Pakistan"', "TTP", "Pakistan")]
    assert [written for written, *_ in offered(house.author, "-actor:“talib")] == [
        'actor:"Afghan Taliban"',
        'actor:"Tehrik-i-Taliban Pakistan"',
    ]
    assert offered(house.author, "actor:pakistani ta") == [
        ('actor:"Tehrik-i-Taliban Pakistan"', "Pakistani Taliban", "Pakistan")
    ]
    assert offered(house.author, "about:tt")[0][0] == 'about:"Tehrik-i-Taliban Pakistan"'
    assert offered(house.author, "actor:nobody") == []


def test_a_region_is_offered_with_what_it_lies_in_and_namesakes_by_their_addresses(house: House) -> None:
    pakistan = make_region("PK", "Pakistan", "country")
    baluchistan = make_region("PK-BA", "Balochistan", "admin1", pakistan, countries=["PK"], aliases=("Baluchistan",))
    make_region("gn1", "Kech", "admin2", baluchistan, countries=["PK"])
    twin = Region.objects.create(code="IR-11", slug="balochistan-iran", name="Balochistan", kind="admin2")
    RegionClosure.objects.create(descendant=twin, ancestor=twin, depth=0)
    assert offered(house.author, "region:kec") == [("region:Kech", "", "Balochistan, Pakistan")]
    assert offered(house.author, "region:balu") == [("region:Balochistan", "Baluchistan", "Pakistan")]
    assert offered(house.author, "region:=balo") == [
        ("region:balochistan", "", "Pakistan"),
        ("region:balochistan-iran", "", ""),
    ]


def test_what_is_offered_means_that_one_thing_when_it_is_written(house: House) -> None:
    make_actor("Army of the Ardel", "AA")
    make_actor("Army: the “quoted”", "AB")
    make_region("V", "Upper Ardel", "macro")
    make_tag(name="violence/Escape by boat", by=house.curator)
    for typed in ("actor:army", "region:upper", "tag:esc", "source:ferry", "author:var", "periodical:tide"):
        for one in completions(typed, house.author):
            (node,) = [parse(one.written).tree]
            assert isinstance(node, Named), one
            name = Name(one.kind, node.value)
            found = meanings([name], house.author)[name].meant
            assert [meant.name for meant in found] == [one.label], one


def test_a_word_without_a_field_offers_fields_and_things_of_every_kind(house: House) -> None:
    make_actor("Tagmen of the Weir")
    make_tag(name="taggable", by=house.author)
    assert [written for written, *_ in offered(house.author, "ta")] == [
        "tag:", 'actor:"Tagmen of the Weir"', "tag:taggable",
    ]  # fmt: skip
    assert [written for written, *_ in offered(house.author, "t")] == ["tag:", "title:"]
    assert [written for written, *_ in offered(house.author, "has:an")] == ["has:annotation"]
    assert offered(house.author, "date:2021") == []
    assert [written for written, *_ in offered(house.author, "ferry")] == ['source:"Ferry Post"']
    assert [written for written, *_ in offered(house.author, "author:varr")] == ['author:"Ines Varrow"']


def test_nothing_is_offered_of_what_one_may_not_see(house: House) -> None:
    make_tag(name="canary", by=house.author, private=True)
    house.mark(comment="canary")
    text = "Nobody held the gate (Canary Post, January 21)."
    cited: dict[str, str | None] = {"Canary Post, January 21": "2022-01-21"}
    draft = make_article(text, state=State.DRAFT, authors=("Canary Varrow",), cited=cited)
    proposed = Actor.objects.create(slug="canary-x", name="Canary Brigade", status="provisional")
    name_in(draft, {"Nobody": proposed})
    typed = ("canary", "tag:canary", "source:canary", "author:canary", "actor:canary", "by:auth")
    for who in ("mate", "reader", "outsider"):
        assert [offered(getattr(house, who), word) for word in typed] == [[]] * len(typed), who
    assert [offered(AnonymousUser(), word) for word in typed] == [[]] * len(typed)
    assert offered(house.author, "tag:canary") == [("tag:canary", "", "canary")]
    assert [len(offered(house.curator, word)) for word in ("source:canary", "author:canary")] == [1, 1]


def test_one_statement_whatever_is_typed(house: House) -> None:
    for typed in ("actor:a", "region:a", "lamp", "about:x", "by:m", "\0\ud800", ":", "tag:", "x" * 500):
        with CaptureQueriesContext(connection) as caught:
            completions(typed, house.author)
        assert len(caught) <= 1, typed
