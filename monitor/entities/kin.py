"""How an actor stands to others, and which of them a search for it can be widened to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from monitor.entities.models import Actor, ActorRelation, ActorStatus, RelationType

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# How a relation reads from the first actor, and from the second.
WORDS: Mapping[str, tuple[str, str]] = {
    RelationType.MEMBER_OF: ("member of", "has as member"),
    RelationType.FACTION_OF: ("faction of", "has as faction"),
    RelationType.AFFILIATE_OF: ("affiliated to", "has as affiliate"),
    RelationType.SUCCESSOR_OF: ("successor of", "succeeded by"),
    RelationType.ALLIED_WITH: ("allied with", "allied with"),
    RelationType.MERGED_INTO: ("merged into", "took in"),
    RelationType.LED_BY: ("led by", "leads"),
}
# What a search can be widened to: the word in the address, and the relation of those to the actor.
WIDER: Mapping[str, str] = {
    "members": RelationType.MEMBER_OF,
    "factions": RelationType.FACTION_OF,
    "affiliates": RelationType.AFFILIATE_OF,
}
_MONTH, _YEAR = len("2022-01"), len("2022")
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Kin:
    """Another actor and its relation to this one; `is_first`: this one is the first of the two."""

    actor: Actor
    type: str
    is_first: bool
    valid_from: str
    valid_to: str
    source: str

    @property
    def words(self) -> str:
        return WORDS[self.type][0 if self.is_first else 1]

    @property
    def has_ended(self) -> bool:
        return bool(self.valid_to)


@dataclass(frozen=True, slots=True)
class Reach:
    """The actors whose articles a page counts: its own, and others for the days their relation to it holds."""

    own: int
    others: tuple[tuple[int, date | None, date | None], ...] = ()

    @property
    def keys(self) -> frozenset[int]:
        return frozenset({self.own, *(key for key, _, _ in self.others)})

    def condition(self) -> Q:
        """Return the condition of a row with an `actor` and an `article`."""
        wanted = Q(actor__canonical=self.own)
        for key, since, until in self.others:
            one = Q(actor__canonical=key)
            if since:
                one &= Q(article__issue__sort_date__gte=since)
            if until:
                one &= Q(article__issue__sort_date__lte=until)
            wanted |= one
        return wanted


def kin_of(actor: Actor) -> list[Kin]:
    """Return an actor's relations and those of the actors merged into it, standing ones first; one query.

    What two merged actors both have is told once, and what they had to each other not at all.
    """
    touching = Q(from_actor__canonical=actor.pk) | Q(to_actor__canonical=actor.pk)
    rows = ActorRelation.objects.filter(touching, retired=False).select_related(
        "from_actor__canonical", "to_actor__canonical"
    )
    found: dict[tuple[object, ...], Kin] = {}
    for row in rows.order_by("id"):
        first, second = row.from_actor.canonical, row.to_actor.canonical
        if first.pk == second.pk:
            continue
        is_first = first.pk == actor.pk
        other = second if is_first else first
        if other.status != ActorStatus.RETIRED:
            kin = Kin(other, row.type, is_first, row.valid_from, row.valid_to, row.source)
            found.setdefault((other.pk, row.type, is_first, row.valid_from, row.valid_to), kin)
    return sorted(found.values(), key=_in_order)


def _in_order(kin: Kin) -> tuple[bool, int, bool, str, int]:
    return kin.has_ended, list(WORDS).index(kin.type), not kin.is_first, kin.actor.key, kin.actor.pk


def widening(kin: Sequence[Kin]) -> dict[str, list[Kin]]:
    """Return, for each way in which a search can be widened, whom it would take in; ways without anybody are left out."""
    ways = {word: [row for row in kin if row.type == type_ and not row.is_first] for word, type_ in WIDER.items()}
    return {word: rows for word, rows in ways.items() if rows}


def reach_of(actor: Actor, kin: Sequence[Kin], wider: Collection[str]) -> Reach:
    """Return the actors of a search for `actor` widened by `wider` (words of WIDER; others are passed over)."""
    taken = [row for word, rows in widening(kin).items() if word in wider for row in rows]
    return Reach(actor.pk, tuple((row.actor.pk, first_day(row.valid_from), last_day(row.valid_to)) for row in taken))


def first_day(partial: str) -> date | None:
    """Return the first day of "2022", "2022-01" or "2022-01-11"; None for "" and for what is no day."""
    return _day(partial + {_YEAR: "-01-01", _MONTH: "-01"}.get(len(partial), ""))


def last_day(partial: str) -> date | None:
    """Return the last day of a partial date; None for "" and for what is no day."""
    first = first_day(partial)
    if first is None or len(partial) > _MONTH:
        return first
    if len(partial) == _YEAR:
        return date(first.year, DECEMBER, 31)
    if (first.year, first.month) == (MAXYEAR, DECEMBER):
        return date.max
    after = date(first.year + first.month // DECEMBER, first.month % DECEMBER + 1, 1)
    return after - timedelta(days=1)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
