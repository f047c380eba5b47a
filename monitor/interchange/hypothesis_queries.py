"""From a search of a Hypothesis program to the annotations and replies this person sees: conditions, order and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, Func, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import get_script_prefix

from monitor.accounts.models import User
from monitor.annotations.codebook import DEEPEST
from monitor.annotations.folded_words import Folded, KeptFolded, Matches
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.hits import is_unspaced, words_of
from monitor.annotations.models import Annotation, AnnotationSpan, Reply, Visibility
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.interchange.hypothesis_objects import FORMER, WORLD, username_of
from monitor.interchange.hypothesis_search import like_of
from monitor.interchange.iris import our_address
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from monitor.interchange.hypothesis_objects import Site
    from monitor.interchange.hypothesis_search import AskedRows

MOST_WORDS = 30
MOST_REPLIES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows as (is a reply, primary key), how many there are in all, and the replies to those of the page."""

    rows: list[tuple[bool, int]]
    total: int
    replies: list[tuple[bool, int]]


def search_rows(asked: AskedRows, person: User, site: Site, hosts: Collection[str]) -> Found:
    """Return what is asked, in its order; rows of both tables are one list, unless replies are asked for apart."""
    marks = Annotation.objects.visible_to(person).filter(_marks_where(asked, person, site, hosts)).order_by()
    replies = Reply.objects.visible_to(person).filter(_replies_where(asked, person, site, hosts)).order_by()
    if asked.separate_replies:
        replies = replies.none()
    total = marks.count() + replies.count()
    if not asked.limit:
        return Found([], total, [])
    both = _ordered(marks, asked, site, is_reply=False).union(_ordered(replies, asked, site, is_reply=True), all=True)
    sign = "-" if asked.descending else ""
    page = both.order_by(f"{sign}place", f"{sign}is_reply", f"{sign}pk")[asked.offset : asked.offset + asked.limit]
    rows = [(row["is_reply"], row["pk"]) for row in page]
    return Found(rows, total, _answers(rows, person) if asked.separate_replies else [])


def _answers(rows: Sequence[tuple[bool, int]], person: User) -> list[tuple[bool, int]]:
    replies = Reply.objects.visible_to(person).filter(annotation__in=[key for _, key in rows])
    return [(True, key) for key in replies.order_by("created", "id").values_list("pk", flat=True)[:MOST_REPLIES]]


def _ordered(rows: QuerySet[Any], asked: AskedRows, site: Site, *, is_reply: bool) -> QuerySet[Any]:
    placed = rows.annotate(place=_place(asked.sort, is_reply=is_reply), is_reply=Value(is_reply, BooleanField()))
    if asked.after is not None:
        placed = placed.filter(**{"place__lt" if asked.descending else "place__gt": _after(asked, site)})
    rows_of_page: QuerySet[Any] = placed.values("place", "is_reply", "pk")
    return rows_of_page


def _place(sort: str, *, is_reply: bool) -> Any:
    """Return what rows are sorted by. Names are compared as they are looked for, without case."""
    if sort in {"updated", "created"}:
        return F(sort)
    if sort == "id":
        return Cast("uid", TextField())
    if sort == "user":
        return Lower(Coalesce("owner__username", Value("")))
    return Case(
        When(visibility=Visibility.TEAM, then=Cast("team__uid", TextField())),
        When(visibility=Visibility.EVERYONE, then=Value(WORLD)),
        default=Coalesce(Subquery(_sent(is_reply=is_reply).exclude(group="").values("group")[:1]), Value(WORLD)),
        output_field=TextField(),
    )


def _sent(*, is_reply: bool) -> QuerySet[ForeignMark]:
    own = {"reply" if is_reply else "annotation": OuterRef("pk")}
    sent: QuerySet[ForeignMark] = ForeignMark.objects.filter(**own, border=ForeignMark.Border.HYPOTHESIS)
    return sent


def _after(asked: AskedRows, site: Site) -> Any:
    if asked.sort != "user" or not isinstance(asked.after, str):
        return asked.after
    name = username_of(asked.after, site.authority)
    return (asked.after if name is None or name == FORMER else name).lower().replace(FORMER, "")


def _where(asked: AskedRows, site: Site) -> Q:
    """Return the conditions that annotations and replies share."""
    where = Q()
    if asked.users:
        names = {(username_of(user, site.authority) or "").lower() for user in asked.users}
        where &= Q(
            owner__in=User.objects.annotate(folded=Lower("username")).filter(folded__in=names - {""}).values("pk")
        )
    return where


