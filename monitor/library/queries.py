"""What pages and borders read from the library. Everything starts at `visible_to`, so hidden rows count nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from monitor.library.models import (
    Article,
    ArticleText,
    Authorship,
    Block,
    Finding,
    Issue,
    State,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.correction_models import Correction

    Person = User | AnonymousUser


# -- Issues and articles -----------------------------------------------------------------------------------------------
def count_of(rows: Any, key: str) -> Any:
    """Return a column that counts the rows whose `key` is the row at hand: no join, so counts do not multiply."""
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def standing_articles(person: Person) -> QuerySet[Article]:
    """Return the articles one may see, without those that the newest reading of their file lacks."""
    return Article.objects.visible_to(person).exclude(state=State.GONE)


def _with_authors(articles: Any) -> Any:
    signed = Authorship.objects.select_related("author").order_by("position")
    return articles.prefetch_related(Prefetch("authorships", queryset=signed))


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
    block = block_at(OuterRef("article"), OuterRef("start"))
    findings = issue.findings.select_related("article").annotate(block=block)
    to_settle = tuple(f for f in findings if f.decision == Finding.Decision.OPEN and f.severity != "info")
    return Findings(to_settle, tuple(f for f in findings if f not in to_settle))


def newest_open_findings(*, limit: int) -> list[Finding]:
    """Return open findings of the newest issues that have any."""
    findings = Finding.objects.filter(decision=Finding.Decision.OPEN).exclude(severity="info")
    findings = findings.annotate(block=block_at(OuterRef("article"), OuterRef("start")))
    return list(findings.select_related("issue__periodical", "article").order_by("-issue__created", "id")[:limit])


def block_at(article: Any, place: Any) -> Any:
    blocks = Block.objects.filter(article=article, start__lte=place, end__gte=place)
    return Subquery(blocks.order_by("-position").values("position")[:1])


def current_text(article: Article) -> ArticleText:
    return article.texts.get(version=article.text_version)


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
    return list(drafts.annotate(open_count=count_of(_open_findings(), "issue"))[:limit])


def least_sure_issues(*, limit: int) -> list[Issue]:
    """Return the issues whose reading is to be trusted least, with `open_count`."""
    sure = Issue.objects.exclude(confidence=None).exclude(state=State.WITHDRAWN).select_related("periodical")
    sure = sure.annotate(open_count=count_of(_open_findings(), "issue")).filter(open_count__gt=0)
    return list(sure.order_by("confidence", "-open_count", "-pk")[:limit])


def _open_findings() -> QuerySet[Finding]:
    return Finding.objects.filter(decision=Finding.Decision.OPEN).exclude(severity="info")
