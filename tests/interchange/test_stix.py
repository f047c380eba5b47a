"""STIX 2.1: that the standard's own validator finds nothing to say, and nobody is accused."""
# ruff: noqa: RUF001 - letters of many alphabets

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import stix2
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stix2validator import ValidationOptions, validate_string

from monitor.accounts.models import User
from monitor.annotations.codebook import make_tag
from monitor.annotations.tag_models import AnnotationTag
from monitor.interchange.exports import BY_SLUG, Wanted
from monitor.interchange.stix import actor_object, derived_uid
from monitor.interchange.stix_facts import ActorFact, RegionFact
from monitor.interchange.stix_places import place_of
from monitor.library.models import Article
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.interchange.examples import HOSTILE

SITE = "https://monitor.example"
URL_WITHOUT_HASH = "302"
FACT: dict[str, Any] = {
    "uid": "5b1f6a52-9d0f-4a0b-8a57-000000000001",
    "created": "2022-02-14T09:30:00.123456Z",
    "updated": "2022-02-14T09:30:00.123456Z",
}


def bundle_of(person: User, *articles: Article) -> str:
    file = io.BytesIO()
    keys = [article.pk for article in articles]
    BY_SLUG["stix"].write(keys, Wanted(person=person, site=SITE), file)
    return file.getvalue().decode()


def must_be_valid(written: str) -> dict[str, list[dict[str, Any]]]:
    """Return the objects by their types; the public validator and library find nothing wrong with them."""
    checked = validate_string(written, ValidationOptions(enforce_refs=True, version="2.1"))
    assert checked.is_valid, [str(error) for error in checked.errors]
    warned = [str(word) for word in checked.warnings if f"{{{URL_WITHOUT_HASH}}}" not in str(word)]
    assert not warned
    stix2.parse(written, allow_custom=False, version="2.1")
    found: dict[str, list[dict[str, Any]]] = {}
    for thing in json.loads(written).get("objects", []):
        found.setdefault(thing["type"], []).append(thing)
    return found


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def filled(house: House) -> Article:
    """Return an article with an actor of each kind and places of each sort, related and remarked upon."""
    words = ("Guild", "League", "Watch", "Council", "Party", "Ines", "Sweep", "Ardel", "Weir", "Sahel", "Kosovo", "Fen")
    article = make_article(" ".join(words), title="Çığlık & “Lamps”", authors=("Doğu Perinçek",))
    ardel = make_region("PK", "Ardel", "country", countries=["PK"])
    province = make_region("PK-BA", "Weir", "admin1", ardel, countries=["PK"])
    places = {
        "Ardel": ardel,
        "Weir": province,
        "Sahel": make_region("sahel", "Sahel", "macro", lat=15.0, lon=2.0),
        "Kosovo": make_region("XK", "Kosovo", "country", countries=["XK"], lat=42.6, lon=20.9),
        "Fen": make_region("fen", "Fen", "cross_border"),
    }
    guild = make_actor("Guild", "LG", kind="armed_group", tags=["terrorist", "sunni"], countries=["PK"])
    actors = {
        "Guild": guild,
        "League": make_actor("League", kind="alliance", countries=["PK", "XK"]),
        "Watch": make_actor("Watch", kind="state_force"),
        "Council": make_actor("Council", kind="government"),
        "Party": make_actor("Party", kind="political"),
        "Ines": make_actor("Ines", kind="person"),
        "Sweep": make_actor("Sweep", kind="operation", countries=["PK"]),
    }
    relate(guild, "member_of", actors["League"])
    relate(actors["Sweep"], "led_by", guild)
    relate(guild, "successor_of", make_actor("Nowhere named"))
    name_in(article, {**actors, **places}, about=True)
    return article


def test_a_bundle_says_what_is_known_and_the_validator_is_content(house: House) -> None:
    article = filled(house)
    found = must_be_valid(bundle_of(house.author, article))
    [report] = found["report"]
    assert report["name"] == "Çığlık & “Lamps”"
    assert report["external_references"][0]["url"] == SITE + article.get_absolute_url()
    assert len(report["object_refs"]) == 7 + 4  # Fen lies nowhere that can be said
    threats = {thing["name"]: thing for thing in found["threat-actor"]}
    assert threats["Guild"]["threat_actor_types"] == ["terrorist"]
    assert threats["Guild"]["aliases"] == ["LG"]
    assert threats["League"]["threat_actor_types"] == ["unknown"]
    assert {one["name"]: one.get("sectors") for one in found["identity"]} == {
        article.issue.periodical.name: None, "Watch": ["defense"], "Council": ["government-national"],
        "Party": None, "Ines": None,
    }  # fmt: skip
    names = {thing["id"]: thing.get("name", "") for things in found.values() for thing in things}
    said = {
        (names[one["source_ref"]], one["relationship_type"], names[one["target_ref"]]) for one in found["relationship"]
    }
    assert said == {
        ("Guild", "located-at", "Ardel"), ("League", "located-at", "Ardel"), ("League", "located-at", "Kosovo"),
        ("Sweep", "related-to", "Ardel"), ("Guild", "related-to", "League"), ("Sweep", "attributed-to", "Guild"),
    }  # fmt: skip


