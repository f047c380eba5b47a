"""What an address asks of the pages of actors and regions: known words are taken, the others answered by a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from monitor.entities.actor_lists import ORDERS
from monitor.entities.kin import WIDER
from monitor.entities.models import ActorKind
from monitor.web.forms.shelf import MOST_CHOICES, asked_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.http import QueryDict

VIEWS: Mapping[str, str] = {
    "passages": "Passages",
    "with": "With",
    "sources": "Sources",
    "annotations": "Annotations",
    "coverage": "Coverage",
    "map": "Map",
}
STANDINGS: Mapping[str, str] = {"": "All", "about": "About", "named": "Named only"}
ORDER_WORDS: Mapping[str, str] = {"name": "By name", "articles": "Most articles first"}
KIND_WORDS: Mapping[str, str] = {str(value): str(label) for value, label in ActorKind.choices}
LOST_VIEW = "There is no such view of it; these are the passages."


@dataclass(frozen=True, slots=True)
class AskedEntity:
    """What a page of an actor or region is asked for."""

    view: str = "passages"
    standing: str = ""
    wider: tuple[str, ...] = ()
    beside: str = ""
    exact: bool = False
    until: date | None = None
    refused: str = ""

    def address(self, **changed: object) -> str:
        """Return the query of the same page with something changed; "" if it asks for nothing in particular."""
        now = {
            name: changed.get(name, getattr(self, name))
            for name in ("view", "standing", "wider", "beside", "exact", "until")
        }
        wider = now["wider"] if isinstance(now["wider"], tuple) else ()
        pairs = [
            *([("view", now["view"])] if now["view"] != "passages" else []),
            *([("standing", now["standing"])] if now["standing"] else []),
            *(("wider", word) for word in wider),
            *([("beside", now["beside"])] if now["beside"] else []),
            *([("exact", "1")] if now["exact"] else []),
            *([("until", str(now["until"]))] if now["until"] else []),
        ]
        return f"?{urlencode(pairs)}" if pairs else "?"

    def tabs(self, *, has_account: bool) -> list[tuple[str, str, bool]]:
        """Return the views one may choose: words, address, and whether it is this one; the chosen passages stay chosen."""
        views = [(view, words) for view, words in VIEWS.items() if has_account or view != "annotations"]
        plain = {"standing": "", "beside": ""}
        return [(words, self.address(view=view, **plain), view == self.view) for view, words in views]

    def standings(self) -> list[tuple[str, str, str, bool]]:
        """Return the ways in which an article can stand to it: the way, words, address, whether it is chosen."""
        return [(way, words, self.address(standing=way), way == self.standing) for way, words in STANDINGS.items()]

    @property
    def alone(self) -> str:
        """Return the address without the actor that stands beside."""
        return self.address(beside="")

    def turned(self, word: str) -> str:
        """Return the address with one way of widening the search added, or taken away."""
        left = tuple(one for one in self.wider if one != word)
        return self.address(wider=left if len(left) < len(self.wider) else (*self.wider, word))


def read_entity_asked(query: QueryDict, *, ways: Collection[str] = (), views: Collection[str] = VIEWS) -> AskedEntity:
    """Read the address of a page of an actor or region; `ways` are those in which its search can be widened."""
    refused = ""
    view, standing = query.get("view") or "passages", query.get("standing", "")
    if view not in views:
        refused, view = LOST_VIEW, "passages"
    if standing not in STANDINGS:
        refused, standing = "Articles are about it or name it only; these are all.", ""
    given = query.getlist("wider")[:MOST_CHOICES]
    if set(given) - set(WIDER):
        refused = "A search can be widened to members, factions and affiliates; other words are left out."
    wider = tuple(word for word in WIDER if word in given and word in ways)
    until, lost = read_day(query.get("until", ""))
    beside = asked_words(query.get("beside", ""))
    return AskedEntity(view, standing, wider, beside, "exact" in query, until, refused or lost)


@dataclass(frozen=True, slots=True)
class AskedActors:
    """Which actors are asked for, and in which order."""

    name: str = ""
    kinds: tuple[str, ...] = ()
    country: str = ""
    unconfirmed: bool = False
    everybody: bool = False
    order: str = "name"
    refused: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.name or self.kinds or self.country)


def read_actors_asked(query: QueryDict) -> AskedActors:
    given, order, refused = set(query.getlist("kind")), query.get("sort") or "name", ""
    if given - KIND_WORDS.keys():
        refused = "That is no kind of actor; it is left out."
    if order not in ORDERS:
        refused, order = "Actors can be put in order by name and by articles; this is by name.", "name"
    return AskedActors(
        name=asked_words(query.get("q", "")),
        kinds=tuple(kind for kind in KIND_WORDS if kind in given),
        country=asked_words(query.get("country", "")),
        unconfirmed="unconfirmed" in query,
        everybody="all" in query,
        order=order,
        refused=refused,
    )


def read_day(words: str) -> tuple[date | None, str]:
    """Return the day that "2022-01-11" means, or none, and a sentence where it means none."""
    try:
        return date.fromisoformat(words) if words else None, ""
    except ValueError:
        return None, f"“{asked_words(words)[:40]}” is no day; give it as year-month-day, like 2022-02-11."


def read_month(words: str, *, latest: date) -> tuple[date, str]:
    """Return the month that "2022-01" means, or `latest` and a sentence where it means none."""
    if not words:
        return latest, ""
    try:
        return date.fromisoformat(f"{words}-01"), ""
    except ValueError:
        return latest, f"“{asked_words(words)[:40]}” is no month; give it as year-month, like 2022-02."


def without(query: QueryDict, names: Iterable[str]) -> str:
    """Return an address like this one without some of its words and without a place in a list."""
    left = query.copy()
    for name in (*names, "after", "before"):
        left.pop(name, None)
    return f"?{left.urlencode()}" if left else "?"
