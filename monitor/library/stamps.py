"""What tells that nothing a person sees of the library has changed: one query, whatever the library holds.

The stamp is kept by triggers (see the migration 0010_library_stamp). It changes with every committed change of an issue,
article, source or what belongs to them, also with one of a draft: it says that something changed, never what.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Count, Max, Subquery, Value
from django.db.models.functions import JSONObject

from monitor.accounts.models import User
from monitor.library.kept_statements import SOME_ARTICLE, keep, viewer_of
from monitor.library.place_models import ReadingPlace

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models.expressions import Combinable

    from monitor.library.kept_statements import Kept, Viewer

    Person = User | AnonymousUser
    Own = Callable[[Person, int], Combinable]


class LibraryStamp(models.Model):
    """A part of the stamp. Not managed: the table must outlive the emptying of all others, as tests do it."""

    slot = models.IntegerField(primary_key=True)
    stamp = models.UUIDField()

    objects: ClassVar[models.Manager[LibraryStamp]] = models.Manager()

    class Meta:
        managed = False
        db_table = "monitor_librarystamp"

    def __str__(self) -> str:
        return f"{self.slot}: {self.stamp}"


def library_stamp(*own: Own, person: Person | None = None, article: int = 0) -> str:
    """Return what stays the same as long as the library does, and what is a person's own, perhaps in one article.

    Each of `own` gives, of a person and an article, an expression for it (`own_places`). It may depend on nothing else
    about them than their primary keys and what `Viewer` holds.
    """
    statement = _statement(own, viewer_of(person))
    return repr(statement.run(person=person, article=article)) if statement else ""


@cache
def _statement(own: tuple[Own, ...], viewer: Viewer) -> Kept | None:
    person = viewer.somebody()
    named: Any = {f"own_{number}": expression(person, SOME_ARTICLE) for number, expression in enumerate(own)}
    return keep(LibraryStamp.objects.order_by("slot").annotate(**named).values_list("stamp", *named))


def own_places(person: User | AnonymousUser, article: int | None = None) -> Combinable:
    """Return an expression that changes with a person's reading places: with all of them, or with one article's."""
    if not isinstance(person, User):
        return Value("")
    places = ReadingPlace.objects.filter(person=person).order_by()
    if article is not None:
        places = places.filter(article=article)
    facts = JSONObject(kept=Count("pk"), moved=Max("moved"), read=Count("read"), last=Max("read"))
    return Subquery(places.values("person").annotate(facts=facts).values("facts"))
