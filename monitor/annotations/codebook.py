"""The codebook: making, renaming, moving, merging, splitting and deleting tags, each one act that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.text import slugify

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.models import Membership
from monitor.annotations.models import Annotation
from monitor.annotations.operations import Recorder, recorded
from monitor.annotations.permissions import may_keep
from monitor.annotations.refusals import CannotAnnotate, NotYours, NotYourTeam, Stale
from monitor.annotations.tag_models import AnnotationTag, Tag, TagAddress
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from monitor.accounts.models import Team, User

LONGEST_NAME = 80  # characters
LONGEST_KEY = 160
LONGEST_PATH = 400
DEEPEST = 6
STEP = "/"


def make_tag(
    *, name: str, by: User, parent: Tag | None = None, team: Team | None = None, private: bool = False, colour: str = "",
) -> Tag:  # fmt: skip
    """Return the tag of this name below `parent`, made if it is not there. A name may hold steps: "violence/raid".

    Shared tags and those of one's teams need the role of analyst; own ones nobody's leave.
    """
    _must_make(by, team, private=private)
    scope: dict[str, Any] = {"owner": by if private else None, "team": team}
    tag, steps = parent, _steps(name)
    _must_not_be_too_deep(parent, len(steps))
    for step in steps:
        tag = _child(tag, step, scope, by, colour)
    if tag is None:
        raise CannotAnnotate("Give the tag a name.")
    return tag


def _steps(name: str) -> list[str]:
    steps = [" ".join(step.split()) for step in name.split(STEP)]
    steps = [step for step in steps if step]
    # One sign may fold to many: a ligature is its letters.
    if any(len(step) > LONGEST_NAME or len(folded_name(step)) > LONGEST_KEY for step in steps):
        raise CannotAnnotate(f"The name of a tag has at most {LONGEST_NAME} characters.")
    if any(not step.isprintable() for step in steps):
        raise CannotAnnotate("The name of a tag has letters, digits and signs, no control characters.")
    return steps


def _child(parent: Tag | None, name: str, scope: dict[str, Any], by: User, colour: str) -> Tag:
    siblings = Tag.objects.filter(**scope, parent=parent, key=folded_name(name), merged_into=None, deleted=None)
    found: Tag | None = siblings.first()
    try:
        return found or _made_child(parent, name, scope, by, colour)
    except IntegrityError:  # somebody made it, or one of the same address, between the look and this
        return siblings.first() or _made_child(parent, name, scope, by, colour)


def _made_child(parent: Tag | None, name: str, scope: dict[str, Any], by: User, colour: str) -> Tag:
    with recorded(by, "create tag", f"Made the tag “{name}”") as recorder:
        above = _still_there(parent) if parent else None
        path = free_path(above, name, scope)
        own = {"colour": colour} if colour else {"colour": above.colour} if above else {}
        tag: Tag = Tag.objects.create(**scope, parent=above, name=name, path=path, made_by=by, **own)
        recorder.made(tag)
    return tag


def rename_tag(*, tag: Tag, by: User, revision: int, name: str) -> Tag:
    """Give it another name; its old address leads to it. Raises Stale, NotYours, CannotAnnotate if the name is taken."""
    steps = _steps(name)
    if len(steps) != 1:
        raise CannotAnnotate("Give the tag one name, without “/”.")
    with recorded(by, "rename tag", f"Renamed “{tag.name}” to “{steps[0]}”") as recorder:
        held = _hold(tag, by, revision)
        _must_be_free(held, held.parent, steps[0])
        subtree = _record_subtree(recorder, held)
        held.name = steps[0]
        _set_path(held, subtree, free_path(held.parent, steps[0], _scope(held), but=held))
    return held


def move_tag(*, tag: Tag, by: User, revision: int, parent: Tag | None) -> Tag:
    """Put it, with all below it, below another tag of its scope, or at the root."""
    with recorded(by, "move tag", f"Moved “{tag.name}”") as recorder:
        above = _lock_both(tag, parent)
        held = _hold(tag, by, revision)
        _must_take(held, above)
        _must_be_free(held, above, held.name)
        subtree = _record_subtree(recorder, held)
        _must_not_be_too_deep(above, _levels(held, subtree))
        held.parent = above
        _set_path(held, subtree, free_path(above, held.name, _scope(held), but=held))
    return held


def describe_tag(*, tag: Tag, by: User, revision: int, definition: str, example: str, colour: str) -> Tag:
    with recorded(by, "describe tag", f"Changed “{tag.name}”") as recorder:
        held = _hold(tag, by, revision)
        recorder.changes(held)
        held.definition, held.example, held.colour = definition.strip(), example.strip(), colour
        _save(held)
    return held


def merge_tags(*, tag: Tag, into: Tag, by: User, revision: int) -> Tag:
    """Make one tag of two: what bears `tag` bears `into`, its children move there, its address leads there."""
    with recorded(by, "merge tags", f"Merged “{tag.name}” into “{into.name}”") as recorder:
        into = _lock_both(tag, into) or into
        held = _hold(tag, by, revision)
        if held.pk == into.pk or _scope(held) != _scope(into) or _is_below(into, held):
            raise CannotAnnotate("A tag merges with another one of its codebook that is not below it.")
        for child in _children(held):
            _must_be_free(child, into, child.name)
            _must_not_be_too_deep(into, _levels(child, _below(child)))
        recorder.changes(*_record_subtree(recorder, held))
        _retag(recorder, held, into, Annotation.objects.filter(taggings__tag=held))
        for child in _children(held):
            below = _below(child)
            child.parent = into
            _set_path(child, below, free_path(into, child.name, _scope(child), but=child))
        TagAddress.objects.create(tag=into, path=held.path)
        held.merged_into = into
        _save(held)
    return into


def split_tag(*, tag: Tag, by: User, name: str, marks: Sequence[UUID]) -> Tag:
    """Make a sibling of a tag and give it to those of its annotations (that `by` may see) instead of the tag."""
    must_keep(tag, by)
    chosen = Annotation.objects.visible_to(by).filter(uid__in=marks, taggings__tag=tag)
    if not chosen.exists():
        raise CannotAnnotate("Choose the annotations that get the new tag.")
    with recorded(by, "split tag", f"Split “{name}” off “{tag.name}”") as recorder:
        tag = _still_there(tag)
        steps = _steps(name)
        if len(steps) != 1:
            raise CannotAnnotate("Give the new tag one name, without “/”.")
        _must_be_free(None, tag.parent, steps[0], scope=_scope(tag))
        path = free_path(tag.parent, steps[0], _scope(tag))
        new: Tag = Tag.objects.create(
            **_scope(tag), parent=tag.parent, name=steps[0], path=path, colour=tag.colour, made_by=by
        )
        recorder.made(new)
        _retag(recorder, tag, new, chosen)
    return new


def delete_tag(*, tag: Tag, by: User, revision: int) -> Tag:
    """Take a tag without children out of the codebook and off everything; undoing brings both back."""
    with recorded(by, "delete tag", f"Deleted the tag “{tag.name}”") as recorder:
        held = _hold(tag, by, revision)
        if _children(held).exists():
            raise CannotAnnotate("It has tags below it. Move or delete those first.")
        recorder.changes(held)
        _retag(recorder, held, None, Annotation.objects.filter(taggings__tag=held))
        held.deleted = timezone.now()
        _save(held)
        if held.owner_id is None:  # others used it, too
            note(Act.DELETED, by=by, about=f"tag {held.uid}")
    return held


def tag_at(person: User, path: str) -> Tag | None:
    """Return the tag of this address that the person may use: today's path first, then one it had."""
    tags = Tag.objects.visible_to(person)
    nearest = tags.filter(path=path).order_by("owner", "team")  # own first: nulls come last
    found: Tag | None = nearest.first() or tags.filter(addresses__path=path).order_by("-addresses__id").first()
    return found


