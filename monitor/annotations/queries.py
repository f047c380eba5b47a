"""What pages show of annotations. Everything starts at `visible_to`, so hidden rows count nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from monitor.accounts.models import Membership
from monitor.annotations.managers import on_readable_text
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models.expressions import Combinable

    from monitor.accounts.models import User

    Person = User | AnonymousUser

# Rows as JSON, by the names of their columns in it: one statement brings a page all its cards.
SPANS = {name: name for name in ("note_id", "note_number", "start", "end", "quote", "state", "score", "candidate")} | {
    "version": "text_version"
}
TAGS = {"pk": "tag_id", "name": "tag__name", "path": "tag__path", "colour": "tag__colour"}
WORDS = {
    "uid": "uid",
    "owner": "owner_id",
    "username": "owner__username",
    "name": "owner__name",
    "comment": "comment",
    "visibility": "visibility",
    "team": "team__name",
    "created": "created",
    "updated": "updated",
    "revision": "revision",
    "hidden": "hidden",
}
MARK = WORDS | {
    "pk": "pk",
    "colour": "colour",
    "resolved": "resolved",
    "resolved_by": "resolved_by__username",
    "deleted": "deleted",
    "article": "article_id",
    "issue": "issue_id",
}


def find_mark_or_reply(uid: UUID | None, person: Person) -> Annotation | Reply | None:
    """Return the annotation or reply with this id, if this person sees it."""
    if uid is None:
        return None
    mark: Annotation | None = Annotation.objects.visible_to(person).filter(uid=uid).select_related("team").first()
    if mark:
        return mark
    reply: Reply | None = Reply.objects.visible_to(person).filter(uid=uid).select_related("annotation", "team").first()
    return reply


def marks_of_articles(person: Person, *, most: int) -> Combinable:
    """Return an expression for a queryset of articles: what this person may see of each one's annotations.

    Of more than `most` those that come first in the text, after words on the whole article.
    """
    if not person.is_authenticated:
        return Value([], JSONField())
    firsts = AnnotationSpan.objects.filter(annotation=OuterRef("pk")).order_by("position").values("start")[:1]
    marks = Annotation.objects.visible_to(person).filter(article=OuterRef("pk"))
    in_order = marks.order_by(Subquery(firsts).asc(nulls_first=True), "created", "id")
    return ArraySubquery(as_rows(in_order[:most], person))


def as_rows(marks: QuerySet[Annotation], person: Person) -> Any:
    """Return annotations as dictionaries with all that a card shows, in one statement however many they are.

    `spans` are the passages in their order, `tags` those this person may see, `replies` likewise, oldest first; `member`
    and `keeper` say whether the person is in its team, and runs it.
    """
    own = {"annotation": OuterRef("pk")}
    # Nobody learns the name of a tag that is not theirs to see.
    labels = AnnotationTag.objects.filter(**own, tag__in=Tag.objects.visible_to(person))
    nested = {
        "spans": _rows(AnnotationSpan.objects.filter(**own).order_by("position"), SPANS),
        "tags": _rows(labels.order_by("id"), TAGS),
        "replies": _rows(Reply.objects.visible_to(person).filter(**own).order_by("created", "id"), WORDS),
    }
    teams = Membership.objects.filter(user=person.pk, team=OuterRef("team"))
    # What this person may do hangs on their place in its team; asking for it row by row would cost a query each.
    places = {"member": Exists(teams), "keeper": Exists(teams.filter(is_team_admin=True))}
    return marks.values(row=JSONObject(**MARK, **nested, **places))


def mark_rows(marks: QuerySet[Annotation], person: Person) -> list[dict[str, Any]]:
    return [found["row"] for found in as_rows(marks, person)]


def counts_by_article(person: Person, articles: list[int]) -> dict[int, int]:
    """Return how many annotations this person may see in each of these articles."""
    marks = Annotation.objects.visible_to(person).filter(article__in=articles)
    return dict(marks.values_list("article").annotate(n=Count("pk")).order_by())


def on_readable_texts(person: User, marks: Iterable[int]) -> set[int]:
    """Return those of these annotations (keys) whose text this person may read: one's own outlive it, its title does not."""
    return set(Annotation.objects.filter(on_readable_text(person, ""), pk__in=marks).values_list("pk", flat=True))


def tags_by_use(person: Person, *, article: int | None = None) -> QuerySet[Tag]:
    """Return the tags this person may use: those used in this article and by them lately first, then all by name."""
    uses = AnnotationTag.objects.filter(tag=OuterRef("pk")).order_by("-id").values("id")
    here = uses.filter(annotation__in=Annotation.objects.visible_to(person).filter(article=article))
    tags = Tag.objects.visible_to(person).annotate(
        here=Subquery(here[:1]), lately=Subquery(uses.filter(added_by=person.pk)[:1])
    )
    ranked: QuerySet[Tag] = tags.order_by(F("here").desc(nulls_last=True), F("lately").desc(nulls_last=True), "path")
    return ranked


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
