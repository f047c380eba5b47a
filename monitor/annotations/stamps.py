"""What changes with the annotations a person sees on an article or issue, and with nothing else: part of a page's validator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Func, IntegerField, JSONField, Max, Subquery, Sum, TextField, Value
from django.db.models.functions import JSONObject

from monitor.accounts.models import User
from monitor.annotations.at_hand import own_pins, own_teams
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.tag_models import Tag

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

SAID = ("pk", "revision", "owner__name", "owner__username", "team__name")


def seen_marks(person: User | AnonymousUser, article: int) -> Combinable:
    """Return an expression for `library.stamps.library_stamp`: annotations, replies and tags as this person sees them.

    Derived from what is visible to them: another's private annotation must not move it.
    """
    return _seen(person, "article", article)


def seen_marks_on_issue(person: User | AnonymousUser, issue: int) -> Combinable:
    """Return the same for annotations on an issue as a whole."""
    return _seen(person, "issue", issue)


def seen_everywhere(person: User | AnonymousUser) -> Combinable:
    """Return the same for every annotation this person sees, wherever it is."""
    return _seen(person)


def _seen(person: User | AnonymousUser, about: str = "", key: int = 0) -> Combinable:
    if not isinstance(person, User):
        return Value("")
    marks, replies = Annotation.objects.visible_to(person), Reply.objects.visible_to(person)
    if about:
        marks, replies = marks.filter(**{about: key}), replies.filter(**{f"annotation__{about}": key})
    return JSONObject(
        marks=_facts(marks, said=_said("resolved_by__username")),
        replies=_facts(replies, said=_said()),
        spans=_facts(marks, states=Sum("spans__score"), places=Sum("spans__start")),
        tags=_facts(Tag.objects.visible_to(person)),
        pins=own_pins(person),
        teams=own_teams(person),
    )


def seen_tags(person: User | AnonymousUser) -> Combinable:
    """Return an expression for what lists of articles by tag say: every tag and tagged annotation this person sees."""
    if not isinstance(person, User):
        return Value("")
    marks = Annotation.objects.visible_to(person).filter(taggings__isnull=False)
    return JSONObject(marks=_facts(marks, said=_said("taggings__tag")), tags=_facts(Tag.objects.visible_to(person)))


def _said(*more: str) -> Sum:
    """Return what changes when other rows take the place of these, or somebody on them gets another name."""
    words = Func(Value("|"), *SAID, *more, function="concat_ws", output_field=TextField())
    return Sum(Func(words, function="hashtext", output_field=IntegerField()))


def _facts(rows: QuerySet[Any], **more: Any) -> Subquery:
    facts = JSONObject(n=Count("pk"), newest=Max("updated"), revisions=Sum("revision"), **more)
    grouped = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them").annotate(facts=facts)
    return Subquery(grouped.values("facts"), output_field=JSONField())
