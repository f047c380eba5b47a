"""Words as Postgres' tsquery: the one place that knows its signs. Pure."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from monitor.search.compiled import EVERY_FIELD, And, Close, Not, Or, Text, leaves
from monitor.search.engines.protocol import TooSlow
from monitor.search.vectors import MARKED, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.search.compiled import Chain, Field, Lexeme, Node, Words

MOST_PHRASES = 4_000  # in one leaf
TOO_MANY = "These words near each other can be written in too many ways; ask for fewer at once."


def tsquery(node: Node) -> str:
    """Return a tree of words alone as a tsquery; raises TooSlow for one with too many phrases."""
    match node:
        case And():
            return "(" + " & ".join(tsquery(child) for child in node.children) + ")"
        case Or():
            return "(" + " | ".join(tsquery(child) for child in node.children) + ")"
        case Not():
            return f"!{tsquery(node.child)}"
        case Text():
            return "(" + " | ".join(_in_fields(node)) + ")"
        case _:
            raise TypeError(node)


def loose_tsquery(node: Node) -> str:
    """Return a tsquery that matches all that `tsquery` matches and more, wherever the words stand; "": everything.

    An index knows which lexemes a row has and nothing of their places, and looks each up as often as a query names it.
    """
    match node:
        case And():
            parts = [part for child in node.children if (part := loose_tsquery(child))]
            return "(" + " & ".join(parts) + ")" if parts else ""
        case Or():
            parts = [loose_tsquery(child) for child in node.children]
            return "(" + " | ".join(parts) + ")" if all(parts) else ""
        case Not():
            return "" if has_places(node) else tsquery(node)
        case Text():
            marks = [mark for field, mark in MARKED.items() if field in node.fields]
            anywhere = node.fields == EVERY_FIELD or _by_weight(node.fields)
            return "(" + " | ".join(_somewhere(node.words, mark) for mark in ([""] if anywhere else marks)) + ")"
        case _:
            raise TypeError(node)


def _somewhere(words: Words | Close, mark: str) -> str:
    if isinstance(words, Close):
        return f"({_somewhere(words.left, mark)} & {_somewhere(words.right, mark)})"
    chains = [" & ".join(_lexeme(lexeme, mark, "") for lexeme in chain) for chain in words.chains]
    return "(" + " | ".join(f"({chain})" for chain in chains) + ")"


def has_close(node: Node) -> bool:
    """Return whether words are to stand near each other somewhere in a tree of words alone."""
    return any(isinstance(leaf, Text) and isinstance(leaf.words, Close) for leaf in leaves(node))


def has_places(node: Node) -> bool:
    """Return whether it matters where words stand, so that rows must be looked into one by one."""
    match node:
        case And() | Or():
            return any(has_places(child) for child in node.children)
        case Not():
            return has_places(node.child)
        case Text():
            return _by_weight(node.fields) != "" or _has_phrases(node.words)
        case _:
            return False


def _has_phrases(words: Words | Close) -> bool:
    return isinstance(words, Close) or any(len(chain) > 1 for chain in words.chains)


def _by_weight(fields: frozenset[Field]) -> str:
    """Return the weights of the fields that have no lexemes of their own."""
    return "" if fields == EVERY_FIELD else "".join(sorted(WEIGHTS[field] for field in fields - MARKED.keys()))


def _in_fields(text: Text) -> Iterator[str]:
    weights = _by_weight(text.fields)
    if text.fields == EVERY_FIELD or weights:
        yield _words(text.words, "", weights)
    if text.fields != EVERY_FIELD:
        for field, mark in MARKED.items():
            if field in text.fields:
                yield _words(text.words, mark, "")


def _words(words: Words | Close, mark: str, weights: str) -> str:
    if isinstance(words, Close):
        return _close(words, mark, weights)
    return "(" + " | ".join(_phrase(chain, mark, weights) for chain in words.chains) + ")"


def _close(close: Close, mark: str, weights: str) -> str:
    if all(len(chain) == 1 for side in (close.left, close.right) for chain in side.chains):
        # Of single lexemes the alternatives may stand within the phrase.
        sides = [(_words(close.left, mark, weights), _words(close.right, mark, weights))]
    else:
        chains = list(product(close.left.chains, close.right.chains))
        if len(chains) * 2 * close.distance > MOST_PHRASES:
            raise TooSlow(TOO_MANY)
        sides = [(_phrase(left, mark, weights), _phrase(right, mark, weights)) for left, right in chains]
    apart = range(1, close.distance + 1)
    both = [pair for left, right in sides for pair in ((left, right), (right, left))]
    near = " | ".join(f"({first} <{n}> {second})" for first, second in both for n in apart)
    # Rows without both sides are done with before the distances are tried.
    return f"({_words(close.left, mark, weights)} & {_words(close.right, mark, weights)} & ({near}))"


def _phrase(chain: Chain, mark: str, weights: str) -> str:
    return " <-> ".join(_lexeme(lexeme, mark, weights) for lexeme in chain)


def _lexeme(lexeme: Lexeme, mark: str, weights: str) -> str:
    quoted = (mark + lexeme.text).replace("\\", "\\\\").replace("'", "''")
    signs = weights + ("*" if lexeme.prefix else "")
    return f"'{quoted}'" + (f":{signs}" if signs else "")
