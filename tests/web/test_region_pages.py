from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.entities.region_models import Region

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@dataclass(frozen=True, slots=True)
class World:
    asia: Region
    pakistan: Region
    balochistan: Region
    kech: Region
    sindh: Region


@pytest.fixture
def world(db: None) -> World:
    asia = make_region("south-asia", "South Asia", "macro")
    pakistan = make_region("PK", "Pakistan", "country", asia, countries=["PK"])
    facts: dict[str, Any] = {"countries": ["PK"], "coord_basis": "cities"}
    balochistan = make_region(
        "PK-BA", "Balochistan", "admin1", pakistan, aliases=("Baluchistan",), lat=28, lon=65, **facts
    )
    kech = make_region("gn7", "Kech", "admin2", balochistan, lat=26, lon=63, **facts)
    sindh = make_region("PK-SD", "Sindh", "admin1", pakistan, lat=26, lon=68.5, **facts)
    return World(asia, pakistan, balochistan, kech, sindh)


def tell(region: Region, *, about: bool = True, number: int = 1, **facts: Any) -> None:
    read = make_read_article(f"Near {region.name} it rained.", title=f"On {region.name}", notes=())
    article = make_issue(read, number=number, **facts).articles.get()
    name_in(article, {region.name: region}, about=about)


def test_a_region_takes_in_what_lies_in_it_and_says_which(reader: Client, world: World) -> None:
    tell(world.kech, number=1)
    tell(world.pakistan, number=2, about=False)
    for name in ("pakistan", "south-asia"):
        text = words(reader.get(f"/regions/{name}/").content.decode())
        assert "It, or what lies in it, in 2 articles, about it 1" in text
        assert text.index("On Kech") < text.index("On Pakistan")
        assert "Near Kech it rained. At the passage by Kech found automatically" in text
    text = words(reader.get("/regions/balochistan/").content.decode())
    assert ("On Kech" in text, "On Pakistan" in text) == (True, False)


def test_a_region_can_be_asked_for_itself_alone(reader: Client, world: World) -> None:
    tell(world.kech, number=1)
    tell(world.pakistan, number=2, about=False)
    page = reader.get("/regions/pakistan/").content.decode()
    assert '<a class="chip" href="/regions/pakistan/?exact=1">Only Pakistan itself</a>' in page
    text = words(reader.get("/regions/pakistan/?exact=1").content.decode())
    assert "Named itself in 1 article" in text
    assert "On Kech" not in text


def test_the_page_stands_in_the_hierarchy(reader: Client, world: World) -> None:
    tell(world.kech)
    text = words(reader.get("/regions/pakistan/").content.decode())
    assert "Country or territory · South Asia Pakistan" in text
    assert "Lies in South Asia Part of the world In it Balochistan 1 article 1 part that no article names Sindh" in text
    text = words(reader.get("/regions/kech/").content.decode())
    assert "Lies in Balochistan Province Pakistan Country or territory South Asia Part of the world" in text
    assert "Also called Baluchistan" in words(reader.get("/regions/balochistan/").content.decode())


def test_the_map_of_a_region_is_near_it(reader: Client, world: World) -> None:
    tell(world.kech)
    page = reader.get("/regions/pakistan/?view=map").content.decode()
    assert "World map: articles on 1 country: Pakistan (1); 1 place as points." in page
    frame = page.split('class="world" viewBox="')[1].split('"')[0]
    x, y, width, height = map(float, frame.split())
    assert x > 1000
    assert width < 500
    assert (y > 0, round(width / height, 2)) == (True, 2.31)
    assert len(page) < 100_000


