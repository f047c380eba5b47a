"""An annotation that a Hypothesis program sent, or a file holds -> rows here, by the same acts as any other."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.urls import get_script_prefix

from monitor.annotations import foreign
from monitor.annotations.actions import Draft
from monitor.annotations.codebook import make_tag
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, Reply, Visibility
from monitor.annotations.passages import AskedPassage
from monitor.annotations.queries import find_mark_or_reply
from monitor.annotations.refusals import CannotAnnotate, NotYourTeam
from monitor.annotations.replies import scope_reply
from monitor.annotations.tag_models import Tag
from monitor.annotations.tag_names import find_named
from monitor.annotations.utf16 import Utf16Ruler
from monitor.interchange.hypothesis_input import MOST_MORE, NotSaid
from monitor.interchange.hypothesis_objects import WORLD
from monitor.interchange.hypothesis_queries import as_uid, tags_of_name
from monitor.interchange.hypothesis_rows import mark_objects
from monitor.interchange.iris import our_address
from monitor.library.models import Article, ArticleText, Issue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from monitor.accounts.models import Team, User
    from monitor.interchange.hypothesis_input import Quoted, Sent
    from monitor.interchange.hypothesis_objects import MarkObject

    Row = Annotation | Reply

BORDER = ForeignMark.Border.HYPOTHESIS
NOT_OURS = "uri: this is no address of an article or issue here"
NO_PARENT = "references: the annotation that this answers is not here"


class NoDocument(NotSaid):
    """It is about no text of ours, or none that its sender may read; the two are told alike."""


class NoParent(NotSaid):
    """It answers what is not here, or not for its sender to see."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Whom a group stands for, and whether they may read it; a private one keeps its group, which lets nobody in."""

    group: str
    visibility: str
    team: Team | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one comes from that is not new: its id there, who wrote it, and when."""

    id: str = ""
    author: str = ""
    created: datetime | None = None
    updated: datetime | None = None


def readers_of(group: str, by: User, *, shared: bool) -> Readers:
    """Return for whom it is. Raises NotYourTeam for a group that `by` is not in, which is told like one that is not there."""
    if group == WORLD:
        return Readers(WORLD, Visibility.EVERYONE if shared else Visibility.PRIVATE)
    uid = as_uid(group)
    team = by.teams.filter(uid=uid).first() if uid else None
    if team is None:
        raise NotYourTeam
    return Readers(str(team.uid), Visibility.TEAM, team) if shared else Readers(str(team.uid), Visibility.PRIVATE)


@transaction.atomic
def keep_sent(
    sent: Sent, *, by: User, hosts: Collection[str], uid: UUID | None = None, readers: Readers | None = None,
    origin: Origin | None = None,
) -> Row:  # fmt: skip
    """Keep a new annotation or reply. Raises NotSaid, NotYourTeam, NotYours, CannotAnnotate."""
    uid, origin = uid or uuid4(), origin or Origin()
    if sent.references:
        return _keep_reply(sent, by=by, uid=uid, origin=origin, readers=readers)
    article, issue = find_document(sent.uri or "", by, hosts)
    readers = readers or readers_of(sent.group, by, shared=sent.is_shared(sent.group))
    draft = Draft(
        article=article,
        issue=issue,
        passages=passages_of(sent.quoted, article) if article else (),
        comment=sent.text or "",
        visibility=readers.visibility,
        team=readers.team,
        tags=tags_named(sent.tags or (), by, readers),
        keeps_lost=True,
    )
    return foreign.create_sent(uid=uid, by=by, draft=draft, sent=_kept(sent, readers.group, origin))[0]


def _keep_reply(sent: Sent, *, by: User, uid: UUID, origin: Origin, readers: Readers | None) -> Reply:
    """Answer what the last of the references names that is here."""
    parent = next((row for one in reversed(sent.references) if (row := find_row(one, by))), None)
    if parent is None:
        raise NoParent(NO_PARENT)
    above = _object(parent, by)
    mark = parent.annotation if isinstance(parent, Reply) else parent
    shared = readers.visibility != Visibility.PRIVATE if readers else sent.is_shared(above.group)
    kept = _kept(replace(sent, references=(*above.references, above.id)), above.group, origin)
    return foreign.reply_sent(uid=uid, mark=mark, by=by, comment=sent.text or "", sent=kept, private=not shared)[0]


@transaction.atomic
def change_row(row: Row, sent: Sent, *, by: User, hosts: Collection[str]) -> Row:
    """Change what is said of an annotation or reply; the rest stays. Raises NotSaid, NotYourTeam, NotYours, CannotAnnotate."""
    seen: Any = type(row).objects
    held: Row | None = seen.visible_to(by).filter(pk=row.pk).select_for_update(of=("self",)).first()
    if held is None:  # it went since it was found
        raise Http404
    before = _object(held, by)
    mark = held.annotation if isinstance(held, Reply) else held
    if sent.uri is not None and not _is_about(sent.uri, mark, hosts):
        raise NotSaid("uri: an annotation stays with its document")
    kept = held.sent.filter(border=BORDER).first()
    full = _full(sent, before, kept)
    if isinstance(held, Reply):
        return _change_reply(held, full, before, by)
    shared = full.is_shared(before.group) if sent.shared_with is not None else before.shared
    readers = readers_of(before.group, by, shared=True) if shared else Readers(before.group, Visibility.PRIVATE)
    moved = sent.selectors is not None and list(sent.selectors) != list(before.selectors)
    draft = Draft(
        passages=passages_of(full.quoted, held.article) if moved and held.article else (),
        comment=full.text or "",
        visibility=readers.visibility,
        team=readers.team,
        tags=tags_named(full.tags or (), by, readers, borne=held.taggings.values_list("tag", flat=True)),
        keeps_lost=True,
    )
    # Selectors that we made ourselves are none that a program sent: they are made again where the passage stands then.
    own = full if moved or (kept and kept.target is not None) else replace(full, selectors=None)
    act = foreign.replace_sent if moved else foreign.change_sent
    own_words = _kept(own, before.group, Origin())
    changed = act(mark=held, by=by, revision=held.revision, draft=draft, sent=own_words)
    changed.sent.filter(border=BORDER).update(group=before.group)
    return changed


def _change_reply(held: Reply, sent: Sent, before: MarkObject, by: User) -> Reply:
    kept = _kept(replace(sent, references=tuple(before.references)), before.group, Origin())
    changed = foreign.change_reply_sent(reply=held, by=by, revision=held.revision, comment=sent.text or "", sent=kept)
    shared = before.shared if sent.shared_with is None else sent.is_shared(before.group)
    return changed if shared == before.shared else scope_reply(reply=changed, by=by, private=not shared)


def _full(sent: Sent, before: MarkObject, kept: ForeignMark | None) -> Sent:
    """Return what is sent together with what it leaves as it is."""
    more = {**(kept.more.get("keys", {}) if kept else {}), **_news(sent.more, before)}
    if len(json.dumps(more, ensure_ascii=False).encode()) > MOST_MORE:
        raise NotSaid(f"unknown properties have more than {MOST_MORE:,} bytes")
    return replace(
        sent,
        text=before.text if sent.text is None else sent.text,
        tags=tuple(before.tags) if sent.tags is None else sent.tags,
        selectors=tuple(before.selectors) if sent.selectors is None else sent.selectors,
        more=more,
    )


def _news(more: Any, before: MarkObject) -> dict[str, Any]:
    """Return the keys that differ from what was given out: what only came back is not the program's own."""
    return {key: value for key, value in more.items() if key not in before.more or before.more[key] != value}


