"""What was decided and changed about an actor: who said it is one with another, who changed it, which articles were read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from monitor.accounts.models import User
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.judgement_models import ActorJudgement, SameVerdict
from monitor.entities.models import Actor, ActorAlias, ActorRelation, ActorStatus
from monitor.entities.region_models import RegionAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from monitor.entities.region_models import Region

MOST_SHOWN = 12
# What a person can change of an actor, and put back.
COLUMNS = ("name", "kind", "status", "countries", "notes", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement on this actor (or one merged with it) and another."""

    judgement: ActorJudgement
    other: Actor

    @property
    def is_disputed(self) -> bool:
        """Return whether it stands although somebody else says otherwise (see `judgements_on`)."""
        return bool(getattr(self.judgement, "disputed", False))


def judgements_on(actor: Actor) -> list[Said]:
    """Return who said of this actor and others that they are one or not, the newest first; taken-back ones, too.

    One query. Two people who disagree are both there: what stands between the same two is marked as disputed.
    """
    touching = Q(left__canonical=actor.pk) | Q(right__canonical=actor.pk) | Q(left=actor.pk) | Q(right=actor.pk)
    rows = ActorJudgement.objects.filter(touching).select_related("left", "right", "keep", "by", "undone_by")
    found = list(rows.order_by("-pk")[: 4 * MOST_SHOWN])
    for row in found:
        others = [
            one for one in found if one.undone is None and (one.left_id, one.right_id) == (row.left_id, row.right_id)
        ]
        row.disputed = row.undone is None and len({_side(one.verdict) for one in others}) > 1  # type: ignore[attr-defined]
    return [Said(row, _other(row, actor)) for row in found]


def judgements_between(one: Actor, other: Actor) -> list[ActorJudgement]:
    """Return what people said of exactly these two and of those merged with them, the newest first; one query."""
    pairs = Q(left__canonical=one.pk, right__canonical=other.pk) | Q(left__canonical=other.pk, right__canonical=one.pk)
    exact = Q(left__in=[one.pk, other.pk], right__in=[one.pk, other.pk])
    rows = ActorJudgement.objects.filter(pairs | exact, undone=None).select_related("left", "right", "keep", "by")
    return list(rows.order_by("-pk"))


def _side(verdict: str) -> str:
    return {SameVerdict.DIFFERENT: "different"}.get(SameVerdict(verdict), "same")


def _other(row: ActorJudgement, actor: Actor) -> Actor:
    """Return of the two the one that is not this actor; of two that were merged with it, the first."""
    if actor.pk in {row.left_id, row.right_id}:
        return row.right if row.left_id == actor.pk else row.left
    return row.right if row.left.canonical_id == actor.pk and row.right.canonical_id != actor.pk else row.left


def retaggings_of(texts: Iterable[str]) -> list[Retagging]:
    """Return the newest changes of these names, with how far the articles were looked through; one query."""
    rows = Retagging.objects.filter(folds__overlap=list(texts)).select_related("by")
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def all_names(owner: Actor | Region) -> list[str]:
    """Return every name an actor (with those merged into it) or region has or had; one query."""
    if isinstance(owner, Actor):
        names = ActorAlias.objects.filter(actor__canonical=owner.pk)
    else:
        names = RegionAlias.objects.filter(region=owner.pk)  # type: ignore[assignment]
    return [owner.name, *names.values_list("text", flat=True)]


@dataclass(frozen=True, slots=True)
class Version:
    """What an actor was like from a moment on, and who made it so (None: files, or not known)."""

    key: int
    when: datetime
    by: User | None
    facts: Mapping[str, Any]
    changed: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return what was changed, for a line: "name: Ardel Army; kind: Alliance"."""
        return "; ".join(f"{_COLUMN_WORDS[name]}: {_said(name, self.facts[name])}" for name in self.changed)


_COLUMN_WORDS = {
    "name": "name", "kind": "kind", "status": "state", "countries": "countries",
    "notes": "description", "valid_from": "from", "valid_to": "until",
}  # fmt: skip


def _said(name: str, value: Any) -> str:
    if name == "status":
        return str(ActorStatus(value).label).lower()
    return (", ".join(value) if isinstance(value, list) else str(value).replace("_", " ")) or "none"


def versions_of(actor: Actor) -> list[Version]:
    """Return the versions of an actor in which a column that people change differs, the newest first; two queries.

    The first is how it is now; each of the others can be put back.
    """
    events = Actor.pgh_event_model.objects.filter(pgh_obj=actor.pk)  # type: ignore[attr-defined]
    asked = events.order_by("-pgh_id").values("pgh_id", "pgh_created_at", "pgh_context__metadata", *COLUMNS)
    rows = list(asked[: 4 * MOST_SHOWN])
    people = User.objects.in_bulk({_who(row) for row in rows} - {0})
    found = []
    for number, row in enumerate(rows):
        facts = {name: row[name] for name in COLUMNS}
        before = rows[number + 1] if number + 1 < len(rows) else None
        changed = tuple(name for name in COLUMNS if before is not None and facts[name] != before[name])
        if changed or before is None:
            found.append(Version(row["pgh_id"], row["pgh_created_at"], people.get(_who(row)), facts, changed))
    return found[:MOST_SHOWN]


def _who(row: Mapping[str, Any]) -> int:
    """Return the key of who sent the request in which a version was written, 0 where no request wrote it."""
    who = (row["pgh_context__metadata"] or {}).get("user")
    return who if isinstance(who, int) else 0


def version_of(actor: Actor, key: int) -> Mapping[str, Any] | None:
    """Return the columns of one version, None where it is not this actor's."""
    events = Actor.pgh_event_model.objects.filter(pgh_obj=actor.pk, pgh_id=key)  # type: ignore[attr-defined]
    facts: Mapping[str, Any] | None = events.values(*COLUMNS).first()
    return facts


def newest_version(actor: Actor) -> int:
    """Return the key of how an actor is now."""
    events = Actor.pgh_event_model.objects.filter(pgh_obj=actor.pk)  # type: ignore[attr-defined]
    return int(events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0)


def relations_of(actor: Actor) -> list[ActorRelation]:
    """Return an actor's relations as rows that can be changed, those of actors merged into it, too; one query."""
    touching = Q(from_actor__canonical=actor.pk) | Q(to_actor__canonical=actor.pk)
    rows = ActorRelation.objects.filter(touching, retired=False).select_related(
        "from_actor__canonical", "to_actor__canonical"
    )
    return list(rows.order_by("type", "pk"))
