"""What the recogniser reads and what it answers.

One running text holds everything of an article that is read: its canonical text first, then its title and its notes.
A mention says in which of them it stands and where *in it*, so that `start` and `end` of a mention in the body are
code points of the canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from monitor.entities.gazetteer import EntityKind

Where = Literal["body", "title", "note"]
Tier = Literal["name", "desc", "weak"]
Method = Literal["gazetteer", "definition", "acronym", "person", "backref", "descriptive", "fuzzy", "pattern"]
Status = Literal["auto", "suggested"]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed text that is read: the body (the canonical text), the title, or the note at index `note`."""

    where: Where
    text: str
    heads: tuple[Range, ...] = ()  # headings in it, where a run of capitals is no name
    zones: tuple[Range, ...] = ()  # citations and the like: nothing is found in them
    note: int | None = None  # index among the article's notes


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its pieces in any order, and the day it appeared (ISO of any precision) or None.

    `sources`: the media it cites; what bears their names is no person and no unknown organisation.
    """

    pieces: tuple[Piece, ...]
    date: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor or region at `[start, end)` of the piece named by `where` and `note`; code points.

    `entity` is a slug or code, or None for a name the gazetteer does not know; then `name` groups its mentions.
    `candidates` are (entity, score 0-100), best first: readings that a person may choose from. `score` is 0-1.
    """

    start: int
    end: int
    kind: EntityKind
    entity: str | None
    name: str
    text: str  # as printed
    alias_id: int | None = None
    tier: Tier = "name"
    metonym: bool = False
    method: Method = "gazetteer"
    score: float = 1.0
    status: Status = "auto"
    where: Where = "body"
    note: int | None = None
    sort: str = ""  # kind of a new actor: person, armed_group, political, state_force, organisation
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """How much an article is about one entity. `parts`: eighths of the text it occurs in; `share` of the best, 0-1."""

    kind: EntityKind
    entity: str | None
    name: str
    n: int
    parts: int
    in_title: bool
    salience: float
    share: float
    about: bool  # among the first eight and at least 12 % of the best


@dataclass(frozen=True, slots=True)
class Recognised:
    """The mentions in order of place, weak evidence apart, and the entities by falling salience."""

    mentions: tuple[Mention, ...]
    weak: tuple[Mention, ...]
    about: tuple[About, ...]
