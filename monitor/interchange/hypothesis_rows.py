"""Annotations and replies as one person sees them, made into Hypothesis' objects: a few statements however many they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from monitor.accounts.models import Membership
from monitor.annotations.flag_models import Flag
from monitor.annotations.foreign import placed, placed_digest, said_digest
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.managers import on_readable_text
from monitor.annotations.models import Annotation, AnnotationSpan, Reply, SpanState, Visibility
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.annotations.utf16 import Utf16Ruler
from monitor.interchange.hypothesis_objects import WORLD, MarkObject, note_selectors, passage_selectors, quote_selector
from monitor.library.models import ArticleText

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from monitor.accounts.models import User

BORDER = ForeignMark.Border.HYPOTHESIS
LEFT = "a former member"
SENT = Prefetch("sent", ForeignMark.objects.filter(border=BORDER), to_attr="sent_here")
ABOUT = ("owner", "team")


def mark_objects(
    person: User, *, marks: Collection[int] = (), replies: Collection[int] = (), in_sidebar: bool = False
) -> dict[tuple[bool, int], MarkObject]:
    """Return those of these annotations and replies (primary keys) that this person sees, by (is a reply, key)."""
    rows = _marks(person, marks)
    said = list(Reply.objects.visible_to(person).filter(pk__in=replies).select_related(*ABOUT).prefetch_related(SENT))
    above = {mark.pk: mark for mark in _texts_of({*(reply.annotation_id for reply in said)})}
    facts = _Facts(person, rows, [*rows, *above.values()], said, in_sidebar=in_sidebar)
    found = {(False, mark.pk): facts.of_mark(mark) for mark in rows}
    return found | {(True, reply.pk): facts.of_reply(reply, above[reply.annotation_id]) for reply in said}


def _marks(person: User, keys: Collection[int]) -> list[Annotation]:
    seen = AnnotationTag.objects.filter(tag__in=Tag.objects.visible_to(person)).select_related("tag").order_by("id")
    spans = AnnotationSpan.objects.select_related("note").order_by("position")
    marks = Annotation.objects.visible_to(person).filter(pk__in=keys).select_related(*ABOUT)
    with_text = marks.select_related("article", "issue__periodical")
    return list(
        with_text.prefetch_related(SENT, Prefetch("spans", spans), Prefetch("taggings", seen, to_attr="borne_here"))
    )


def _texts_of(keys: Collection[int]) -> list[Annotation]:
    """Return the annotations that replies answer, for their texts alone."""
    if not keys:
        return []
    return list(Annotation.objects.filter(pk__in=keys).select_related("article", "issue__periodical"))


class _Facts:
    """What objects say beside their own rows, looked up for all of them at once."""

    def __init__(
        self, person: User, marks: Sequence[Annotation], about: Sequence[Annotation], said: Sequence[Reply], *,
        in_sidebar: bool,
    ) -> None:  # fmt: skip
        self.person, self.in_sidebar = person, in_sidebar
        keys = [mark.pk for mark in about]
        readable = Annotation.objects.filter(on_readable_text(person, ""), pk__in=keys)
        # One's own words outlive the text they stand on; its title and address do not.
        self.readable = set(readable.values_list("pk", flat=True)) if keys else set()
        self.texts = _bodies(marks)
        self.names = _full_names(marks)
        self.keeps = set(_teams_kept_by(person))
        self.flagged, self.flags = _flags(person, marks, said)

    def of_mark(self, mark: Annotation) -> MarkObject:
        sent = _sent(mark)
        tags = [use.tag for use in mark.borne_here]  # type: ignore[attr-defined]  # prefetched
        body = sent.body if sent and sent.body_said == said_digest(mark.comment, [tag.path for tag in tags]) else None
        return MarkObject(
            tags=_tags(body, [self.names[tag.pk] for tag in tags]),
            selectors=self._selectors(mark, sent),
            **self._place(mark),
            **self._own(mark, sent, body),
        )

    def of_reply(self, reply: Reply, mark: Annotation) -> MarkObject:
        sent = _sent(reply)
        body = sent.body if sent and sent.body_said == said_digest(reply.comment) else None
        kept = sent.more.get("references", []) if sent else []
        # Those between were answered as well; the first is the annotation whatever a program says.
        between = [one for one in kept[1:] if one != str(mark.uid)]
        return MarkObject(
            tags=_tags(body, []),
            references=(str(mark.uid), *between),
            **self._place(mark) | {"page": reverse("mark", args=[mark.uid]) + f"#r{reply.uid}"},
            **self._own(reply, sent, body),
        )

    def _own(self, row: Annotation | Reply, sent: ForeignMark | None, body: Mapping[str, Any] | None) -> dict[str, Any]:
        key = (isinstance(row, Reply), row.pk)
        shared = row.visibility != Visibility.PRIVATE
        return {
            "id": str(row.uid),
            "username": row.owner.username if row.owner else "",
            "name": row.owner.display_name if row.owner else LEFT,
            "text": body["text"] if body else row.comment,
            "group": _group(row, sent),
            "shared": shared,
            "created": row.created,
            "updated": row.updated,
            "hidden": row.hidden is not None,
            "flagged": key in self.flagged,
            "flags": self.flags[key] if self._may_hide(row) else None,
            "in_sidebar": self.in_sidebar,
            "more": _more(sent),
        }

    def _may_hide(self, row: Annotation | Reply) -> bool:
        if row.visibility == Visibility.EVERYONE:
            return self.person.is_curator
        return row.visibility == Visibility.TEAM and row.team_id in self.keeps

    def _place(self, mark: Annotation) -> dict[str, Any]:
        article, issue = mark.article, mark.issue
        if mark.pk not in self.readable:
            path = reverse("article", args=[article.pk, "-"]) if article else reverse("issue", args=[mark.issue_id])
            return {"path": path, "page": reverse("mark", args=[mark.uid]), "title": ""}
        if article:
            path, title = article.get_absolute_url(), article.title
        else:
            path, title = reverse("issue", args=[mark.issue_id]), f"{issue.periodical} {issue.label}" if issue else ""
        return {"path": path, "page": f"{path}#a{mark.uid}", "title": title}

    def _selectors(self, mark: Annotation, sent: ForeignMark | None) -> list[Any]:
        """Return what a program sent for the passage while it stands there, else how we say where the first one is."""
        spans = list(mark.spans.all())
        if sent and sent.target is not None and sent.target_said == placed_digest(placed(spans)):
            return list(sent.target)
        if not spans:
            return []
        first = spans[0]
        if first.state == SpanState.ORPHAN or (first.note_number is not None and first.note is None):
            return [quote_selector(first.quote, first.prefix, first.suffix)]
        if first.note and first.note_number is not None:
            return list(note_selectors(first.note.text, first.start, first.end, first.note_number))
        return list(passage_selectors(self.texts[mark.article_id or 0], first.start, first.end))


def _sent(row: Annotation | Reply) -> ForeignMark | None:
    return next(iter(row.sent_here), None)  # type: ignore[union-attr]  # prefetched


def _tags(body: Mapping[str, Any] | None, names: list[str]) -> list[str]:
    return list(body["tags"]) if body and body.get("tags") is not None else names


def _group(row: Annotation | Reply, sent: ForeignMark | None) -> str:
    """Return the group it is in: a private one stays where it was written, which lets nobody in."""
    if row.visibility == Visibility.TEAM and row.team:
        return str(row.team.uid)
    if row.visibility == Visibility.PRIVATE and sent and sent.group:
        return sent.group
    return WORLD


def _more(sent: ForeignMark | None) -> dict[str, Any]:
    if sent is None:
        return {}
    from_where = {"via": [sent.origin]} if sent.origin else {}
    by_whom = {"original_user": sent.author} if sent.author else {}
    return {**sent.more.get("keys", {}), **from_where, **by_whom}


def _bodies(marks: Sequence[Annotation]) -> dict[int, Utf16Ruler]:
    wanted = {
        mark.article_id for mark in marks for span in mark.spans.all()
        if span.note_number is None and span.state != SpanState.ORPHAN
    }  # fmt: skip
    if not wanted:
        return {}
    texts = ArticleText.objects.filter(article__in=wanted, version=F("article__text_version"))
    return {article: Utf16Ruler(body) for article, body in texts.values_list("article", "body")}


def _full_names(marks: Sequence[Annotation]) -> dict[int, str]:
    """Return the names of their tags from the root down, as they are typed: `Violence/Prison break`."""
    known: dict[int, Tag] = {use.tag_id: use.tag for mark in marks for use in mark.borne_here}  # type: ignore[attr-defined]
    names = {pk: tag.name for pk, tag in known.items()}
    steps = {pk: tag.parent_id for pk, tag in known.items() if tag.parent_id}
    while steps:
        above = Tag.objects.in_bulk(set(steps.values()))
        names |= {pk: f"{above[parent].name}/{names[pk]}" for pk, parent in steps.items()}
        steps = {pk: further for pk, parent in steps.items() if (further := above[parent].parent_id)}
    return names


def _teams_kept_by(person: User) -> list[int]:
    return list(Membership.objects.filter(user=person, is_team_admin=True).values_list("team", flat=True))


def _flags(
    person: User, marks: Sequence[Annotation], said: Sequence[Reply]
) -> tuple[set[tuple[bool, int]], Counter[tuple[bool, int]]]:
    """Return what this person flagged, and how many people flagged each."""
    of_marks = Q(annotation__in=[mark.pk for mark in marks])
    rows = (
        Flag.objects.filter(of_marks | Q(reply__in=[reply.pk for reply in said]))
        if marks or said
        else Flag.objects.none()
    )
    found = [
        ((reply is not None, reply or mark or 0), who)
        for mark, reply, who in rows.values_list("annotation", "reply", "person")
    ]
    return {key for key, who in found if who == person.pk}, Counter(key for key, _ in found)
