"""A Web Annotation that was read -> rows here: what it is about, who may read it, and what is kept of it verbatim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from monitor.annotations.actions import Draft
from monitor.annotations.foreign import Sent
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, Reply, Visibility
from monitor.annotations.passages import AskedPassage
from monitor.annotations.queries import find_mark_or_reply
from monitor.annotations.refusals import NotYourTeam
from monitor.annotations.tag_names import tag_named
from monitor.interchange.iris import Address, our_address
from monitor.interchange.web_annotation_reading import Marked, NotTaken, ReadAnnotation
from monitor.library.models import Article, Issue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monitor.accounts.models import Team, User

    Row = Annotation | Reply

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BORDER = ForeignMark.Border.WEB_ANNOTATION


@dataclass(frozen=True, slots=True)
class About:
    """What an annotation is about: one of these three. A reply is about the annotation at the head of its thread."""

    article: Article | None = None
    issue: Issue | None = None
    mark: Annotation | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read it; `unknown` is what was sent and names nobody here."""

    visibility: str = Visibility.PRIVATE
    team: Team | None = None
    unknown: list[dict[str, Any]] = field(default_factory=list)


class NotHere(NotTaken):
    """Its target is no document of ours, or none that the sender may read; the two are told alike."""

    def __init__(self) -> None:
        super().__init__("/target", "unknown_target", "Its target is no article, issue or annotation of this site.")


def find_about(read: ReadAnnotation, by: User, hosts: Collection[str]) -> About:
    """Return the one thing that all targets are parts of. Raises NotHere."""
    named = {_thing(one, hosts) for one in read.targets}
    if len(named) != 1 or None in named:
        raise NotHere
    (thing,) = named
    about = _find(thing, by) if thing else None
    if about is None:
        raise NotHere
    return about


def _thing(target: Marked, hosts: Collection[str]) -> Address | None:
    """Return what a target is in, whichever printed note of it."""
    found = our_address(target.source, hosts)
    return Address(found.kind, found.key) if found else None


def _find(thing: Address, by: User) -> About | None:
    if thing.kind == "article":
        article: Article | None = Article.objects.visible_to(by).filter(pk=thing.number).first()
        return About(article=article) if article else None
    if thing.kind == "issue":
        issue: Issue | None = Issue.objects.visible_to(by).filter(pk=thing.number).first()
        return About(issue=issue) if issue else None
    row = find_row(thing.key, by) if thing.kind == "annotation" else None
    mark = row.annotation if isinstance(row, Reply) else row
    return About(mark=mark) if mark else None


def find_row(address: str, person: Any) -> Row | None:
    """Return the annotation or reply with this last part of its address, if this person may see it."""
    return find_mark_or_reply(uid_at(address), person)


def uid_at(address: str) -> UUID | None:
    """Return the identity behind the last part of an address, whoever may see it."""
    if _UUID.fullmatch(address):
        return UUID(address)
    found = ForeignMark.objects.filter(slug=address).values_list("annotation__uid", "reply__uid").first()
    return (found[0] or found[1]) if found else None


def readers_of(read: ReadAnnotation, by: User, hosts: Collection[str]) -> Readers:
    """Return for whom it is: a team of the sender's, everybody, or nobody else. Raises NotYourTeam for another's team."""
    unknown = []
    for one in read.audience:
        iri = one.get("id")
        named = our_address(iri, hosts) if isinstance(iri, str) else None
        if named and named.kind == "site":
            return Readers(Visibility.EVERYONE)
        if named and named.kind == "team":
            team = by.teams.filter(pk=named.number).first()
            if team is None:
                raise NotYourTeam
            return Readers(Visibility.TEAM, team)
        same = by.teams.filter(name=one.get("name")).first() if not iri and isinstance(one.get("name"), str) else None
        if same:
            return Readers(Visibility.TEAM, same)
        unknown.append(one)
    return Readers(unknown=unknown)


def draft_of(read: ReadAnnotation, about: About, readers: Readers, by: User) -> Draft:
    """Return what is to be kept; tags that are new are made where the annotation's readers see them."""
    scope: dict[str, Any] = {"by": by, "visibility": readers.visibility, "team": readers.team}
    return Draft(
        article=about.article,
        issue=about.issue,
        passages=_passages(read.targets, about.article) if about.article else (),
        comment=read.comment,
        visibility=readers.visibility,
        team=readers.team,
        tags=tuple({tag.pk: tag for tag in (tag_named(name, **scope) for name in read.tags)}.values()),
        keeps_lost=True,
    )


def _passages(targets: tuple[Marked, ...], article: Article) -> tuple[AskedPassage, ...]:
    marked = [(one, _note_number(one)) for one in targets if one.is_passage]
    wanted = {number for _, number in marked if number is not None}
    rows = article.notes.filter(number__in=wanted).order_by("-position") if wanted else ()
    notes = {row.number: row.pk for row in rows}
    return tuple(
        AskedPassage(one.start, one.end, one.quote, one.prefix, one.suffix, notes.get(number) if number else None)
        for one, number in marked
    )


def _note_number(target: Marked) -> int | None:
    """Return the number of the printed note that a target's fragment names; its host was looked at before."""
    found = re.search(r"#n([0-9]{1,6})\Z", target.source)
    return int(found[1]) if found else None


def sent_of(
    read: ReadAnnotation,
    readers: Readers,
    *,
    site: str,
    slug: str | None = None,
    first: Mapping[str, Any] | None = None,
) -> Sent:
    """Return what is kept as it was sent.

    `first` is what was kept of an annotation that is replaced: its origin and canonical address stay as they were.
    """
    told = {"via": list(dict.fromkeys(iri for iri in (read.id, *read.via) if iri)), "canonical": read.canonical}
    own = {name: value for name, value in (told if first is None else first).items() if name in told and value}
    more = {name: value for name, value in read.more.items() if not _is_our_own(name, value, site)}
    audience = {"audience": readers.unknown} if readers.unknown and readers.visibility == Visibility.PRIVATE else {}
    return Sent(
        border=BORDER,
        body=read.body,
        target=read.target,
        more={**more, **own, **audience},
        origin=next(iter(told["via"]), "") if first is None else "",
        author=(read.creator or read.nickname) if first is None else "",
        slug=slug,
    )


def _is_our_own(name: str, value: Any, site: str) -> bool:
    """Tell whether it is what we say ourselves of every annotation, and comes back to us."""
    return name == "generator" and isinstance(value, dict) and value.get("id") == f"{site}/"
