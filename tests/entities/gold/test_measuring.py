"""How a half is measured: what the shared scorer says of findings that we make up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.entities.gold.building import HALVES, sources
from tests.entities.gold.measuring import (
    FIGURES,
    NothingToMeasureError,
    about_alone,
    article_alone,
    figures,
    is_automatic,
    scorer,
    share,
)

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

EVERY_ISSUE = pytest.mark.parametrize("source", [source for half in HALVES for source in sources(half)], ids=str)


@pytest.fixture
def judge() -> ModuleType:
    try:
        return scorer()
    except NothingToMeasureError as reason:
        pytest.skip(str(reason))


def gold_of(source: Path) -> dict[str, Any]:
    return dict(json.loads(source.with_suffix(".json").read_text(encoding="utf-8")))


def all_right(gold: dict[str, Any]) -> dict[str, Any]:
    """Make the findings that a recogniser without faults would print."""
    mentions = [
        {"article": number, "status": "auto", "name": gold["entities"][mention["entity"]]["name"]} | mention
        for number, article in enumerate(gold["articles"])
        for mention in article["mentions"]
    ]
    about = [
        {"article": number, "actors": lists["actors_primary"], "regions": lists["regions_primary"]}
        for number, lists in enumerate(article["about"] for article in gold["articles"])
    ]
    return {"mentions": mentions, "about": about}


@EVERY_ISSUE
def test_findings_without_faults_get_full_marks(source: Path, judge: ModuleType) -> None:
    gold = gold_of(source)
    for number in range(len(gold["articles"])):
        found = about_alone(all_right(gold), gold, number, judge)
        assert figures(found, article_alone(gold, number), judge) == dict.fromkeys(FIGURES, 1.0)


@EVERY_ISSUE
def test_nothing_found_gets_no_marks(source: Path, judge: ModuleType) -> None:
    gold = gold_of(source)
    marks = figures({"mentions": [], "about": []}, gold, judge)
    assert marks == dict.fromkeys(FIGURES, 0.0) | {"auto precision": 1.0}


def test_a_wrong_automatic_mention_costs_precision_and_a_suggested_one_does_not(judge: ModuleType) -> None:
    gold = gold_of(sources("open")[0])
    found = all_right(gold)
    start = gold["articles"][0]["start"]
    wrong = {"article": 0, "start": start, "end": start + 1, "kind": "actor", "entity": "nobody", "name": "Nobody"}
    as_auto = figures(found | {"mentions": [*found["mentions"], wrong | {"status": "auto"}]}, gold, judge)
    suggested = figures(found | {"mentions": [*found["mentions"], wrong | {"status": "suggested"}]}, gold, judge)
    assert as_auto["auto precision"] < suggested["auto precision"] == 1.0
    assert as_auto["actor linked"] == suggested["actor linked"] < 1.0


@pytest.mark.parametrize(("said", "counts"), [({"status": "auto"}, True), ({"status": "suggested"}, False), ({}, True)])
def test_only_what_is_not_suggested_counts_at_once(said: dict[str, str], *, counts: bool) -> None:
    assert is_automatic(said) is counts


def test_shares_are_read_as_fractions() -> None:
    assert share("3/4") == 0.75
