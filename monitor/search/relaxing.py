"""What a query that finds nothing may be loosened to: simpler queries in order, each with what became of it. Pure.

One thing is changed at a time, the gentlest first: a phrase becomes its words, NEAR looks further, a field opens, a name takes
in what lies below it; then one condition after another is left out. Whoever shows them counts them first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING

from monitor.search.compiled import MOST_APART
from monitor.search.query_tree import (
    And,
    Everything,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Where,
    Within,
    Word,
    any_of,
    every_of,
    is_text,
)
from monitor.search.query_writing import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.search.query_tree import Node

MOST_SHOWN = 8
_FIELD_WORDS = {"title": "the title", "heads": "section heads", "body": "the text", "endnotes": "the endnotes"}


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A looser query and what was done to the one that was asked, in words: "without ..."."""

    tree: Node
    change: str


class Loss(IntEnum):
    """How much of what was asked for is given up."""

    MANNER = 1  # how words stand together, where they stand, what lies below a name
    REFUSAL = 2  # something that was to be left out is let in
    CONDITION = 3
    WORDS = 4  # any of the words instead of all


Change = tuple[Loss, "Node", str]


def relaxed(tree: Node, most: int = MOST_SHOWN) -> tuple[Relaxed, ...]:
    """Return looser queries, the gentlest change first and each once; what asks for everything is never among them."""
    found: dict[Node, str] = {}
    for _, looser, change in sorted(_changes(tree), key=lambda change: change[0]):
        if looser != tree and not isinstance(looser, Everything):
            found.setdefault(looser, change)
    return tuple(Relaxed(looser, change) for looser, change in islice(found.items(), most))


def _changes(node: Node) -> Iterator[Change]:
    """Give the node with one thing in it loosened; what stands below a Not would be tightened and stays."""
    yield from _own_change(node)
    match node:
        case And(children):
            yield from _without_one(children)
            for at, child in enumerate(children):
                for loss, looser, change in _changes(child):
                    yield loss, every_of((*children[:at], looser, *children[at + 1 :])), change
        case Or(children):
            for at, child in enumerate(children):
                for loss, looser, change in _changes(child):
                    yield loss, any_of((*children[:at], looser, *children[at + 1 :])), change
        case Within(field, child):
            for loss, looser, change in _changes(child):
                yield loss, Within(field, looser), change
        case Where(text, passage):
            for loss, looser, change in _changes(text):
                yield loss, Where(looser, passage), change


def _without_one(children: tuple[Node, ...]) -> Iterator[Change]:
    for at, child in enumerate(children):
        rest = every_of((*children[:at], *children[at + 1 :]))
        if isinstance(child, Not):
            yield Loss.REFUSAL, rest, f"with or without {unparse(child.child)}"
        else:
            yield Loss.CONDITION, rest, f"without {unparse(child)}"
    words = [child for child in children if is_text(child) and not isinstance(child, Not)]
    if len(words) > 1:
        others = [child for child in children if child not in words]
        yield Loss.WORDS, every_of([any_of(words), *others]), "with any of the words instead of all"


def _own_change(node: Node) -> Iterator[Change]:
    match node:
        case Phrase(words):
            each = every_of(Word(word) for word in dict.fromkeys(words))
            yield Loss.MANNER, each, f"with the words of \u201c{' '.join(words)}\u201d anywhere"
        case Near(left, right, distance) if distance < MOST_APART:
            yield Loss.MANNER, Near(left, right, MOST_APART), f"at most {MOST_APART} words apart"
        case Near(left, right):
            yield Loss.MANNER, every_of([left, right]), "however far apart"
        case Within(field, child) if field in _FIELD_WORDS:
            yield Loss.MANNER, child, f"not in {_FIELD_WORDS[field]} alone"
        case Named("about", value):
            either = any_of([Named("actor", value), Named("region", value)])
            yield Loss.MANNER, either, f"naming \u201c{value}\u201d, about it or not"
        case Named(field, value, exact=True):
            yield Loss.MANNER, Named(field, value), f"\u201c{value}\u201d with all that belongs to it"
        case Where(text, passage):
            yield Loss.MANNER, every_of([text, passage]), "not in one and the same passage"
