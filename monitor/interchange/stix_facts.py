"""What the writer of STIX is given: frozen facts, gathered by `stix_queries` for one reader.

Moments are ISO 8601 in UTC with six digits after the second and a final Z, so that as texts they sort in their order.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The identity of a stored row and when it came and was last changed."""

    uid: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicalFact(Origin):
    """Who published a report."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFact(Origin):
    """A place. `countries` are the codes of those it lies in; `lat` and `lon` are degrees, or both None."""

    code: str
    name: str
    kind: str
    countries: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFact(Origin):
    """An actor with its other names; `tags` are those that people here gave it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationFact(Origin):
    """How one actor stands to another, as a person or the gazetteer said it."""

    type: str
    first: ActorFact
    second: ActorFact


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact(Origin):
    """An annotation."""

    quote: str
    comment: str
    author: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFact(Origin):
    """An article; `homes` are the countries of its actors, as far as they are not among its regions."""

    title: str
    periodical: PeriodicalFact
    published: str  # YYYY-MM-DD
    number: str  # XX-3
    url: str
    language: str
    labels: tuple[str, ...] = ()
    actors: tuple[ActorFact, ...] = ()
    regions: tuple[RegionFact, ...] = ()
    homes: tuple[RegionFact, ...] = field(default=())
    notes: tuple[NoteFact, ...] = ()
