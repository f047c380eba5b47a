"""What the recogniser found in articles -> their rows: mentions by their keys, new actors, the words of the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from monitor.entities.folding import folded, marked_words
from monitor.entities.mention_models import Mention, MentionStatus, RecognisedArticle
from monitor.entities.models import Actor
from monitor.entities.proposing import propose_actors
from monitor.entities.recognising.compiled import folded_words
from monitor.entities.region_models import Region
from monitor.entities.settling import Job, Settled, settle_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.entities.documents import Stored
    from monitor.entities.mention_models import RecognitionRun
    from monitor.entities.recognising.document import Mention as FoundMention
    from monitor.entities.recognising.document import Recognised
    from monitor.library.models import Article


@transaction.atomic
def store_found(pairs: Sequence[tuple[Stored, Recognised]], run: RecognitionRun) -> list[Settled]:
    """Bring articles' rows to what was found in each, all or none; the same again writes nothing.

    Statements are counted by the call, not by the article: some dozens of articles at once are quicker by far than each by
    itself.
    """
    everything = [one for _, recognised in pairs for one in (*recognised.mentions, *recognised.weak)]
    known = _Known(
        dict(Actor.objects.filter(slug__in=_entities(everything, "actor")).values_list("slug", "pk")),
        dict(Region.objects.filter(code__in=_entities(everything, "region")).values_list("code", "pk")),
        propose_actors((one.name, one.sort) for one in everything if _is_unknown(one)),
    )
    jobs = [Job(stored.article, stored.text, _rows(stored, recognised, known)) for stored, recognised in pairs]
    settled = settle_all(jobs)
    _remember([stored for stored, _ in pairs], run)
    return settled


def current_articles(articles: Iterable[Article], runs: Iterable[RecognitionRun]) -> set[int]:
    """Return which of these articles have been looked through, as they are, by one of these runs."""
    looked = RecognisedArticle.objects.filter(article__in=articles, run__in=runs)
    return set(looked.filter(text__version=F("article__text_version")).values_list("article", flat=True))


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys of the entities that were found, and the actors that are proposed for unknown names, by name and kind."""

    actors: Mapping[str, int]
    regions: Mapping[str, int]
    proposed: Mapping[tuple[str, str], Actor]


def _is_unknown(one: FoundMention) -> bool:
    return one.kind == "actor" and one.entity is None and bool(one.sort)


def _rows(stored: Stored, recognised: Recognised, known: _Known) -> list[Mention]:
    rows: dict[tuple[object, ...], Mention] = {}
    for one in (*recognised.mentions, *recognised.weak):
        row = _row(stored, one, known)
        if _is_unknown(one):
            actor = known.proposed.get((one.name, one.sort))
            if actor is None:
                continue  # somebody said that there is no such actor
            row.actor_id = actor.pk
        rows.setdefault((row.where, row.note_id, row.start, row.end, row.kind, row.actor_id, row.region_id), row)
    return list(rows.values())


def _entities(mentions: Iterable[FoundMention], kind: str) -> set[str]:
    return {one.entity for one in mentions if one.kind == kind and one.entity}


def _row(stored: Stored, one: FoundMention, known: _Known) -> Mention:
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
        row.actor_id, row.actor_alias_id = known.actors.get(one.entity or ""), one.alias_id
    else:
        row.region_id, row.region_alias_id = known.regions.get(one.entity or ""), one.alias_id
    if row.actor_id is None and row.region_id is None:
        # A name that several have, or an unknown place: a person says which.
        row.actor_alias_id = row.region_alias_id = None
        row.status = MentionStatus.SUGGESTED
    return row


def _remember(looked: Sequence[Stored], run: RecognitionRun) -> None:
    """Keep with which run each article was looked through, and its words where they may have changed."""
    articles = [stored.article for stored in looked]
    kept = RecognisedArticle.objects.filter(article__in=articles).select_related("run").defer("words", "capitals")
    standing = {row.article_id: row for row in kept}
    # The same text has the same words by the same rules; what else is read of an article has its row taken away.
    same = {key for key, row in standing.items() if row.run.rules == run.rules}
    same = {stored.article.pk for stored in looked if stored.article.pk in same and _has_text(standing, stored)}
    moved = [key for key in same if standing[key].run_id != run.pk]
    if moved:
        RecognisedArticle.objects.filter(article__in=moved).update(run=run)
    new = [_with_words(stored, run) for stored in looked if stored.article.pk not in same]
    RecognisedArticle.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["article"], update_fields=["text", "run", "words", "capitals"]
    )


def _has_text(standing: Mapping[int, RecognisedArticle], stored: Stored) -> bool:
    return standing[stored.article.pk].text_id == stored.text.pk


def _with_words(stored: Stored, run: RecognitionRun) -> RecognisedArticle:
    pieces = [piece.text for piece in stored.document.pieces]
    return RecognisedArticle(
        article=stored.article,
        text=stored.text,
        run=run,
        words=sorted(set().union(*map(folded_words, pieces))),
        capitals=sorted(set().union(*map(marked_words, pieces))),
    )
