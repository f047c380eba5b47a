"""Whether the rows of the gazetteer's files agree with each other: what one row alone cannot tell. Pure.

`python -m monitor.entities.data_checks [FOLDER]` prints a sentence for each fault; a test does the same.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.entities.data_files import FOLDER, read_data
from monitor.entities.data_rows import ROLES
from monitor.entities.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.entities.data_rows import DataFiles

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Within these an actor cannot, over others, come back to itself: it would be a part of its own part.
PART_OF = frozenset(("member_of", "faction_of", "merged_into"))


@dataclass(frozen=True, slots=True)
class Holder:
    """One way of writing an actor that nothing around it in an article decides."""

    actor: str
    text: str
    case: str
    begun: str | None
    ended: str | None

    def is_like(self, other: Holder) -> bool:
        """Tell whether a reader could take one for the other: not two acronyms that differ by their capitals (JeM, JEM)."""
        by_capitals = self.case == other.case == "exact" and self.text != other.text
        return self.actor != other.actor and not by_capitals and not self._before(other) and not other._before(self)

    def _before(self, other: Holder) -> bool:
        """Compare as exactly as both dates are given: what ended in 1999 may not be over in May 1999."""
        return bool(self.ended and other.begun and self.ended[: len(other.begun)] < other.begun[: len(self.ended)])


def faults(data: DataFiles) -> list[str]:
    """Return a sentence for everything that is wrong between the rows; none for sound files.

    What is wrong within a row (an unknown kind, a date that is none) is refused when the files are read.
    """
    checks = (_slugs, _aliases, _relations, _sources, _countries, _roles, _descriptions, _shared_names, _circles)
    return [sentence for check in checks for sentence in check(data)]


def _slugs(data: DataFiles) -> Iterator[str]:
    slugs = [actor.slug for actor in data.actors]
    yield from _twice("actors.csv", slugs)
    yield from _unsorted("actors.csv", slugs)
    for slug in slugs:
        if not SLUG.fullmatch(slug):
            yield f'actors.csv: "{slug}" is no slug of small letters, digits and single hyphens.'
    yield from _twice("regions", (region.slug for region in data.regions))


def _aliases(data: DataFiles) -> Iterator[str]:
    known = {actor.slug for actor in data.actors}
    for alias in data.aliases:
        if alias.actor not in known:
            yield f'actor_aliases.csv: "{alias.text}" is of {alias.actor}, which actors.csv has not.'
    # The loader knows a row again by these three, and takes the first of two.
    yield from _twice("actor_aliases.csv", ((alias.actor, alias.text, alias.valid_from) for alias in data.aliases))
    yield from _unsorted("actor_aliases.csv", [alias.actor for alias in data.aliases])


def _relations(data: DataFiles) -> Iterator[str]:
    known = {actor.slug for actor in data.actors}
    for relation in data.relations:
        for slug in (relation.start, relation.end):
            if slug not in known:
                yield f"actor_relations.csv: {relation.start} {relation.type} {relation.end}: there is no actor {slug}."
        if relation.start == relation.end:
            yield f"actor_relations.csv: {relation.start} is related to itself."
    keys = [(relation.start, relation.type, relation.end, relation.from_date) for relation in data.relations]
    yield from _twice("actor_relations.csv", keys)
    yield from _unsorted("actor_relations.csv", [relation.start for relation in data.relations])


def _sources(data: DataFiles) -> Iterator[str]:
    for actor in data.actors:
        if not actor.sources:
            yield f"actors.csv: {actor.slug} has no source."
    for alias in data.aliases:
        if not alias.source:
            yield f'actor_aliases.csv: "{alias.text}" of {alias.actor} has no source.'
    for relation in data.relations:
        if not relation.source:
            yield f"actor_relations.csv: {relation.start} {relation.type} {relation.end} has no source."


def _countries(data: DataFiles) -> Iterator[str]:
    known = {region.code for region in data.regions if region.kind == "country"}
    named = [("actors.csv", actor.slug, actor.countries) for actor in data.actors]
    named += [("actor_aliases.csv", alias.text, alias.needs) for alias in data.aliases]
    named += [("demonyms.csv", word, (country,)) for country, word in data.demonyms]
    named += [
        ("regions_overlay.csv", spelling.text, spelling.needs) for row in data.regions for spelling in row.aliases
    ]
    for file, what, codes in named:
        for code in codes:
            if code not in known:
                yield f'{file}: "{what}" names {code}, which is no code of a country.'


def _roles(data: DataFiles) -> Iterator[str]:
    """Of two armies of one country "its soldiers" could be either."""
    owners: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for actor in data.actors:
        for role in ROLES:
            if role in actor.tags and actor.countries:
                owners[actor.countries[0], role].append(actor.slug)
    for (country, role), slugs in sorted(owners.items()):
        if len(slugs) > 1:
            yield f"actors.csv: {' and '.join(slugs)} are all tagged {role} of {country}; one of them may be."


def _descriptions(data: DataFiles) -> Iterator[str]:
    """Taken for a name, "Mali's army" would hide that Mali is named."""
    forces = {actor.slug for actor in data.actors if actor.kind in {"state_force", "government"}}
    heads = {word for _country, word in data.demonyms}
    heads |= {region.name for region in data.regions if region.kind == "country"}
    for alias in data.aliases:
        if alias.actor in forces and alias.sort not in {"descriptive", "acronym"} and _is_described(alias.text, heads):
            yield f'actor_aliases.csv: "{alias.text}" of {alias.actor} is a description: its sort is descriptive.'


def _is_described(text: str, heads: set[str]) -> bool:
    words = text.split()
    first = next((number for number, word in enumerate(words) if word.islower()), len(words))
    nouns = words[first:]
    return bool(nouns) and " ".join(nouns).islower() and " ".join(words[:first]).removesuffix("'s") in heads


def _shared_names(data: DataFiles) -> Iterator[str]:
    """Of two actors with one name, one at least must say when it is meant, or their times must be apart."""
    actors = {actor.slug: actor for actor in data.actors}
    holders: defaultdict[str, list[Holder]] = defaultdict(list)
    for actor in data.actors:
        if not actor.strict:
            own = Holder(actor.slug, actor.name, "usual", actor.valid_from, actor.valid_to)
            holders[folded(actor.name)].append(own)
    for alias in data.aliases:
        of = actors.get(alias.actor)
        if of and not (alias.needs or alias.not_near or of.strict):
            begun, ended = alias.valid_from or of.valid_from, alias.valid_to or of.valid_to
            holders[folded(alias.text)].append(Holder(of.slug, alias.text, alias.case, begun, ended))
    for name, plain in sorted(holders.items()):
        if clashing := sorted(
            {(left.actor, right.actor) for left, right in combinations(plain, 2) if left.is_like(right)}
        ):
            yield f'"{name}" is {" and ".join(clashing[0])}: give one of them needs, not_near or dates.'


def _circles(data: DataFiles) -> Iterator[str]:
    parts: dict[str, set[str]] = {}
    for relation in data.relations:
        if relation.type in PART_OF and relation.start != relation.end:
            parts.setdefault(relation.start, set()).add(relation.end)
    yield from _circle("actor_relations.csv", parts)
    yield from _circle("regions", {region.code: set(region.parents) for region in data.regions})


def _circle(file: str, above: dict[str, set[str]]) -> Iterator[str]:
    try:
        TopologicalSorter(above).prepare()
    except CycleError as circle:
        yield f"{file}: {' in '.join(reversed(circle.args[1]))} is a circle."


def _twice(file: str, keys: Iterable[object]) -> Iterator[str]:
    for key, number in Counter(keys).items():
        if number > 1:
            yield f"{file}: {key} stands there {number} times."


def _unsorted(file: str, keys: list[str]) -> Iterator[str]:
    for before, after in pairwise(keys):
        if before > after:
            yield f"{file}: {after} stands after {before}; rows are sorted, so that two people's additions meet."


if __name__ == "__main__":
    found = faults(read_data(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
    sys.stdout.write("\n".join(found or ["All rows agree."]) + "\n")
    sys.exit(bool(found))
