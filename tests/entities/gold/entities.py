"""The entities a half of our gold names: the table `entities.txt` beside its issues.

A row is `id | type | name | parents | accept | surfaces`; lists are divided by `;`. Parents of a region are the
regions that hold it, those of an actor its countries. `accept` holds further ids a recogniser may give; the folded
name is always accepted. A row `demonym | CO | Colombian; Colombians` names weak evidence. `#` begins a remark.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REGION_TYPES = {"macro_region", "cross_border", "country", "admin1", "admin2", "admin3", "city", "place", "facility"}
REGION_TYPES |= {"former", "disputed", "water"}
ACTOR_TYPES = {"armed_group", "alliance", "political", "state_force", "government", "government_in_exile", "operation"}
ACTOR_TYPES |= {"organisation", "person"}
APOSTROPHES = re.compile("['`\u2018\u2019\u02bb-\u02bf]")


class EntityError(ValueError):
    """A row of the table, or a mark, names no one entity."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One row of the table."""

    id: str
    type: str
    name: str
    parents: tuple[str, ...]
    accept: tuple[str, ...]
    surfaces: tuple[str, ...]

    @property
    def kind(self) -> str:
        return "region" if self.type in REGION_TYPES else "actor"


@dataclass(slots=True)
class Table:
    """All entities of a half, by id and by surface, and its demonyms."""

    by_id: dict[str, Entity] = field(default_factory=dict)
    by_surface: dict[str, list[str]] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)  # word -> region

    def named(self, surface: str, said: str | None = None) -> Entity:
        """Give the entity that a mark names: the one said, else the only one with this surface."""
        found = [said] if said else self.by_surface.get(" ".join(surface.split()), [])
        if len(found) != 1 or found[0] not in self.by_id:
            msg = f"{surface!r} is the surface of {found or 'nothing'}"
            raise EntityError(msg)
        return self.by_id[found[0]]


def fold(text: str) -> str:
    """Lower case without marks: letters and digits divided by single blanks, as the scorer folds."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", APOSTROPHES.sub("", plain)).strip()


def read_table(*files: Path) -> Table:
    """Read tables, later ones adding to earlier; EntityError for a type we do not have or an id twice."""
    table = Table()
    for file in files:
        for row in file.read_text(encoding="utf-8").splitlines():
            if row.strip() and not row.startswith("#"):
                take_row(table, [cell.strip() for cell in row.split("|")])
    return table


def take_row(table: Table, cells: list[str]) -> None:
    """Add one row's entity or demonyms."""
    if cells[0] == "demonym":
        table.demonyms.update(dict.fromkeys(listed(cells[2]), cells[1]))
        return
    cells += [""] * (6 - len(cells))
    entity = Entity(cells[0], cells[1], cells[2], listed(cells[3]), listed(cells[4]), listed(cells[5]))
    if entity.type not in REGION_TYPES | ACTOR_TYPES or entity.id in table.by_id:
        msg = f"{entity.id}: unknown type {entity.type!r}, or an id twice"
        raise EntityError(msg)
    table.by_id[entity.id] = entity
    for surface in dict.fromkeys((entity.name, *entity.surfaces)):
        table.by_surface.setdefault(surface, []).append(entity.id)


def listed(cell: str) -> tuple[str, ...]:
    """Give the items of a cell."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())
