"""What holds of every query: it is read, written back, and what is odd about it is told where it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from monitor.search.query_language import LONGEST_QUERY, MOST_TERMS, parse, unparse
from monitor.search.query_tree import And, Everything, Node, Not, Or, Phrase, is_nearby, is_of_passage, is_text, walk
from monitor.search.query_tree import Near as NearNode
from monitor.search.query_tree import Where as WhereNode
from monitor.search.query_tree import Within as WithinNode
from tests.search.trees import queries, trees

unhurried = settings(deadline=None)  # the machine may be busy


@unhurried
@given(trees)
def test_a_tree_that_is_written_is_read_into_itself(tree: Node) -> None:
    parsed = parse(unparse(tree))
    assert parsed.tree == tree


@unhurried
@given(queries)
def test_what_was_read_is_written_stably(query: str) -> None:
    written = unparse(parse(query).tree)
    assert unparse(parse(written).tree) == written
    assert parse(written).tree == parse(query).tree


@unhurried
@given(queries)
def test_what_is_written_has_nothing_odd_about_it_but_stars_in_quotations(query: str) -> None:
    parsed = parse(unparse(parse(query).tree))
    assert {trouble.sentence for trouble in parsed.troubles} <= {"A star does nothing inside quotation marks."}


@unhurried
@given(queries)
def test_troubles_have_a_place_in_the_text_and_say_what_was_understood(query: str) -> None:
    parsed = parse(query)
    for trouble in parsed.troubles:
        assert 0 <= trouble.start < trouble.end <= len(query)
        assert trouble.sentence.endswith(".")
        assert trouble.understood.endswith(".")
    assert all(one.start <= other.start for one, other in pairwise(parsed.troubles))


@unhurried
@given(queries)
def test_nodes_have_a_place_in_the_text_within_that_of_their_parents(query: str) -> None:
    tree = parse(query).tree
    for node in walk(tree):
        assert 0 <= node.start <= node.end <= len(query)
        if not isinstance(node, Everything) and node is not tree:
            assert node.start < node.end


def assert_canonical(tree: Node) -> None:
    for node in walk(tree):
        match node:
            case And(children):
                assert len(children) > 1
                assert not any(isinstance(child, And | Everything) for child in children)
            case Or(children):
                assert len(children) > 1
                assert not any(isinstance(child, Or | Everything) for child in children)
            case Not(child):
                assert not isinstance(child, Not)
            case Phrase(words):
                assert len(words) > 1
            case NearNode(left, right, distance):
                assert is_nearby(left)
                assert is_nearby(right)
                assert 1 <= distance <= 30
            case WithinNode(_, child):
                assert is_text(child)
            case WhereNode(text, passage):
                assert is_text(text)
                assert is_of_passage(passage)


@unhurried
@given(queries)
def test_every_query_gives_a_tree_in_its_one_shape(query: str) -> None:
    assert_canonical(parse(query).tree)


HUGE = [
    "a" * 10_000,
    "a " * 5_000,
    "(" * 2_000,
    ")" * 2_000,
    "(" * 1_000 + "a" + ")" * 1_000,
    "(a " * 2_000,
    "-" * 10_000,
    "-(" * 5_000,
    "NOT " * 2_500,
    "NEAR - " * 1_500,
    "a NEAR/2 " * 1_200,
    "OR " * 3_000,
    "a OR " * 2_000,
    "AND " * 2_500,
    '"' * 10_000,
    '"a" ' * 2_500,
    "title:(" * 1_500,
    "tag:" * 2_500,
    "a where tag:(" * 800,
    "where " * 1_600,
    "\x00" * 10_000,
    "\ud800" * 10_000,
    "*" * 10_000,
    "a*" * 5_000,
    "foo:" * 2_500,
    "a-" * 5_000,
    "a," * 5_000,
    "\\" * 10_000,
    '"' + "\\" * 9_999,
    "1,2" * 3_000,
    "date:" + "1" * 9_000,
    "\u5317" * 10_000,
    "(" * 24 + "a" + ")" * 24,
    "actor:(" + "a " * 3_000,
    "a b OR " * 1_400,
]


@pytest.mark.parametrize("query", HUGE, ids=lambda query: ascii(query[:12]))
def test_a_huge_query_is_read_and_told(query: str) -> None:
    parsed = parse(query)
    assert_canonical(parsed.tree)
    assert parse(unparse(parsed.tree)).tree == parsed.tree
    assert sum(1 for _ in walk(parsed.tree)) <= 4 * MOST_TERMS
    assert len(query) <= LONGEST_QUERY or any(trouble.end == len(query) for trouble in parsed.troubles)
