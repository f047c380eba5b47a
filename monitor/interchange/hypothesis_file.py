"""Files of Hypothesis annotations, as its sidebar writes and reads them: out of the house and back, or from another's.

An id of ours is kept where it is free; every other is kept as where a row came from. So a second import changes nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic

from monitor.accounts.models import User
from monitor.annotations.foreign import is_taken
from monitor.annotations.models import Annotation, Reply, Visibility
from monitor.annotations.permissions import must_share
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.sent_passages import place_sent
from monitor.interchange.hypothesis_input import NotSaid, read_sent
from monitor.interchange.hypothesis_objects import FORMER, WORLD, Site, annotation_object, host_of
from monitor.interchange.hypothesis_queries import as_uid
from monitor.interchange.hypothesis_rows import mark_objects
from monitor.interchange.hypothesis_storing import (
    NoDocument,
    NoParent,
    Origin,
    Readers,
    find_document,
    find_row,
    keep_sent,
    passages_of,
    readers_of,
)
from monitor.interchange.import_rows import MOST_ROWS, CannotRead, ImportFormat, Outcome, RowReport
from monitor.interchange.imported_before import answered_by, duplicate, here_already, report_of
from monitor.interchange.json_files import read_json_file
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.interchange.hypothesis_input import Sent
    from monitor.interchange.import_rows import Wishes

    Row = Annotation | Reply

MEDIA_TYPE = "application/json"
CLIENT = "monitor"
AT_ONCE = 200  # annotations of which the facts are held at a time
ABROAD = "https://hypothes.is/a/"
LONGEST_ID = 200
OURS = ("original_user", "via")
PRIVATE = Readers(WORLD, Visibility.PRIVATE)
# What the sidebar's files, answers of a search, and rows of other tools have near their beginning.
_BEGINS = re.compile(rb'"(?:annotations|rows|export_userid|client_version|uri)"|"user"\s{0,8}:\s{0,8}"acct:')


# -- Out of the house -------------------------------------------------------------------------------------------------
def hypothesis_file(keys: Iterable[int], person: User, *, site: str, day: str = "") -> Iterator[str]:
    """Yield the pieces of one file: the annotations (primary keys, in their order) that this person sees, and their replies.

    `day` is when it was taken, "" so that two files are the same bytes; replies follow what they answer, oldest first.
    """
    here = Site(site, host_of(site))
    head = {"export_date": day, "export_userid": here.account(person.username), "client_version": CLIENT}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "annotations": [\n'
    for number, told in enumerate(_objects(keys, person, here)):
        yield (",\n" if number else "") + json.dumps(told, ensure_ascii=False)
    yield "\n]}\n"


def _objects(keys: Iterable[int], person: User, site: Site) -> Iterator[dict[str, Any]]:
    waiting = iter(keys)
    while batch := list(islice(waiting, AT_ONCE)):
        said: dict[int, list[int]] = {}
        answers = Reply.objects.visible_to(person).filter(annotation__in=batch).order_by("created", "id")
        for mark, reply in answers.values_list("annotation", "pk"):
            said.setdefault(mark, []).append(reply)
        replies = [reply for key in batch for reply in said.get(key, [])]
        found = mark_objects(person, marks=batch, replies=replies)
        order = [place for key in batch for place in ((False, key), *((True, reply) for reply in said.get(key, [])))]
        yield from (annotation_object(found[place], site) for place in order if place in found)


# -- A file that comes in ---------------------------------------------------------------------------------------------
def read_rows(content: bytes) -> list[Any]:
    """Return the annotations of a file; what is answered stands before its replies. Raises CannotRead."""
    value = read_json_file(content)
    rows = value.get("annotations", value.get("rows")) if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise CannotRead("There is no list of annotations in this file.")
    if len(rows) > MOST_ROWS:
        raise CannotRead(f"A file holds at most {MOST_ROWS:,} annotations; this one has {len(rows):,}.")
    if not rows:
        raise CannotRead("There is no annotation in this file.")
    return sorted(rows, key=_depth)  # it keeps the order of what stands at one depth


def _depth(row: Any) -> int:
    above = row.get("references") if isinstance(row, dict) else None
    return len(above) if isinstance(above, list) else 0


def keep_row(row: Any, wishes: Wishes) -> RowReport:
    """Store one annotation; whatever is wrong with it is said in its report."""
    label = _label(row)
    try:
        sent = read_sent(_plain(row), is_new=True)
        with atomic():
            return _kept(row, sent, wishes, label)
    except (NoDocument, NoParent) as refused:
        return RowReport(Outcome.UNKNOWN, label, str(refused), left=row)
    except (NotSaid, CannotAnnotate, PermissionDenied) as refused:
        return RowReport(Outcome.REFUSED, label, str(refused), left=row)


def _plain(row: Any) -> Any:
    """Return a row without what only we say of one that came from elsewhere."""
    return {key: value for key, value in row.items() if key not in OURS} if isinstance(row, dict) else row


def _kept(row: dict[str, Any], sent: Sent, wishes: Wishes, label: str) -> RowReport:
    written = row["id"][:LONGEST_ID] if isinstance(row.get("id"), str) else ""
    uid = as_uid(written)
    free = uid is not None and not is_taken(uid)
    # What left this house with an id of its own is itself, even if another says the same of the same words.
    owner = _owner(row, wishes)
    # What an operator brings back to its author is looked for as the author sees it, too.
    people, place = dict.fromkeys((wishes.by, owner)), _origin_of(written)
    before = next((here for one in people if (here := here_already(one, uid, place))), None)
    if before := before or (None if free else _twin(sent, owner, wishes)):
        return replace(before, label=label)
    readers, why = _readers(sent, owner, wishes)
    origin = Origin(
        id=_came_from(row, "" if free else written),
        author=_author(row, owner),
        created=_moment(row, "created"),
        updated=_moment(row, "updated"),
    )
    answered = tuple(_known_by(one, owner, wishes) for one in sent.references)
    known = replace(sent, references=answered)
    kept = keep_sent(known, by=owner, hosts=wishes.hosts, uid=uid if free else uuid4(), readers=readers, origin=origin)
    return replace(report_of(kept, why), label=label)


def _twin(sent: Sent, owner: User, wishes: Wishes) -> RowReport | None:
    """Return the report of one that says the same of the same words as one of its owner's own."""
    if sent.references:
        return None
    article, issue = find_document(sent.uri or "", wishes.by, wishes.hosts)
    own = Annotation.objects.visible_to(owner).filter(owner=owner, comment=sent.text or "")
    spans = place_sent(article, passages_of(sent.quoted, article)) if article else []
    wanted = [(span.note_number, span.start, span.end, span.quote) for span in spans]
    tags = sorted(folded_name(tag).rpartition("/")[2] for tag in sent.tags or ())
    for mark in own.filter(article=article, issue=issue).prefetch_related("spans", "taggings__tag"):
        placed = [(span.note_number, span.start, span.end, span.quote) for span in mark.spans.all()]
        borne = sorted(folded_name(use.tag.name) for use in mark.taggings.all())
        if placed == wanted and borne == tags:
            return duplicate(mark, "One that says the same is here already.")
    return None


