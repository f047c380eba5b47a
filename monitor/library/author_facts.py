"""What an author's page says beside the list of articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from monitor.library.models import Article, Author
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User

    Person = User | AnonymousUser

MOST_COAUTHORS = 20


@dataclass(frozen=True, slots=True)
class YearOfWriting:
    """How many articles an author signed in a year."""

    year: int
    count: int


def articles_by(author: Author, person: Person) -> QuerySet[Article]:
    """Return what this author signed, as far as one may see it."""
    return standing_articles(person).filter(authorships__author=author)


def years_of(articles: QuerySet[Article]) -> list[YearOfWriting]:
    """Return the years in which these articles came out, newest first; issues without any date are in none."""
    dated = articles.exclude(issue__date=None, issue__date_from=None)
    rows = dated.annotate(year=ExtractYear("issue__sort_date")).values_list("year")
    return [YearOfWriting(year, count) for year, count in rows.annotate(n=Count("pk")).order_by("-year")]


def coauthors_of(author: Author, articles: QuerySet[Article]) -> list[Author]:
    """Return those who signed these articles with the author, with `shared_count`, the most frequent first."""
    shared = Count("articles", filter=Q(articles__in=articles.values("pk")))
    others = Author.objects.filter(articles__in=articles.values("pk")).exclude(pk=author.pk)
    return list(others.annotate(shared_count=shared).order_by("-shared_count", "name")[:MOST_COAUTHORS])


def latest_biography(articles: QuerySet[Article]) -> Article | None:
    """Return the newest of these articles that says who wrote it, with its issue."""
    told = articles.exclude(bio="").select_related("issue__periodical")
    return told.order_by("-issue__sort_date", "-issue_id", "position").first()
