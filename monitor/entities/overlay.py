"""What people judged, laid over what the recogniser found: the same judgements give the same mentions, in any order.

A narrower judgement is an exception from a wider one, and of two as narrow the newer counts. What was found stays in
`found` wherever a judgement says otherwise, so that taking it back needs no recogniser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.entities.folding import folded
from monitor.entities.judgement_models import AnchorState, Scope, Verdict
from monitor.entities.mention_models import Mention, MentionStatus, Method, Tier, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.judgement_models import MentionJudgement
    from monitor.library.models import Article, ArticleText, Note

WIDTH = {Scope.ALL: 0, Scope.ARTICLE: 1, Scope.MENTION: 2}
FOUND = ("actor_id", "region_id", "actor_alias_id", "region_alias_id", "status", "kind", "tier")


def as_found(mention: Mention) -> Mention:
    """Return a stored mention as the recogniser found it, without any judgement."""
    if mention.found is not None:
        for name in FOUND:
            setattr(mention, name, mention.found[name])
    mention.found = mention.judgement_id = None
    return mention


def overlaid(
    found: Iterable[Mention],
    judgements: Iterable[MentionJudgement],
    *,
    article: Article,
    text: ArticleText,
    notes: Sequence[Note],
) -> list[Mention]:
    """Return the mentions of an article with the judgements that stand; `found` are changed in place."""
    mentions = list(found)
    ordered = sorted(judgements, key=lambda one: (WIDTH[Scope(one.scope)], one.pk))
    for judgement in ordered:
        if judgement.scope != Scope.MENTION:
            for mention in mentions:
                if _alike(mention, judgement):
                    _apply(mention, judgement)
        elif judgement.state != AnchorState.ORPHAN:
            _at_one_place(mentions, judgement, Mention(article=article, text_version=text), notes)
    return mentions


def _alike(mention: Mention, judgement: MentionJudgement) -> bool:
    """Tell whether a judgement on all of a surface reaches this mention."""
    if mention.tier == Tier.WEAK or mention.kind != judgement.kind or mention.fold != judgement.fold:
        return False
    if judgement.verdict == Verdict.RELINK or entity_of(judgement) is None:
        return True
    return entity_of(mention) in {None, entity_of(judgement)}


def _at_one_place(mentions: list[Mention], judgement: MentionJudgement, blank: Mention, notes: Sequence[Note]) -> None:
    note = next((note for note in notes if note.number == judgement.note_number), None)
    if judgement.note_number is not None and note is None:
        return
    blank.where, blank.note = judgement.where, note
    blank.start, blank.end = judgement.start or 0, judgement.end or 0
    reached = [one for one in mentions if _meets(one, blank, judgement)]
    if judgement.verdict == Verdict.RELINK and not reached:
        # It was of the other kind when it was linked: a river's name that is a group's.
        reached = [one for one in mentions if one.tier != Tier.WEAK and _same_place(one, blank)][:1]
    for mention in reached:
        _apply(mention, judgement)
    if judgement.verdict == Verdict.REJECT or any(_same_place(one, blank) for one in reached):
        return
    if reached and judgement.verdict == Verdict.CONFIRM:
        return
    for mention in mentions:
        if mention.kind == judgement.kind and mention.tier != Tier.WEAK and _overlap(mention, blank):
            _reject(mention, judgement)  # a person said that something else stands here
    surface = _printed(blank)[blank.start : blank.end]
    if not surface:
        return  # a text whose own judgements wait to be carried over to it
    blank.surface, blank.fold, blank.kind = surface, folded(surface), judgement.kind
    blank.actor_id, blank.region_id = judgement.actor_id, judgement.region_id
    blank.method, blank.status, blank.judgement_id = Method.MANUAL, MentionStatus.CONFIRMED, judgement.pk
    blank.actor_alias_id = blank.region_alias_id = None
    mentions.append(blank)


def _printed(place: Mention) -> str:
    if place.where == Where.NOTE and place.note:
        return place.note.text
    return place.article.title if place.where == Where.TITLE else place.text_version.body


def _meets(mention: Mention, place: Mention, judgement: MentionJudgement) -> bool:
    """Tell whether a judgement on one place is about this mention: its very place, or one that it overlaps and means."""
    if mention.kind != judgement.kind:
        return False
    same = entity_of(mention) == entity_of(judgement)
    if _same_place(mention, place):
        return same or mention.tier != Tier.WEAK
    return same and mention.tier != Tier.WEAK and judgement.verdict != Verdict.ADD and _overlap(mention, place)


def _apply(mention: Mention, judgement: MentionJudgement) -> None:
    if judgement.verdict == Verdict.REJECT:
        wanted = entity_of(judgement)
        if wanted is None or entity_of(mention) in {None, wanted}:
            _reject(mention, judgement)
        return
    _keep_found(mention)
    if (mention.actor_id, mention.region_id) != (judgement.actor_id, judgement.region_id):
        mention.actor_alias_id = mention.region_alias_id = None
        mention.kind, mention.actor_id, mention.region_id = judgement.kind, judgement.actor_id, judgement.region_id
    mention.tier = Tier.NAME if mention.tier == Tier.WEAK else mention.tier
    mention.status, mention.judgement_id = MentionStatus.CONFIRMED, judgement.pk


def _reject(mention: Mention, judgement: MentionJudgement) -> None:
    _keep_found(mention)
    mention.status, mention.judgement_id = MentionStatus.REJECTED, judgement.pk


def _keep_found(mention: Mention) -> None:
    if mention.found is None and mention.method != Method.MANUAL:
        mention.found = {name: getattr(mention, name) for name in FOUND}


def entity_of(row: Any) -> tuple[str, int] | None:
    """Return kind and key of the entity that a mention or judgement means, None where it means none yet."""
    if row.actor_id:
        return "actor", row.actor_id
    return ("region", row.region_id) if row.region_id else None


def _same_place(one: Mention, other: Mention) -> bool:
    return (one.where, one.note_id, one.start, one.end) == (other.where, other.note_id, other.start, other.end)


def _overlap(one: Mention, other: Mention) -> bool:
    same_text = (one.where, one.note_id) == (other.where, other.note_id)
    return same_text and one.start < other.end and other.start < one.end
