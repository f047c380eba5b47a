"""What the notebook can be filtered by: one row of FILTERS for each; pages, addresses and counts follow from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from monitor.annotations.article_filter import Steps
from monitor.annotations.codebook import STEP
from monitor.annotations.managers import on_readable_text
from monitor.annotations.models import Annotation, AnnotationSpan, Colour, Reply, SpanState, Visibility
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.library.models import Periodical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from monitor.accounts.models import User

NOBODY = "-"  # who left the site, in addresses
SCOPE_WORDS = {Visibility.PRIVATE: "Only me", Visibility.EVERYONE: "Everyone signed in"}


class Filter(Protocol):
    """One thing that annotations can be filtered by, under `name` in the address; `is_tallied`: it offers its values."""

    is_tallied: ClassVar[bool]

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...

    def condition(self, person: User, values: Sequence[str]) -> Q:
        """Return the condition of the annotations that have one of these values."""
        ...

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        """Return rows with `choice`, `said` and `n`: how many of these annotations have the value."""
        ...

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        """Return what these values are called where they do not say it themselves."""
        ...


class Tallied:
    """A filter whose values are counted and offered."""

    __slots__ = ()
    is_tallied: ClassVar[bool] = True


class Untallied:
    """A filter that shows what is chosen of it: counting all its values would take seconds."""

    __slots__ = ()
    is_tallied: ClassVar[bool] = False

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        return marks.none()


@dataclass(frozen=True, slots=True)
class Tagged(Tallied):
    """Tags; a value is a path, whichever codebook it is in, and means what is below it too."""

    name: str = "tag"
    label: str = "Tag"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        return Q(Exists(_uses(person, values, below=True)))

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        seen = AnnotationTag.objects.filter(annotation__in=marks.values("pk"), tag__in=Tag.objects.visible_to(person))
        steps = seen.order_by().annotate(choice=Steps("tag__path"))
        return _counted(steps, Cast("choice", TextField()), "annotation")

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        """Return tags with those above them: "violence / raid"."""
        called = dict(Tag.objects.visible_to(person).filter(path__in=values).values_list("path", "name"))
        return {path: " / ".join([*path.replace("-", " ").split(STEP)[:-1], name]) for path, name in called.items()}


def _uses(person: User, paths: Sequence[str], *, below: bool) -> QuerySet[AnnotationTag]:
    wanted = Q(tag__path__in=paths)
    if below:
        for path in paths:
            wanted |= Q(tag__path__startswith=path + STEP)
    uses: QuerySet[AnnotationTag] = AnnotationTag.objects.filter(
        wanted, annotation=OuterRef("pk"), tag__in=Tag.objects.visible_to(person)
    )
    return uses


@dataclass(frozen=True, slots=True)
class TaggedExactly(Tagged):
    """The same, without what is below them."""

    def condition(self, person: User, values: Sequence[str]) -> Q:
        return Q(Exists(_uses(person, values, below=False)))


@dataclass(frozen=True, slots=True)
class Author(Tallied):
    """Who made it, by user name."""

    name: str = "author"
    label: str = "Author"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        known = Q(owner__username__in=values)
        return known | Q(owner=None) if NOBODY in values else known

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        return _counted(marks.order_by(), Coalesce("owner__username", Value(NOBODY), output_field=TextField()))

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        """Return the names of those whose annotations this person sees, nobody else's."""
        marks = Annotation.objects.visible_to(person).filter(owner__username__in=values).order_by()
        called = Coalesce(NullIf(F("owner__name"), Value("")), F("owner__username"))
        return {NOBODY: "A former member", **dict(marks.values_list("owner__username", called).distinct())}


@dataclass(frozen=True, slots=True)
class InColour(Tallied):
    """The colour it is drawn in."""

    name: str = "colour"
    label: str = "Colour"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        return Q(colour__in=values)

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        return _counted(marks.order_by(), Cast("colour", TextField()))

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        return {str(value): str(label) for value, label in Colour.choices}


@dataclass(frozen=True, slots=True)
class ForWhom(Tallied):
    """Who may read it: a team by its uid, else the name of the scope."""

    name: str = "for"
    label: str = "Who sees it"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        teams = [found for value in values if (found := _uid(value))]
        return Q(team__uid__in=teams) | Q(team=None, visibility__in=values)

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        of_team = When(team__isnull=False, then=Cast("team__uid", TextField()))
        return _counted(marks.order_by(), Case(of_team, default=Cast("visibility", TextField())))

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        teams = Annotation.objects.visible_to(person).filter(team__isnull=False).order_by()
        named = {str(uid): name for uid, name in teams.values_list("team__uid", "team__name").distinct()}
        return {str(value): str(words) for value, words in SCOPE_WORDS.items()} | named


@dataclass(frozen=True, slots=True)
class OfPeriodical(Tallied):
    """The periodical whose text it is on, as far as that may be read."""

    name: str = "periodical"
    label: str = "Periodical"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        slugs = Q(article__issue__periodical__slug__in=values) | Q(issue__periodical__slug__in=values)
        return slugs & on_readable_text(person, "")

    def tally(self, person: User, marks: QuerySet[Annotation]) -> QuerySet[Any, Any]:
        slug = Coalesce("article__issue__periodical__slug", "issue__periodical__slug", output_field=TextField())
        return _counted(marks.filter(on_readable_text(person, "")).order_by(), slug)

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        return dict(Periodical.objects.filter(slug__in=values).values_list("slug", "name"))


def _counted(rows: Any, choice: Combinable, what: str = "pk") -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = rows.values(valued=choice).annotate(n=Count(what, distinct=True))
    return counted


def _uid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


TAG, TAG_EXACTLY = Tagged(), TaggedExactly()
FILTERS: list[Filter] = [TAG, Author(), InColour(), ForWhom(), OfPeriodical()]


def add_filter(known: Filter) -> None:
    """Let the notebook be filtered by what rooms beside this one know of passages: who adds it knows both."""
    if known not in FILTERS:
        FILTERS.append(known)


# -- What an annotation is in, each said by itself ---------------------------------------------------------------------
STATE_WORDS = {
    "commented": "With comment",
    "untagged": "Without tag",
    "open": "Open threads",
    "resolved": "Resolved",
    "moved": "Words changed",
    "lost": "Not found",
}
WHOSE_WORDS = {"": "Mine and my teams’", "mine": "Mine", "team": "My teams’", "all": "All I may read"}  # noqa: RUF001


def in_state(person: User, state: str) -> Q:
    """Return the condition of annotations in one of STATE_WORDS."""
    own = {"annotation": OuterRef("pk")}
    conditions: dict[str, Any] = {
        "commented": lambda: ~Q(comment=""),
        "untagged": lambda: ~Exists(AnnotationTag.objects.filter(**own, tag__in=Tag.objects.visible_to(person))),
        "open": lambda: Q(Exists(Reply.objects.visible_to(person).filter(**own))) & Q(resolved=None),
        "resolved": lambda: Q(resolved__isnull=False),
        "moved": lambda: Exists(AnnotationSpan.objects.filter(**own, state=SpanState.FUZZY)),
        "lost": lambda: Exists(AnnotationSpan.objects.filter(**own, state=SpanState.ORPHAN)),
    }
    return Q(conditions[state]())


def of_whom(person: User, whose: str) -> Q:
    """Return the condition of one of WHOSE_WORDS, over annotations that the person may see."""
    mine, teams = Q(owner=person), Q(visibility=Visibility.TEAM) & ~Q(owner=person)
    return {"": mine | teams, "mine": mine, "team": teams, "all": Q()}[whose]
