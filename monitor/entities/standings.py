"""How much articles are about each actor and region, from their mentions that count and people's judgements. Derived."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from monitor.entities.changed_rows import write_columns
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


@dataclass(frozen=True, slots=True)
class Measured:
    """An article, its mentions as they stand, and the length of its text in code points."""

    article: Article
    mentions: Sequence[Mention]
    length: int


def refresh_standings(measured: Sequence[Measured]) -> list[int]:
    """Write what differs of these articles' rows, and return how many of each were written; as few statements for many."""
    keys = [one.article.pk for one in measured]
    standing = [_standing(one.mentions) for one in measured]
    persons = _persons(one.actor_id for mentions in standing for one in mentions)
    judged = _judgements(keys)
    fresh = [
        _as_judged(one.article, _ranked(one, mentions, persons), judged[one.article.pk])
        for one, mentions in zip(measured, standing, strict=True)
    ]
    written = Counter[int]()
    for model, name in ((ArticleActor, "actor"), (ArticleRegion, "region")):
        wanted = {
            (one.article.pk, key): row
            for one, rows in zip(measured, fresh, strict=True)
            for (kind, key), row in rows.items()
            if kind == name
        }
        written += _write_difference(model, keys, wanted)
    return [written[key] for key in keys]


def _standing(mentions: Iterable[Mention]) -> list[Mention]:
    return [one for one in mentions if one.status != MentionStatus.REJECTED and one.tier != Tier.WEAK]


def _ranked(measured: Measured, standing: Sequence[Mention], persons: set[int]) -> dict[Entity, Row]:
    """Return the rows of what counts; what an article is about is measured among all names that stand in it.

    A group that nobody has confirmed yet must not leave its place to those named in passing.
    """
    article, length = measured.article, max(1, measured.length)
    weighed = _rows(article, standing, length)
    for kind in ("actor", "region"):
        # Persons stay out: an article is about what they lead.
        ranked = [row for (of, key), row in weighed.items() if of == kind and not (kind == "actor" and key in persons)]
        _mark_about(sorted(ranked, key=lambda row: (-row.salience, -row.n, _key(row))))
    rows = _rows(article, [one for one in standing if one.status in COUNTS], length)
    for entity, row in rows.items():
        row.about = weighed[entity].about
    return rows


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


def _persons(actors: Iterable[int | None]) -> set[int]:
    keys = {key for key in actors if key}
    found = Actor.objects.filter(pk__in=keys, kind=ActorKind.PERSON).values_list("pk", flat=True) if keys else ()
    return set(found)


def _judgements(articles: Sequence[int]) -> dict[int, list[AboutJudgement]]:
    """Return the judgements that stand, by article, the newest last."""
    judged: dict[int, list[AboutJudgement]] = defaultdict(list)
    for one in AboutJudgement.objects.filter(article__in=articles, undone=None).order_by("pk"):
        judged[one.article_id].append(one)
    return judged


def _as_judged(article: Article, rows: dict[Entity, Row], judged: Iterable[AboutJudgement]) -> dict[Entity, Row]:
    """Let the newest judgement on each entity stand; one that an article has nothing to do with has no row."""
    verdicts = {entity: one.verdict for one in judged if (entity := entity_of(one))}
    for entity, verdict in verdicts.items():
        if verdict == AboutVerdict.NOT:
            rows.pop(entity, None)
        else:
            row = rows.setdefault(entity, _blank(article, entity, n=0, parts=0, weight=0.0, salience=0.0))
            row.about = verdict == AboutVerdict.ABOUT
    return rows


def _write_difference(model: type[Row], articles: Sequence[int], wanted: dict[tuple[int, int], Row]) -> Counter[int]:
    """Write the rows of one table for these articles; returns how many were written, by article."""
    standing = {(row.article_id, _key(row)): row for row in model.objects.filter(article__in=articles)}
    gone = [row for key, row in standing.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in standing]
    changed = []
    for key, row in wanted.items():
        if key in standing and any(getattr(row, fact) != getattr(standing[key], fact) for fact in FACTS):
            row.pk = standing[key].pk
            changed.append(row)
    if gone:
        model.objects.filter(pk__in=[row.pk for row in gone]).delete()
    model.objects.bulk_create(new)  # type: ignore[arg-type]
    write_columns(changed, FACTS)
    return Counter(row.article_id for row in (*gone, *new, *changed))
