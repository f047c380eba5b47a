"""Which actors are one: by judgements that can be taken back in any order, so that no other row is ever rewritten.

`canonical` is derived: the actors joined by standing judgements are a group, and its head is what the newest of them
that joined two groups keeps.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from monitor.entities.gazetteer_models import GazetteerStamp
from monitor.entities.judgement_models import ActorJudgement, MentionJudgement, SameVerdict, Scope, Verdict
from monitor.entities.judging import judge_mention, take_back
from monitor.entities.locks import JUDGING_ACTORS, lock
from monitor.entities.mention_models import Mention
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.naming import add_alias, restore_alias, retire_alias
from monitor.entities.refusals import NotYourPart, SaidDifferent, SaidSame, TakenBack
from monitor.entities.renaming import names_as_of, note_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User


@transaction.atomic
def judge_actors(*, one: Actor, other: Actor, verdict: str, by: User, keep: Actor | None = None) -> ActorJudgement:
    """Keep that two actors are the same (`keep` is shown then), different, or perhaps the same; only curators decide.

    Raises NotYourPart, SaidDifferent, SaidSame. The same once more is the judgement that stands.
    """
    if not (by.is_curator or (by.is_analyst and verdict == SameVerdict.UNSURE)):
        raise NotYourPart("Deciding which actors are one needs the role of curator.")
    lock(JUDGING_ACTORS)
    left, right = sorted((one, other), key=lambda actor: actor.pk)
    kept = (keep or one) if verdict == SameVerdict.SAME else None
    facts = {"left": left, "right": right, "verdict": verdict, "keep": kept}
    before = ActorJudgement.objects.filter(**facts, undone=None).first()
    if before:
        return before
    stamp, heads = names_as_of(), _heads([left.pk, right.pk])
    if verdict == SameVerdict.DIFFERENT and heads[left.pk] == heads[right.pk]:
        raise SaidSame(left.name, right.name)
    judgement = ActorJudgement.objects.create(**facts, by=by)
    if verdict == SameVerdict.SAME:
        _refuse_different(_group([left.pk]))
        _recompute([left.pk, right.pk])
        _have_shared_names_read(f"{left.name} and {right.name} are the same.", [left.pk], by, stamp)
    return judgement


@transaction.atomic
def take_back_actors(*, judgement: ActorJudgement, by: User) -> None:
    """Undo a judgement, in any order with others: everything is as if it had never been made.

    Raises NotYourPart, TakenBack.
    """
    if not by.is_curator and judgement.by_id != by.pk:
        raise NotYourPart("Only who decided it, or a curator, may take it back.")
    lock(JUDGING_ACTORS)
    held = ActorJudgement.objects.select_for_update(of=("self",)).select_related("left", "right").get(pk=judgement.pk)
    if held.undone:
        raise TakenBack
    before, group = names_as_of(), _group([held.left_id, held.right_id])
    held.undone, held.undone_by = timezone.now(), by
    held.save(update_fields=["undone", "undone_by"])
    if held.verdict == SameVerdict.SAME:
        _have_shared_names_read(f"{held.left.name} and {held.right.name} were parted.", list(group), by, before)
        _recompute(group)


@dataclass(frozen=True, slots=True)
class Split:
    """What a split made: names of the other actor, each with the one it was, and judgements on mentions."""

    names: tuple[tuple[ActorAlias, ActorAlias], ...]
    judgements: tuple[MentionJudgement, ...]


@transaction.atomic
def split_actor(
    *, actor: Actor, into: Actor, by: User, aliases: Iterable[ActorAlias] = (), mentions: Iterable[int] = ()
) -> Split:
    """Part an actor that lumped two: some names, and some mentions by their keys, are another's from now on.

    The rows of the names stay, retired; the mentions are linked anew, each by a judgement of its own.
    """
    moved = []
    for alias in aliases:
        facts: dict[str, Any] = {
            "sort": alias.sort,
            "lang": alias.lang,
            "script": alias.script,
            "case": alias.case,
            "needs": alias.needs,
            "not_near": alias.not_near,
            "valid_from": alias.valid_from,
            "valid_to": alias.valid_to,
        }
        retire_alias(alias=alias, by=by)
        made = add_alias(actor=into, text=alias.text, by=by, source=f"was a name of {actor.name}", **facts)
        moved.append((cast("ActorAlias", made), alias))
    rows = Mention.objects.filter(pk__in=list(mentions), actor__canonical=actor.canonical_id).order_by("pk")
    judged = [
        judge_mention(mention=mention, verdict=Verdict.RELINK, scope=Scope.MENTION, actor=into, by=by)
        for mention in rows.select_related("article", "note", "judgement__by")
    ]
    return Split(tuple(moved), tuple(judged))


@transaction.atomic
def unsplit(
    *, names: Iterable[tuple[ActorAlias, ActorAlias]], judgements: Iterable[MentionJudgement], by: User
) -> None:
    """Put back what a split moved: the names made by it go out, those it took out stand again."""
    for made, alias in names:
        retire_alias(alias=made, by=by)
        restore_alias(alias=alias, by=by)
    for judgement in judgements:
        take_back(judgement=judgement, by=by)


@transaction.atomic
def rebuild_canonical() -> int:
    """Work all canonical actors out anew from the judgements; returns how many were wrong."""
    return _recompute(Actor.objects.values_list("pk", flat=True))


def _standing(actors: Iterable[int] | None = None) -> list[ActorJudgement]:
    rows = ActorJudgement.objects.filter(verdict=SameVerdict.SAME, undone=None)
    if actors is not None:
        keys = list(actors)
        rows = rows.filter(Q(left__in=keys) | Q(right__in=keys))
    return list(rows.order_by("pk"))


def _group(actors: Iterable[int]) -> set[int]:
    """Return these actors and all that standing judgements join with them; a query for each step away."""
    group: set[int] = set()
    new = set(actors)
    while new:
        group |= new
        new = {key for row in _standing(new) for key in (row.left_id, row.right_id)} - group
    return group


def _heads(actors: Iterable[int]) -> dict[int, int]:
    """Return the head of each actor of these actors' groups."""
    group = _group(actors)
    head = {key: key for key in group}
    members: dict[int, set[int]] = {key: {key} for key in group}
    for row in _standing(group):
        kept = row.keep_id or row.left_id
        into, from_ = head[kept], head[row.right_id if kept == row.left_id else row.left_id]
        if into != from_:
            members[into] |= members[from_]
            head |= dict.fromkeys(members.pop(from_), into)
    return head