def _readers(sent: Sent, owner: User, wishes: Wishes) -> tuple[Readers, str]:
    """Return who may read it. What was private stays so; what its owner may not share becomes so, and that is said."""
    if not sent.is_shared(sent.group):
        try:
            return readers_of(sent.group, owner, shared=False), ""
        except PermissionDenied:
            return PRIVATE, ""
    try:
        if wishes.visibility:
            team = wishes.team if wishes.visibility == Visibility.TEAM else None
            readers = Readers(str(team.uid) if team else WORLD, wishes.visibility, team)
        else:
            readers = readers_of(sent.group, owner, shared=True)
        must_share(owner, readers.visibility, readers.team)
    except PermissionDenied as refused:
        return PRIVATE, f"Private: {refused}"
    return readers, ""


def _owner(row: dict[str, Any], wishes: Wishes) -> User:
    """Return whose it will be: the importer's, unless an operator brings people's own words back to them."""
    name = _account_name(row) if wishes.authors_known else ""
    return (User.objects.filter(username=name).first() if name else None) or wishes.by


def _author(row: dict[str, Any], owner: User) -> str:
    """Return who wrote it, as a label, where that is not its owner."""
    label = row.get("original_user", row.get("user"))
    if not isinstance(label, str) or ("original_user" not in row and _account_name(row) == owner.username):
        return ""
    return label


def _account_name(row: dict[str, Any]) -> str:
    user = row.get("user")
    name = user.removeprefix("acct:").rpartition("@") if isinstance(user, str) else ("", "", "")
    return name[0] if name[0] != FORMER else ""


def _came_from(row: dict[str, Any], written: str) -> str:
    """Return where a row comes from: its id there, or what it says of itself where it keeps its id."""
    via = row.get("via")
    first = via[0] if isinstance(via, list) and via and isinstance(via[0], str) else ""
    return _origin_of(written) or first


def _origin_of(written: str) -> str:
    if not written:
        return ""
    return f"urn:uuid:{written.lower()}" if as_uid(written) else ABROAD + quote(written, safe="")


def _known_by(reference: str, owner: User, wishes: Wishes) -> str:
    """Return the id here of what was answered."""
    place = _origin_of(reference[:LONGEST_ID])
    row = None if find_row(reference, owner) else answered_by(owner, [place], wishes)
    return str(row.uid) if row else reference


def _moment(row: dict[str, Any], name: str) -> datetime | None:
    written = row.get(name)
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
        return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
    except ValueError:
        return None


def _label(row: Any) -> str:
    """Return how a report calls a row: by its words, else by its id."""
    try:
        sent = read_sent(_plain(row), is_new=True)
    except NotSaid:
        told = row.get("id") if isinstance(row, dict) else None
        return told if isinstance(told, str) else "a row without an id"
    words = sent.quoted.exact if sent.quoted else ""
    return " ".join((words or sent.text or ", ".join(sent.tags or ()) or sent.uri or "").split())


def wrap(rows: Sequence[Any]) -> bytes:
    """Return a file of rows that were left."""
    return json.dumps({"annotations": list(rows)}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def is_it(name: str, beginning: bytes) -> bool:
    return name.endswith(".json") and _BEGINS.search(beginning) is not None


HYPOTHESIS = ImportFormat(
    slug="hypothesis",
    name="Hypothesis (JSON)",
    endings=(".json",),
    is_it=is_it,
    rows=read_rows,
    keep=keep_row,
    wrap=wrap,
    media_type=MEDIA_TYPE,
)
