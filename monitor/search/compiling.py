"""From a query's tree to what engines are asked: names have become keys, words all the ways in which they are written.

Pure: the meanings of names come from `names.py`, the ways of writing words from whoever calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.search import compiled as c
from monitor.search.query_tree import (
    And,
    Dates,
    Has,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.search.names import Meaning
    from monitor.search.query_tree import Node, TextField

    Words = Callable[[Word | Prefix | Phrase | Near], c.Words | c.Close]

FIELDS: Mapping[TextField, frozenset[c.Field]] = {
    "title": frozenset({c.Field.TITLE}),
    "heads": frozenset({c.Field.HEADS}),
    "body": frozenset({c.Field.BODY}),
    "endnotes": frozenset({c.Field.NOTES}),
}
KINDS: Mapping[str, c.Kind] = {
    "actor": c.Kind.ACTOR,
    "region": c.Kind.REGION,
    "author": c.Kind.AUTHOR,
    "source": c.Kind.SOURCE,
    "cites": c.Kind.SOURCE,
    "periodical": c.Kind.PERIODICAL,
}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles trees whose names have these meanings; `words` gives all ways of writing what stands in the text."""

    meanings: Mapping[Named, tuple[Meaning, ...]]
    words: Words

    def compile(self, node: Node) -> c.Node:
        """Return what an engine is asked; a name that means nothing finds nothing."""
        match node:
            case And(children):
                return c.And(tuple(map(self.compile, children)))
            case Or(children):
                return c.Or(tuple(map(self.compile, children)))
            case Not(child):
                return c.Not(self.compile(child))
            case Within("note", child):
                return c.Annotated(self._of_mark(Within("note", child)))
            case Within(field, child):
                return self._text(child, FIELDS[field])
            case Word() | Prefix() | Phrase() | Near():
                return c.Text(self.words(node))
            case Where(text, passage):
                return c.Annotated(c.And((self._joined(text, c.Passage), self._of_mark(passage))))
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> c.Node:
        match node:
            case Dates(first, last):
                return c.Days(first, last)
            case Named("tag" | "by") | Has("annotation" | "note" | "tag"):
                return c.Annotated(self._of_mark(node))
            case Has(what):
                return c.HasAny(c.Given(what))
            case Named("kind", value):
                return c.Kinds((value.casefold(),))
            case Named():
                return self._named(node)
            case _:
                return c.EVERYTHING

    def _named(self, node: Named) -> c.Node:
        of_kinds = [
            c.Ids(
                KINDS[meaning.kind], meaning.keys, exact=node.exact and meaning.kind == "region", about=_is_about(node)
            )
            for meaning in self.meanings.get(node, ())
            if meaning.meant
        ]
        return of_kinds[0] if len(of_kinds) == 1 else c.Or(tuple(of_kinds))

    def _text(self, node: Node, fields: frozenset[c.Field]) -> c.Node:
        found: c.Node = self._joined(node, lambda words: c.Text(words, fields))
        return found

    def _joined(self, node: Node, leaf: Callable[[c.Words | c.Close], Any]) -> Any:
        """Return a tree of words alone with each of its leaves as `leaf` makes them."""
        match node:
            case And(children):
                return c.And(tuple(self._joined(child, leaf) for child in children))
            case Or(children):
                return c.Or(tuple(self._joined(child, leaf) for child in children))
            case Not(child):
                return c.Not(self._joined(child, leaf))
            case Word() | Prefix() | Phrase() | Near():
                return leaf(self.words(node))
            case _:
                return c.EVERYTHING

    def _of_mark(self, node: Node) -> Any:
        """Return what must be true of one and the same annotation."""
        match node:
            case And(children):
                return c.And(tuple(map(self._of_mark, children)))
            case Or(children):
                return c.Or(tuple(map(self._of_mark, children)))
            case Not(child):
                return c.Not(self._of_mark(child))
            case Within(_, child):
                return self._joined(child, c.Comment)
            case Named("tag"):
                below = () if node.exact else tuple(key for one in self._meant(node) for key in one.below)
                return c.Tags((*self._keys(node), *below))
            case Named("by"):
                return c.People(self._keys(node))
            case Has("tag"):
                return c.Tagged()
            case Has("note"):
                return c.Commented()
            case _:
                return c.EVERYTHING

    def _meant(self, node: Named) -> tuple[Meaning, ...]:
        return self.meanings.get(node, ())

    def _keys(self, node: Named) -> tuple[int, ...]:
        return tuple(key for meaning in self._meant(node) for key in meaning.keys)


def _is_about(node: Named) -> bool:
    return node.about or node.field == "about"