def _recompute(actors: Iterable[int]) -> int:
    """Write the heads that differ, in the order of keys, so that two at once wait for each other and never both."""
    heads = _heads(actors)
    rows = Actor.objects.select_for_update(of=("self",)).filter(pk__in=heads).order_by("pk")
    wrong = [(key, heads[key]) for key, kept in rows.values_list("pk", "canonical") if heads[key] != kept]
    for key, kept in wrong:
        Actor.objects.filter(pk=key).update(canonical=kept)
    return len(wrong)


def _refuse_different(group: set[int]) -> None:
    parted = ActorJudgement.objects.filter(
        verdict=SameVerdict.DIFFERENT, undone=None, left__in=group, right__in=group
    ).select_related("left", "right")
    for row in parted.order_by("pk")[:1]:
        raise SaidDifferent(row.left.name, row.right.name)


def _have_shared_names_read(said: str, actors: list[int], by: User, before: UUID) -> None:
    """Have the articles looked through in which a name stands that several of the group have.

    It is ambiguous as long as they are two, and plain when they are one. Other names mean what they meant.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    names = ActorAlias.objects.filter(actor__in=_group(actors), retired=False).values_list("fold", "text", "actor")
    texts: dict[str, set[str]] = defaultdict(set)
    for fold, text, actor in names:
        owners[fold].add(actor)
        texts[fold].add(text)
    shared = {text for fold, of in owners.items() if len(of) > 1 for text in texts[fold]}
    if shared:
        GazetteerStamp.objects.update(stamp=uuid4())
        note_change(said=said, texts=shared, by=by, before=before)
