"""How much an article is about each actor and region, from its mentions that count and people's judgements. Derived."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt
from typing import TYPE_CHECKING

from monitor.entities.judgement_models import AboutJudgement, AboutVerdict
from monitor.entities.mention_models import COUNTS, ArticleActor, ArticleRegion, MentionStatus, Tier, Where
from monitor.entities.models import Actor, ActorKind
from monitor.entities.overlay import entity_of
from monitor.entities.recognising.aboutness import (
    EARLY,
    EARLY_SHARE,
    ELSEWHERE,
    IN_TITLE,
    MOST,
    PARTS,
    least_share,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.mention_models import Mention
    from monitor.library.models import Article

    Entity = tuple[str, int]
    Row = ArticleActor | ArticleRegion

FACTS = ("n", "in_title", "parts", "weight", "salience", "about")


def refresh_standings(article: Article, mentions: Iterable[Mention], length: int) -> int:
    """Write what differs of an article's rows; `length` of its text in code points. Returns how many were written."""
    standing = [one for one in mentions if one.status != MentionStatus.REJECTED and one.tier != Tier.WEAK]
    fresh = _ranked(article, standing, max(1, length))
    written = 0
    for model, name in ((ArticleActor, "actor"), (ArticleRegion, "region")):
        wanted = {key: row for (kind, key), row in fresh.items() if kind == name}
        written += _write_difference(model, name, article, wanted)
    return written


def _ranked(article: Article, standing: Sequence[Mention], length: int) -> dict[Entity, Row]:
    """Return the rows of what counts; what an article is about is measured among all names that stand in it.

    A group that nobody has confirmed yet must not leave its place to those named in passing.
    """
    weighed = _rows(article, standing, length)
    persons = _persons(key for kind, key in weighed if kind == "actor")
    for kind in ("actor", "region"):
        # Persons stay out: an article is about what they lead.
        ranked = [row for (of, key), row in weighed.items() if of == kind and (of, key) not in persons]
        _mark_about(sorted(ranked, key=lambda row: (-row.salience, -row.n, _key(row))))
    rows = _rows(article, [one for one in standing if one.status in COUNTS], length)
    for entity, row in rows.items():
        row.about = weighed[entity].about
    return _as_judged(article, rows)


def _rows(article: Article, mentions: Sequence[Mention], length: int) -> dict[Entity, Row]:
    places: dict[Entity, list[Mention]] = defaultdict(list)
    for mention in mentions:
        entity = entity_of(mention)
        if entity:
            places[entity].append(mention)
    return {entity: _row(article, entity, found, length) for entity, found in places.items()}


def _row(article: Article, entity: Entity, mentions: Sequence[Mention], length: int) -> Row:
    body = [one for one in mentions if one.where == Where.BODY]
    titles = sum(one.where == Where.TITLE for one in mentions)
    early = sum(one.start < EARLY_SHARE * length for one in body)
    weight = IN_TITLE * titles + EARLY * early + ELSEWHERE * (len(mentions) - titles - early)
    parts = 0
    for one in body:
        parts |= 1 << min(PARTS - 1, PARTS * one.start // length)
    return _blank(
        article,
        entity,
        n=len(mentions),
        in_title=titles > 0,
        parts=parts,
        weight=weight,
        salience=round(weight * sqrt(parts.bit_count() or 1), 3),
    )


def _blank(article: Article, entity: Entity, **facts: float) -> Row:
    kind, key = entity
    if kind == "actor":
        return ArticleActor(article=article, actor_id=key, **facts)
    return ArticleRegion(article=article, region_id=key, **facts)


def _key(row: Row) -> int:
    return row.actor_id if isinstance(row, ArticleActor) else row.region_id


def _mark_about(ranked: Sequence[Row]) -> None:
    for place, row in enumerate(ranked):
        least = least_share(parts=row.parts.bit_count() or 1, in_title=row.in_title)
        row.about = place < MOST and row.salience >= least * ranked[0].salience


def _persons(actors: Iterable[int]) -> set[Entity]:
    keys = list(actors)
    found = Actor.objects.filter(pk__in=keys, kind=ActorKind.PERSON).values_list("pk", flat=True) if keys else ()
    return {("actor", key) for key in found}


def _as_judged(article: Article, rows: dict[Entity, Row]) -> dict[Entity, Row]:
    """Let the newest judgement on each entity stand; one that an article has nothing to do with has no row."""
    judged = AboutJudgement.objects.filter(article=article, undone=None).order_by("pk")
    verdicts = {entity: one.verdict for one in judged if (entity := entity_of(one))}
    for entity, verdict in verdicts.items():
        if verdict == AboutVerdict.NOT:
            rows.pop(entity, None)
        else:
            row = rows.setdefault(entity, _blank(article, entity, n=0, parts=0, weight=0.0, salience=0.0))
            row.about = verdict == AboutVerdict.ABOUT
    return rows


def _write_difference(model: type[Row], name: str, article: Article, wanted: dict[int, Row]) -> int:
    standing = {_key(row): row for row in model.objects.filter(article=article)}
    gone = [row.pk for key, row in standing.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in standing]
    changed = []
    for key, row in wanted.items():
        if key in standing and any(getattr(row, fact) != getattr(standing[key], fact) for fact in FACTS):
            row.pk = standing[key].pk
            changed.append(row)
    if gone:
        model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_create(new)  # type: ignore[arg-type]
    model.objects.bulk_update(changed, FACTS)  # type: ignore[arg-type]
    return len(gone) + len(new) + len(changed)