def find_document(uri: str, by: User, hosts: Collection[str]) -> tuple[Article | None, Issue | None]:
    """Return the article or the issue at an address. Raises NoDocument."""
    found = our_address(uri, hosts, prefix=get_script_prefix().rstrip("/"))
    if found and found.kind == "article":
        article: Article | None = Article.objects.visible_to(by).filter(pk=found.number).first()
        if article:
            return article, None
    if found and found.kind == "issue":
        issue: Issue | None = Issue.objects.visible_to(by).filter(pk=found.number).first()
        if issue:
            return None, issue
    raise NoDocument(NOT_OURS)


def _is_about(uri: str, mark: Annotation, hosts: Collection[str]) -> bool:
    found = our_address(uri, hosts, prefix=get_script_prefix().rstrip("/"))
    keys = {"article": mark.article_id, "issue": mark.issue_id}
    return found is not None and found.kind in keys and keys[found.kind] == found.number


def find_row(written: str, person: Any) -> Row | None:
    """Return the annotation or reply with this id, if this person sees it."""
    return find_mark_or_reply(as_uid(written), person)


def _object(row: Row, person: User) -> MarkObject:
    is_reply = isinstance(row, Reply)
    found = mark_objects(person, replies=[row.pk]) if is_reply else mark_objects(person, marks=[row.pk])
    if (is_reply, row.pk) not in found:
        raise Http404
    return found[is_reply, row.pk]


