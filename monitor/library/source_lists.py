"""Cited outlets: the list of them, who cites one and when, and what people decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
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
)
from django.db.models.functions import Coalesce, Greatest, Lower, NullIf, Substr, TruncMonth

from monitor.library.keyset import Key
from monitor.library.models import ArticleText, Issue, folded_name
from monitor.library.queries import block_at, standing_articles
from monitor.library.source_models import Citation, Precision, Source, SourceGrade, SourceJoin, SourceSpelling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article

    Person = User | AnonymousUser

EXCERPT_REACH = 400  # code points on either side of a citation, before it is cut to a sentence
UNGRADED = "~"  # sorts behind every letter

# Each order ends in the row's own number; names are compared in small letters.
_BY_NAME = (Key("sort_name", "text"), Key("pk", "number"))
ORDERS: dict[str, tuple[Key, ...]] = {
    "name": _BY_NAME,
    "citations": (Key("citation_count", "number", descending=True), *_BY_NAME),
    "grade": (Key("present_grade", "text"), *_BY_NAME),
    "last": (Key("last_cited", "day", descending=True), *_BY_NAME),
}


def _visible_citations(person: Person, prefix: str = "") -> Q:
    return Q(**{f"{prefix}article__in": standing_articles(person)})


def cited_sources(
    person: Person, *, name: str = "", grades: Sequence[str] = (), order: str = "name"
) -> QuerySet[Source]:
    """Return the sources that articles one may see cite, with what the order needs: see ORDERS.

    `name` keeps those that have it somewhere in their name or in a spelling, `grades` those graded so (UNGRADED for
    those without a grade).
    """
    seen = Citation.objects.filter(_visible_citations(person), spelling__source=OuterRef("pk"))
    sources = Source.objects.filter(Exists(seen), joined_into=None)
    if name:
        spelled = SourceSpelling.objects.filter(printed__icontains=name).values("source")
        sources = sources.filter(Q(name__icontains=name) | Q(pk__in=spelled))
    sources = sources.annotate(sort_name=Lower("name"), present_grade=present_grade())
    if grades:
        sources = sources.filter(present_grade__in=grades)
    citations = seen.order_by().values("spelling__source")
    if order == "citations":
        counted = citations.annotate(n=Count("pk")).values("n")
        sources = sources.annotate(citation_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    if order == "last":
        newest = citations.annotate(day=Max("article__issue__sort_date")).values("day")
        sources = sources.annotate(last_cited=Subquery(newest, output_field=DateField()))
    found: QuerySet[Source] = sources
    return found


def present_grade() -> Any:
    """Return a column for sources: the letter of the grade that holds, UNGRADED where there is none."""
    newest = SourceGrade.objects.filter(source=OuterRef("pk")).order_by("-created", "-id").values("grade")[:1]
    letter = NullIf(Subquery(newest, output_field=CharField()), Value(""))
    return Coalesce(letter, Value(UNGRADED))


@dataclass(frozen=True, slots=True)
class Citedness:
    """How often a source is cited, in how many articles, and the day of the newest issue that does."""

    citations: int
    articles: int
    last: date


def citedness_of(sources: Sequence[Source], person: Person) -> dict[int, Citedness]:
    """Return how these sources are cited in articles one may see, by the source's id."""
    rows = (
        Citation.objects.filter(_visible_citations(person), spelling__source__in=sources)
        .order_by()
        .values_list("spelling__source")
        .annotate(Count("pk"), Count("article", distinct=True), Max("article__issue__sort_date"))
    )
    return {pk: Citedness(citations, articles, last) for pk, citations, articles, last in rows}


def grade_counts(person: Person, *, name: str = "") -> dict[str, int]:
    """Return how many of the sources with this name have which grade."""
    sources: Any = cited_sources(person, name=name).order_by()
    return dict(sources.values_list("present_grade").annotate(n=Count("pk")).order_by("present_grade"))


def is_cited(source: Source, person: Person) -> bool:
    """Return whether an article one may see cites the source."""
    return Citation.objects.filter(_visible_citations(person), spelling__source=source).exists()


def source_by_name(name: str) -> Source | None:
    """Return the source that is called so, or that has a spelling printed so; case does not count."""
    by_name = Source.objects.filter(joined_into=None, name__iexact=name).order_by("pk").first()
    if by_name:
        return by_name
    spelling = SourceSpelling.objects.filter(printed__iexact=name).select_related("source").order_by("pk").first()
    return spelling.source if spelling else None


# Newest issue first, and in it as printed: an article's text, then its notes.
PASSAGE_ORDER = (
    Key("article__issue__sort_date", "day", descending=True),
    Key("article__issue_id", "number", descending=True),
    Key("article__position", "number"),
    Key("note_place", "number"),
    Key("start", "number"),
    Key("pk", "number"),
)


