"""A JSON-LD file of Web Annotations -> annotations and replies: our own come back as they were, others as they are.

Ids under our own address are kept where they are free; every other becomes where it came from. So a second import of
the same file changes nothing.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic

from monitor.accounts.models import User
from monitor.annotations.actions import create_annotation
from monitor.annotations.foreign import is_taken, keep_sent, restore_times
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Reply, Visibility
from monitor.annotations.permissions import must_share
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.replies import reply_to
from monitor.interchange.import_rows import MOST_ROWS, CannotRead, ImportFormat, Outcome, RowReport
from monitor.interchange.imported_before import answered_by, duplicate, here_already, report_of
from monitor.interchange.iris import our_address
from monitor.interchange.json_files import read_json_file
from monitor.interchange.own_shapes import word_for_word, worth_keeping
from monitor.interchange.web_annotation import CONTEXT, MEDIA_TYPE
from monitor.interchange.web_annotation_reading import CONTEXTS, NotTaken, ReadAnnotation, read_annotation
from monitor.interchange.web_annotation_storing import (
    About,
    NotHere,
    Readers,
    draft_of,
    find_about,
    readers_of,
    sent_of,
    uid_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.interchange.import_rows import Wishes
    from monitor.interchange.web_annotation_storing import Row

_URN = "urn:uuid:"


# -- The file -------------------------------------------------------------------------------------------------------
def read_rows(content: bytes) -> list[Any]:
    """Return the annotations of a collection, a page, a list, or one; what is answered stands before its replies."""
    value = read_json_file(content)
    rows = _items(value)
    if len(rows) > MOST_ROWS:
        raise CannotRead(f"A file holds at most {MOST_ROWS:,} annotations; this one has {len(rows):,}.")
    if not rows:
        raise CannotRead("There is no annotation in this file.")
    return sorted(rows, key=_Depths(rows).of)  # it keeps the order of what stands at one depth


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise CannotRead("An annotation is a JSON object; this file holds something else.")
    contexts = value.get("@context", CONTEXT)
    listed = contexts if isinstance(contexts, list) else [contexts]
    if not all(isinstance(one, str) and one in CONTEXTS for one in listed):
        raise CannotRead(f"This file's context is not {CONTEXT}, and none is ever fetched.")
    kinds = value.get("type", value.get("@type"))
    named = {*(kinds if isinstance(kinds, list) else [kinds])} if kinds else set()
    if "AnnotationCollection" in named or "AnnotationPage" in named:
        return _items_of_pages(value)
    return [value]


def _items_of_pages(value: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    page: Any = value if "items" in value else value.get("first")
    while page is not None:
        if not isinstance(page, dict) or not isinstance(page.get("items"), list):
            raise CannotRead("This collection only names its pages by their addresses, and nothing is fetched.")
        found += page["items"]
        page = page["next"] if isinstance(page.get("next"), dict) else None
    return found


class _Depths:
    """How many replies a row hangs on, by the ids in the file; circles end."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._answers = {
            row["id"]: row.get("target") for row in rows if isinstance(row, dict) and _is_text(row.get("id"))
        }
        self._found: dict[str, int] = {}  # of those that were passed on the way, one more than their own

    def of(self, row: Any) -> int:
        target, way = row.get("target") if isinstance(row, dict) else None, dict[str, None]()
        while isinstance(target, str) and target in self._answers and target not in way and target not in self._found:
            way[target] = None
            target = self._answers[target]
        depth = self._found.get(target, 0) if isinstance(target, str) else 0
        for name in reversed(way):
            depth += 1
            self._found[name] = depth
        return depth


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


# -- One row --------------------------------------------------------------------------------------------------------
def keep_row(row: Any, wishes: Wishes) -> RowReport:
    """Store one annotation; whatever is wrong with it is said in its report."""
    label = _label(row)
    try:
        read = read_annotation(row, needs_context=False)
        with atomic():
            return replace(_kept(row, read, wishes), label=label)
    except NotHere as refused:
        return RowReport(Outcome.UNKNOWN, label, str(refused), left=row)
    except (NotTaken, CannotAnnotate, PermissionDenied) as refused:
        return RowReport(Outcome.REFUSED, label, str(refused), left=row)