def with_children(tag: Tag) -> Q:
    """Return the condition that a `Tag` row is this one or below it."""
    return Q(path=tag.path, owner=tag.owner, team=tag.team) | Q(
        path__startswith=tag.path + STEP, owner=tag.owner, team=tag.team
    )


def _retag(recorder: Recorder, old: Tag, new: Tag | None, marks: QuerySet[Annotation]) -> None:
    held = list(marks.order_by("pk").select_for_update(of=("self",)).prefetch_related("taggings"))
    recorder.retags(*held)
    uses = AnnotationTag.objects.filter(tag=old, annotation__in=held)
    if new:
        have = AnnotationTag.objects.filter(tag=new, annotation__in=held).values("annotation")
        uses.exclude(annotation__in=have).update(tag=new)
    AnnotationTag.objects.filter(tag=old, annotation__in=held).delete()


def _record_subtree(recorder: Recorder, tag: Tag) -> list[Tag]:
    subtree = _below(tag)
    recorder.changes(tag, *subtree)
    return subtree


def _below(tag: Tag) -> list[Tag]:
    rows = Tag.objects.filter(**_scope(tag), path__startswith=tag.path + STEP, merged_into=None, deleted=None)
    return list(rows.select_for_update().order_by("pk"))


def _children(tag: Tag) -> Any:
    return Tag.objects.filter(parent=tag, merged_into=None, deleted=None).order_by("pk")