def test_every_view_of_a_region_has_an_address(reader: Client, world: World) -> None:
    tell(world.kech)
    army = make_actor("Weir Front")
    name_in(world.kech.article_rows.get().article, {"rained": army})
    assert "Weir Front Armed group 1 1.0" in words(reader.get("/regions/pakistan/?view=with").content.decode())
    for view in ("passages", "sources", "annotations", "coverage", "map"):
        assert reader.get(f"/regions/pakistan/?view={view}").status_code == 200
    assert reader.get("/regions/pakistan/?view=x").status_code == 422
    assert reader.get("/regions/atlantis/").status_code == 404
    # The code of a region is an address, too.
    assert reader.get("/regions/pk-ba/")["Location"] == "/regions/balochistan/"


def test_the_archive_has_a_map_and_a_tree(reader: Client, world: World) -> None:
    tell(world.kech)
    page = reader.get("/regions/").content.decode()
    text = words(page)
    assert "World map: articles on 1 country: Pakistan (1); 1 place as points." in text
    assert "South Asia 1 article Pakistan 1" in text
    assert "GeoNames" in text
    assert len(page) < 80_000


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Regions appear here as soon as an article" in words(reader.get("/regions/").content.decode())


def test_regions_are_found_by_any_name(reader: Client, world: World) -> None:
    assert "“Baluchistan” is Balochistan “Baluchistan” Province in Pakistan" in words(
        reader.get("/regions/?q=Baluchistan").content.decode()
    )
    assert "Names that begin with “balo” Balochistan" in words(reader.get("/regions/?q=balo").content.decode())
    assert "No region is called “Atlantis”" in words(reader.get("/regions/?q=Atlantis").content.decode())
    make_region("US-SD", "Sindh (Ohio)", "city", countries=["US"], aliases=("Sindh",))
    assert "“Sindh” is the name of 2 regions: which one? Sindh Province in Pakistan" in words(
        reader.get("/regions/?q=Sindh").content.decode()
    )


def test_drafts_put_nothing_on_the_map(reader: Client, world: World) -> None:
    tell(world.kech, state="draft")
    assert "no article tells of any country" in reader.get("/regions/").content.decode()
    assert "No article on the shelf names it" in words(reader.get("/regions/pakistan/").content.decode())


def test_a_list_of_articles_has_a_map_of_its_own(reader: Client, world: World) -> None:
    tell(world.kech, number=1, date="2021-05-01")
    tell(world.sindh, number=2, date="2022-05-01")
    both = reader.get("/regions/map/").content.decode()
    one = reader.get("/regions/map/?from=2022-01-01").content.decode()
    assert ("<title>Kech: 1 article</title>" in both, "<title>Kech: 1 article</title>" in one) == (True, False)
    text = words(one)
    assert "1 article found" in text
    assert "Date from 2022-01-01" in text
    assert 'href="/articles/?from=2022-01-01"' in one
    assert 'href="/regions/map/?from=2022-01-01"' in reader.get("/articles/?from=2022-01-01").content.decode()
    assert reader.get("/regions/map/?from=someday").status_code == 422


def test_queries_do_not_grow_with_what_is_told(reader: Client, world: World) -> None:
    counts: dict[str, list[int]] = {}
    for batch in (1, 2, 5):
        for number in range(batch):
            part = make_region(
                f"x{batch}{number}", f"Part {batch} {number}", "admin1", world.pakistan, countries=["PK"]
            )
            tell(part, number=100 * batch + number)
            make_region(
                f"y{batch}{number}",
                f"Land {batch} {number}",
                "country",
                make_region(f"z{batch}{number}", f"Area {batch} {number}", "macro"),
            )
            name_in(make_article("Land."), {"Land": part})
        for view in ("passages", "with", "sources", "coverage", "map"):
            counts.setdefault(view, []).append(queries_for(reader, f"/regions/pakistan/?view={view}"))
        for address in ("/regions/", "/regions/?q=Part", "/regions/map/"):
            counts.setdefault(address, []).append(queries_for(reader, address))
    assert {name: max(found) - min(found) for name, found in counts.items()} == dict.fromkeys(counts, 0), counts
    assert max(map(max, counts.values())) <= 22, counts
