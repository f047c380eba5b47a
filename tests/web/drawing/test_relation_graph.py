from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.relation_graph import (
    LEADING,
    MOST_NEIGHBOURS,
    NAME_CHARACTERS,
    RELATION_CHARACTERS,
    WIDTH,
    Neighbour,
    relation_graph,
)

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)
neighbours = st.builds(Neighbour, words, st.just("/actors/x/"), words, st.booleans(), st.just("member_of"))


def named(*names: str) -> list[Neighbour]:
    return [
        Neighbour(name, f"/actors/{name.lower()}/", "member of", has_ended=False, kind="member_of") for name in names
    ]


def test_an_actor_without_relations_has_no_picture() -> None:
    assert relation_graph("BNA", []) is None


def test_neighbours_stand_in_two_columns_in_their_order() -> None:
    graph = relation_graph("BNA", named("BRAS", "BRA", "UBA"))
    assert graph
    assert [(node.of.name, node.anchor) for node in graph.nodes] == [("BRAS", "end"), ("BRA", "end"), ("UBA", "start")]
    left, right = graph.nodes[:2], graph.nodes[2:]
    assert {node.x for node in left} != {node.x for node in right}
    assert right[0].y == graph.middle_y
    assert graph.summary == "Relations of BNA: member of BRAS; member of BRA; member of UBA"
    assert graph.left_out == 0


def test_what_is_too_much_for_a_picture_is_counted() -> None:
    graph = relation_graph("X", named(*(f"N{i}" for i in range(MOST_NEIGHBOURS + 4))))
    assert graph
    assert (len(graph.nodes), graph.left_out) == (MOST_NEIGHBOURS, 4)


def test_long_names_break_once_and_end_in_dots() -> None:
    graph = relation_graph("X", named("Coordination of the Movements of the Azawad and its Allies"))
    assert graph
    lines = [line.words for line in graph.nodes[0].lines if not line.is_relation]
    assert lines == ["Coordination of", "the Movements of…"]


@given(words, st.lists(neighbours, max_size=14))
def test_no_label_lies_on_another_or_leaves_the_picture(name: str, rows: list[Neighbour]) -> None:
    graph = relation_graph(name, rows)
    if graph is None:
        assert not rows
        return
    for anchor in ("end", "start"):
        lines = [line.y for node in graph.nodes if node.anchor == anchor for line in node.lines]
        assert lines == sorted(lines)
        assert all(low + LEADING - 0.01 <= high for low, high in itertools.pairwise(lines))
        assert all(LEADING / 2 <= y <= graph.height for y in lines)
    for node in graph.nodes:
        assert 0 < node.x < WIDTH
        for line in node.lines:
            assert len(line.words) <= (RELATION_CHARACTERS if line.is_relation else NAME_CHARACTERS)
    assert graph.name[-1].y < graph.height