def passages_citing(source: Source, person: Person) -> QuerySet[Citation]:
    """Return the citations of a source, each with the text round it; PASSAGE_ORDER is theirs.

    `excerpt` is a window of the article's or note's text that begins at `excerpt_start`; `block` is the position of
    the block it stands in. `note_place` is -1 in the running text.
    """
    text = ArticleText.objects.filter(article=OuterRef("article"), version=OuterRef("article__text_version"))
    begin = Greatest(OuterRef("start") - EXCERPT_REACH, 0)
    window = Substr("body", begin + 1, OuterRef("end") + EXCERPT_REACH - begin)
    citations = Citation.objects.filter(_visible_citations(person), spelling__source=source)
    passages: QuerySet[Citation] = citations.select_related("article__issue__periodical", "note", "spelling").annotate(
        excerpt_start=Greatest(F("start") - EXCERPT_REACH, 0),
        excerpt=Subquery(text.values(window=window)[:1]),
        block=block_at(OuterRef("article"), OuterRef("start")),
        note_place=Coalesce("note__position", Value(-1), output_field=IntegerField()),
    )
    return passages


def citing_elsewhere(citation: Citation, person: Person) -> int:
    """Return how many other articles one may see cite the same source."""
    others = standing_articles(person).exclude(pk=citation.article_id)
    return others.filter(citations__spelling__source=citation.spelling.source_id).distinct().count()


def cited_issue(citation: Citation, person: Person) -> Issue | None:
    """Return the issue of a periodical in the library that a citation means by name and day, if one may see it.

    An issue whose date is only known as a span is meant by any day in it, unless another has that very day.
    """
    if citation.precision != Precision.DAY:
        return None
    names = {folded_name(citation.spelling.printed), folded_name(citation.source.name)}
    of_title = Issue.objects.visible_to(person).filter(periodical__key__in=names)
    day = citation.date
    meant = of_title.filter(Q(date=day) | Q(date=None, date_from__lte=day, date_to__gte=day))
    return meant.select_related("periodical").order_by(F("date").asc(nulls_last=True), "pk").first()


def spellings_of(source: Source, person: Person) -> list[SourceSpelling]:
    """Return the printed forms of a source's name with `citation_count`, the most frequent first."""
    count = Count("citations", filter=_visible_citations(person, "citations__"))
    return list(source.spellings.annotate(citation_count=count).order_by("-citation_count", "printed"))


@dataclass(frozen=True, slots=True)
class Decision:
    """A join or split of sources, with the spellings it moved."""

    row: SourceJoin
    printed: tuple[str, ...]


def decisions_about(source: Source) -> list[Decision]:
    rows = list(
        SourceJoin.objects.filter(Q(kept=source) | Q(other=source)).select_related("kept", "other", "decided_by")
    )
    moved = {pk for row in rows for pk in row.spelling_ids}
    printed = dict(SourceSpelling.objects.filter(pk__in=moved).values_list("pk", "printed"))
    return [Decision(row, tuple(printed[pk] for pk in row.spelling_ids if pk in printed)) for row in rows]


@dataclass(frozen=True, slots=True)
class CitedMonth:
    """How many citations mean a day in a month, by whether the year was printed. None: no month is known."""

    month: date | None
    inferred: bool
    count: int


def cited_months(source: Source, person: Person) -> list[CitedMonth]:
    """Return when the reports came out that are cited, oldest first; those known by less than a month come last."""
    known = Case(
        When(precision__in=[Precision.DAY, Precision.MONTH], then=TruncMonth("date")), output_field=DateField()
    )
    citations = Citation.objects.filter(_visible_citations(person), spelling__source=source).order_by()
    rows = citations.annotate(month=known).values_list("month", "inferred").annotate(n=Count("pk"))
    return [CitedMonth(*row) for row in rows.order_by(F("month").asc(nulls_last=True), "inferred")]


@dataclass(frozen=True, slots=True)
class CitingPeriodical:
    """How often a periodical cites a source."""

    name: str
    slug: str
    citations: int
    articles: int


def citing_periodicals(source: Source, person: Person) -> list[CitingPeriodical]:
    """Return the periodicals that cite a source, the most frequent first."""
    citations = Citation.objects.filter(_visible_citations(person), spelling__source=source).order_by()
    named = citations.values_list("article__issue__periodical__name", "article__issue__periodical__slug")
    rows = named.annotate(n=Count("pk"), articles=Count("article", distinct=True))
    return [CitingPeriodical(*row) for row in rows.order_by("-n", "article__issue__periodical__name")]


def articles_citing(source: Source, person: Person) -> QuerySet[Article]:
    """Return the articles one may see that cite a source."""
    citing = Citation.objects.filter(spelling__source=source).values("article")
    return standing_articles(person).filter(pk__in=citing)
