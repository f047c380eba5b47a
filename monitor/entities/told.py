"""What articles tell of an actor or a region: which articles, where in them, when, and beside whom.

Everything here starts at the articles one may see, so that hidden ones count nowhere. A merged actor's rows stay with the
name that stands in the text; they are gathered here, on reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least, RowNumber, Substr, TruncMonth

from monitor.entities.mention_models import COUNTS, ArticleActor, ArticleRegion, Mention, Tier, Where
from monitor.entities.newest import newest_of
from monitor.library.keyset import Key
from monitor.library.models import Article, Block, Issue, Marker
from monitor.library.queries import block_at, standing_articles
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.entities.newest import Newest

    Person = User | AnonymousUser
    Rows = QuerySet[ArticleActor] | QuerySet[ArticleRegion]

EXCERPT_REACH = 400  # code points on either side of a mention, before it is cut to a sentence
PASSAGES_EACH = 8  # of one article that are looked at
ABOUT = 10**12  # in a rank: above every salience
MOST_SALIENCE = 10**6
# About before named, then by salience, the newest first.
RANKED = (
    Key("rank", "number", descending=True),
    Key("issue__sort_date", "day", descending=True),
    Key("pk", "number", descending=True),
)
_WHERE_FIRST = Case(
    When(where=Where.TITLE, then=0), When(where=Where.BODY, then=1), default=2, output_field=IntegerField()
)


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of articles that name an entity, and its mentions; of the newest articles that a person may see."""

    rows: Any
    mentions: QuerySet[Mention]
    newest: Newest
    among: Any = None  # keys of the articles among them that are asked for
    everywhere: Any = None  # the rows, whatever the article: to look one article's up


def counted_mentions() -> QuerySet[Mention]:
    """Return the mentions that count, of texts as they are read today."""
    current = Q(text_version__version=F("article__text_version"))
    return Mention.objects.filter(current, status__in=COUNTS).exclude(tier=Tier.WEAK)


def told_by_actors(person: Person, condition: Q, *, until: date | None = None) -> Told:
    """Return what is told of the actors that `condition` (on a row with `actor` and `article`) names; one query.

    Only the newest articles up to a day are looked at: see `newest`.
    """
    return _told(ArticleActor.objects.filter(condition), person, condition, until)


def told_by_regions(person: Person, condition: Q, *, until: date | None = None) -> Told:
    """Return the same of regions."""
    return _told(ArticleRegion.objects.filter(condition), person, condition, until)


