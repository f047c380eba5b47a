"""Reads a set issue and compares the reading with the gold, by the project's scorer."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.serialising import to_json

if TYPE_CHECKING:
    from types import ModuleType

SCORER = Path(__file__).resolve().parents[3] / "shared" / "scoring" / "score_extraction.py"
LOWER_IS_BETTER = ("cer", "bleed", "furniture_leaks")
Figures = dict[str, float]


@cache
def scorer() -> ModuleType:
    """Return the scorer that lies beside the checkout. Raises FileNotFoundError."""
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    if spec is None or spec.loader is None or not SCORER.exists():
        raise FileNotFoundError(SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reading_of(pdf: bytes) -> dict[str, Any]:
    """Return what Monitor reads in a PDF, as `parse --json` prints it."""
    found: dict[str, Any] = to_json(read_pdf_issue(pdf, limits=Limits()))
    return found


def figures(found: dict[str, Any], gold: dict[str, Any]) -> Figures:
    """Return each measure as one number: F1 where the scorer gives precision and recall."""
    scored, _ = scorer().score(found, gold)
    return {
        name: float(value["f1"] if isinstance(value, dict) else value)
        for name, value in scored.items()
        if value is not None and (not isinstance(value, dict) or value["n_gold"] or value["n_ext"])
    }


def loss(name: str, value: float) -> float:
    """Return how far a figure is from perfect, so that measures can be ranked together."""
    return (
        min(1.0, value * 10)
        if name in ("cer", "bleed")
        else min(1.0, value)
        if name == "furniture_leaks"
        else 1 - value
    )
