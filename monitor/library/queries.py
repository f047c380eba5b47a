"""What pages and borders read from the library. Everything starts at `visible_to`, so hidden rows count nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, ExtractYear, Greatest, Lower, Substr

from monitor.library.models import (
    Article,
    ArticleText,
    Author,
    Authorship,
    Block,
    Finding,
    Issue,
    Note,
    Periodical,
    State,
    folded_name,
)
from monitor.library.source_models import Citation, Precision, Source, SourceJoin, SourceSpelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.correction_models import Correction

    Person = User | AnonymousUser

Order = Literal["newest", "oldest", "added"]
ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-sort_date", "-id"),
    "oldest": ("sort_date", "id"),
    "added": ("-created", "-id"),
}
EXCERPT_REACH = 400  # code points on either side of a citation, before it is cut to a sentence


# -- The shelf ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter, with the number of issues it would show."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ShelfTotals:
    """What stands on the whole shelf."""

    issues: int
    periodicals: int
    articles: int
    newest: Issue | None  # of those whose date is known, or worked out


def shelf_totals(person: Person) -> ShelfTotals:
    shelf = Issue.objects.visible_to(person)
    facts = shelf.aggregate(n=Count("pk"), periodicals=Count("periodical", distinct=True))
    # An issue without any date sorts by the day it was handed in, which says nothing of its age.
    newest = shelf.exclude(date=None, date_from=None).order_by("-sort_date", "-id").first()
    return ShelfTotals(facts["n"], facts["periodicals"], standing_articles(person).count(), newest)


def shelf_issues(
    person: Person, *, periodicals: Sequence[str] = (), years: Sequence[int] = (), order: Order = "newest"
) -> QuerySet[Issue]:
    """Return the issues of these periodicals (slugs) and years, or of all, with `article_count`."""
    issues = _filtered(Issue.objects.visible_to(person), periodicals, years)
    shelf: QuerySet[Issue] = issues.select_related("periodical").order_by(*ORDERS[order])
    return shelf.annotate(article_count=_count_of(standing_articles(person), "issue"))


def _filtered(issues: Any, periodicals: Sequence[str], years: Sequence[int]) -> Any:
    if periodicals:
        issues = issues.filter(periodical__slug__in=periodicals)
    return issues.annotate(year=ExtractYear("sort_date")).filter(year__in=years) if years else issues


def periodical_facets(person: Person, *, years: Sequence[int] = ()) -> list[Facet]:
    """Return every periodical one may see, with its number of issues in these years."""
    counts = dict(
        _filtered(Issue.objects.visible_to(person), (), years)
        .values_list("periodical")
        .annotate(n=Count("pk"))
        .order_by()
    )
    seen = Issue.objects.visible_to(person).values("periodical")
    shown = Periodical.objects.filter(pk__in=seen).order_by(Lower("name"))
    return [Facet(row.slug, row.name, counts.get(row.pk, 0)) for row in shown]


def year_facets(person: Person, *, periodicals: Sequence[str] = ()) -> list[Facet]:
    """Return the years of these periodicals' issues, newest first."""
    issues = _filtered(Issue.objects.visible_to(person), periodicals, ())
    rows = (
        issues.annotate(year=ExtractYear("sort_date"))
        .values_list("year")
        .annotate(n=Count("pk", distinct=True))
        .order_by("-year")
    )
    return [Facet(str(year), str(year), count) for year, count in rows]


