from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from monitor.entities.gazetteer_models import Retagging
from monitor.entities.region_models import Region, RegionAlias, RegionClosure
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words
from tests.web.undone import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

USUAL = {"sort": "name", "case": "usual"}


@pytest.fixture
def land(db: None) -> Region:
    asia = make_region("south-asia", "South Asia", "macro")
    return make_region("PK", "Pakistan", "country", asia, countries=["PK"], lat=30.0, lon=70.0, coord_basis="cities")


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator", name="cora"))


@pytest.fixture
def analyst(signed_in: SignIn) -> Client:
    return signed_in(make_user("analyst", name="oren"))


def test_a_village_is_placed_in_a_region_and_taken_out_again(analyst: Client, land: Region) -> None:
    page = analyst.get("/regions/new/?in=pakistan").content.decode()
    assert '<input type="hidden" name="parent" value="region:pakistan">' in page
    assert "Country or territory" not in words(page)
    given = {"name": "Vray", "kind": "place", "parent": "region:pakistan", "lat": "25.5", "lon": "62"}
    answer = analyst.post("/regions/create/", given, follow=True)
    vray = Region.objects.get(slug="vray")
    assert (vray.lat, vray.lon, vray.coord_basis, vray.countries) == (25.5, 62.0, "point", ["PK"])
    above = RegionClosure.objects.filter(descendant=vray).order_by("depth").values_list("ancestor__slug", flat=True)
    assert list(above) == ["vray", "pakistan", "south-asia"]
    assert answer.redirect_chain[-1][0] == "/regions/vray/"
    assert "Added Vray in Pakistan." in Retagging.objects.get().said
    assert undo(analyst, answer) == "Vray is taken out."
    vray.refresh_from_db()
    assert (vray.retired, analyst.get("/regions/vray/").status_code) == (True, 404)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lat": "25"}, "A point needs both numbers."),
        ({"lat": "91", "lon": "0"}, "less than or equal to 90"),
        ({"parent": "Nowhere"}, "No region is called “Nowhere”."),
        ({"kind": "country"}, "Select a valid choice"),
        ({"name": "…"}, "A name needs letters or digits"),
    ],
)
def test_regions_that_cannot_be_are_refused(analyst: Client, land: Region, wrong: dict[str, str], said: str) -> None:
    given = {"name": "Vray", "kind": "place", "parent": "Pakistan", "lat": "", "lon": "", **wrong}
    answer = analyst.post("/regions/create/", given)
    assert (answer.status_code, said in words(answer.content.decode())) == (422, True)
    assert Region.objects.count() == 2


def test_several_of_a_name_are_a_choice(analyst: Client, land: Region) -> None:
    for number in (1, 2):
        make_region(f"gn{number}", f"Weir {number}", "city", land, aliases=("Weir",))
    answer = analyst.post("/regions/create/", {"name": "Vray", "kind": "place", "parent": "Weir"})
    assert 'type="radio" name="parent" value="region:weir-2"' in answer.content.decode()


def test_name_kind_and_point_can_be_changed_and_changed_back(curator: Client, land: Region) -> None:
    make_region("gn7", "Vray", "place", land, lat=25.0, lon=62.0, coord_basis="point")
    given = {"name": "Vrai", "kind": "city", "lat": "25.5", "lon": "62.5"}
    answer = curator.post("/regions/vray/edit/change/", given, follow=True)
    vray = Region.objects.get(code="gn7")
    assert (vray.name, vray.kind, vray.lat, vray.lon) == ("Vrai", "city", 25.5, 62.5)
    assert {"name", "kind", "lat", "lon"} <= set(vray.edited)
    assert list(vray.aliases.values_list("text", flat=True)) == ["Vray"]
    assert Retagging.objects.filter(said="Changed Vray.").exists()
    assert undo(curator, answer) == "Saved."
    vray.refresh_from_db()
    assert (vray.name, vray.kind, vray.lat, vray.slug) == ("Vray", "place", 25.0, "vray")
    curator.post("/regions/vray/edit/change/", {**given, "name": "Vray", "lat": "", "lon": ""})
    vray.refresh_from_db()
    assert (vray.lat, vray.lon, vray.coord_basis) == (None, None, "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lat": "25", "lon": ""}, "A point needs both numbers."),
        ({"name": "…"}, "A name needs letters or digits"),
        ({"kind": "city"}, "Select a valid choice"),
    ],
)
def test_facts_that_cannot_be_are_refused_and_kept(
    curator: Client, land: Region, wrong: dict[str, str], said: str
) -> None:
    given = {"name": "Pakistan", "kind": "country", "lat": "30", "lon": "70", **wrong}
    answer = curator.post("/regions/pakistan/edit/change/", given)
    assert (answer.status_code, said in words(answer.content.decode())) == (422, True)
    land.refresh_from_db()
    assert (land.name, land.kind, land.lat) == ("Pakistan", "country", 30.0)


