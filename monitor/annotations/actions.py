"""Making, changing, sharing and taking away annotations; each act is one operation that can be undone."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Now
from django.db.transaction import atomic
from django.utils import timezone

from monitor.annotations.anchoring import Folded
from monitor.annotations.keeping_marks import keep_new
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.notices import (
    mentioned_names,
    tell_mentioned,
    tell_of_hiding,
    tell_of_resolving,
    tell_of_sharing,
)
from monitor.annotations.operations import recorded
from monitor.annotations.passages import AskedPassage, take_passages
from monitor.annotations.permissions import Act, must, must_share
from monitor.annotations.refusals import CannotAnnotate, IdTaken, NotInText, NotYourTeam, OtherBody, Stale
from monitor.annotations.sent_passages import place_sent
from monitor.annotations.snapshots import set_tags
from monitor.annotations.tag_scopes import unseen_tags, usable_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from monitor.accounts.models import Team, User
    from monitor.annotations.models import AnnotationSpan
    from monitor.annotations.tag_models import Tag
    from monitor.library.models import Article, Issue

Readers = tuple[str, "Team | None"]  # its visibility, and the team if it is for one
LONGEST_COMMENT = 20_000  # characters
MOST_TAGS = 50
MOST_SPANS = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants to keep: passages of an article, or none for a word on the whole of it or of an issue."""

    article: Article | None = None
    issue: Issue | None = None
    passages: tuple[AskedPassage, ...] = ()
    comment: str = ""
    colour: str = "yellow"
    visibility: str = Visibility.PRIVATE
    team: Team | None = None
    tags: tuple[Tag, ...] = field(default=())
    keeps_lost: bool = False  # another program's: passages that are not in the text are kept as lost


def create_annotation(*, uid: UUID, by: User, draft: Draft) -> tuple[Annotation, bool]:
    """Keep a new annotation; returns it and whether it is new, for a retry with the same id gets the first one again.

    The text must be one that `by` may read. Raises NotInText, NotYours, NotYourTeam, IdTaken, OtherBody.
    """
    must_share(by, draft.visibility, draft.team)
    must_fit(draft.comment, draft.tags, draft.passages)
    try:
        return _made(uid, by, draft), True
    except (_Taken, NotInText):  # the same save, sent twice, perhaps to a text that was read anew meanwhile
        if before := _before(uid, by, draft):
            return before, False
        raise


class _Taken(Exception):
    """The id of a new annotation is that of another."""


def _made(uid: UUID, by: User, draft: Draft) -> Annotation:
    take = place_sent if draft.keeps_lost else take_passages
    spans = take(draft.article, draft.passages) if draft.article and draft.passages else []
    mark = Annotation(
        uid=uid,
        owner=by,
        article=draft.article,
        issue=draft.issue,
        comment=draft.comment,
        colour=draft.colour,
        visibility=draft.visibility,
        team=draft.team,
    )
    label = "Marked a passage" if spans else "Wrote a note"
    # Most are one statement, which stands or falls by itself.
    with atomic() if draft.tags or mentioned_names(draft.comment) else nullcontext():
        tags = sorted({*usable_tags(draft.tags, mark)}) if draft.tags else []
        if not keep_new(mark, spans, tags, label=label):
            raise _Taken
        tell_mentioned(mark)
    _tell_what_was_kept(mark, spans, tags, draft)
    return mark


def _tell_what_was_kept(mark: Annotation, spans: Sequence[AnnotationSpan], tags: Iterable[int], draft: Draft) -> None:
    """Leave with the annotation what need not be read again, if all of it is at hand: its tags may be others of that name."""
    named = {tag.pk: tag for tag in draft.tags}
    if named.keys() >= {*tags}:
        mark.placed, mark.borne = tuple(spans), tuple(named[tag] for tag in tags)


def _before(uid: UUID, by: User, draft: Draft) -> Annotation | None:
    found: Annotation | None = Annotation.objects.filter(uid=uid).first()
    if found is None:
        return None
    if found.owner_id != by.pk:
        raise IdTaken
    same = (found.article_id, found.issue_id) == (
        draft.article.pk if draft.article else None,
        draft.issue.pk if draft.issue else None,
    )
    if not same or (found.revision == 1 and (found.comment != draft.comment or not _same_passages(found, draft))):
        raise OtherBody
    return found


def _same_passages(found: Annotation, draft: Draft) -> bool:
    """Tell whether each passage asked for lies in one that is kept; a kept one may be wider, by parts of words."""
    kept = [Folded(quote).narrow.text for quote in found.spans.values_list("quote", flat=True)]
    asked = [Folded(one.quote).narrow.text for one in draft.passages]
    return all(any(quote in words for words in kept) for quote in asked)


def change_annotation(
    *, mark: Annotation, by: User, revision: int, comment: str | None = None, colour: str | None = None,
    tags: Sequence[Tag] | None = None, readers: Readers | None = None,
) -> Annotation:  # fmt: skip
    """Change what is given, if the annotation is still at `revision`. Raises Stale, NotYours, NotYourTeam.

    With other `readers` it is one act: no tag is named to those who read it before, no old word to those who do now.
    """
    must(by, Act.EDIT, mark)
    must_fit(comment or "", tags or (), ())
    with recorded(by, "edit", "Changed an annotation") as recorder:
        held = hold(mark, revision)
        recorder.changes(held)
        is_moved, is_news = reshare(held, by, readers) if readers else (False, False)
        if comment is not None:
            held.comment = comment
        if colour is not None:
            held.colour = colour
        retag(held, by, tags, is_moved=is_moved)
        save_changed(held)
        tell_mentioned(held)
        if is_news:
            tell_of_sharing(held, by)
    return held


