"""What lists know of how far somebody has read: states, shares, and how many articles of an issue are left to read.

An article is *read* once it was read to its end or marked so, else *unread*; an unread one whose reader got beyond its
first paragraph, and not to its last, is *begun*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Case, Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from monitor.library.place_models import ReadingPlace
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article

    Person = User | AnonymousUser

State = Literal["unread", "begun", "read"]
_BEGUN = Q(furthest__gt=1, furthest__lt=F("paragraphs"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody has read an article: `share` is the percentage of its paragraphs, 1 to 99 where it is begun."""

    state: State
    share: int = 0


def with_places(articles: QuerySet[Article], person: Person) -> QuerySet[Article]:
    """Add `my_read`, `my_furthest`, `my_paragraphs` and `my_state`; of a visitor's they are as of one who read nothing."""
    mine = FilteredRelation("places", condition=Q(places__person=person.pk or 0))
    columns = {f"my_{name}": F(f"mine__{name}") for name in ("read", "furthest", "paragraphs")}
    begun = Q(mine__furthest__gt=1, mine__furthest__lt=F("mine__paragraphs"))
    state = Case(
        When(mine__read__isnull=False, then=Value("read")), When(begun, then=Value("begun")), default=Value("unread")
    )
    known: QuerySet[Article] = articles.annotate(mine=mine).annotate(**columns, my_state=state)
    return known


def progress_in(article: Any) -> Progress:
    """Return how far an article is read that `with_places` found."""
    if article.my_state != "begun":
        return Progress(article.my_state)
    return Progress("begun", max(1, min(99, 100 * article.my_furthest // article.my_paragraphs)))


def in_state(person: Person, state: State) -> Q:
    """Return the condition of the articles in a state; what is begun is unread as well."""
    places = ReadingPlace.objects.filter(person=person.pk or 0, article=OuterRef("pk"))
    if state == "begun":
        return Q(Exists(places.filter(_BEGUN, read=None)))
    read = Exists(places.filter(read__isnull=False))
    return Q(read) if state == "read" else ~Q(read)


def unread_in_issue(person: Person) -> Any:
    """Return a column for issues: how many of their articles this person has yet to read."""
    unread = standing_articles(person).filter(in_state(person, "unread"), issue=OuterRef("pk")).order_by()
    counted = unread.values("issue").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def has_unread(person: Person) -> Exists:
    """Return the condition of the issues that have something left to read."""
    return Exists(standing_articles(person).filter(in_state(person, "unread"), issue=OuterRef("pk")))
