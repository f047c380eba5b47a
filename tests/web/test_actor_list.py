from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.entities.models import ActorAlias
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def test_actors_that_articles_name_are_listed_and_the_others_on_demand(reader: Client) -> None:
    army, _ = make_actor("Ardel Liberation Army", "ALA", countries=["PK"]), make_actor("Weir Front")
    make_region("PK", "Pakistan", "country")
    name_in(make_article("The ALA met."), {"ALA": army}, about=True)
    text = words(reader.get("/actors/").content.decode())
    assert "Ardel Liberation Army Armed group · Pakistan 1 article, about 1 2022" in text
    assert "Weir Front" not in text
    assert "1 actor" in text
    every = words(reader.get("/actors/?all=1").content.decode())
    assert "Weir Front Armed group no articles" in every
    assert "2 actors" in every


def test_any_of_its_names_finds_an_actor(reader: Client) -> None:
    taliban = make_actor("Tehreek-e-Taliban Pakistan", "TTP", slug="ttp")
    ActorAlias.objects.create(actor=taliban, text="Pakistani Taliban")
    name_in(make_article("TTP."), {"TTP": taliban})
    for typed in ("TTP", "ttp", "Pakistani+Taliban", "tehreek-e-taliban+pakistan", "T%C3%A9hreek-e-Taliban+Pakistan"):
        page = reader.get(f"/actors/?q={typed}").content.decode()
        assert 'id="meant"' in page, typed
        assert '<a href="/actors/ttp/">' in page
    assert "“Pakistani Taliban”" in words(reader.get("/actors/?q=Pakistani+Taliban").content.decode())
    assert "Tehreek-e-Taliban Pakistan" in words(reader.get("/actors/?q=taliban").content.decode())


def test_an_acronym_of_several_is_a_choice(reader: Client) -> None:
    make_region("CD", "Congo", "country")
    make_region("AU", "Australia", "country")
    forces = make_actor("Allied Democratic Forces", "ADF", countries=["CD"])
    make_actor("Australian Defence Force", "ADF", kind="state_force", countries=["AU"])
    name_in(make_article("The ADF."), {"ADF": forces}, about=True)
    text = words(reader.get("/actors/?q=ADF").content.decode())
    assert (
        "“ADF” is the name of 2 actors: which one? Allied Democratic Forces “ADF” Armed group · Congo 1 article" in text
    )
    assert "Australian Defence Force “ADF” State force · Australia no articles" in text
    assert "2 are called just so" in text


def test_a_written_form_is_preferred_to_one_in_other_capitals(reader: Client) -> None:
    make_actor("Jaish-e-Mohammed", "JeM")
    make_actor("Justice and Equality Movement", "JEM")
    text = words(reader.get("/actors/?q=JEM").content.decode())
    assert "“JEM” is Justice and Equality Movement" in text
    assert "“jem” is the name of 2 actors" in words(reader.get("/actors/?q=jem").content.decode())


def test_a_name_much_like_one_is_offered_never_taken(reader: Client) -> None:
    make_actor("Baloch Liberation Army")
    text = words(reader.get("/actors/?q=Baluch+Liberation+Army").content.decode())
    assert "Nobody is called “Baluch Liberation Army”. Did you mean Baloch Liberation Army" in text
    assert "No actor is like that." in words(reader.get("/actors/?q=xyzzy").content.decode())


def test_actors_are_filtered_by_kind_and_put_in_order(reader: Client) -> None:
    names = {"Army One": "armed_group", "Army Two": "state_force", "Party Three": "political"}
    for number, (name, kind) in enumerate(names.items(), 1):
        actor = make_actor(name, kind=kind)
        for n in range(number):
            article = make_issue(make_read_article(f"{name}.", notes=()), number=10 * number + n).articles.get()
            name_in(article, {name: actor})
    text = words(reader.get("/actors/?sort=articles").content.decode())
    assert text.index("Party Three") < text.index("Army Two") < text.index("Army One")
    by_kind = words(reader.get("/actors/?kind=political").content.decode())
    assert "1 actor" in by_kind
    assert "Army One" not in by_kind
    assert reader.get("/actors/?kind=robot").status_code == 422
    assert reader.get("/actors/?sort=size").status_code == 422


def test_unconfirmed_names_stand_apart(reader: Client) -> None:
    found = make_actor("Lodge of Nine", status="provisional", origin="text")
    article = make_article("The Lodge of Nine met.")
    name_in(article, {"Lodge of Nine": found})
    assert "Lodge of Nine" not in words(reader.get("/actors/").content.decode())
    assert "Lodge of Nine" in words(reader.get("/actors/?unconfirmed=1").content.decode())


def test_the_list_goes_on_page_by_page(reader: Client) -> None:
    article = make_article("Nothing.")
    for number in range(103):
        name_in(article, {"Nothing": make_actor(f"Group {number:03}")})
    page = reader.get("/actors/").content.decode()
    assert page.count('<a href="/actors/group-') == 100
    later = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert reader.get(f"/actors/{later}").content.decode().count('<a href="/actors/group-') == 3
    assert reader.get("/actors/?after=nonsense").status_code == 422


def test_actors_part_is_asked_for_by_htmx(reader: Client) -> None:
    part = reader.get("/actors/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="list" class="split left">')
    assert 'hx-swap-oob="innerHTML">no actors</p>' in part


def test_coverage_is_by_month_of_those_named_most(reader: Client) -> None:
    army, front = make_actor("Ardel Army"), make_actor("Weir Front")
    person = make_actor("Corrin Hale", kind="person")
    for number, day in ((1, "2021-11-03"), (2, "2022-01-11"), (3, "2022-02-11")):
        article = make_issue(make_read_article("Ardel Army.", notes=()), number=number, date=day).articles.get()
        name_in(article, {"Ardel Army": army} | ({"Ardel": front, "Army": person} if number == 2 else {}))
    text = words(reader.get("/actors/coverage/").content.decode())
    assert "March 2020 to February 2022" in text
    assert "Ardel Army" in text
    assert text.index("Ardel Army") < text.index("Weir Front")
    assert "Corrin Hale" not in text
    assert "1 nothing published 1 1 3" in text
    earlier = words(reader.get("/actors/coverage/?until=2021-11").content.decode())
    assert "December 2019 to November 2021" in earlier
    assert "Weir Front" not in earlier
    assert reader.get("/actors/coverage/?until=soon").status_code == 422
    narrow = words(reader.get("/actors/coverage/?from=2022-02-01").content.decode())
    assert "Weir Front" not in narrow


def test_names_that_only_texts_brought_cost_no_query_each(signed_in: SignIn, db: None) -> None:
    counts = []
    client = signed_in(make_user("analyst"))
    for size in (1, 3, 9):
        for number in range(size):
            found = make_actor(f"Lodge {size} {number}", f"LX{size}", status="provisional", origin="text")
            name_in(
                make_article(f"The LX{size} met.", title=f"Piece {size} {number}"),
                {f"LX{size}": found},
                status="suggested",
            )
        counts.append(queries_for(client, f"/actors/?q=LX{size}"))
    assert max(counts) - min(counts) <= 1, counts