def _told(rows: Any, person: Person, condition: Q, until: date | None) -> Told:
    named = standing_articles(person).filter(pk__in=rows.order_by().values("article"))
    newest = newest_of(named, until=until)
    mentions = counted_mentions().filter(condition, article__in=newest.rows)
    return Told(rows.filter(article__in=newest.rows), mentions, newest, everywhere=rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many articles something is named, and how many are about it; there may be more that are older."""

    articles: int
    about: int
    is_partial: bool = False

    @property
    def named_only(self) -> int:
        return self.articles - self.about


def counts_of(told: Told) -> Counts:
    found = told.rows.aggregate(
        n=Count("article", distinct=True), about=Count("article", distinct=True, filter=IS_ABOUT)
    )
    return Counts(found["n"], found["about"], told.newest.is_partial)


IS_ABOUT = Q(about=True)


def ranked_articles(told: Told, *, standing: str = "") -> QuerySet[Article]:
    """Return the articles with their `rank`, for RANKED; `standing` is "about", "named" (and no more), or "" for all."""
    salience = Cast(Least(F("salience"), Value(float(MOST_SALIENCE))) * 1000.0, BigIntegerField())
    rank = Max(Cast("about", IntegerField()) * Value(ABOUT, BigIntegerField()) + salience)
    rows = told.everywhere.filter(article=OuterRef("pk")).order_by().values("article")
    rows = rows.annotate(rank=rank).values("rank")
    articles = Article.objects.filter(pk__in=told.newest.rows)
    if told.among is not None:
        articles = articles.filter(pk__in=told.among)
    ranked: QuerySet[Article] = articles.select_related("issue__periodical").annotate(
        rank=Subquery(rows, output_field=BigIntegerField())
    )
    if standing:
        return ranked.filter(**{"rank__gte" if standing == "about" else "rank__lt": ABOUT})
    return ranked


def standings_in(told: Told, articles: Iterable[int]) -> dict[int, list[Any]]:
    """Return the rows of each of these articles, the weightiest first."""
    found: dict[int, list[Any]] = {}
    for row in told.rows.filter(article__in=articles).order_by("article", "-about", "-salience", "pk"):
        found.setdefault(row.article_id, []).append(row)
    return found


def passages_in(told: Told, articles: Iterable[int], *, each: int = PASSAGES_EACH) -> list[Mention]:
    """Return the first mentions in each of these articles, with the words round them; one query.

    `excerpt` is a window of the text that begins at `excerpt_start`; `block` is the position of the paragraph, for
    mentions in the running text; `of` says how many mentions the article has in all.
    """
    order: list[Any] = [_WHERE_FIRST, F("note__position").asc(nulls_first=True), F("start"), F("pk")]
    text = Case(
        When(where=Where.TITLE, then=F("article__title")),
        When(where=Where.NOTE, then=F("note__text")),
        default=F("text_version__body"),
    )
    begin = Greatest(F("start") - EXCERPT_REACH, 0)
    numbered = told.mentions.filter(article__in=articles).annotate(
        at=Window(RowNumber(), partition_by="article", order_by=order),
        of=Window(Count("pk"), partition_by="article"),
    )
    shown = numbered.filter(at__lte=each).annotate(
        excerpt_start=begin,
        excerpt=Substr(text, begin + 1, F("end") + EXCERPT_REACH - begin),
        block=block_at(OuterRef("article"), OuterRef("start")),
    )
    return list(
        shown.select_related("note", "actor", "actor_alias", "region", "region_alias").order_by("article", "at")
    )


@dataclass(frozen=True, slots=True)
class Month:
    """How many articles of a month name something, and how many are about it; None: the month is not known."""

    month: date | None
    articles: int
    about: int

    @property
    def named_only(self) -> int:
        return self.articles - self.about


def _month(path: str) -> Any:
    """Return the month an issue came out in, as well as we know it."""
    return TruncMonth(Coalesce(f"{path}date", f"{path}date_from"), output_field=DateField())


def months_of(told: Told) -> list[Month]:
    by_month = told.rows.order_by().values(month=_month("article__issue__")).order_by("month")
    counted = by_month.annotate(
        n=Count("article", distinct=True), in_focus=Count("article", distinct=True, filter=IS_ABOUT)
    )
    return [Month(row["month"], row["n"], row["in_focus"]) for row in counted]


def published_months(person: Person, *, since: date | None = None) -> list[date]:
    """Return the months, from that of `since` on, in which something on the shelf was published."""
    issues = Issue.objects.visible_to(person).order_by()
    months = issues.values_list(_month(""), flat=True).distinct()
    return sorted(month for month in months if month and (since is None or month >= since.replace(day=1)))


@dataclass(frozen=True, slots=True)
class SourceTold:
    """A source cited in the same paragraphs, how often, and in how many articles."""

    slug: str
    name: str
    citations: int
    articles: int


def sources_of(told: Told) -> list[SourceTold]:
    """Return the sources cited in the paragraphs of these mentions, also through their notes; the most cited first."""
    citations = Citation.objects.filter(article__in=told.rows.values("article"))
    marker = Marker.objects.filter(note=OuterRef("note")).order_by("start").values("start")[:1]
    placed = citations.annotate(at=Case(When(note=None, then=F("start")), default=Subquery(marker)))
    named_in = told.mentions.filter(
        article=OuterRef("article"), where=Where.BODY, start__gte=OuterRef("start"), start__lt=OuterRef("end")
    )
    paragraph = Block.objects.filter(article=OuterRef("article"), start__lte=OuterRef("at"), end__gte=OuterRef("at"))
    found = (
        placed.filter(Exists(paragraph.filter(Exists(named_in))))
        .order_by()
        .values("spelling__source__slug", "spelling__source__name")
        .annotate(citations=Count("pk"), articles=Count("article", distinct=True))
        .order_by("-citations", "spelling__source__name")
    )
    return [
        SourceTold(row["spelling__source__slug"], row["spelling__source__name"], row["citations"], row["articles"])
        for row in found
    ]


def only_source(sources: Sequence[SourceTold]) -> SourceTold | None:
    """Return the source that all of it rests on, where there is but one."""
    return sources[0] if len(sources) == 1 else None
