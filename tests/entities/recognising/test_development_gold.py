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
