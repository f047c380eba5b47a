"""What engines are asked: a query whose names are keys and whose words are lexemes, for one person.

Nothing here knows Django, SQL or an engine. An article is a row of *parts* (its title, each head, paragraph and note), each
of them a run of positions as `words.py` counts them; nothing matches across two parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

MOST_APART = 30  # words between the two sides of a Close, at most
MOST_CHAINS = 32  # alternatives of one Words; whoever compiles stops there


class Field(StrEnum):
    """In which of an article's parts words are looked for."""

    TITLE = "title"
    HEADS = "heads"
    BODY = "body"
    NOTES = "notes"


EVERY_FIELD = frozenset(Field)


# -- Words -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Lexeme:
    """One position of a text: the lexeme that stands there, or with `prefix` one that begins so."""

    text: str
    prefix: bool = False


Chain = tuple[Lexeme, ...]  # at consecutive positions; several lexemes may stand at one position of a text


@dataclass(frozen=True, slots=True)
class Words:
    """Any of these chains: how a word or phrase may be written (counter-terrorism, counterterrorism). None: never."""

    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """Both sides in one part, in either order: the later begins 1 to `distance` positions after the earlier ends."""

    left: Words
    right: Words
    distance: int


# -- Leaves ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Text:
    """Articles with these words in a part of one of these fields."""

    words: Words | Close
    fields: frozenset[Field] = EVERY_FIELD


class Kind(StrEnum):
    """What keys are keys of."""

    ACTOR = "actor"
    REGION = "region"
    AUTHOR = "author"
    SOURCE = "source"
    PERIODICAL = "periodical"
    ISSUE = "issue"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Ids:
    """Articles with any of these keys.

    An actor is meant with all it was merged with. A region is meant with all that lies in it, unless `exact`. With
    `about` (actors and regions) being named is not enough.
    """

    kind: Kind
    ids: tuple[int, ...]
    exact: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Articles of issues from `first` on and before `last` (half-open); None leaves that end open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Kinds:
    """Articles of one of these kinds ("brief", "article")."""

    values: tuple[str, ...]


class Given(StrEnum):
    """What an article may have at least one of."""

    ENDNOTES = "endnotes"
    AUTHOR = "author"
    SOURCE = "source"
    ACTOR = "actor"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class HasAny:
    """Articles with at least one of what is named."""

    what: Given


@dataclass(frozen=True, slots=True)
class Annotated:
    """Articles with at least one annotation that the asking person may see and of which all of `of` is true.

    In `of` stand only And, Or, Not and the leaves below, all true of one and the same annotation; And(()): of any.
    """

    of: Mark


# -- Of one annotation -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Tags:
    """It has one of these tags (of those the person may see); whoever compiles adds the tags below those named."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """One of these people made it."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """It has a tag that the person may see."""


@dataclass(frozen=True, slots=True)
class Commented:
    """Somebody wrote a comment on it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """These words are in its comment."""

    words: Words | Close


@dataclass(frozen=True, slots=True)
class Passage:
    """These words are in one of the passages that it marks, as they were marked."""

    words: Words | Close


# -- Joints ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class And:
    """All of these; of none: every article."""

    children: tuple[Any, ...]  # of Node, or of Mark below an Annotated


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these; of none: no article."""

    children: tuple[Any, ...]  # of Node, or of Mark below an Annotated


@dataclass(frozen=True, slots=True)
class Not:
    """What the child does not match."""

    child: Any


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in a facet: the same as its child, but that facet's own counts are taken as if it were not there.

    It counts as a choice only as the tree itself or as a child of the And at its root.
    """

    facet: Facet
    child: Node


Leaf = Text | Ids | Days | Kinds | HasAny | Annotated
Node = Leaf | And | Or | Not | Choice
Mark = Tags | People | Tagged | Commented | Comment | Passage | And | Or | Not
EVERYTHING = And(())
NOTHING = Or(())


class Facet(StrEnum):
    """What hits are counted by."""

    PERIODICAL = "periodical"
    KIND = "kind"
    YEAR = "year"
    MONTH = "month"
    AUTHOR = "author"
    SOURCE = "source"
    ACTOR = "actor"
    REGION = "region"


class Sort(StrEnum):
    """In which order hits come; all end in the article's key, so that no two are alike."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ABOUT = "about"  # what is about an actor or region of the query first, each part the newest first


@dataclass(frozen=True, slots=True)
class Compiled:
    """A whole query. `person` is who asks: a User or AnonymousUser; `understood` says it in words, for logs of shapes."""

    tree: Node
    person: Any
    understood: str = ""


def leaves(node: Node, *, standing: bool = False) -> list[Leaf]:
    """Return a tree's leaves from left to right; of those that are `standing`, none below a Not."""
    found: list[Leaf] = []
    waiting: list[Node] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, And | Or):
            waiting.extend(reversed(here.children))
        elif isinstance(here, Choice):
            waiting.append(here.child)
        elif isinstance(here, Not):
            waiting += [] if standing else [here.child]
        else:
            found.append(here)
    return found


def without_choice(tree: Node, facet: Facet) -> Node:
    """Return the tree as that facet is counted: without what was chosen in it."""
    if isinstance(tree, Choice):
        return EVERYTHING if tree.facet is facet else tree
    if isinstance(tree, And):
        return And(tuple(c for c in tree.children if not (isinstance(c, Choice) and c.facet is facet)))
    return tree


def chosen(tree: Node) -> frozenset[Facet]:
    """Return the facets in which something is chosen."""
    among = tree.children if isinstance(tree, And) else (tree,)
    return frozenset(child.facet for child in among if isinstance(child, Choice))
