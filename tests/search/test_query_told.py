"""Queries read back in words: never empty, and different things never alike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.query_language import parse
from monitor.search.query_told import told, told_dates
from monitor.search.query_tree import (
    TEXT_FIELDS,
    WHATS,
    Dates,
    Has,
    Named,
    Near,
    Node,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
)
from tests.search.trees import joined, queries, trees


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "All articles"),
        ("-*", "No articles"),
        ("prison", "Articles with \u201cprison\u201d"),
        ("prison break", "Articles with \u201cprison\u201d and \u201cbreak\u201d"),
        ("prison OR jail", "Articles with \u201cprison\u201d or \u201cjail\u201d"),
        ('"prison break"', "Articles with the phrase \u201cprison break\u201d"),
        ("terror*", "Articles with words that begin with \u201cterror\u201d"),
        ("(prison OR jail) break", "Articles with (\u201cprison\u201d or \u201cjail\u201d) and \u201cbreak\u201d"),
        ("prison -break", "Articles with \u201cprison\u201d, not with \u201cbreak\u201d"),
        ("bomb NEAR/5 mosque", "Articles with \u201cbomb\u201d at most 5 words from \u201cmosque\u201d"),
        ("bomb NEAR/1 mosque", "Articles with \u201cbomb\u201d next to \u201cmosque\u201d"),
        ("title:prison", "Articles with \u201cprison\u201d in the title"),
        ("title:(a -b)", "Articles with (\u201ca\u201d and (not \u201cb\u201d)) in the title"),
        ("-title:a", "Articles not with \u201ca\u201d in the title"),
        ("title:(-a)", "Articles with (not \u201ca\u201d) in the title"),
        ("region:Iraq", "Articles naming \u201cIraq\u201d (or a place in it)"),
        ("region:=Iraq", "Articles naming \u201cIraq\u201d itself"),
        ("about:TTP", "Articles chiefly about \u201cTTP\u201d"),
        (
            "escape region:(Iraq OR Syria) date:2021..2022 -tag:hoax",
            ("Articles with \u201cescape\u201d, (naming \u201cIraq\u201d (or a place in it) or naming \u201cSyria\u201d "
            "(or a place in it)), from 2021 to 2022, not with a passage tagged \u201choax\u201d (or below it)"),
        ),
        (
            '"prison break" where (tag:escape by:me)',
            ("Articles with the phrase \u201cprison break\u201d in a passage tagged \u201cescape\u201d (or below it) "
            "and annotated by \u201cme\u201d"),
        ),
        ("a where has:note", "Articles with \u201ca\u201d in a passage written on"),
        ("note:doubtful", "Articles with \u201cdoubtful\u201d in what somebody wrote beside it"),
        ("has:endnotes", "Articles with endnotes"),
    ],
)  # fmt: skip
def test_told_reads_a_query_back(query: str, expected: str) -> None:
    assert told(parse(query).tree) == expected


def test_told_calls_what_is_named_by_the_name_it_was_found_under() -> None:
    tree = parse("actor:TTP where").tree
    assert told(tree, {Named("actor", "TTP"): "Tehrik-i-Taliban Pakistan"}) == (
        "Articles naming the actor \u201cTehrik-i-Taliban Pakistan\u201d, with \u201cwhere\u201d"
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2021-01-01", "2022-01-01", "in 2021"),
        ("2021-03-01", "2021-04-01", "in March 2021"),
        ("2021-12-01", "2022-01-01", "in December 2021"),
        ("2021-03-05", "2021-03-06", "on 5 March 2021"),
        ("2021-01-01", "2023-01-01", "from 2021 to 2022"),
        ("2021-03-01", "2022-03-01", "from March 2021 to February 2022"),
        ("2021-03-05", "2022-01-01", "from 5 March 2021 to 2021"),
        ("2021-01-01", None, "from 2021 on"),
        (None, "2021-01-01", "until 2020"),
        (None, "2021-03-06", "until 5 March 2021"),
    ],
)
def test_told_dates_are_as_rough_as_they_were_asked_for(first: str | None, last: str | None, expected: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert told_dates(*days) == expected


# So few words that random trees often differ in their shape alone.
few_words: st.SearchStrategy[Node] = st.sampled_from([
    Word("a"), Word("b"), Prefix("a"), Phrase(("a", "b")), Near(Word("a"), Word("b"), 1), Near(Word("a"), Word("b"), 2)
])  # fmt: skip
few_texts = joined(few_words)
few_names: st.SearchStrategy[Node] = st.sampled_from([
    Named("tag", "a"), Named("tag", "a", exact=True), Named("by", "a"), Has("note"), Has("tag"), Has("annotation")
])  # fmt: skip
few_wheres: st.SearchStrategy[Node] = st.builds(Where, few_texts, joined(few_names))
few_withins: st.SearchStrategy[Node] = st.builds(Within, st.sampled_from(TEXT_FIELDS), few_texts)
few_days: st.SearchStrategy[Node] = st.sampled_from([
    Dates(first, last)
    for first in (None, dt.date(2021, 1, 1), dt.date(2021, 2, 1), dt.date(2021, 2, 2))
    for last in (None, dt.date(2022, 1, 1), dt.date(2022, 2, 1), dt.date(2021, 3, 1), dt.date(2021, 2, 3))
    if first or last
])  # fmt: skip
few_trees = joined(st.one_of(few_words, few_names, few_wheres, few_withins, few_days, st.sampled_from(WHATS).map(Has)))


@settings(deadline=None)  # the machine may be busy
@given(st.lists(few_trees, min_size=2, max_size=40))
def test_trees_that_differ_are_told_differently(some: list[Node]) -> None:
    by_words: dict[str, Node] = {}
    for tree in some:
        assert by_words.setdefault(told(tree), tree) == tree


@settings(deadline=None)
@given(trees, trees)
def test_told_is_never_empty_and_tells_random_trees_apart(one: Node, other: Node) -> None:
    assert told(one)
    assert (told(one) == told(other)) == (one == other)


@settings(deadline=None)
@given(queries)
def test_every_query_is_told(query: str) -> None:
    assert told(parse(query).tree).startswith(("Articles ", "All articles", "No articles"))
