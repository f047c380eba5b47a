"""The reference for the real issue: facts by line number, made into gold from the file that lies beside the checkout.

The issue is under copyright, so the repository holds line numbers, names and dates only. Nothing here uses the
reader: a link, an escape and an asterisk are taken off by three replacements.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
ISSUE = SHARED / "data" / "terrorism-monitor-20-3.txt"
SCORER = SHARED / "scoring" / "score_extraction.py"
FACTS = Path(__file__).with_name("gold_real_issue.json")
LABEL = re.compile(r"\[\d+\]\.? ")


@cache
def real_issue() -> bytes:
    """Return the bytes of the real issue; skip the test where it is not at hand."""
    if not ISSUE.exists():
        pytest.skip("the real issue does not lie beside the checkout (../shared/data)")
    return ISSUE.read_bytes()


@cache
def facts() -> dict[str, Any]:
    """Return what is known of the issue by hand."""
    known: dict[str, Any] = json.loads(FACTS.read_text("utf-8"))
    return known


def printed(data: bytes, number: int) -> str:
    """Return a printed line without link syntax, escapes and asterisks."""
    line = data.decode("utf-8").split("\n")[number - 1]
    return re.sub(r"\[([^\]]+)\]\(#\)", r"\1", line).replace("\\$", "$").replace("*", "")


def joined(data: bytes, numbers: list[int]) -> str:
    """Return printed lines as one text; a hyphen at a line's end is the word's own."""
    text = ""
    for number in numbers:
        text += ("" if not text or text.endswith("-") else " ") + printed(data, number)
    return text


def gold(data: bytes) -> dict[str, Any]:
    """Return the gold document for the scorer."""
    known = facts()
    if hashlib.sha256(data).hexdigest() != known["sha256"]:
        pytest.skip("the file beside the checkout is not the issue that the facts describe")
    return {
        "issue": known["issue"] | {"publication": printed(data, known["issue"]["publication"])},
        "toc": [
            {
                "page": entry["page"],
                "title": joined(data, entry["title"]),
                "authors": [printed(data, number) for number in entry["authors"]],
            }
            for entry in known["toc"]
        ],
        "furniture": [printed(data, number) for number in known["furniture"]],
        "articles": [gold_article(data, article) for article in known["articles"]],
    }


def gold_article(data: bytes, article: dict[str, Any]) -> dict[str, Any]:
    """Return one article of the gold document."""
    blocks = [{"type": block["type"], "text": joined(data, block["lines"])} for block in article["blocks"]]
    notes = [LABEL.sub("", joined(data, lines), count=1) for lines in article["notes"]]
    place = {line: k for k, block in enumerate(article["blocks"]) for line in block["lines"]}
    return {
        "kind": article["kind"],
        "title": printed(data, article["title"]),
        "authors": article["authors"],
        "page_start": article["page_start"],
        "bio": joined(data, article["bio"]),
        "blocks": blocks,
        "notes": [{"n": n, "text": text} for n, text in enumerate(notes, start=1)],
        "markers": [
            {"n": n, "block": place[line], "offset": blocks[place[line]]["text"].index(f"[{n}]")}
            for n, line in article["markers"]
        ],
        "citations": [
            {"where": where, "source": source, "date": date, "iso": iso}
            for where, _, source, date, iso in article["citations"]
        ],
        "links": [],
    }