def volume_sizes(person: Person, issues: Sequence[Issue]) -> dict[tuple[int, str], int]:
    """Return how many issues the volumes have that these issues belong to, by periodical id and volume."""
    rows = (
        Issue.objects.visible_to(person)
        .filter(periodical__in={issue.periodical_id for issue in issues})
        .values_list("periodical", "volume")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {(periodical, volume): count for periodical, volume, count in rows}


def _count_of(rows: Any, key: str) -> Any:
    """Return a column that counts the rows whose `key` is the row at hand: no join, so counts do not multiply."""
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


# -- Issues, articles, authors -----------------------------------------------------------------------------------------
def standing_articles(person: Person) -> QuerySet[Article]:
    """Return the articles one may see, without those that the newest reading of their file lacks."""
    return Article.objects.visible_to(person).exclude(state=State.GONE)


def _with_authors(articles: Any) -> Any:
    signed = Authorship.objects.select_related("author").order_by("position")
    return articles.prefetch_related(Prefetch("authorships", queryset=signed))


def articles_of(issue: Issue, person: Person) -> list[Article]:
    """Return an issue's articles in printed order, with authors, `note_count` and `citation_count`."""
    articles = standing_articles(person).filter(issue=issue).order_by("position")
    articles = articles.annotate(
        note_count=_count_of(Note.objects.all(), "article"),
        citation_count=_count_of(Citation.objects.all(), "article"),
    )
    return list(_with_authors(articles))


def issue_neighbours(issue: Issue, person: Person) -> tuple[Issue | None, Issue | None]:
    """Return the issues before and after in the same periodical, by date."""
    others = Issue.objects.visible_to(person).filter(periodical=issue.periodical_id)
    same_day = Q(sort_date=issue.sort_date)
    earlier = others.filter(Q(sort_date__lt=issue.sort_date) | (same_day & Q(pk__lt=issue.pk)))
    later = others.filter(Q(sort_date__gt=issue.sort_date) | (same_day & Q(pk__gt=issue.pk)))
    return earlier.order_by("-sort_date", "-id").first(), later.order_by("sort_date", "id").first()


@dataclass(frozen=True, slots=True)
class Findings:
    """An issue's findings: those a person should settle, and the rest. Each has `block`, the position of its block."""

    to_settle: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def findings_of(issue: Issue) -> Findings:
    block = _block_at(OuterRef("article"), OuterRef("start"))
    findings = issue.findings.select_related("article").annotate(block=block)
    to_settle = tuple(f for f in findings if f.decision == Finding.Decision.OPEN and f.severity != "info")
    return Findings(to_settle, tuple(f for f in findings if f not in to_settle))


def newest_open_findings(*, limit: int) -> list[Finding]:
    """Return open findings of the newest issues that have any."""
    findings = Finding.objects.filter(decision=Finding.Decision.OPEN).exclude(severity="info")
    findings = findings.annotate(block=_block_at(OuterRef("article"), OuterRef("start")))
    return list(findings.select_related("issue__periodical", "article").order_by("-issue__created", "id")[:limit])


def _block_at(article: Any, place: Any) -> Any:
    blocks = Block.objects.filter(article=article, start__lte=place, end__gte=place)
    return Subquery(blocks.order_by("-position").values("position")[:1])


def current_text(article: Article) -> ArticleText:
    return article.texts.get(version=article.text_version)


def articles_by(author: Author, person: Person) -> QuerySet[Article]:
    """Return what this author signed, newest first, with issue and co-authors."""
    articles = standing_articles(person).filter(authors=author).select_related("issue__periodical")
    signed: QuerySet[Article] = _with_authors(articles).order_by("-issue__sort_date", "-issue", "position")
    return signed


# -- Sources -----------------------------------------------------------------------------------------------------------
def _visible_citations(person: Person, prefix: str = "") -> Q:
    return Q(**{f"{prefix}article__in": standing_articles(person)})


def cited_sources(person: Person, *, name: str = "") -> QuerySet[Source]:
    """Return the sources that articles one may see cite, by name, with `citation_count` and `article_count`.

    `name` keeps those that have it somewhere in their name or in a spelling.
    """
    citation = "spellings__citations"
    seen = _visible_citations(person, f"{citation}__")
    sources = Source.objects.filter(joined_into=None)
    if name:
        spelled = SourceSpelling.objects.filter(printed__icontains=name).values("source")
        sources = sources.filter(Q(name__icontains=name) | Q(pk__in=spelled))
    return (
        sources.annotate(
            citation_count=Count(citation, filter=seen, distinct=True),
            article_count=Count(f"{citation}__article", filter=seen, distinct=True),
        )
        .filter(citation_count__gt=0)
        .order_by(Lower("name"), "pk")
    )


def source_by_name(name: str) -> Source | None:
    """Return the source that is called so, or that has a spelling printed so; case does not count."""
    by_name = Source.objects.filter(joined_into=None, name__iexact=name).order_by("pk").first()
    if by_name:
        return by_name
    spelling = SourceSpelling.objects.filter(printed__iexact=name).select_related("source").order_by("pk").first()
    return spelling.source if spelling else None


def passages_citing(source: Source, person: Person) -> QuerySet[Citation]:
    """Return the citations of a source, newest issue first, each with the text round it.

    `excerpt` is a window of the article's or note's text that begins at `excerpt_start`; `block` is the position of
    the block it stands in.
    """
    text = ArticleText.objects.filter(article=OuterRef("article"), version=OuterRef("article__text_version"))
    begin = Greatest(OuterRef("start") - EXCERPT_REACH, 0)
    window = Substr("body", begin + 1, OuterRef("end") + EXCERPT_REACH - begin)
    citations = Citation.objects.filter(_visible_citations(person), spelling__source=source)
    passages: QuerySet[Citation] = (
        citations.select_related("article__issue__periodical", "note", "spelling")
        .annotate(
            excerpt_start=Greatest(F("start") - EXCERPT_REACH, 0),
            excerpt=Subquery(text.values(window=window)[:1]),
            block=_block_at(OuterRef("article"), OuterRef("start")),
        )
        .order_by(
            "-article__issue__sort_date", "-article__issue", "article__position", F("note__position").asc(), "start"
        )
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


# -- Checking a reading ------------------------------------------------------------------------------------------------
def correctable_articles(issue: Issue) -> list[Article]:
    """Return the articles of an issue's newest reading in printed order, with their authors."""
    return list(_with_authors(issue.articles.exclude(state=State.GONE).order_by("position")))


def findings_in_order(issue: Issue) -> list[Finding]:
    """Return all findings of an issue: what is open first."""
    findings = issue.findings.select_related("article").order_by("id")
    return sorted(findings, key=lambda row: row.decision != Finding.Decision.OPEN)


def corrections_of(issue: Issue) -> list[Correction]:
    """Return the corrections of an issue with those who made them, the newest first."""
    return list(issue.corrections.select_related("made_by").order_by("-pk"))


def issues_to_check(*, limit: int) -> list[Issue]:
    """Return issues that readers do not see yet, the newest first, with `open_count`, their open findings."""
    drafts = Issue.objects.filter(state=State.DRAFT).select_related("periodical").order_by("-created", "-pk")
    return list(drafts.annotate(open_count=_count_of(_open_findings(), "issue"))[:limit])


def least_sure_issues(*, limit: int) -> list[Issue]:
    """Return the issues whose reading is to be trusted least, with `open_count`."""
    sure = Issue.objects.exclude(confidence=None).exclude(state=State.WITHDRAWN).select_related("periodical")
    sure = sure.annotate(open_count=_count_of(_open_findings(), "issue")).filter(open_count__gt=0)
    return list(sure.order_by("confidence", "-open_count", "-pk")[:limit])


def _open_findings() -> QuerySet[Finding]:
    return Finding.objects.filter(decision=Finding.Decision.OPEN).exclude(severity="info")
