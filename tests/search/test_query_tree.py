"""The nodes of a query: one meaning has one shape, and places do not count."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.search.query_tree import (
    And,
    Dates,
    Everything,
    Has,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
    any_of,
    children_of,
    every_of,
    is_nearby,
    is_of_passage,
    is_text,
    no,
    walk,
)

PRISON, BREAK, ESCAPE = Word("prison"), Word("break"), Named("tag", "escape")


def test_places_do_not_count_when_trees_are_compared() -> None:
    assert Word("prison", start=3, end=9) == PRISON
    assert hash(Word("prison", start=3, end=9)) == hash(PRISON)


def test_every_of_makes_one_shape_of_one_meaning() -> None:
    assert every_of([]) == Everything()
    assert every_of([PRISON]) == PRISON
    assert every_of([every_of([PRISON, BREAK]), ESCAPE]) == And((PRISON, BREAK, ESCAPE))
    assert every_of([any_of([PRISON, BREAK]), ESCAPE]) == And((Or((PRISON, BREAK)), ESCAPE))


def test_any_of_makes_one_shape_of_one_meaning() -> None:
    assert any_of([]) == Everything()
    assert any_of([PRISON]) == PRISON
    assert any_of([PRISON, any_of([BREAK, ESCAPE])]) == Or((PRISON, BREAK, ESCAPE))


def test_everything_asks_for_nothing_more_and_leaves_no_choice() -> None:
    assert every_of([Everything(), PRISON, Everything()]) == PRISON
    assert any_of([PRISON, Everything()]) == Everything()


def test_no_of_no_is_the_thing_itself() -> None:
    assert no(PRISON, start=1, end=4) == Not(PRISON)
    assert no(no(PRISON)) == PRISON


def test_every_of_and_any_of_keep_the_place_they_are_given() -> None:
    assert (every_of([PRISON, BREAK], start=2, end=9).start, any_of([PRISON, BREAK], start=2, end=9).end) == (2, 9)


def test_walk_gives_every_node_once_in_the_order_of_the_text() -> None:
    where = Where(PRISON, ESCAPE)
    near = Near(Phrase(("a", "b")), Prefix("bre"), 3)
    no = Not(Within("title", BREAK))
    tree = And((where, near, no))
    assert list(walk(tree)) == [tree, where, PRISON, ESCAPE, near, near.left, near.right, no, no.child, BREAK]


def test_children_of_a_leaf_are_none() -> None:
    leaves: list[Node] = [PRISON, Prefix("a"), Phrase(("a", "b")), ESCAPE, Has("tag"), Everything()]
    assert [children_of(leaf) for leaf in leaves] == [()] * len(leaves)


def test_walk_is_no_recursion() -> None:
    tree: Node = PRISON
    for _ in range(5000):
        tree = Not(tree)
    assert sum(1 for _ in walk(tree)) == 5001


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (PRISON, True),
        (And((PRISON, Not(Phrase(("a", "b"))))), True),
        (Near(PRISON, BREAK, 3), True),
        (And((PRISON, ESCAPE)), False),
        (Within("title", PRISON), False),
        (Where(PRISON, ESCAPE), False),
        (Dates(dt.date(2021, 1, 1), None), False),
        (Everything(), False),
    ],
)
def test_is_text_takes_trees_of_words_alone(node: Node, expected: bool) -> None:
    assert is_text(node) is expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (PRISON, True),
        (Or((PRISON, Phrase(("a", "b")), Prefix("bre"))), True),
        (And((PRISON, BREAK)), False),
        (Not(PRISON), False),
        (Near(PRISON, BREAK, 3), False),
    ],
)
def test_is_nearby_takes_words_phrases_and_any_of_them(node: Node, expected: bool) -> None:
    assert is_nearby(node) is expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (ESCAPE, True),
        (Named("by", "me"), True),
        (Named("actor", "TTP"), False),
        (Within("note", PRISON), True),
        (Within("title", PRISON), False),
        (Has("note"), True),
        (Has("region"), False),
        (And((ESCAPE, Not(Named("by", "me")))), True),
        (Or((ESCAPE, PRISON)), False),
        (PRISON, False),
    ],
)
def test_is_of_passage_takes_what_is_true_of_one_annotation(node: Node, expected: bool) -> None:
    assert is_of_passage(node) is expected
