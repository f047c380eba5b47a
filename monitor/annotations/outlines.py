"""All annotations of an article, each with no more than a page needs to draw its marks and a place for its card.

An article may bear thousands. Their words, replies and rights would be most of its page; those come for the cards that
are looked at. Rows are lists without the names of their columns, which would be most of what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, JSONField, OuterRef, Value

from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from monitor.accounts.models import User

    Person = User | AnonymousUser
    Row = list[Any]

MARK = ("uid", "owner_id", "owner__username", "owner__name", "colour", "visibility", "resolved")
SPAN = ("note_id", "note_number", "start", "end", "state")
TAG = ("tag__path", "tag__name")


@dataclass(frozen=True, slots=True)
class OutlinedSpan:
    """A passage: `start` to `end` in the running text (`note` None) or in a printed note, by its key."""

    note: int | None
    start: int
    end: int
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """One annotation; `spans` are those that stand somewhere, `is_on_whole` says that it never had any."""

    uid: str
    owner: int | None
    by: str
    colour: str
    visibility: str
    is_resolved: bool
    is_on_whole: bool
    spans: tuple[OutlinedSpan, ...]
    tags: tuple[tuple[str, str], ...]  # path and name


class JSONRow(Func):
    """The columns of a row as a JSON list."""

    function = "JSONB_BUILD_ARRAY"
    output_field = JSONField()


def outlines_in_articles(person: Person) -> Combinable:
    """Return an expression for a queryset of articles: what `outlines_of` takes, of all this person may see on each."""
    if not person.is_authenticated:
        return Value([], JSONField())
    marks = Annotation.objects.visible_to(person).filter(article=OuterRef("pk")).order_by("created", "id")
    return ArraySubquery(outline_rows(marks, person))


def outline_rows(marks: QuerySet[Annotation], person: Person) -> Any:
    """Return annotations as rows for `outlines_of`, in one statement however many they are."""
    own = {"annotation": OuterRef("pk")}
    labels = AnnotationTag.objects.filter(**own, tag__in=Tag.objects.visible_to(person))
    spans = _rows(AnnotationSpan.objects.filter(**own).order_by("position"), SPAN)
    return marks.values(row=JSONRow(*_columns(MARK), spans, _rows(labels.order_by("id"), TAG)))


def outlines_of(rows: Iterable[Row]) -> list[Outline]:
    return [
        Outline(
            uid=uid,
            owner=owner,
            by=name_of(username, name),
            colour=colour,
            visibility=visibility,
            is_resolved=resolved is not None,
            is_on_whole=not spans,
            spans=tuple(_standing(spans)),
            tags=tuple((path, name) for path, name in tags),
        )
        for uid, owner, username, name, colour, visibility, resolved, spans, tags in rows
    ]


def _standing(spans: Iterable[Row]) -> Iterable[OutlinedSpan]:
    for note, number, start, end, state in spans:
        # A passage of a printed note that is gone stands nowhere, whatever its last place was.
        if state != SpanState.ORPHAN and (number is None or note is not None):
            yield OutlinedSpan(note, start, end, state == SpanState.FUZZY)


def name_of(username: str | None, name: str | None) -> str:
    """Return the name of who wrote something; accounts can be gone."""
    return name or username or "a former member"


def _rows(rows: QuerySet[Any], columns: Iterable[str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONRow(*_columns(columns))))


def _columns(names: Iterable[str]) -> Iterable[F]:
    return (F(name) for name in names)
