"""The page about the query language under test: every example is read, and as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.search.compiled import MOST_APART
from monitor.search.query_language import LONGEST_QUERY, MOST_TERMS, parse, unparse
from monitor.search.query_tokens import FIELDS
from monitor.search.query_told import told
from monitor.search.query_tree import NAMED_FIELDS, TEXT_FIELDS, WHATS
from monitor.search.query_values import SHORTEST_BEGINNING
from monitor.search.query_walk import DEEPEST
from monitor.search.writings import LONGEST_CHAIN

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "searching.md").read_text(encoding="utf-8")
READ_BACK = re.findall(r"^\| `([^`\n]+)` \| ([^|\n]+) \|$", PAGE, re.MULTILINE)
ODD = re.findall(r"^\| `([^`\n]+)` \| ([^|\n]+) \| ([^|\n]+) \|$", PAGE, re.MULTILINE)
ALL = sorted(set(re.findall(r"`([^`\n]+)`", PAGE)))


@pytest.mark.parametrize(("query", "expected"), READ_BACK)
def test_an_example_is_read_back_as_the_page_says(query: str, expected: str) -> None:
    parsed = parse(query)
    assert parsed.troubles == ()
    assert told(parsed.tree) == expected


@pytest.mark.parametrize(("query", "sentence", "understood"), ODD)
def test_what_is_odd_is_told_as_the_page_says(query: str, sentence: str, understood: str) -> None:
    assert [(trouble.sentence, trouble.understood) for trouble in parse(query).troubles] == [(sentence, understood)]


@pytest.mark.parametrize("query", ALL)
def test_every_piece_of_a_query_on_the_page_is_written_back_as_it_is_read(query: str) -> None:
    tree = parse(query).tree
    assert parse(unparse(tree)).tree == tree


def test_the_page_has_an_example_of_every_field() -> None:
    examples = " ".join(query for query, _ in READ_BACK)
    assert {*TEXT_FIELDS, *NAMED_FIELDS, "date", "has"} == set(FIELDS)
    assert [field for field in FIELDS if f"{field}:" not in examples] == []


def test_the_page_names_everything_that_has_knows() -> None:
    known = re.search(r"`has:` knows ([^.]+)\.", PAGE)
    assert known
    assert re.split(r", | and ", known[1]) == list(WHATS)


def test_the_page_names_the_bounds_of_a_query() -> None:
    prose = " ".join(PAGE.split())
    assert f"A query may be {LONGEST_QUERY:,} characters long, have {MOST_TERMS} words, phrases and fields" in prose
    assert f"{DEEPEST} brackets within brackets, and {LONGEST_CHAIN} words in a phrase" in prose
    assert (MOST_APART, SHORTEST_BEGINNING) == (30, 2)
    assert "thirty is the most" in prose
    assert "after two letters or more" in prose