def _set_path(tag: Tag, subtree: Sequence[Tag], path: str) -> None:
    """Give a tag its path, and those below it theirs; the old ones lead on."""
    old = tag.path
    for row in (tag, *subtree):
        before = row.path
        row.path = path + row.path.removeprefix(old)
        if len(row.path) > LONGEST_PATH:
            raise CannotAnnotate("Its names would become too long for an address.")
        if row.path != before:
            # Its new one leads on as well, should the change be undone.
            TagAddress.objects.bulk_create(TagAddress(tag=row, path=known) for known in (before, row.path))
        _save(row)


def free_path(parent: Tag | None, name: str, scope: dict[str, Any], *, but: Tag | None = None) -> str:
    """Return the address of a tag of this name, with a number behind it where another name made the same one."""
    slug = slugify(name, allow_unicode=True) or "tag"
    base = f"{parent.path}{STEP}{slug}" if parent else slug
    rows = Tag.objects.filter(**scope, path__startswith=base, merged_into=None, deleted=None)
    taken = set(rows.exclude(pk=but.pk if but else 0).values_list("path", flat=True))
    path = next(
        f"{base}{tail}" for tail in ("", *(f"-{n}" for n in range(2, len(taken) + 3))) if base + tail not in taken
    )
    if len(path) > LONGEST_PATH:
        raise CannotAnnotate("Its names are too long for an address; shorten one of them.")
    return path


def _scope(tag: Tag) -> dict[str, Any]:
    return {"owner": tag.owner, "team": tag.team}


def _hold(tag: Tag, by: User, revision: int) -> Tag:
    must_keep(tag, by)
    held: Tag = Tag.objects.select_for_update().get(pk=tag.pk)
    if held.revision != revision:
        raise Stale(held)
    return held


def _lock_both(tag: Tag, other: Tag | None) -> Tag | None:
    """Lock two tags, in one order whoever names which first; return the other as it is now. Raises CannotAnnotate."""
    if other is None:
        return None
    list(Tag.objects.filter(pk__in=[tag.pk, other.pk]).order_by("pk").select_for_update())
    return _still_there(other)


def _still_there(tag: Tag) -> Tag:
    """Return a tag as it is now, locked: it may have got another address, or an end, since it was looked at."""
    rows = Tag.objects.filter(pk=tag.pk, merged_into=None, deleted=None)
    found: Tag | None = rows.select_for_update(no_key=True).first()
    if found is None:
        raise CannotAnnotate(f"The tag “{tag.name}” is there no more: somebody has merged or deleted it.")
    return found


def _levels(tag: Tag, below: Sequence[Tag]) -> int:
    """Return how many tags stand one below the other, this one on top."""
    return max(row.path.count(STEP) for row in (tag, *below)) - tag.path.count(STEP) + 1


def _must_not_be_too_deep(above: Tag | None, levels: int) -> None:
    if levels + (above.path.count(STEP) + 1 if above else 0) > DEEPEST:
        raise CannotAnnotate(f"Tags are nested at most {DEEPEST} deep.")


def _save(tag: Tag) -> None:
    tag.revision += 1
    tag.updated = Now()
    tag.save()


def _must_make(by: User, team: Team | None, *, private: bool) -> None:
    if private:
        return
    if not by.is_analyst:
        raise NotYours("Making shared tags needs the role of analyst.")
    if team and not Membership.objects.filter(user=by, team=team).exists():
        raise NotYourTeam


def must_keep(tag: Tag, by: User) -> None:
    """Raise NotYours unless `may_keep` says yes."""
    if not may_keep(tag, by):
        raise NotYours("The shared codebook is kept by curators; ask one, or make a tag of your own.")


def _must_take(tag: Tag, parent: Tag | None) -> None:
    if parent is None:
        return
    if _scope(tag) != _scope(parent) or parent.pk == tag.pk or _is_below(parent, tag):
        raise CannotAnnotate("A tag goes below another one of its codebook, never below itself.")


def _is_below(tag: Tag, above: Tag) -> bool:
    return tag.path.startswith(above.path + STEP) and _scope(tag) == _scope(above)


def _must_be_free(tag: Tag | None, parent: Tag | None, name: str, *, scope: dict[str, Any] | None = None) -> None:
    where = scope or (_scope(tag) if tag else {})
    rows = Tag.objects.filter(**where, parent=parent, key=folded_name(name), merged_into=None, deleted=None)
    if rows.exclude(pk=tag.pk if tag else 0).exists():
        raise CannotAnnotate(f"There is a tag “{name}” in that place. Merge the two, or choose another name.")
