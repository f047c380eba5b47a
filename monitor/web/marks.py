"""Annotations as pages show them: spans over the text, and cards beside it.

Rows come from `annotations.queries.as_rows`. A card is known by a short key (`data-mark`, in the marks' `data-ids`) and by
its address `#a<uid>`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.accounts.models import User
from monitor.annotations.models import Visibility
from monitor.annotations.rendering import Html, Span
from monitor.web.comments import comment_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AnonymousUser

    Person = User | AnonymousUser
    Row = dict[str, Any]

KEY_LENGTH = 10  # hexadecimal digits of the uid: enough to tell the annotations of one article apart


@dataclass(frozen=True, slots=True)
class ShownTag:
    """A tag on a card; `steps` are its name with those above it, as they are read."""

    pk: int
    name: str
    path: str
    colour: str


@dataclass(frozen=True, slots=True)
class ShownReply:
    """A reply on a card."""

    uid: str
    by: str
    html: Html
    words: str
    created: datetime
    revision: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a mark stands in today's text, and the words it was made on."""

    quote: str
    state: str  # exact, fuzzy or orphan
    place: str  # fragment of the block or note it begins in; "" for an orphan
    now: str  # the words there today


@dataclass(frozen=True, slots=True)
class Card:
    """One annotation with all that can be read of it and done with it."""

    key: str
    uid: str
    by: str
    is_mine: bool
    words: str
    html: Html
    colour: str
    visibility: str
    team: str
    created: datetime
    edited: bool
    revision: int
    resolved_by: str
    hidden: bool
    deleted: bool
    tags: tuple[ShownTag, ...]
    replies: tuple[ShownReply, ...]
    passages: tuple[Passage, ...]
    may_edit: bool
    may_answer: bool
    may_hide: bool

    @property
    def place(self) -> str:
        return next((passage.place for passage in self.passages if passage.place), "")

    @property
    def is_lost(self) -> bool:
        return any(passage.state == "orphan" for passage in self.passages)

    @property
    def is_moved(self) -> bool:
        return any(passage.state == "fuzzy" for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Place:
    """A block or note that can hold a mark: its fragment, its range in its text, and that text."""

    id: str
    start: int
    end: int
    text: str
    note: int | None = None


def key_of(uid: str) -> str:
    return uid.replace("-", "")[:KEY_LENGTH]


def mark_spans(rows: Iterable[Row]) -> dict[int | None, list[Span]]:
    """Return the spans over the running text (None) and over each printed note, by its key; the shortest on top."""
    found: dict[int | None, list[Span]] = defaultdict(list)
    for row in rows:
        for span in row["spans"]:
            if span["state"] != "orphan" and (span["note_number"] is None or span["note_id"]):
                found[span["note_id"]].append(_span(row, span))
    return found


def _span(row: Row, span: Row) -> Span:
    key = key_of(row["uid"])
    name = "a moved" if span["state"] == "fuzzy" else "a"
    attributes = (
        ("class", name),
        ("data-ids", key),
        ("data-colour", row["colour"]),
        ("aria-details", f"a{row['uid']}"),
    )
    return Span("mark", span["start"], span["end"], attributes, priority=span["start"] - span["end"])


def cards_of(rows: Iterable[Row], person: Person, places: Sequence[Place] = ()) -> list[Card]:
    """Return cards in the order of the page; words on the whole article come first."""
    cards = [_card(row, person, places) for row in rows]
    order = {place.id: at for at, place in enumerate(places)}
    return sorted(cards, key=lambda card: order.get(card.place, -1 if not card.passages else len(order)))


def _card(row: Row, person: Person, places: Sequence[Place]) -> Card:
    is_mine = row["owner"] is not None and row["owner"] == person.pk
    is_analyst = isinstance(person, User) and person.is_analyst
    private = row["visibility"] == Visibility.PRIVATE
    return Card(
        key=key_of(row["uid"]),
        uid=row["uid"],
        by=_name(row),
        is_mine=is_mine,
        words=row["comment"],
        html=comment_html(row["comment"]),
        colour=row["colour"],
        visibility=row["visibility"],
        team=row["team"] or "",
        created=_moment(row["created"]),
        edited=row["revision"] > 1,
        revision=row["revision"],
        resolved_by=row["resolved_by"] or ("somebody" if row["resolved"] else ""),
        hidden=row["hidden"] is not None,
        deleted=row["deleted"] is not None,
        tags=tuple(ShownTag(tag["pk"], tag["name"], tag["path"], tag["colour"]) for tag in row["tags"]),
        replies=tuple(_reply(reply, person) for reply in row["replies"]),
        passages=tuple(_passage(span, places) for span in row["spans"]),
        may_edit=is_mine and row["hidden"] is None,
        may_answer=is_mine
        if private
        else is_analyst and (row["member"] or row["visibility"] != Visibility.TEAM or is_mine),
        may_hide=_may_hide(row, person),
    )


def _may_hide(row: Row, person: Person) -> bool:
    if row["visibility"] == Visibility.TEAM:
        return bool(row["keeper"])
    return row["visibility"] == Visibility.EVERYONE and isinstance(person, User) and person.is_curator


def _reply(row: Row, person: Person) -> ShownReply:
    return ShownReply(
        uid=row["uid"],
        by=_name(row),
        html=comment_html(row["comment"]),
        words=row["comment"],
        created=_moment(row["created"]),
        revision=row["revision"],
        is_mine=row["owner"] is not None and row["owner"] == person.pk,
    )


def _name(row: Row) -> str:
    return row["name"] or row["username"] or "a former member"


def _moment(written: str | datetime) -> datetime:
    return datetime.fromisoformat(written) if isinstance(written, str) else written


def _passage(span: Row, places: Sequence[Place]) -> Passage:
    if span["state"] == "orphan":
        return Passage(span["quote"], "orphan", "", "")
    inside = (p for p in places if p.note == span["note_id"] and p.start <= span["start"] <= p.end)
    place = next(inside, None)
    now = place.text[span["start"] : span["end"]] if place else ""
    return Passage(span["quote"], span["state"], place.id if place else "", now)
