"""The gazetteer as the recogniser sees it: plain frozen data, made from the data files or from the tables.

Nothing here knows a file or a database. `Gazetteer.hash` names the content: two gazetteers with the same rows, in
whatever order, have the same hash, and the same hash gives the same mentions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import DataclassInstance

EntityKind = Literal["actor", "region"]
SurfaceSort = Literal["name", "acronym", "former", "translation", "misspelling", "descriptive"]
CaseRule = Literal["usual", "exact"]


@dataclass(frozen=True, slots=True)
class Surface:
    """One way of writing an actor or a region.

    `entity` is the actor's slug or the region's code. `needs`: ISO country codes, one of which the article must name.
    `not_near`: words that make it something else when they stand beside it. Dates are ISO of any precision ("2022",
    "2022-01", "2022-01-11"), both ends included. `alias_id` is the row's id in the database, where there is one.
    """

    text: str
    entity: str
    kind: EntityKind
    sort: SurfaceSort = "name"
    case: CaseRule = "usual"
    needs: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    alias_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor. `strict`: made of common words, so counted only where one of its countries is named."""

    slug: str
    name: str
    kind: str = "armed_group"
    countries: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """One region. `parents` are codes; `countries` ISO codes; population 0 is unknown; degrees, or None without a point.

    `kind`: macro, country, admin1-3, city, place, facility, former, disputed, border or cross_border.
    """

    code: str
    slug: str
    name: str
    kind: str
    parents: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    population: int = 0
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Everything the recogniser knows beforehand.

    `demonyms`: pairs of an ISO country code and one word for its people or things ("Iraqi"). `region_stop_words`: words
    that are also places and never mean them. `head_nouns`: what makes a state force of a demonym ("security forces").
    """

    actors: tuple[ActorEntry, ...] = ()
    regions: tuple[RegionEntry, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    demonyms: tuple[tuple[str, str], ...] = ()
    region_stop_words: tuple[str, ...] = ()
    head_nouns: tuple[str, ...] = ()

    @cached_property
    def hash(self) -> str:
        """The sha256, in hexadecimal, of the sorted content; database ids do not count."""
        return joined_hash(self.actors_hash, self.places_hash)

    @cached_property
    def actors_hash(self) -> str:
        """The same of the actors, their surfaces and the word lists."""
        surfaces = (surface for surface in self.surfaces if surface.kind == "actor")
        return _hash(
            _lines("actor", map(_actor_cells, self.actors)),
            _lines("surface", map(_surface_cells, surfaces)),
            _lines("demonym", self.demonyms),
            _lines("stop word", self.region_stop_words),
            _lines("head noun", self.head_nouns),
        )

    @cached_property
    def places_hash(self) -> str:
        """The same of the regions and their surfaces, which are fifty times as many and seldom change."""
        surfaces = (surface for surface in self.surfaces if surface.kind == "region")
        return _hash(
            _lines("region", map(_region_cells, self.regions)), _lines("surface", map(_surface_cells, surfaces))
        )


def joined_hash(actors: str, places: str) -> str:
    """Return the hash of a gazetteer of these two parts."""
    return hashlib.sha256(f"{actors} {places}".encode()).hexdigest()


def _hash(*parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(row for part in parts for row in part).encode()).hexdigest()


def _cells(kind: type[DataclassInstance]) -> attrgetter[tuple[object, ...]]:
    return attrgetter(*(field.name for field in fields(kind) if field.name != "alias_id"))


_actor_cells, _region_cells, _surface_cells = _cells(ActorEntry), _cells(RegionEntry), _cells(Surface)


def _lines(kind: str, rows: Iterable[object]) -> list[str]:
    return sorted(f"{kind}\t{row!r}" for row in rows)
