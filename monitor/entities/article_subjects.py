"""What one article has to do with actors and regions: what was found, and what people said of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.entities.judgement_models import AboutJudgement, AboutVerdict
from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.models import Actor
from monitor.entities.region_models import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.library.models import Article


@dataclass(frozen=True, slots=True)
class Subject:
    """An actor (with those merged into it) or region, how an article stands to it, and why; who said so, if anybody did."""

    entity: Actor | Region
    verdict: str
    why: str
    salience: float
    judgements: tuple[AboutJudgement, ...]

    @property
    def word(self) -> str:
        """Return what a form says of it: `actor:slug` or `region:slug`."""
        return f"{'actor' if isinstance(self.entity, Actor) else 'region'}:{self.entity.slug}"


def subjects_of(article: Article) -> tuple[list[Subject], list[Subject]]:
    """Return the actors and the regions of an article: what it is about first, what it has nothing to do with last.

    Three queries. Of an actor and those merged into it the weightiest row speaks.
    """
    judged: dict[Any, list[AboutJudgement]] = defaultdict(list)
    said = AboutJudgement.objects.filter(article=article, undone=None).select_related(
        "by", "actor__canonical", "region"
    )
    for row in said.order_by("-pk"):
        judged[_entity(row)].append(row)
    actors: dict[Any, list[Any]] = defaultdict(list)
    for named in ArticleActor.objects.filter(article=article).select_related("actor__canonical"):
        actors[named.actor.canonical].append(named)
    regions: dict[Any, list[Any]] = defaultdict(list)
    for placed in ArticleRegion.objects.filter(article=article).select_related("region"):
        regions[placed.region].append(placed)
    return (
        _ranked(actors, {entity: rows for entity, rows in judged.items() if isinstance(entity, Actor)}),
        _ranked(regions, {entity: rows for entity, rows in judged.items() if isinstance(entity, Region)}),
    )


def meant_rows(article: Article, entity: Actor | Region) -> list[Actor | Region]:
    """Return whom a judgement on an actor concerns here: those of its merged ones that the article names, else itself."""
    if isinstance(entity, Region):
        return [entity]
    rows = ArticleActor.objects.filter(article=article, actor__canonical=entity.canonical_id).select_related("actor")
    return [row.actor for row in rows.order_by("actor")] or [entity]


def _entity(row: AboutJudgement) -> Actor | Region:
    if row.actor is not None:
        return row.actor.canonical
    if row.region is None:
        raise AboutJudgement.DoesNotExist(row.pk)
    return row.region


def _ranked(found: dict[Any, list[Any]], judged: dict[Any, list[AboutJudgement]]) -> list[Subject]:
    subjects = [_subject(entity, found.get(entity, []), judged.get(entity, ())) for entity in {**found, **judged}]
    order = list(AboutVerdict.values)
    return sorted(subjects, key=lambda row: (order.index(row.verdict), -row.salience, row.entity.key, row.entity.pk))


def _subject(entity: Any, rows: Sequence[Any], judged: Iterable[AboutJudgement]) -> Subject:
    if not rows:
        return Subject(entity, AboutVerdict.NOT, "", 0.0, tuple(judged))
    best = max(rows, key=lambda row: (row.about, row.salience))
    verdict = AboutVerdict.ABOUT if any(row.about for row in rows) else AboutVerdict.MENTIONED
    return Subject(entity, verdict, best.why if best.n else "", sum(row.salience for row in rows), tuple(judged))
