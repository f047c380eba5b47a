"""Which actors of the gazetteer bear a name of our gold without being accepted for it.

The gazetteer grows after the gold was marked; where it calls the same body otherwise, its slug belongs into the column
`accept` of `entities.txt`. Whether it is the same body, only a reader can say: most of what is listed merely shares letters.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from tests.entities.gold.building import HERE, sources, table_of
from tests.entities.gold.entities import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

GAZETTEER = HERE.parents[2] / "monitor" / "entities" / "data"


def rows_of(name: str) -> list[dict[str, str]]:
    """Read a table of the gazetteer."""
    with (GAZETTEER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slugs_by_name() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Give the name of every actor by its slug, and the slugs by every folded name and alias."""
    names = {row["slug"]: row["name"] for row in rows_of("actors.csv")}
    slugs: dict[str, set[str]] = {}
    for slug, name in names.items():
        slugs.setdefault(fold(name), set()).add(slug)
    for row in rows_of("actor_aliases.csv"):
        slugs.setdefault(fold(row["text"]), set()).add(row["actor"])
    return names, slugs


def surfaces_of(half: str) -> dict[str, set[str]]:
    """Give how a half's texts name each entity."""
    surfaces: dict[str, set[str]] = {}
    for source in sources(half):
        for article in json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))["articles"]:
            for mention in article["mentions"]:
                surfaces.setdefault(mention["entity"], set()).add(mention["text"])
    return surfaces


def not_accepted(half: str) -> Iterator[str]:
    """Tell of every actor with a name in the gazetteer that would count as a wrong link."""
    (names, slugs), surfaces = slugs_by_name(), surfaces_of(half)
    for entity in table_of(half).by_id.values():
        if entity.kind != "actor":
            continue
        known = {fold(surface) for surface in {*surfaces.get(entity.id, ()), entity.name}}
        for slug in sorted({slug for name in known for slug in slugs.get(name, ())} - set(entity.accept)):
            if fold(names[slug]) not in known:
                yield f"{entity.id} ({entity.name}): {slug} ({names[slug]})"
