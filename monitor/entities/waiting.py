"""Suggestions that wait for a person: uncertain names in texts, those alike together, the least certain first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now, TruncDay

from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.mention_models import Mention, MentionStatus, Tier
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.models import Block
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from monitor.accounts.models import User

SHOWN = 25  # groups at once
COUNTED = 1_000  # suggestions
MOST_KEY = 2**63
ROUND_ABOUT = 2  # paragraphs shown before and after the one with the name


@dataclass(frozen=True, slots=True)
class Alike:
    """Suggestions of the same words for the same entity; `first` is the one that is shown."""

    first: Mention
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits, and how much this person decided today."""

    mentions: int
    articles: int
    decided: int
    is_partial: bool = False  # there are more


def waiting_mentions(person: User, *, article: int | None = None) -> QuerySet[Mention]:
    """Return the suggestions in articles one may see, as they are read today."""
    rows = Mention.objects.filter(
        status=MentionStatus.SUGGESTED,
        article__in=standing_articles(person),
        text_version__version=F("article__text_version"),
    )
    rows = rows.exclude(tier=Tier.WEAK)
    return rows.filter(article=article) if article else rows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of groups begins: with the group whose least certain mention is this one, or what comes after it."""

    score: float
    key: int

    @property
    def words(self) -> str:
        """Return it for an address."""
        return f"{self.score!r}~{self.key}"


def place_in(words: str) -> Place | None:
    """Return the place that `Place.words` wrote; None for anything else."""
    score, _, key = words.partition("~")
    try:
        place = Place(float(score), int(key))
    except ValueError:
        return None
    return place if 0 <= place.score <= 1 and 0 < place.key < MOST_KEY else None


def waiting_alike(rows: QuerySet[Mention], *, begin: Place | None = None) -> tuple[list[Alike], Place | None]:
    """Return a page of groups of suggestions, the least certain first, and where the next page begins; two queries.

    A group stands where its least certain mention does, so that nothing has to be counted but what is shown.
    """
    firsts = rows.filter(~Exists(_before(rows))).order_by("score", "pk")
    if begin:
        firsts = firsts.filter(Q(score__gt=begin.score) | Q(score=begin.score, pk__gte=begin.key))
    shown = list(
        firsts.select_related(
            "actor__canonical",
            "region",
            "actor_alias",
            "region_alias",
            "article__issue__periodical",
            "note",
            "text_version",
        )[: SHOWN + 1]
    )
    groups = rows.filter(fold__in={row.fold for row in shown}).order_by().values("kind", "actor", "region", "fold")
    counted = groups.annotate(n=Count("pk"), in_articles=Count("article", distinct=True))
    counts = {_group(row): (row["n"], row["in_articles"]) for row in counted}
    found = [Alike(row, *counts[row.kind, row.actor_id, row.region_id, row.fold]) for row in shown]
    following = shown[SHOWN] if len(shown) > SHOWN else None
    return found[:SHOWN], Place(following.score, following.pk) if following else None


def _group(row: Any) -> tuple[Any, ...]:
    return row["kind"], row["actor"], row["region"], row["fold"]


def _before(rows: QuerySet[Mention]) -> QuerySet[Mention]:
    """Return the mentions of the same group as the one asked about that stand before it."""
    less = Q(score__lt=OuterRef("score")) | Q(score=OuterRef("score"), pk__lt=OuterRef("pk"))
    same = rows.alias(of_actor=Coalesce("actor", 0), of_region=Coalesce("region", 0)).filter(
        less,
        fold=OuterRef("fold"),
        kind=OuterRef("kind"),
        of_actor=Coalesce(OuterRef("actor"), 0),
        of_region=Coalesce(OuterRef("region"), 0),
    )
    return same.order_by()


def place_of(mention: Mention, rows: QuerySet[Mention]) -> Place:
    """Return where the group of a suggestion stands; one query."""
    first = like(mention, rows).order_by("score", "pk").values_list("score", "pk").first()
    return Place(*first) if first else Place(mention.score, mention.pk)


def like(mention: Mention, rows: QuerySet[Mention]) -> QuerySet[Mention]:
    """Return those of these suggestions that are of the same words for the same entity."""
    return rows.filter(fold=mention.fold, kind=mention.kind, actor=mention.actor_id, region=mention.region_id)


def tally_of(rows: QuerySet[Mention], person: User) -> Tally:
    """Return the tally, of the first COUNTED; two queries."""
    articles = list(rows.order_by().values_list("article", flat=True)[: COUNTED + 1])
    today = MentionJudgement.objects.filter(by=person, created__gte=TruncDay(Now()), undone=None)
    counted = articles[:COUNTED]
    return Tally(len(counted), len(set(counted)), today.count(), len(articles) > COUNTED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a suggestion may mean, and how alike its name is, 0 to 1 (None: not compared)."""

    entity: Actor | Region
    likeness: float | None

    @property
    def word(self) -> str:
        """Return what a form says of it: `actor:slug` or `region:slug`."""
        kind = "actor" if isinstance(self.entity, Actor) else "region"
        return f"{kind}:{self.entity.slug}"


def candidates_of(mention: Mention) -> list[Candidate]:
    """Return whom a suggestion may mean: the one proposed first, then the runners-up; at most one query."""
    proposed: Actor | Region | None = mention.actor.canonical if mention.actor else mention.region
    scores: dict[str, Any] = {str(name): score for name, score in mention.candidates}
    if mention.kind == "actor":
        rows: Iterable[Actor | Region] = [
            row.canonical for row in Actor.objects.filter(slug__in=scores).select_related("canonical")
        ]
    else:
        rows = Region.objects.filter(code__in=scores)
    found: dict[int, Candidate] = {}
    if proposed:
        found[proposed.pk] = Candidate(proposed, mention.score)
    for row in rows:
        name = row.slug if isinstance(row, Actor) else row.code
        score = scores.get(name)
        found.setdefault(row.pk, Candidate(row, float(score) / 100 if score is not None else None))
    first = [found[proposed.pk]] if proposed else []
    rest = [one for key, one in found.items() if proposed is None or key != proposed.pk]
    return first + sorted(rest, key=lambda one: (-(one.likeness or 0), one.entity.key))


def paragraphs_round(mention: Mention) -> list[tuple[int, int, int]]:
    """Return (position, start, end) of the paragraph with a mention and of those round it; one query."""
    blocks = Block.objects.filter(article=mention.article_id).order_by("position")
    places = list(blocks.values_list("position", "start", "end"))
    at = next((i for i, (_, start, end) in enumerate(places) if start <= mention.start < end), 0)
    return places[max(at - ROUND_ABOUT, 0) : at + ROUND_ABOUT + 1]
