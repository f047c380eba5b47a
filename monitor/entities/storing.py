"""What the recogniser found in one article -> its rows: mentions by their keys, new actors, the words of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from monitor.entities.folding import folded, marked_words
from monitor.entities.mention_models import Mention, MentionStatus, RecognisedArticle
from monitor.entities.models import Actor
from monitor.entities.proposing import propose_actors
from monitor.entities.recognising.compiled import folded_words
from monitor.entities.region_models import Region
from monitor.entities.settling import Settled, settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.entities.documents import Stored
    from monitor.entities.mention_models import RecognitionRun
    from monitor.entities.recognising.document import Mention as FoundMention
    from monitor.entities.recognising.document import Recognised


@transaction.atomic
def store_found(stored: Stored, recognised: Recognised, run: RecognitionRun) -> Settled:
    """Bring an article's rows to what was found; the same again writes nothing."""
    everything = (*recognised.mentions, *recognised.weak)
    actors = dict(Actor.objects.filter(slug__in=_entities(everything, "actor")).values_list("slug", "pk"))
    regions = dict(Region.objects.filter(code__in=_entities(everything, "region")).values_list("code", "pk"))
    unknown = [one for one in everything if one.kind == "actor" and one.entity is None and one.sort]
    proposed = propose_actors((one.name, one.sort) for one in unknown)
    rows: dict[tuple[object, ...], Mention] = {}
    for one in everything:
        row = _row(stored, one, actors, regions)
        if one in unknown:
            actor = proposed.get((one.name, one.sort))
            if actor is None:
                continue  # somebody said that there is no such actor
            row.actor_id = actor.pk
        rows.setdefault((row.where, row.note_id, row.start, row.end, row.kind, row.actor_id, row.region_id), row)
    settled = settle(stored.article, list(rows.values()), text=stored.text)
    _remember(stored, run)
    return settled


def is_current(stored: Stored, run: RecognitionRun) -> bool:
    """Tell whether an article's text has been looked through by this run."""
    return RecognisedArticle.objects.filter(article=stored.article, text=stored.text, run=run).exists()


def _entities(mentions: tuple[FoundMention, ...], kind: str) -> set[str]:
    return {one.entity for one in mentions if one.kind == kind and one.entity}


def _row(stored: Stored, one: FoundMention, actors: Mapping[str, int], regions: Mapping[str, int]) -> Mention:
    row = Mention(
        article=stored.article,
        text_version=stored.text,
        where=one.where,
        note=stored.notes[one.note] if one.note is not None else None,
        start=one.start,
        end=one.end,
        surface=one.text,
        fold=folded(one.text),
        kind=one.kind,
        tier=one.tier,
        metonym=one.metonym,
        method=one.method,
        score=min(1.0, max(0.0, one.score)),
        status=one.status,
        candidates=[list(candidate) for candidate in one.candidates],
    )
    if one.kind == "actor":
        row.actor_id, row.actor_alias_id = actors.get(one.entity or ""), one.alias_id
    else:
        row.region_id, row.region_alias_id = regions.get(one.entity or ""), one.alias_id
    if row.actor_id is None and row.region_id is None:
        # A name that several have, or an unknown place: a person says which.
        row.actor_alias_id = row.region_alias_id = None
        row.status = MentionStatus.SUGGESTED
    return row


def _remember(stored: Stored, run: RecognitionRun) -> None:
    pieces = [piece.text for piece in stored.document.pieces]
    facts = {
        "text_id": stored.text.pk,
        "run_id": run.pk,
        "words": sorted(set().union(*map(folded_words, pieces))),
        "capitals": sorted(set().union(*map(marked_words, pieces))),
    }
    kept = RecognisedArticle.objects.filter(article=stored.article)
    if kept.filter(**facts).exists():
        return
    RecognisedArticle.objects.update_or_create(article=stored.article, defaults=facts)
