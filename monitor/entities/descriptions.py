"""State forces named by a country and a noun: "Iraqi soldiers", "Chad's army". Made for every country, never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.entities.data_rows import ROLES
from monitor.entities.gazetteer import Surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.data_rows import DataFiles


def descriptive_surfaces(data: DataFiles) -> Iterator[Surface]:
    """Yield "[Demonym | Country's] + noun" for each country that has an actor of the noun's role.

    A surface that some alias writes out already is left to it. Where a country has no actor of a role (no police, say),
    nothing is made: a description must not be counted for another force.
    """
    written = {alias.text.lower() for alias in data.aliases} | {actor.name.lower() for actor in data.actors}
    owners = standing_for(data)
    names = {region.code: region.name for region in data.regions if region.kind == "country"}
    adjectives: dict[str, list[str]] = {}
    for country, word in data.demonyms:
        adjectives.setdefault(country, []).append(word)
    for country, words in adjectives.items():
        singular = [word for word in words if word.removesuffix("s") == word or word.removesuffix("s") not in words]
        heads = [*singular, f"{names[country]}'s"] if country in names else singular
        for noun in data.head_nouns:
            if owner := owners.get((country, noun.role)):
                for head in heads:
                    if f"{head} {noun.text}".lower() not in written:
                        yield Surface(f"{head} {noun.text}", owner, "actor", "descriptive")


def standing_for(data: DataFiles) -> dict[tuple[str, str], str]:
    """Return country and role -> the slug of the actor that its tags and its first country name."""
    return {
        (actor.countries[0], role): actor.slug
        for actor in data.actors
        for role in ROLES
        if role in actor.tags and actor.countries
    }
