"""What must hold of every issue of our gold."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.entities.gold.aligning import not_accepted, slugs_by_name
from tests.entities.gold.building import HALVES, HERE, UNREAD, as_json, built, sources, table_of
from tests.entities.gold.entities import fold

if TYPE_CHECKING:
    from pathlib import Path

ISSUES = [(half, source) for half in HALVES for source in sources(half)]
EVERY_ISSUE = pytest.mark.parametrize(("half", "source"), ISSUES, ids=[f"{h}-{s.stem}" for h, s in ISSUES])
ACTORS = HERE.parents[3] / "shared" / "data" / "actors.csv"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def kept(source: Path) -> tuple[str, dict[str, Any]]:
    with source.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    return text, json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))


def words(text: str) -> int:
    return len(text.split())


@EVERY_ISSUE
def test_building_gives_exactly_the_kept_files(half: str, source: Path) -> None:
    text, gold = built(source, table_of(half))
    assert text == kept(source)[0]
    assert as_json(gold) == source.with_suffix(".json").read_text(encoding="utf-8")
    assert gold["sha256"] == hashlib.sha256(source.with_suffix(".txt").read_bytes()).hexdigest()


@EVERY_ISSUE
def test_offsets_are_verbatim_and_inside_their_article(half: str, source: Path) -> None:
    text, gold = kept(source)
    assert half in HALVES
    assert gold["length"] == len(text)
    ends = [article["end"] for article in gold["articles"]]
    assert [article["start"] for article in gold["articles"][1:]] == ends[:-1]
    for article in gold["articles"]:
        assert text.startswith(article["title"], article["start"])
        for thing in (*article["mentions"], *article["weak"]):
            assert text[thing["start"] : thing["end"]] == thing["text"]
            assert article["start"] <= thing["start"] < thing["end"] <= article["end"]
        for zone in article["zones"]:
            assert article["start"] <= zone["start"] < zone["end"] <= article["end"]


@EVERY_ISSUE
def test_no_mention_touches_what_is_not_read(half: str, source: Path) -> None:
    _, gold = kept(source)
    assert half in HALVES
    for article in gold["articles"]:
        unread = [(zone["start"], zone["end"]) for zone in article["zones"] if zone["type"] in UNREAD]
        assert not [
            thing
            for thing in (*article["mentions"], *article["weak"])
            if any(start < thing["end"] and thing["start"] < end for start, end in unread)
        ]


@EVERY_ISSUE
def test_mentions_keep_the_policy_of_names(half: str, source: Path) -> None:
    text, gold = kept(source)
    assert half in HALVES
    for article in gold["articles"]:
        taken = Counter((mention["start"], mention["end"]) for mention in article["mentions"])
        assert max(taken.values()) == 1
        for mention in article["mentions"]:
            surface = mention["text"]
            assert surface == surface.strip(" \n,;:()\"'")
            assert not surface.startswith("the ")
            person = gold["entities"][mention["entity"]]["type"] == "person"
            assert not (person and surface.startswith(("President ", "General ", "Prime Minister ")))
            assert not surface.endswith(("'s", "’s", " province", " district", " governorate"))
            assert not (mention["start"] and text[mention["start"] - 1].isalnum())
            assert not text[mention["end"]].isalnum()


@EVERY_ISSUE
def test_no_region_is_required_inside_a_named_actor(half: str, source: Path) -> None:
    _, gold = kept(source)
    assert half in HALVES
    for article in gold["articles"]:
        named = [m for m in article["mentions"] if m["kind"] == "actor" and m["tier"] == "name"]
        inside = [
            region["text"]
            for region in article["mentions"]
            if region["kind"] == "region" and "optional" not in region
            for actor in named
            if actor["start"] <= region["start"] and region["end"] <= actor["end"]
        ]
        assert inside == []


@EVERY_ISSUE
def test_metonyms_are_regions_and_descriptions_are_actors(half: str, source: Path) -> None:
    _, gold = kept(source)
    assert half in HALVES
    for mention in (mention for article in gold["articles"] for mention in article["mentions"]):
        assert gold["entities"][mention["entity"]]["kind"] == mention["kind"]
        assert mention["kind"] == "region" or "metonym" not in mention
        assert mention["kind"] == "actor" or mention["tier"] == "name"


@EVERY_ISSUE
def test_about_lists_name_what_the_article_mentions(half: str, source: Path) -> None:
    _, gold = kept(source)
    assert half in HALVES
    for article in gold["articles"]:
        for kind in ("actor", "region"):
            seen = {m["entity"] for m in article["mentions"] if m["kind"] == kind}
            first, others = (article["about"][f"{kind}s_{rank}"] for rank in ("primary", "mentioned"))
            assert 1 <= len(first) <= 5
            assert len(first) == len(set(first))
            assert set(first) <= seen
            assert set(others) == seen - set(first)


@pytest.mark.parametrize("half", HALVES)
def test_every_entity_of_the_table_is_used(half: str) -> None:
    used = {name for source in sources(half) for name in kept(source)[1]["entities"]}
    own = set(table_of(half).by_id) - {row.split("|")[0].strip() for row in shared_rows()}
    assert own - used == set()


def shared_rows() -> list[str]:
    return (HERE / "macro_regions.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("half", HALVES)
def test_slugs_of_known_actors_are_in_a_list(half: str) -> None:
    if not ACTORS.exists():
        pytest.skip("the shared list of actors is not here")
    with ACTORS.open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)} | set(slugs_by_name()[0])
    for entity in table_of(half).by_id.values():
        if entity.kind == "actor":
            assert [slug for slug in entity.accept if SLUG.fullmatch(slug) and slug not in known] == []
            assert entity.type != "person" or not known & set(entity.accept)


def test_an_actor_under_another_name_in_the_gazetteer_is_told() -> None:
    told = list(not_accepted("open"))
    assert any(line.startswith("sna (Syrian National Army): somali-national-army (") for line in told)
    assert not any(line.startswith("eln ") for line in told)


@pytest.mark.parametrize("half", HALVES)
def test_accepted_names_are_folded(half: str) -> None:
    for entity in table_of(half).by_id.values():
        names = [
            name for name in entity.accept if not SLUG.fullmatch(name) and not re.fullmatch(r"[A-Z-]+\d*\w*", name)
        ]
        assert [name for name in names if name != fold(name)] == []


@pytest.mark.parametrize("half", HALVES)
def test_parents_of_regions_lead_to_the_world(half: str) -> None:
    table = table_of(half)

    def above(name: str, path: tuple[str, ...]) -> set[str]:
        assert name not in path
        return {name}.union(*(above(parent, (*path, name)) for parent in table.by_id[name].parents))

    for entity in table.by_id.values():
        if entity.kind == "region":
            assert "world" in above(entity.id, ())


@EVERY_ISSUE
def test_whatever_looks_like_a_citation_is_a_zone(half: str, source: Path) -> None:
    text, gold = kept(source)
    assert half in HALVES
    zones = [(zone["start"], zone["end"]) for article in gold["articles"] for zone in article["zones"]]
    for link in re.finditer(r"\[[^\[\]]{3,40}\]\(#\)|, (?:January|March|May|June|July|August) \d{1,2}\)", text):
        assert any(start <= link.start() and link.end() <= end for start, end in zones), link.group()
