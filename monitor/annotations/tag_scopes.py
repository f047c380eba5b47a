"""Which tag of which scope stands on an annotation: one that everybody who reads the annotation may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.annotations.codebook import free_path
from monitor.annotations.models import Visibility
from monitor.annotations.tag_models import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation


def usable_tags(tags: Iterable[Tag], mark: Annotation) -> list[int]:
    """Return the keys of the tags as those who read the annotation know them.

    A private annotation bears any tag its owner may see. One that is shared gives up tags of a narrower scope for those
    of the same names in its readers' scope, which are made if they are not there; a tag that its owner may not see any
    more is let go: nobody is told its name.
    """
    known = list(tags)
    foreign = [tag.pk for tag in known if tag.owner_id is not None or tag.team_id is not None]
    if mark.owner and foreign:
        seen = set(Tag.objects.visible_to(mark.owner).filter(pk__in=foreign).values_list("pk", flat=True))
        known = [tag for tag in known if tag.pk in seen or tag.pk not in foreign]
    return [_in_scope(tag, mark).pk for tag in known]


def unseen_tags(mark: Annotation, person: User) -> set[int]:
    """Return the keys of its tags that this person may not see, as those of a team they have left."""
    seen = Tag.objects.visible_to(person)
    return set(mark.taggings.exclude(tag__in=seen).values_list("tag", flat=True))


def _in_scope(tag: Tag, mark: Annotation) -> Tag:
    if mark.visibility == Visibility.PRIVATE or (tag.owner_id is None and tag.team_id in {None, mark.team_id}):
        return tag
    twin: Tag | None = None
    for step in _line(tag):
        twin = _twin(step, twin, mark)
    return twin or tag


def _twin(tag: Tag, parent: Tag | None, mark: Annotation) -> Tag:
    """Return the tag of this name below `parent` in the readers' scope; names tell tags apart, not their addresses."""
    scope: dict[str, Any] = {"owner": None, "team": mark.team}
    place = {**scope, "parent": parent, "merged_into": None, "deleted": None}
    found: Tag | None = Tag.objects.filter(**place, key=tag.key).first()
    if found:
        return found
    own = {"name": tag.name, "path": free_path(parent, tag.name, scope), "colour": tag.colour}
    made: Tag = Tag.objects.get_or_create(**place, key=tag.key, defaults={**own, "made_by_id": mark.owner_id})[0]
    return made


def _line(tag: Tag) -> list[Tag]:
    """Return the tags from the root down to this one."""
    line = [tag]
    while line[-1].parent:
        line.append(line[-1].parent)
    return line[::-1]
