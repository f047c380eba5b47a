"""A passage with its citation: the cases that the browser's twin passes too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from monitor.interchange.names import PersonName, split_name
from monitor.interchange.passage_citations import STYLES, CitedText, cited_passage, escaped

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "citations.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_passage_is_cited_as_the_case_says(case: dict[str, Any]) -> None:
    text = CitedText(**{**case["text"], "authors": tuple(PersonName(**name) for name in case["text"]["authors"])})
    written = cited_passage(case["style"], case["quote"], text, pages=case["pages"], note=case["note"], url=case["url"])
    assert written == case["written"]


def test_cases_hold_every_style() -> None:
    assert {case["style"] for case in CASES} == set(STYLES)


@given(st.text(max_size=60))
def test_markdown_shows_escaped_words_as_they_are(words: str) -> None:
    line = " ".join(words.split())
    shown = MarkdownIt("commonmark", {"html": False}).disable("entity").parse(f"> {escaped(line)}")
    kinds = {token.type for token in shown}
    assert kinds <= {"blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"}


@given(st.sampled_from(sorted(STYLES)), st.lists(st.text(max_size=20), max_size=4), st.text(max_size=30))
def test_no_names_break_a_citation(style: str, names: list[str], title: str) -> None:
    text = CitedText(tuple(map(split_name, names)), title, "Tidewater Letter", "XII:7", "", "", "")
    written = cited_passage(style, "Quote.", text, url="https://quay.example/")
    assert "https://quay.example/" in written
    assert "Quote." in written