def passages_of(quoted: Quoted | None, article: Article) -> tuple[AskedPassage, ...]:
    """Return the passage that selectors name, in code points.

    A position beside words is a hint: the browser's client counts over the whole page. It is taken where the words
    stand at it, as they do for a position of ours.
    """
    if quoted is None:
        return ()
    note = None
    if quoted.note is not None:
        note = article.notes.filter(number=quoted.note).order_by("position").values_list("pk", flat=True).first()
    start = end = None
    if quoted.start is not None and quoted.end is not None and note is None:
        text = ArticleText.objects.values_list("body", flat=True).get(article=article, version=article.text_version)
        start, end = Utf16Ruler(text).range_of(quoted.start, quoted.end)
        if quoted.exact and text[start:end] != quoted.exact:
            start = end = None
    return (AskedPassage(start, end, quoted.exact, quoted.prefix, quoted.suffix, note),)


def tags_named(names: Sequence[str], by: User, readers: Readers, borne: Iterable[int] = ()) -> tuple[Tag, ...]:
    """Return the tags of these names, new ones made where the annotation's readers see them. Raises CannotAnnotate.

    Of several with one name it is the one that the annotation bears already (`borne`, primary keys).
    """
    found: dict[int, Tag] = {}
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        if name:
            tag = _tag(name, by, readers, set(borne))
            found[tag.pk] = tag
    return tuple(found.values())


def _tag(name: str, by: User, readers: Readers, borne: set[int]) -> Tag:
    same = list(Tag.objects.filter(pk__in=tags_of_name(name, by)))
    if same:
        nearest: Tag = min(same, key=lambda tag: (tag.pk not in borne, not _is_nearest(tag, readers), tag.pk))
        return nearest
    try:
        known = find_named(name, by=by, visibility=readers.visibility, team=readers.team)
    except CannotAnnotate:
        known = None  # brackets that name a codebook elsewhere are letters of a name here
    private = readers.visibility == Visibility.PRIVATE
    return known or make_tag(name=name, by=by, team=readers.team, private=private)


def _is_nearest(tag: Tag, readers: Readers) -> bool:
    """Return whether a tag is of the codebook of those who read the annotation."""
    team = readers.team.pk if readers.team else None
    return (tag.owner_id is not None) == (readers.visibility == Visibility.PRIVATE) and tag.team_id == team


def _kept(sent: Sent, group: str, origin: Origin) -> foreign.Sent:
    """Return what is kept verbatim beside the rows."""
    return foreign.Sent(
        border=BORDER,
        body={"text": sent.text or "", "tags": list(sent.tags or ())},
        target=None if sent.selectors is None else [dict(one) for one in sent.selectors],
        more={"keys": dict(sent.more)} | ({"references": list(sent.references)} if sent.references else {}),
        origin=origin.id,
        author=origin.author,
        group=group,
        created=origin.created,
        updated=origin.updated,
    )
