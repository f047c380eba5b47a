"""Tagging many places at once: an annotation on each, made by one act that is undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.annotations.models import Annotation, AnnotationSpan, Visibility
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import must_share
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.snapshots import mark_snapshot
from monitor.annotations.spans import take_passage
from monitor.annotations.tag_models import AnnotationTag
from monitor.annotations.tag_scopes import usable_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.accounts.models import Team, User
    from monitor.annotations.occurrence_queries import Place
    from monitor.annotations.tag_models import Tag


def tag_places(
    *, places: Sequence[Place], texts: Mapping[tuple[int, int | None], str], by: User, tags: Sequence[Tag],
    visibility: str = Visibility.PRIVATE, team: Team | None = None,
) -> list[Annotation]:  # fmt: skip
    """Mark each place, in a text that `by` may read, with these tags; `texts` are those the places stand in.

    Raises NotYours, NotYourTeam, and CannotAnnotate where no tag is named.
    """
    must_share(by, visibility, team)
    if not tags:
        raise CannotAnnotate("Name the tag that these places are to bear.")
    spans = [found for place in places if (found := _span(place, texts[place.article, place.note]))]
    count = "1 place" if len(spans) == 1 else f"{len(spans):,} places"
    with recorded(by, "tag all", f"Tagged {count} with “{tags[0].name}”") as recorder:
        colour, team = tags[0].colour, team if visibility == Visibility.TEAM else None
        marks = Annotation.objects.bulk_create(
            Annotation(owner=by, article_id=place.article, colour=colour, visibility=visibility, team=team)
            for place, _ in spans
        )
        keys = usable_tags(tags, marks[0]) if marks else []
        for mark, (_, span) in zip(marks, spans, strict=True):
            span.annotation = mark
            recorder.made(mark, mark_snapshot(mark, [span], keys))
        AnnotationSpan.objects.bulk_create(span for _, span in spans)
        AnnotationTag.objects.bulk_create(
            AnnotationTag(annotation=mark, tag_id=key, added_by=by) for mark in marks for key in keys
        )
    return marks


def _span(place: Place, text: str) -> tuple[Place, AnnotationSpan] | None:
    passage = take_passage(text, place.start, place.end)
    if passage is None:
        return None
    span = AnnotationSpan(
        note_id=place.note,
        note_number=place.note_number,
        text_version=place.version,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        prefix=passage.prefix,
        suffix=passage.suffix,
    )
    return place, span