def test_two_exports_are_the_same_bytes(house: House) -> None:
    article = filled(house)
    assert bundle_of(house.author, article) == bundle_of(house.author, article)


def test_an_article_without_names_is_a_report_of_its_publisher(house: House) -> None:
    found = must_be_valid(bundle_of(house.author, house.article))
    assert found["report"][0]["object_refs"] == [found["identity"][0]["id"]]
    must_be_valid(bundle_of(house.author))


def test_annotations_are_notes_of_those_who_may_see_them(house: House) -> None:
    house.mark(comment="Canary alone")
    house.mark(comment="Canary of the team", visibility="team", team=house.team)
    house.mark(visibility="everyone")
    for person, count in ((house.author, 3), (house.mate, 2), (house.outsider, 1), (User(role="reader"), 0)):
        assert len(must_be_valid(bundle_of(person, house.article)).get("note", [])) == count
    tag = make_tag(name="Violence/Raid", by=house.author, private=True)
    AnnotationTag.objects.create(annotation=house.mark(), tag=tag)
    assert must_be_valid(bundle_of(house.author, house.article))["report"][0]["labels"] == ["violence/raid"]
    assert "violence" not in bundle_of(house.mate, house.article)


def test_hostile_words_do_no_harm(house: House) -> None:
    issue = make_issue(make_read_article(title="x", authors=["y"]))
    article = issue.articles.get()
    for words in HOSTILE:
        Article.objects.filter(pk=article.pk).update(title=words.replace("\x00", "").replace("\ud83d", ""))
        house.mark(comment=words.replace("\x00", "").replace("\ud83d", ""))
    found = must_be_valid(bundle_of(house.author, article, house.article))
    assert len(found["note"]) == len(HOSTILE)


def test_queries_do_not_grow_with_the_articles(house: House) -> None:
    counted = []
    for more in (1, 2, 20):
        make_issue(*(make_read_article(title=f"Piece {n}") for n in range(more)))
        with CaptureQueriesContext(connection) as caught:
            bundle_of(make_user(), *Article.objects.all())
        counted.append(len(caught))
    assert counted[1] == counted[2]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"code": "PK", "kind": "country"}, {"country": "PK"}),
        ({"code": "PK-BA", "kind": "admin1", "countries": ("PK",)}, {"country": "PK", "administrative_area": "PK-BA"}),
        ({"code": "gn1", "kind": "city", "countries": ("PK",), "lat": 1.0, "lon": 2.0},
         {"country": "PK", "city": "Weir", "latitude": 1.0, "longitude": 2.0}),
        ({"code": "west-africa", "kind": "macro"}, {"region": "western-africa"}),
        ({"code": "sahel", "kind": "macro", "lat": 15.123456, "lon": 2.0}, {"latitude": 15.12346, "longitude": 2.0}),
        ({"code": "fen", "kind": "border", "countries": ("PK", "AF")}, {}),
        ({"code": "XK", "kind": "country", "countries": ("XK",)}, {}),
    ],
)  # fmt: skip
def test_a_place_is_said_in_the_words_of_the_standard(facts: dict[str, Any], place: dict[str, Any]) -> None:
    assert place_of(RegionFact(**FACT, name="Weir", **facts)) == place


def test_only_tags_that_people_gave_say_what_an_actor_is() -> None:
    for tags, types in (
        ((), ["unknown"]),
        (("gang", "rebel"), ["unknown"]),
        (("crime-syndicate",), ["crime-syndicate"]),
    ):
        actor = ActorFact(**FACT, name="Terrorist Front", kind="armed_group", tags=tags)
        assert actor_object(actor)["threat_actor_types"] == types


def test_a_derived_uid_is_one_of_version_four_and_heeds_no_order() -> None:
    assert derived_uid("a", "b") == derived_uid("b", "a") != derived_uid("a")
    assert derived_uid()[14] == "4"