def _marks_where(asked: AskedRows, person: User, site: Site, hosts: Collection[str]) -> Q:
    where = _where(asked, site) & _about(asked, hosts, "") & _in_groups(asked, is_reply=False)
    if asked.references:
        return Q(pk__in=[])
    for tag in asked.tags:
        where &= Q(Exists(AnnotationTag.objects.filter(annotation=OuterRef("pk"), tag__in=tags_of_name(tag, person))))
    for pattern in _patterns(asked.text):
        where &= Q(Matches(KeptFolded("comment"), Value(pattern)))
    for pattern in _patterns(asked.quote):
        where &= Q(Exists(_quotes(pattern)))
    for pattern in _patterns(asked.anywhere):
        where &= (
            Q(Matches(KeptFolded("comment"), Value(pattern)))
            | Exists(_quotes(pattern))
            | Exists(
                AnnotationTag.objects.filter(
                    Matches(Folded(F("tag__name")), Value(pattern)),
                    annotation=OuterRef("pk"),
                    tag__in=Tag.objects.visible_to(person),
                )
            )
        )
    return where


def _replies_where(asked: AskedRows, person: User, site: Site, hosts: Collection[str]) -> Q:
    if asked.tags or _patterns(asked.quote):
        return Q(pk__in=[])
    where = _where(asked, site) & _about(asked, hosts, "annotation__") & _in_groups(asked, is_reply=True)
    for pattern in (*_patterns(asked.text), *_patterns(asked.anywhere)):
        where &= Q(Matches(Folded(F("comment")), Value(pattern)))
    if asked.references:
        answered = Q(annotation__uid__in=[uid for one in asked.references if (uid := as_uid(one))])
        for one in asked.references:
            answered |= Q(Exists(_sent(is_reply=True).filter(more__references__contains=[one])))
        where &= answered
    return where


def _quotes(pattern: str) -> QuerySet[AnnotationSpan]:
    spans: QuerySet[AnnotationSpan] = AnnotationSpan.objects.filter(
        Matches(KeptFolded("quote"), Value(pattern)), annotation=OuterRef("pk")
    )
    return spans


def _patterns(typed: str) -> list[str]:
    """Return a regular expression for each word, folded and whole: `n1` is not in `n11`."""
    words = dict.fromkeys(word.folded for word in words_of(typed))
    return [word if is_unspaced(word[0]) else rf"\m{word}\M" for word in words][:MOST_WORDS]


def tags_of_name(name: str, person: User) -> list[int]:
    """Return the tags (primary keys) whose whole name this is, in any case: `Violence/Raid`, or `violence/raid`."""
    steps = [folded_name(step) for step in name.split("/") if step.strip()]
    if len(steps) > DEEPEST:
        return []
    rows = Tag.objects.visible_to(person)
    path = Q(path__iexact=name)
    found = Q(key=steps[-1]) if steps else Q(pk__in=[])
    for depth, step in enumerate(reversed(steps)):
        found &= Q(**{"__".join(["parent"] * depth + ["key"]): step})
    root = Q(**{"__".join(["parent"] * len(steps)): None}) if steps else Q()
    return list(rows.filter(path | (found & root)).values_list("pk", flat=True))


def _in_groups(asked: AskedRows, *, is_reply: bool) -> Q:
    where = Q(pk__in=[]) if asked.groups else Q()
    for group in asked.groups:
        filed = _sent(is_reply=is_reply).filter(group=group)
        if group == WORLD:
            elsewhere = _sent(is_reply=is_reply).exclude(group__in=["", WORLD])
            where |= Q(visibility=Visibility.EVERYONE) | (Q(visibility=Visibility.PRIVATE) & ~Q(Exists(elsewhere)))
            continue
        where |= Q(visibility=Visibility.PRIVATE) & Q(Exists(filed))
        if uid := as_uid(group):
            where |= Q(visibility=Visibility.TEAM, team__uid=uid)
    return where


def _about(asked: AskedRows, hosts: Collection[str], path: str) -> Q:
    """Return the condition that rows are about one of the documents named, or that match one of the patterns."""
    if not asked.uris and not asked.patterns:
        return Q()
    where, prefix = Q(pk__in=[]), get_script_prefix().rstrip("/")
    for uri in asked.uris:
        found = our_address(uri, hosts, prefix=prefix)
        if found and found.kind in {"article", "issue"}:
            where |= Q(**{f"{path}{found.kind}": found.number})
    for pattern in asked.patterns:
        parts = urlsplit(pattern)
        at = our_address(f"{parts.scheme}://{parts.netloc}{prefix}/", hosts, prefix=prefix)
        if at and pattern.startswith(begun := f"{parts.scheme}://{parts.netloc}{prefix}"):
            like = Value(like_of(pattern.removeprefix(begun)))
            where |= Q(Like(_path_of(path, "article"), like)) | Q(Like(_path_of(path, "issue"), like))
    return where


def _path_of(path: str, kind: str) -> Any:
    key = Cast(f"{path}{kind}", TextField())
    slug = [F(f"{path}article__slug"), Value("/")] if kind == "article" else []
    # None where it is about the other kind, and that is like nothing.
    return Joined(Value(f"/{kind}s/"), key, Value("/"), *slug)


def as_uid(written: str) -> UUID | None:
    """Return the identity that is written so, and no other way of writing it."""
    try:
        found = UUID(written)
    except ValueError:
        return None
    return found if str(found) == written.lower() else None


class Like(Func):
    """Whether a text is as a pattern of LIKE says."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()


class Joined(Func):
    """Texts one after the other; nothing where one of them is missing."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()
