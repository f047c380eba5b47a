"""Trees as engines walk them: without joints that say nothing, and with what can never match known as such. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.search.compiled import (
    EVERYTHING,
    NOTHING,
    And,
    Choice,
    Close,
    Ids,
    Kind,
    Kinds,
    Not,
    Or,
    Text,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.search.compiled import Node, Words


def simplified(node: Node) -> Node:
    """Return the same query without choices, joints in joints of their own sort, and leaves that match nothing."""
    match node:
        case Choice():
            return simplified(node.child)
        case Not():
            return _denied(simplified(node.child))
        case And():
            return _all_of(simplified(child) for child in node.children)
        case Or():
            return _any_of(simplified(child) for child in node.children)
        case Text() if not node.fields or not _has_chains(node.words):
            return NOTHING
        case Ids(ids=()) | Kinds(values=()):
            return NOTHING
        case _:
            return node


def _denied(child: Node) -> Node:
    if child == EVERYTHING:
        return NOTHING
    if child == NOTHING:
        return EVERYTHING
    return child.child if isinstance(child, Not) else Not(child)


def _all_of(children: Iterable[Node]) -> Node:
    flat: dict[Node, None] = {}
    for child in children:
        flat |= dict.fromkeys(child.children if isinstance(child, And) else (child,))
    if NOTHING in flat:
        return NOTHING
    return next(iter(flat)) if len(flat) == 1 else And(tuple(flat))


def _any_of(children: Iterable[Node]) -> Node:
    flat: dict[Node, None] = {}
    for child in children:
        flat |= dict.fromkeys(child.children if isinstance(child, Or) else (child,))
    if EVERYTHING in flat:
        return EVERYTHING
    return next(iter(flat)) if len(flat) == 1 else Or(tuple(flat))


def _has_chains(words: Words | Close) -> bool:
    if isinstance(words, Close):
        return words.distance >= 1 and _has_chains(words.left) and _has_chains(words.right)
    return bool(words.chains) and all(words.chains)


def is_text(node: Node) -> bool:
    """Return whether a tree asks for nothing but words."""
    return all(isinstance(leaf, Text) for leaf in leaves(node)) and bool(leaves(node))


def matches_without_words(node: Node) -> bool:
    """Return whether a tree of words alone matches an article in which none of them stands."""
    match node:
        case And():
            return all(matches_without_words(child) for child in node.children)
        case Or():
            return any(matches_without_words(child) for child in node.children)
        case Not():
            return not matches_without_words(node.child)
        case _:
            return False


def wanted_words(node: Node) -> Node | None:
    """Return what of a tree speaks for an article by its words, for ranking; None: nothing does."""
    match node:
        case Text():
            return node
        case And() | Or():
            kept = [found for child in node.children if (found := wanted_words(child)) is not None]
            joint = type(node)
            return None if not kept else kept[0] if len(kept) == 1 else joint(tuple(kept))
        case Choice():
            return wanted_words(node.child)
        case _:
            return None


def subjects(node: Node) -> list[Ids]:
    """Return the actors and regions that a tree asks for, without those it excludes."""
    match node:
        case Ids(kind=Kind.ACTOR | Kind.REGION):
            return [node]
        case And() | Or():
            return [found for child in node.children for found in subjects(child)]
        case Choice():
            return subjects(node.child)
        case _:
            return []