def reshare(held: Annotation, by: User, readers: Readers) -> tuple[bool, bool]:
    """Give a held row other readers; returns whether they are others, and whether a team is to hear of it."""
    visibility, team = readers
    team = team if visibility == Visibility.TEAM else None
    if (held.visibility, held.team) == (visibility, team):
        return False, False
    must(by, Act.SHARE, held)
    must_share(by, visibility, team)
    is_news = held.team != team
    held.visibility, held.team = visibility, team
    return True, is_news


def retag(held: Annotation, by: User, tags: Sequence[Tag] | None, *, is_moved: bool) -> None:
    """Give a held row these tags, None: those it has, as its readers may know them."""
    if tags is None and not is_moved:
        return
    named = [use.tag for use in held.taggings.select_related("tag")] if tags is None else tags
    # What its owner does not see is not in the form: leaving it out says nothing about it. New readers are not told.
    unseen = set[int]() if is_moved else unseen_tags(held, by)
    set_tags(held, {*usable_tags(named, held), *unseen}, by=by.pk)


def share_annotation(*, mark: Annotation, by: User, revision: int, visibility: str, team: Team | None) -> Annotation:
    """Let others read it, or no longer. Its tags move to where the new readers can see them. Raises Stale, NotYours."""
    must(by, Act.SHARE, mark)
    must_share(by, visibility, team)
    with recorded(by, "share", "Changed who may read an annotation") as recorder:
        held = hold(mark, revision)
        recorder.changes(held)
        _, is_news = reshare(held, by, (visibility, team))
        retag(held, by, None, is_moved=True)
        save_changed(held)
        tell_mentioned(held)
        if is_news:
            tell_of_sharing(held, by)
    return held


def delete_annotation(*, mark: Annotation, by: User) -> Annotation:
    """Put it into its owner's trash, where it stays for 30 days."""
    must(by, Act.DELETE, mark)
    return _stamp(mark, by, "delete", "Deleted an annotation", deleted=timezone.now())


def restore_annotation(*, mark: Annotation, by: User) -> Annotation:
    """Take it out of the trash."""
    must(by, Act.DELETE, mark)
    return _stamp(mark, by, "restore", "Restored an annotation", deleted=None)


def resolve_annotation(*, mark: Annotation, by: User) -> Annotation:
    must(by, Act.RESOLVE, mark)
    held = _stamp(mark, by, "resolve", "Resolved a thread", resolved=timezone.now(), resolved_by=by)
    tell_of_resolving(held, by)
    return held


def reopen_annotation(*, mark: Annotation, by: User) -> Annotation:
    must(by, Act.RESOLVE, mark)
    return _stamp(mark, by, "reopen", "Reopened a thread", resolved=None, resolved_by=None)


def hide_annotation(*, mark: Annotation, by: User) -> Annotation:
    """Take somebody's shared annotation from view; its author is told and keeps it."""
    must(by, Act.HIDE, mark)
    held = _stamp(mark, by, "hide", "Hid an annotation", hidden=timezone.now(), hidden_by=by)
    tell_of_hiding(held, by)
    return held


def unhide_annotation(*, mark: Annotation, by: User) -> Annotation:
    must(by, Act.HIDE, mark)
    return _stamp(mark, by, "unhide", "Showed an annotation again", hidden=None, hidden_by=None)


def _stamp(mark: Annotation, by: User, verb: str, label: str, **facts: Any) -> Annotation:
    with recorded(by, verb, label) as recorder:
        held = hold(mark, None)
        recorder.changes(held)
        for name, value in facts.items():
            setattr(held, name, value)
        save_changed(held)
    return held


def hold(mark: Annotation, revision: int | None) -> Annotation:
    """Lock the row; who comes with an older revision is told, and overwrites nothing."""
    held: Annotation = Annotation.objects.select_for_update().get(pk=mark.pk)
    if revision is not None and held.revision != revision:
        raise Stale(held)
    return held


def save_changed(held: Annotation) -> None:
    """Save a held row as its next revision."""
    held.revision += 1
    held.updated = Now()
    held.save()


def must_fit(comment: str, tags: Sequence[Tag], passages: Sequence[AskedPassage]) -> None:
    """Raise CannotAnnotate for more than an annotation holds."""
    if len(comment) > LONGEST_COMMENT:
        raise CannotAnnotate(f"A comment has at most {LONGEST_COMMENT:,} characters; this one has {len(comment):,}.")
    if len(tags) > MOST_TAGS:
        raise CannotAnnotate(f"An annotation has at most {MOST_TAGS} tags.")
    if len(passages) > MOST_SPANS:
        raise CannotAnnotate(f"An annotation has at most {MOST_SPANS} passages.")


def find_team(by: User, uid: str) -> Team:
    """Return the team with this identity if the person is in it; raises NotYourTeam for foreign and unknown ones."""
    team = by.teams.filter(uid=uid).first()
    if team is None:
        raise NotYourTeam
    return team