def test_names_of_a_region_are_looked_at_added_and_taken_out(curator: Client, land: Region) -> None:
    article = make_article("The Land of the Pure rested.")
    name_in(article, {"Land": land})
    given = {"text": "Land of the Pure", **USUAL, "source": "Ferry Post"}
    looked = curator.post("/regions/pakistan/edit/add-name/", {**given, "look": "1"})
    assert "may stand in 1 article" in words(looked.content.decode())
    assert RegionAlias.objects.count() == 0
    answer = curator.post("/regions/pakistan/edit/add-name/", given, follow=True)
    alias = RegionAlias.objects.get()
    assert (alias.region, alias.source, alias.sort) == (land, "Ferry Post", "name")
    assert "Land of the Pure Take out" in words(answer.content.decode())
    twice = curator.post("/regions/pakistan/edit/add-name/", given)
    assert "“Land of the Pure” is a name of Pakistan already." in words(twice.content.decode())
    undo(curator, answer)
    alias.refresh_from_db()
    assert alias.retired
    text = words(curator.get("/regions/pakistan/edit/").content.decode())
    assert "1 name taken out Land of the Pure Put back" in text
    assert "Changes of names Took out the name “Land of the Pure”. cora" in text
    answer = curator.post("/regions/pakistan/edit/restore-name/", {"pk": alias.pk}, follow=True)
    undo(curator, answer)
    alias.refresh_from_db()
    assert alias.retired
    part = curator.get("/regions/pakistan/progress/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-get="/regions/pakistan/progress/"' in part
    Retagging.objects.update(articles=0, finished=timezone.now())
    part = curator.get("/regions/pakistan/progress/", headers={"HX-Request": "true"}).content.decode()
    assert ("no article has it" in words(part), "every 2s" in part) == (True, False)


def test_a_region_with_others_in_it_is_not_taken_out(curator: Client, land: Region) -> None:
    make_region("gn1", "Vray", "city", land)
    answer = curator.post("/regions/pakistan/edit/retire/")
    assert (answer.status_code, "Other regions lie in Pakistan" in words(answer.content.decode())) == (422, True)


def test_codes_and_plain_names_lead_to_the_page(curator: Client, land: Region) -> None:
    Region.objects.filter(pk=land.pk).update(slug="pakistan-pk")
    small = make_region("gn5", "Vray", "city", land, population=10, aliases=("Old Vray",))
    Region.objects.filter(pk=small.pk).update(slug="vray-gn5")
    other = make_region("gn6", "Vray", "city", land, population=5)
    Region.objects.filter(pk=other.pk).update(slug="vray-gn6")
    for address, status in (
        ("pakistan", 301),
        ("PK", 301),
        ("pk", 301),
        ("vray", 302),
        ("old-vray", 302),
        ("GN5", 301),
    ):
        answer = curator.get(f"/regions/{address}/?view=map")
        kept = "vray-gn5" if "v" in address or "5" in address else "pakistan-pk"
        assert (answer.status_code, answer["Location"]) == (status, f"/regions/{kept}/?view=map"), address
    assert curator.get("/regions/nowhere/").status_code == 404
    Region.objects.filter(pk=small.pk).update(retired=True)
    assert curator.get("/regions/vray/")["Location"] == "/regions/vray-gn6/"


def told(client: Client, address: str) -> dict[str, tuple[Any, int, int]]:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/geo+json"
    features = json.loads(answer.content)["features"]
    return {
        row["id"]: (row["geometry"] and row["geometry"]["coordinates"], row["properties"]["articles"], row["properties"]["mentions"])
        for row in features
    }  # fmt: skip


def test_regions_of_lists_actors_and_regions_are_geojson(curator: Client, land: Region) -> None:
    vray = make_region("gn1", "Vray", "city", land, lat=25.5, lon=62.0, coord_basis="point", countries=["PK"])
    part = make_region("PK-BA", "Balochistan", "admin1", land, lat=28.0, lon=66.0, coord_basis="parent")
    army = make_actor("Ardel Army")
    first = make_article("The Ardel Army took Vray. Vray fell. Pakistan waited.", title="First")
    name_in(first, {"Ardel Army": army, "Vray": vray, "Pakistan": land})
    name_in(make_article("Balochistan and Vray.", title="Second"), {"Balochistan": part, "Vray": vray})
    draft = make_issue(make_read_article("Vray.", notes=()), number=9, state="draft").articles.get()
    name_in(draft, {"Vray": vray})
    everything = {"PK": ([70.0, 30.0], 2, 1), "gn1": ([62.0, 25.5], 2, 3), "PK-BA": (None, 1, 1)}
    Region.objects.filter(pk=part.pk).update(retired=False)
    reader = curator
    assert told(reader, "/articles/regions.geojson")["gn1"] == ([62.0, 25.5], 3, 4)
    assert told(reader, "/actors/ardel-army/regions.geojson") == {
        "PK": ([70.0, 30.0], 1, 1),
        "gn1": ([62.0, 25.5], 1, 2),
    }
    assert list(told(reader, "/articles/regions.geojson?actor=ardel-army")) == ["PK", "gn1"]
    assert set(told(reader, "/regions/pakistan/regions.geojson")) == set(everything)
    assert set(told(reader, "/regions/pakistan/regions.geojson?exact=1")) == {"PK", "gn1"}
    assert reader.get("/articles/regions.geojson?from=nonsense").status_code == 422
    assert reader.get("/regions/PK/regions.geojson")["Location"] == "/regions/pakistan/regions.geojson"
    for page in ("/regions/map/?actor=ardel-army", "/actors/ardel-army/?view=map", "/regions/pakistan/?view=map"):
        assert "regions.geojson?" in reader.get(page).content.decode(), page


def test_files_hold_what_their_reader_may_see(curator: Client, signed_in: SignIn, land: Region) -> None:
    army = make_actor("Ardel Army")
    draft = make_issue(make_read_article("The Ardel Army in Pakistan.", notes=()), state="draft").articles.get()
    name_in(draft, {"Ardel Army": army, "Pakistan": land})
    reader = signed_in(make_user("reader"))
    for address in (
        "/articles/regions.geojson",
        "/actors/ardel-army/regions.geojson",
        "/regions/pakistan/regions.geojson",
    ):
        assert (len(told(curator, address)), len(told(reader, address))) == (1, 0), address


def test_who_may_keep_regions(people: dict[str, User], signed_in: SignIn, land: Region) -> None:
    alias = RegionAlias.objects.create(region=land, text="Land")
    seen = {}
    for role in ("reader", "analyst", "curator", "admin"):
        client = signed_in(people[role])
        small = {"name": f"Vray {role}", "kind": "place", "parent": "Pakistan"}
        answers = [client.get("/regions/new/"), client.post("/regions/create/", small)]
        answers.append(client.post("/regions/create/", {**small, "kind": "admin1"}))
        answers += [client.get("/regions/pakistan/edit/"), client.get("/regions/nowhere/edit/")]
        answers.append(client.post("/regions/pakistan/edit/add-name/", {"text": f"Land {role}", **USUAL}))
        answers += [
            client.post(f"/regions/pakistan/edit/{verb}-name/", {"pk": alias.pk}) for verb in ("retire", "restore")
        ]
        answers += [client.post("/regions/pakistan/edit/retire/"), client.get("/regions/pakistan/progress/")]
        answers.append(client.post("/regions/pakistan/edit/change/", {"name": "Pakistan", "kind": "country"}))
        seen[role] = [answer.status_code for answer in answers]
    assert seen == {
        "reader": [403] * 11,
        "analyst": [200, 302, 422, 403, 403, 403, 403, 403, 403, 403, 403],
        "curator": [200, 302, 302, 200, 404, 302, 302, 302, 422, 302, 302],
        "admin": [200, 302, 302, 200, 404, 302, 302, 302, 422, 302, 302],
    }
    other = make_region("gn9", "Elsewhere", "city")
    strange = RegionAlias.objects.create(region=other, text="Else")
    curator = signed_in(people["curator"])
    assert curator.post("/regions/pakistan/edit/retire-name/", {"pk": strange.pk}).status_code == 404
    mine = signed_in(people["analyst"]).post("/regions/vray-curator/edit/retire/").status_code
    assert (mine, signed_in(people["analyst"]).post("/regions/vray-analyst/edit/retire/").status_code) == (403, 302)
    assert signed_in(None).get("/regions/pakistan/edit/").status_code == 302


def test_queries_do_not_grow(curator: Client, land: Region) -> None:
    counts: dict[str, list[int]] = {"edit": [], "file": []}
    for batch in (1, 2, 5):
        for number in range(batch):
            city = make_region(f"gn{batch}{number}", f"Vray {batch} {number}", "city", land)
            RegionAlias.objects.create(region=land, text=f"Land {batch} {number}")
            article = make_article("In Pakistan at Vray.", title=f"Piece {batch} {number}")
            name_in(article, {"Pakistan": land, "Vray": city})
        counts["edit"].append(queries_for(curator, "/regions/pakistan/edit/"))
        counts["file"].append(queries_for(curator, "/articles/regions.geojson"))
    assert {name: max(found) - min(found) for name, found in counts.items()} == dict.fromkeys(counts, 0), counts
    assert max(map(max, counts.values())) <= 12, counts
