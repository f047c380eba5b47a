"""The sample issues as the tests ask for them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from samples.typeset import GOLD, HERE, Typeset, issue_of, typeset

SLUGS = ("ceasefire-quarterly-i-4", "ceasefire-quarterly-iii-2", "ceasefire-quarterly-iv-4")
SHARED = Path(__file__).resolve().parents[3] / "shared"


@cache
def typeset_now(slug: str) -> Typeset:
    """Set an issue once for all tests."""
    return typeset(issue_of(slug))


def committed_pdf(slug: str) -> bytes:
    return (HERE / f"{slug}.pdf").read_bytes()


def source_text(slug: str) -> str:
    return (HERE / "issues" / f"{slug}.md").read_text(encoding="utf-8")


def committed_gold(slug: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((GOLD / f"{slug}.gold.json").read_text(encoding="utf-8"))
    return gold
