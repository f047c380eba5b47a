"""What a query means: a tree of frozen nodes, each with its place in the text that was typed. Pure.

`start` and `end` are a half-open range of code points of the query's text; they do not count when trees are compared.
Trees are built by `every_of`, `any_of` and `no`, so that one meaning has one shape: no And in an And, no Or in an Or, no
node with a single child, no Phrase of one word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

# Where words may be looked for. Without one: in all but `note`, which is what people wrote on their annotations.
TextField = Literal["title", "heads", "body", "endnotes", "note"]
# What has a name. `about` is an actor or a region that the article is chiefly about.
NamedField = Literal["actor", "region", "about", "source", "author", "tag", "periodical", "kind", "cites", "by"]
What = Literal["annotation", "note", "tag", "endnotes", "author", "source", "actor", "region"]

TEXT_FIELDS: tuple[TextField, ...] = ("title", "heads", "body", "endnotes", "note")
NAMED_FIELDS: tuple[NamedField, ...] = (
    "actor", "region", "about", "source", "author", "tag", "periodical", "kind", "cites", "by",
)  # fmt: skip
WHATS: tuple[What, ...] = ("annotation", "note", "tag", "endnotes", "author", "source", "actor", "region")
# What is true of one annotation; these may stand after `where`.
PASSAGE_FIELDS = ("tag", "by", "note", "has")
PASSAGE_WHATS: tuple[What, ...] = ("annotation", "note", "tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Anything that stands somewhere in the typed text."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Everything(Placed):
    """No condition: an empty query, or a star alone."""


@dataclass(frozen=True, slots=True)
class And(Placed):
    """All of two or more."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Placed):
    """Any of two or more."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Placed):
    """What the child does not find."""

    child: Node


@dataclass(frozen=True, slots=True)
class Word(Placed):
    """A word as it was typed, without blanks; `words.py` may take it for several that follow each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix(Placed):
    """The beginning of a word, typed with a star behind it; `text` is without the star."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase(Placed):
    """Two or more words, as typed, that follow each other in this order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near(Placed):
    """Both, in either order, at most `distance` words apart (1: next to each other); sides are `Nearby`."""

    left: Node
    right: Node
    distance: int


@dataclass(frozen=True, slots=True)
class Within(Placed):
    """Words in one part of the article; the child is made of words alone (see `is_text`)."""

    field: TextField
    child: Node


@dataclass(frozen=True, slots=True)
class Named(Placed):
    """Something by its name. Exact: without what lies below it (regions in a region, tags under a tag)."""

    field: NamedField
    value: str
    exact: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Dates(Placed):
    """Days from `first` on and before `last`; None is open. At least one is given."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Has(Placed):
    """That there is at least one of something."""

    what: What


@dataclass(frozen=True, slots=True)
class Where(Placed):
    """Words inside a passage that somebody marked so: `text` is of words alone, `passage` is true of one annotation."""

    text: Node
    passage: Node


Node = Everything | And | Or | Not | Word | Prefix | Phrase | Near | Within | Named | Dates | Has | Where


@dataclass(frozen=True, slots=True)
class Trouble(Placed):
    """What is odd about a query, where, and what it was taken for; both are plain sentences.

    `instead` is what may have been meant in that place, to be offered, "" for nothing: it is never put there unasked.
    """

    sentence: str = ""
    understood: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that was read: always a tree, and what was odd in the order of its places."""

    text: str
    tree: Node
    troubles: tuple[Trouble, ...] = ()


def every_of(children: Iterable[Node], *, start: int = 0, end: int = 0) -> Node:
    """Return what asks for all of the children; none asks for everything."""
    flat = tuple(
        part
        for child in children
        for part in (child.children if isinstance(child, And) else (child,))
        if not isinstance(part, Everything)
    )
    return _one_of(flat) if len(flat) < 2 else And(flat, start=start, end=end)


def any_of(children: Iterable[Node], *, start: int = 0, end: int = 0) -> Node:
    """Return what asks for any of the children; none asks for everything."""
    flat = tuple(part for child in children for part in (child.children if isinstance(child, Or) else (child,)))
    if any(isinstance(part, Everything) for part in flat):
        return Everything(start=start, end=end)
    return _one_of(flat) if len(flat) < 2 else Or(flat, start=start, end=end)


def no(child: Node, *, start: int = 0, end: int = 0) -> Node:
    """Return what the child does not find; twice is the child again."""
    return child.child if isinstance(child, Not) else Not(child, start=start, end=end)


def _one_of(flat: tuple[Node, ...]) -> Node:
    return flat[0] if flat else Everything()


def children_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below one."""
    match node:
        case And(children) | Or(children):
            return children
        case Not(child) | Within(_, child):
            return (child,)
        case Near(left, right) | Where(left, right):
            return (left, right)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Give the node and all below it, each before its children, in the order of the text."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children_of(here)))


def is_text(node: Node) -> bool:
    """Return whether a tree is made of words alone, so that a single text can answer it."""
    return all(isinstance(part, And | Or | Not | Word | Prefix | Phrase | Near) for part in walk(node))


def is_nearby(node: Node) -> bool:
    """Return whether a node may be a side of Near: a word, a beginning, a phrase, or any of these."""
    return all(isinstance(part, Or | Word | Prefix | Phrase) for part in walk(node))


def is_of_passage(node: Node) -> bool:
    """Return whether a tree is true or not of a single annotation, and so may stand after `where`."""
    match node:
        case And(children) | Or(children):
            return all(map(is_of_passage, children))
        case Not(child):
            return is_of_passage(child)
        case Within("note", _) | Named("tag" | "by"):
            return True
        case Has(what):
            return what in PASSAGE_WHATS
        case _:
            return False
