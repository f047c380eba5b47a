"""Annotations as pages show them: cards beside the text, and the places in it where they stand.

Rows come from `annotations.queries.as_rows`. A card is known by a short key (`data-mark`, in the marks' `data-ids`) and by
its address `#a<uid>`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.accounts.models import User
from monitor.annotations.models import Visibility
from monitor.annotations.outlines import name_of
from monitor.web.comments import comment_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import AnonymousUser

    from monitor.annotations.rendering import Html

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


class Places:
    """The blocks and notes of an article in the order of the page; finds the one that holds a place of its text."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._all = tuple(places)
        self._order = {place.id: at for at, place in enumerate(self._all)}
        self._notes = {place.note: place for place in self._all if place.note is not None}
        self._blocks = [place for place in self._all if place.note is None]
        self._starts = [place.start for place in self._blocks]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._all)

    def holding(self, note: int | None, at: int) -> Place | None:
        if note is not None:
            return self._notes.get(note)
        found = bisect_right(self._starts, at) - 1
        return self._blocks[found] if found >= 0 and at <= self._blocks[found].end else None

    def order(self, spans: Iterable[tuple[int | None, int]], *, is_on_whole: bool) -> tuple[int, int]:
        """Return what annotations are sorted by: words on the whole come first, what stands nowhere last.

        `spans` are the passages that stand somewhere, as the key of their note or None and where they begin.
        """
        placed = ((place, start) for note, start in spans if (place := self.holding(note, start)))
        place, start = next(placed, (None, 0))
        if place is None:
            return (-1 if is_on_whole else len(self._order), 0)
        return self._order[place.id], start


def key_of(uid: str) -> str:
    return uid.replace("-", "")[:KEY_LENGTH]


def written_tag(path: str, name: str) -> str:
    """Return a tag as it is read: "violence / raid" for one below another."""
    return " / ".join([*(step.replace("-", " ") for step in path.split("/")[:-1]), name])


def cards_of(rows: Iterable[Row], person: Person, places: Places | None = None) -> list[Card]:
    """Return cards in the order of the page; words on the whole article come first."""
    known = places or Places()
    in_order = sorted(rows, key=lambda row: known.order(_standing(row), is_on_whole=not row["spans"]))
    return [_card(row, person, known) for row in in_order]


def _standing(row: Row) -> list[tuple[int | None, int]]:
    spans = (span for span in row["spans"] if span["state"] != "orphan")
    return [(span["note_id"], span["start"]) for span in spans if _has_its_text(span)]


def _has_its_text(span: Row) -> bool:
    """Say whether the text it stands in is there: without its note a passage of one stands nowhere."""
    return span["note_number"] is None or span["note_id"] is not None


def _card(row: Row, person: Person, places: Places) -> Card:
    is_mine = row["owner"] is not None and row["owner"] == person.pk
    is_analyst = isinstance(person, User) and person.is_analyst
    private = row["visibility"] == Visibility.PRIVATE
    return Card(
        key=key_of(row["uid"]),
        uid=row["uid"],
        by=name_of(row["username"], row["name"]),
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
        by=name_of(row["username"], row["name"]),
        html=comment_html(row["comment"]),
        words=row["comment"],
        created=_moment(row["created"]),
        revision=row["revision"],
        is_mine=row["owner"] is not None and row["owner"] == person.pk,
    )


def _moment(written: str | datetime) -> datetime:
    return datetime.fromisoformat(written) if isinstance(written, str) else written


def _passage(span: Row, places: Places) -> Passage:
    if span["state"] == "orphan":
        return Passage(span["quote"], "orphan", "", "")
    place = places.holding(span["note_id"], span["start"]) if _has_its_text(span) else None
    now = place.text[span["start"] : span["end"]] if place else ""
    return Passage(span["quote"], span["state"], place.id if place else "", now)
