"""The rows of the gazetteer's files, with every column. Frozen and plain: neither a file nor a table is known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.entities.gazetteer import CaseRule, SurfaceSort

_ACTORS = "armed_group alliance political state_force government government_in_exile operation organisation person"
_REGIONS = "macro country admin1 admin2 admin3 city place facility former disputed border cross_border"
ACTOR_KINDS = frozenset(_ACTORS.split())
REGION_KINDS = frozenset(_REGIONS.split())
ACTOR_STATUSES = frozenset(("active", "former", "provisional", "retired"))
RELATION_TYPES = frozenset(("member_of", "faction_of", "successor_of", "allied_with", "affiliate_of", "merged_into"))
SORTS = frozenset(("name", "acronym", "former", "translation", "misspelling", "descriptive"))
ROLES = ("military", "police", "government")  # the actor of a country that "[Demonym] + noun" means, by its tags


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A row of actors.csv. Dates are ISO of any precision; `strict`: counted only where one of its countries is named."""

    slug: str
    name: str
    kind: str
    status: str
    countries: tuple[str, ...]
    tags: tuple[str, ...]
    strict: bool
    wikidata: str
    valid_from: str | None
    valid_to: str | None
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A row of actor_aliases.csv: another way of writing the actor whose slug is `actor`."""

    actor: str
    text: str
    sort: SurfaceSort
    lang: str
    script: str
    case: CaseRule
    needs: tuple[str, ...]
    not_near: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A row of actor_relations.csv: `start` and `end` are slugs, in force from `from_date` to `to_date`."""

    start: str
    type: str
    end: str
    from_date: str | None
    to_date: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another way of writing a region; `needs`: ISO codes of which the article must name one."""

    text: str
    sort: SurfaceSort = "name"
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region of regions.tsv.gz with what the overlay adds, or of the overlay alone.

    `coord_basis`: source (given for it), cities (their middle), parent (its parent's point: no dot of its own), or empty.
    `source`: geonames or what the overlay names.
    """

    code: str
    slug: str
    name: str
    kind: str
    parents: tuple[str, ...]
    countries: tuple[str, ...]
    population: int
    lat: float | None
    lon: float | None
    coord_basis: str
    aliases: tuple[Spelling, ...]
    source: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun that with a demonym names a state force: "soldiers" means the actor of `role` of that country."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class DataFiles:
    """All files of the gazetteer, read and joined."""

    actors: tuple[ActorRow, ...]
    aliases: tuple[AliasRow, ...]
    relations: tuple[RelationRow, ...]
    regions: tuple[RegionRow, ...]
    demonyms: tuple[tuple[str, str], ...]
    region_stop_words: tuple[str, ...]
    head_nouns: tuple[HeadNoun, ...]
