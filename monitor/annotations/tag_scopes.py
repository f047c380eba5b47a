"""Which tag of which scope stands on an annotation: one that everybody who reads the annotation may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.annotations.models import Visibility
from monitor.annotations.tag_models import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.annotations.models import Annotation


def usable_tags(tags: Sequence[Tag], mark: Annotation) -> list[int]:
    """Return the keys of the tags as those who read the annotation know them.

    A tag of a narrower scope gives way to the one of the same path in theirs, which is made if it is not there.
    """
    return [_in_scope(tag, mark).pk for tag in tags]


def _in_scope(tag: Tag, mark: Annotation) -> Tag:
    if tag.owner_id is None and tag.team_id in {None, mark.team_id}:
        return tag
    if mark.visibility == Visibility.PRIVATE and tag.owner_id == mark.owner_id:
        return tag
    twin: Tag | None = None
    for step in _line(tag):
        twin, _ = Tag.objects.get_or_create(
            owner=None,
            team=mark.team,
            path=step.path,
            merged_into=None,
            deleted=None,
            defaults={"name": step.name, "parent": twin, "colour": step.colour, "made_by_id": mark.owner_id},
        )
    return twin or tag


def _line(tag: Tag) -> list[Tag]:
    """Return the tags from the root down to this one."""
    line = [tag]
    while line[-1].parent:
        line.append(line[-1].parent)
    return line[::-1]
