"""How many annotations of one's own lists show beside issues and articles, and what changes when these numbers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, JSONField, Max, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from monitor.accounts.models import User
from monitor.annotations.models import Annotation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    Person = User | AnonymousUser


def _own(person: Person) -> QuerySet[Annotation]:
    owner = person.pk or 0  # a visitor owns none
    found: QuerySet[Annotation] = Annotation.objects.visible_to(person).filter(owner=owner).order_by()
    return found


def own_in_articles(person: Person, articles: Iterable[int]) -> dict[int, int]:
    """Return how many annotations this person made in each of these articles; one query, none for a visitor."""
    keys = list(articles)
    if not person.is_authenticated or not keys:
        return {}
    return dict(_own(person).filter(article__in=keys).values_list("article").annotate(n=Count("pk")))


def own_in_issues(person: Person, issues: Iterable[int]) -> dict[int, int]:
    """Return how many annotations this person made on each of these issues and in their articles."""
    keys = list(issues)
    if not person.is_authenticated or not keys:
        return {}
    about: Any = Coalesce("article__issue", "issue")
    rows = _own(person).annotate(about=about).filter(about__in=keys)
    return dict(rows.values_list("about").annotate(n=Count("pk")))


def own_marks(person: Person) -> Combinable:
    """Return an expression for `library.stamps.library_stamp` that changes with these numbers alone."""
    if not isinstance(person, User):
        return Value("")
    facts = JSONObject(n=Count("pk"), keys=Sum("pk"), newest=Max("updated"))
    grouped = _own(person).annotate(all_of_them=Value(1)).values("all_of_them").annotate(facts=facts)
    return Subquery(grouped.values("facts"), output_field=JSONField())
