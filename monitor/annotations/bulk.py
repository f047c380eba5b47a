"""One act on many annotations: what may be changed is, what may not is counted, and all of it is undone as one.

Statements do not grow with the number of annotations, only with the scopes and tags among them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from monitor.annotations.actions import MOST_TAGS
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.notices import tell_mentioned
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import Act, may, must_share
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.annotations.tag_scopes import usable_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet

    from monitor.accounts.models import Team, User

    TagsFor = Callable[[str, Team | None], Sequence[Tag]]

MOST_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many annotations an act changed, and how many not: not one's own, so before, or full of tags."""

    changed: int
    foreign: int = 0
    already: int = 0
    full: int = 0


class TooMany(CannotAnnotate):
    """More than can be changed in one act."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"At most {MOST_AT_ONCE:,} annotations are changed at once; these are {count:,}. Narrow the list."
        )


def add_tags(*, marks: QuerySet[Annotation], by: User, tags_for: TagsFor) -> Outcome:
    """Give tags to annotations that `by` may see. `tags_for` is asked once for each scope and team among them."""
    named: dict[tuple[str, int | None], list[int]] = {}

    def tags_of(mark: Annotation) -> set[int]:
        scope = mark.visibility, mark.team_id
        if scope not in named:
            named[scope] = usable_tags(tags_for(mark.visibility, mark.team), mark)
        return _tags_on(mark) | set(named[scope])

    return _retag(marks, by, "tag", "Tagged", tags_of)


def take_tags(*, marks: QuerySet[Annotation], by: User, tags: Iterable[Tag]) -> Outcome:
    """Take tags off annotations."""
    gone = {tag.pk for tag in tags}
    return _retag(marks, by, "untag", "Took tags off", lambda mark: _tags_on(mark) - gone)


def _retag(
    marks: QuerySet[Annotation], by: User, verb: str, done: str, wanted: Callable[[Annotation], set[int]]
) -> Outcome:
    with transaction.atomic():
        own, foreign = _held(marks, by, Act.EDIT)
        then = {mark.pk: wanted(mark) for mark in own}
        fit = [mark for mark in own if len(then[mark.pk]) <= max(MOST_TAGS, len(_tags_on(mark)))]
        changed = [mark for mark in fit if then[mark.pk] != _tags_on(mark)]
        with recorded(by, verb, f"{done} {_annotations(len(changed))}") as recorder:
            recorder.retags(*changed)
            _set_tags({mark: then[mark.pk] for mark in changed}, by)
            _touch(changed)
    return Outcome(len(changed), foreign, len(fit) - len(changed), len(own) - len(fit))


def recolour(*, marks: QuerySet[Annotation], by: User, colour: str) -> Outcome:
    """Draw annotations in another colour."""
    with transaction.atomic():
        own, foreign = _held(marks, by, Act.EDIT)
        changed = [mark for mark in own if mark.colour != colour]
        with recorded(by, "colour", f"Recoloured {_annotations(len(changed))}") as recorder:
            recorder.changes(*changed)
            _touch(changed, colour=colour)
    return Outcome(len(changed), foreign, len(own) - len(changed))


def share(*, marks: QuerySet[Annotation], by: User, visibility: str, team: Team | None) -> Outcome:
    """Let others read annotations, or no longer; their tags move to where the new readers see them."""
    must_share(by, visibility, team)
    readers = team if visibility == Visibility.TEAM else None
    with transaction.atomic():
        own, foreign = _held(marks, by, Act.SHARE)
        changed = [mark for mark in own if (mark.visibility, mark.team) != (visibility, readers)]
        with recorded(by, "share", f"Changed who may read {_annotations(len(changed))}") as recorder:
            recorder.changes(*changed)
            for mark in changed:
                mark.visibility, mark.team = visibility, readers
            _touch(changed, visibility=visibility, team=readers)
            _set_tags(_tags_for_readers(changed), by)
            for mark in changed:
                if "@" in mark.comment:
                    tell_mentioned(mark)
    return Outcome(len(changed), foreign, len(own) - len(changed))


def _tags_for_readers(marks: Sequence[Annotation]) -> dict[Annotation, set[int]]:
    """Return the tags of annotations, all of one owner and scope now, as its readers know them."""
    worn = {use.tag_id for mark in marks for use in mark.taggings.all()}
    known = {tag.pk: usable_tags([tag], marks[0]) for tag in Tag.objects.filter(pk__in=worn)}
    return {mark: {pk for tag in _tags_on(mark) for pk in known[tag]} for mark in marks}


def delete(*, marks: QuerySet[Annotation], by: User) -> Outcome:
    """Put annotations into their owner's trash, where they stay for 30 days."""
    with transaction.atomic():
        own, foreign = _held(marks, by, Act.DELETE)
        with recorded(by, "delete", f"Deleted {_annotations(len(own))}") as recorder:
            recorder.changes(*own)
            _touch(own, deleted=timezone.now())
    return Outcome(len(own), foreign)


def _held(marks: QuerySet[Annotation], by: User, act: Act) -> tuple[list[Annotation], int]:
    """Lock the annotations; return those with which `by` may do this, and how many others there are. Raises TooMany."""
    seen = marks.order_by().values("pk")
    rows = Annotation.objects.filter(pk__in=seen, deleted=None).order_by("pk").select_for_update(of=("self",))
    held = list(rows.select_related("team", "owner").prefetch_related("spans", "taggings")[: MOST_AT_ONCE + 1])
    if len(held) > MOST_AT_ONCE:
        raise TooMany(marks.order_by().values("pk").distinct().count())
    own = [mark for mark in held if may(by, act, mark)]
    return own, len(held) - len(own)


def _tags_on(mark: Annotation) -> set[int]:
    return {use.tag_id for use in mark.taggings.all()}  # prefetched


def _set_tags(wanted: dict[Annotation, set[int]], by: User) -> None:
    gone: dict[int, list[int]] = defaultdict(list)
    for mark, tags in wanted.items():
        for tag in _tags_on(mark) - tags:
            gone[tag].append(mark.pk)
    for tag, keys in gone.items():
        AnnotationTag.objects.filter(tag=tag, annotation__in=keys).delete()
    new = ((mark, tag) for mark, tags in wanted.items() for tag in sorted(tags - _tags_on(mark)))
    AnnotationTag.objects.bulk_create(
        (AnnotationTag(annotation=mark, tag_id=tag, added_by=by) for mark, tag in new), ignore_conflicts=True
    )


def _touch(marks: Iterable[Annotation], **facts: Any) -> None:
    rows = Annotation.objects.filter(pk__in=[mark.pk for mark in marks])
    rows.update(revision=F("revision") + 1, updated=Now(), **facts)


def _annotations(count: int) -> str:
    return "1 annotation" if count == 1 else f"{count:,} annotations"