def _kept(row: Any, read: ReadAnnotation, wishes: Wishes) -> RowReport:
    own = _own_identity(read, wishes)
    owner = _owner(read, wishes)
    # What an operator brings back to its author is looked for as the author sees it, too.
    for person in dict.fromkeys((wishes.by, owner)):
        if before := here_already(person, own, read.id):
            return before
    about = _about(read, owner, wishes)
    if not read.id and (same := word_for_word(read, about, owner)):
        return duplicate(same)
    readers, why = _readers(read, owner, wishes)
    free = own is not None and not is_taken(own)
    slug = _free_slug(read, wishes) if free else None
    sent = sent_of(read, readers, site=wishes.site, slug=slug, first={} if free else None)
    if free and read.canonical and read.canonical != f"{_URN}{own}":
        sent.more["canonical"] = read.canonical
    if free and read.via:
        sent.more["via"] = list(read.via)
    sent = replace(sent, author=_author(read, owner), created=read.created, updated=read.modified)
    uid = own if own is not None and free else uuid4()
    kept: Row
    if about.mark:
        private = readers.visibility == Visibility.PRIVATE
        kept, _ = reply_to(uid=uid, mark=about.mark, by=owner, comment=read.comment, private=private)
    else:
        kept, _ = create_annotation(uid=uid, by=owner, draft=draft_of(read, about, readers, owner))
    restore_times(kept, sent)
    beside = worth_keeping(kept, read, sent, wishes.hosts)
    if beside:
        keep_sent(kept, beside)
    return report_of(kept, why)


def _own_identity(read: ReadAnnotation, wishes: Wishes) -> UUID | None:
    """Return the identity of one that left this house, by its address or its canonical address."""
    if read.id.startswith(_URN):
        return uid_at(read.id.removeprefix(_URN))
    named = our_address(read.id, wishes.hosts) if read.id else None
    if named is None or named.kind != "annotation":
        return None
    return uid_at(named.key) or uid_at(read.canonical.removeprefix(_URN))


def _about(read: ReadAnnotation, owner: User, wishes: Wishes) -> About:
    """Return what it is about, as its importer sees it, or its owner, or as a reply calls what it answers elsewhere."""
    for person in dict.fromkeys((wishes.by, owner)):
        with suppress(NotHere):
            return find_about(read, person, wishes.hosts)
    came = {one.source for one in read.targets}
    row = answered_by(owner, came, wishes) if len(came) == 1 else None
    mark = row.annotation if isinstance(row, Reply) else row
    if mark is None:
        raise NotHere
    return About(mark=mark)


def _owner(read: ReadAnnotation, wishes: Wishes) -> User:
    """Return whose it will be: the importer's, unless an operator brings people's own words back to them."""
    found = User.objects.filter(username=read.nickname).first() if wishes.authors_known and read.nickname else None
    return found or wishes.by


def _author(read: ReadAnnotation, owner: User) -> str:
    return "" if read.nickname == owner.username else read.creator or read.nickname


def _readers(read: ReadAnnotation, owner: User, wishes: Wishes) -> tuple[Readers, str]:
    """Return who may read it; what its owner may not share is private, and that is said."""
    try:
        if wishes.visibility:
            readers = Readers(wishes.visibility, wishes.team if wishes.visibility == Visibility.TEAM else None)
        else:
            readers = readers_of(read, owner, wishes.hosts)
        must_share(owner, readers.visibility, readers.team)
    except PermissionDenied as refused:
        return Readers(), f"Private: {refused}"
    return readers, ""


def _free_slug(read: ReadAnnotation, wishes: Wishes) -> str | None:
    named = our_address(read.id, wishes.hosts)
    is_slug = named is not None and named.kind == "annotation" and named.key != str(_own_identity(read, wishes))
    taken = not named or ForeignMark.objects.filter(slug=named.key).exists()
    return named.key if named and is_slug and not taken else None


def _label(row: Any) -> str:
    """Return how a report calls a row: by its words, else by its address."""
    try:
        read = read_annotation(row, needs_context=False)
    except NotTaken:
        told = row.get("id") if isinstance(row, dict) else row
        return told if isinstance(told, str) else "a row without an address"
    quote = next((one.quote for one in read.targets if one.quote), "")
    return " ".join((quote or read.comment or ", ".join(read.tags) or read.id or read.targets[0].source).split())


def wrap(rows: Sequence[Any]) -> bytes:
    """Return a file of rows that were left."""
    page = {"type": "AnnotationPage", "startIndex": 0, "items": list(rows)}
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "Not imported", "total": len(rows)}
    return json.dumps({**head, "first": page}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def is_it(name: str, beginning: bytes) -> bool:
    return name.endswith(".jsonld") or (name.endswith(".json") and b"www.w3.org/ns/anno.jsonld" in beginning)


WEB_ANNOTATIONS = ImportFormat(
    slug="jsonld",
    name="Web Annotations (JSON-LD)",
    endings=(".jsonld", ".json"),
    is_it=is_it,
    rows=read_rows,
    keep=keep_row,
    wrap=wrap,
    media_type=MEDIA_TYPE,
)
