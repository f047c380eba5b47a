"""Whether a person may still do what undoing or redoing would do: roles change, teams are left, texts are withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.accounts.models import Team
from monitor.annotations.models import Visibility
from monitor.annotations.permissions import Act, may_keep, may_make_tags, must, must_share
from monitor.annotations.refusals import NotYours
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation, Reply
    from monitor.annotations.snapshots import Snapshot

CODEBOOK = "The shared codebook is kept by curators; ask one to take this back."


def must_turn(person: User, row: Any, *, now: Snapshot, then: Snapshot, is_new: bool) -> None:
    """Raise NotYours unless this person may make a row from what it is `now` what it was `then`.

    `is_new` says that the act made the row: its maker may take that back as long as nobody else uses it.
    """
    changed = {name for name, value in then.items() if now.get(name) != value}
    if isinstance(row, Tag):
        _must_turn_tag(person, row, is_new=is_new)
    elif row.owner_id == person.pk:
        if changed & {"visibility", "team_id"}:
            _must_share(person, then)
        _must_judge(person, row, changed)
    elif changed <= {"tags"}:
        _must_retag(person, set(now.get("tags") or ()) ^ set(then.get("tags") or ()))
    else:
        if not type(row).objects.visible_to(person).filter(pk=row.pk).exists():
            raise NotYours("You cannot read any more what this changed. Nothing was touched.")
        _must_judge(person, row, changed)


def _must_share(person: User, then: Snapshot) -> None:
    if then["visibility"] != Visibility.PRIVATE:  # a bulk act asks for each of its rows
        must_share(person, then["visibility"], Team.objects.filter(pk=then["team_id"]).first())


def _must_judge(person: User, row: Annotation | Reply, changed: set[str]) -> None:
    if "hidden" in changed:
        must(person, Act.HIDE, row)
    if "resolved" in changed:
        must(person, Act.RESOLVE, row)


def _must_turn_tag(person: User, tag: Tag, *, is_new: bool) -> None:
    if may_keep(tag, person):
        return
    if not is_new or not may_make_tags(person, tag.team_id):
        raise NotYours(CODEBOOK)
    if AnnotationTag.objects.filter(tag=tag).exclude(annotation__owner=person).exists():
        raise NotYours(f"Others use the tag “{tag.name}” by now. Ask a curator to delete it.")


def _must_retag(person: User, tags: set[int]) -> None:
    """Other people's annotations change their tags with the codebook alone, so these are for its keepers."""
    if not all(may_keep(tag, person) for tag in Tag.objects.filter(pk__in=tags)):
        raise NotYours(CODEBOOK)
