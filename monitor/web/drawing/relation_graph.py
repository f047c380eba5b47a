"""An actor and its neighbours as a small picture: it stands in the middle, they in two columns beside it.

Two columns rather than a ring: names and relations then have lines of their own, and no label lies on another however
long the names are. The same relations stand beside the picture as a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NEIGHBOURS = 10  # the others are in the list alone
WIDTH, ROW, TOP = 360, 60, 34
LEFT_NODE, RIGHT_NODE, MIDDLE = 122, 238, 180
NAME_CHARACTERS, RELATION_CHARACTERS = 18, 22  # of a line beside a node
LINES = 2
LEADING = 14


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor at the other end of a relation, and the relation in words with its dates."""

    name: str
    address: str
    relation: str
    has_ended: bool
    kind: str  # of the relation: a class of its tie


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a label, with its baseline."""

    y: float
    words: str
    is_relation: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A neighbour in the picture: its dot, its tie to the middle, its label."""

    of: Neighbour
    x: int
    y: int
    tie: str
    text_x: int
    anchor: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """What the template draws."""

    name: tuple[TextLine, ...]
    nodes: tuple[Node, ...]
    height: int
    middle_y: int
    left_out: int
    summary: str
    width: int = WIDTH
    middle_x: int = MIDDLE

    @property
    def has_ended(self) -> bool:
        """Return whether a tie is dashed."""
        return any(node.of.has_ended for node in self.nodes)


def relation_graph(name: str, neighbours: Sequence[Neighbour]) -> Graph | None:
    """Return the picture of an actor and its first neighbours, in their order; None where there are none."""
    shown = neighbours[:MOST_NEIGHBOURS]
    if not shown:
        return None
    half = (len(shown) + 1) // 2
    left, right = shown[:half], shown[half:]
    height = half * ROW + TOP
    middle = TOP + half * ROW // 2
    nodes = [*_column(left, height, middle, is_left=True), *_column(right, height, middle, is_left=False)]
    below = _lines(name, NAME_CHARACTERS + 6, middle + 24, is_relation=False)
    return Graph(
        name=below,
        nodes=tuple(nodes),
        height=max(height, round(below[-1].y) + 8),
        middle_y=middle,
        left_out=len(neighbours) - len(shown),
        summary=f"Relations of {name}: " + "; ".join(f"{row.relation} {row.name}" for row in shown),
    )


def _column(rows: Sequence[Neighbour], height: int, middle: int, *, is_left: bool) -> list[Node]:
    if not rows:
        return []
    step = (height - TOP) / len(rows)
    x = LEFT_NODE if is_left else RIGHT_NODE
    away = -10 if is_left else 10
    nodes = []
    for i, row in enumerate(rows):
        y = round(TOP + step * (i + 0.5))
        bend = (x + MIDDLE) // 2
        tie = f"M{MIDDLE} {middle}C{bend} {middle} {bend} {y} {x} {y}"
        nodes.append(Node(row, x, y, tie, x + away, "end" if is_left else "start", _label(row, y)))
    return nodes


def _label(row: Neighbour, y: int) -> tuple[TextLine, ...]:
    names = _wrapped(row.name, NAME_CHARACTERS)
    relations = _wrapped(row.relation, RELATION_CHARACTERS)
    first = y - LEADING * (len(names) + len(relations)) / 2 + LEADING - 3
    rows = [(words, False) for words in names] + [(words, True) for words in relations]
    return tuple(TextLine(first + i * LEADING, words, is_relation) for i, (words, is_relation) in enumerate(rows))


def _lines(words: str, characters: int, y: int, *, is_relation: bool) -> tuple[TextLine, ...]:
    return tuple(TextLine(y + i * LEADING, line, is_relation) for i, line in enumerate(_wrapped(words, characters)))


def _wrapped(words: str, characters: int) -> list[str]:
    """Return at most two lines; what does not fit ends in an ellipsis."""
    return wrap(words, characters, max_lines=LINES, placeholder="…") or [""]
