"""What a new name would change: how many articles and mentions, and whose name it is already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.actor_lists import actors_meant
from monitor.entities.region_lists import regions_meant
from monitor.entities.renaming import preview

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.entities.models import Actor
    from monitor.entities.region_models import Region


@dataclass(frozen=True, slots=True)
class Looked:
    """What a name may concern; `others` have it as well: where they do, it is ambiguous."""

    text: str
    articles: int
    mentions: int
    others: tuple[Actor | Region, ...]


def looked_at(text: str, person: User, *, apart_from: Actor | Region | None = None) -> Looked:
    """Return what adding a name may concern, as far as one may see the articles."""
    found = preview(text, person)
    actors: list[Actor | Region] = [row.actor for row in actors_meant(text)]
    others = [*actors, *(row.region for row in regions_meant(text))]
    return Looked(text, found.articles, found.mentions, tuple(row for row in others if row != apart_from))
