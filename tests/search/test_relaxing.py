"""What a query that finds nothing is loosened to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from monitor.search.query_language import parse, unparse
from monitor.search.query_tree import Everything, Node
from monitor.search.relaxing import MOST_SHOWN, relaxed
from tests.search.trees import trees


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("prison", []),
        ("-prison", []),
        ('"prison break"', [("prison break", "with the words of \u201cprison break\u201d anywhere")]),
        (
            "prison break",
            [
                ("break", "without prison"),
                ("prison", "without break"),
                ("prison OR break", "with any of the words instead of all"),
            ],
        ),
        ("a NEAR/3 b", [("a NEAR/30 b", "at most 30 words apart")]),
        ("a NEAR/30 b", [("a b", "however far apart")]),
        ("title:prison", [("prison", "not in the title alone")]),
        ("note:prison", []),
        ("region:=Iraq", [("region:Iraq", "\u201cIraq\u201d with all that belongs to it")]),
        ("about:TTP", [("actor:TTP OR region:TTP", "naming \u201cTTP\u201d, about it or not")]),
        ("a where tag:x", [("a tag:x", "not in one and the same passage")]),
        (
            "prison region:Iraq -tag:hoax",
            [
                ("prison region:Iraq", "with or without tag:hoax"),
                ("region:Iraq -tag:hoax", "without prison"),
                ("prison -tag:hoax", "without region:Iraq"),
            ],
        ),
        (
            'title:"prison break" OR jail',
            [
                ('"prison break" OR jail', "not in the title alone"),
                ("title:(prison break) OR jail", "with the words of \u201cprison break\u201d anywhere"),
            ],
        ),
    ],
)
def test_relaxed_changes_one_thing_at_a_time_the_gentlest_first(query: str, expected: list[tuple[str, str]]) -> None:
    assert [(unparse(looser.tree), looser.change) for looser in relaxed(parse(query).tree)] == expected


def test_what_stands_below_a_not_is_never_loosened() -> None:
    assert relaxed(parse('-"prison break"').tree) == ()


@settings(deadline=None)  # the machine may be busy
@given(trees)
def test_relaxed_queries_differ_from_the_one_asked_and_from_each_other(tree: Node) -> None:
    looser = relaxed(tree)
    assert len(looser) <= MOST_SHOWN
    assert len({one.tree for one in looser}) == len(looser)
    assert all(one.tree != tree and not isinstance(one.tree, Everything) and one.change for one in looser)
    assert all(parse(unparse(one.tree)).tree == one.tree for one in looser)
