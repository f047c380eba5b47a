"""The figures on the development gold, which CI holds; skipped where the shared folder is not at hand."""

from __future__ import annotations

import importlib.util
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from monitor.entities.data_files import read_data

SHARED = Path(__file__).resolve().parents[4] / "shared"
TEXT = SHARED / "data" / "terrorism-monitor-20-3.txt"
GOLD = SHARED / "data" / "entities-dev.json"
SCORER = SHARED / "scoring" / "score_entities.py"

pytestmark = pytest.mark.skipif(
    not (TEXT.exists() and GOLD.exists() and SCORER.exists()), reason="no shared folder here"
)


@cache
def predicted() -> dict[str, Any]:
    out = io.StringIO()
    call_command("recognise", str(TEXT), "--json", "--source-offsets", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def scores(found: dict[str, Any]) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("score_entities", SCORER)
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows: dict[str, Any] = scorer.main(found, json.loads(GOLD.read_text(encoding="utf-8")), quiet=True)
    return rows


@pytest.mark.parametrize(
    ("kind", "figure", "least"),
    [("actor", "linked", 0.97), ("region", "linked", 0.97), ("actor", "article", 0.94), ("region", "article", 0.94)],
)
def test_the_figures_hold(kind: str, figure: str, least: float) -> None:
    assert scores(predicted())[kind][figure]["F"] >= least


def test_what_counts_at_once_is_right() -> None:
    sure = [one for one in predicted()["mentions"] if one["status"] == "auto"]
    rows = scores({**predicted(), "mentions": sure})
    right = sum(rows[kind]["linked"]["tp"] for kind in ("actor", "region"))
    wrong = sum(rows[kind]["linked"]["fp"] for kind in ("actor", "region"))
    assert right / (right + wrong) >= 0.98


def test_what_an_article_is_about_is_first_in_every_article() -> None:
    rows = scores(predicted())
    assert (rows["about_actor"]["top1"], rows["about_region"]["top1"]) == ("3/3", "3/3")


def test_every_offset_is_verbatim_in_the_file() -> None:
    text = TEXT.read_text(encoding="utf-8")
    for mention in predicted()["mentions"]:
        printed = text[mention["start"] : mention["end"]]
        assert "".join(mention["text"].split()) == "".join(printed.replace("\\", "").split())


# The articles of the issue in its order, by their numbers: China, the Sahel, al-Hasakah, Balochistan, the two Talibans.
CHINA, SAHEL, HASAKAH, BALOCHISTAN, TALIBANS = range(5)
ROLLED_UP: dict[str, tuple[set[int], set[int]]] = {
    "middle-east": ({HASAKAH}, set()),
    "levant": ({HASAKAH}, set()),
    "IQ": ({HASAKAH}, set()),
    "sahel": ({SAHEL}, set()),
    "west-africa": ({SAHEL}, set()),
    "south-asia": ({BALOCHISTAN, TALIBANS}, {CHINA, SAHEL}),
    "PK": ({BALOCHISTAN, TALIBANS}, {CHINA}),
    "PK-BA": ({BALOCHISTAN}, set()),
    "europe": ({SAHEL}, {CHINA, BALOCHISTAN}),
    "southeast-asia": ({CHINA}, set()),
}
NAMED: dict[str, tuple[set[int], set[int]]] = {
    "tehrik-i-taliban-pakistan": ({TALIBANS}, set()),
    "afghan-taliban": ({BALOCHISTAN, TALIBANS}, {SAHEL}),
    "al-qaeda": (set(), {SAHEL, TALIBANS}),
}


@cache
def lies_in() -> dict[str, set[str]]:
    """Return each region's code with those of all that it lies in, itself among them."""
    parents = {region.code: region.parents for region in read_data().regions}
    found: dict[str, set[str]] = {}

    def above(code: str) -> set[str]:
        if code not in found:
            found[code] = {code}.union(*(above(parent) for parent in parents.get(code, ())))
        return found[code]

    for code in parents:
        above(code)
    return found


def articles_of(entity: str, kind: str) -> tuple[set[int], set[int]]:
    """Return the articles that are about an entity, or what lies in it, and those that only mention it."""
    counted = [m for m in predicted()["mentions"] if m["kind"] == kind and m["status"] == "auto" and m["entity"]]
    inside = {m["entity"] for m in counted if entity in lies_in().get(m["entity"], {m["entity"]})}
    spoken = inside | {m["name"] for m in counted if m["entity"] in inside}
    about = {row["article"] for row in predicted()["about"] if spoken & set(row[f"{kind}s"])}
    return about, {m["article"] for m in counted if m["entity"] in inside} - about


@pytest.mark.parametrize("region", ROLLED_UP)
def test_a_region_is_found_with_all_that_lies_in_it(region: str) -> None:
    assert articles_of(region, "region") == ROLLED_UP[region]


@pytest.mark.parametrize("actor", NAMED)
def test_an_actor_is_found_by_all_its_names(actor: str) -> None:
    assert articles_of(actor, "actor") == NAMED[actor]
