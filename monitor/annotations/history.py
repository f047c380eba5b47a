"""What became of an annotation, from the event tables its triggers fill: who changed what, and when.

A version that was private stays its author's, also when the annotation is shared later; one written for a team stays
the team's. So each version is shown to those who might have read it then.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, Q, Value, When

from monitor.accounts.models import User
from monitor.annotations.managers import shared_with
from monitor.annotations.models import Annotation, AnnotationSpan, Colour, SpanState, Visibility
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MOST_SHOWN = 200
VERSION = ("comment", "colour", "visibility", "team__name", "resolved", "hidden", "deleted")


@dataclass(frozen=True, slots=True)
class Happening:
    """One act: the sentences say what was done; `before` are the words that gave way to others, if any."""

    when: datetime
    by: str
    said: tuple[str, ...]
    before: str = ""


@dataclass(slots=True)
class _Moment:
    """What one transaction changed."""

    by: str = ""
    said: list[str] = field(default_factory=list)
    before: str = ""


def history_of(mark: Annotation, person: User) -> list[Happening]:
    """Return what this person may know of the annotation's past, newest first."""
    versions = _versions(mark, person)
    moments: dict[datetime, _Moment] = defaultdict(_Moment)
    names = _names(versions)
    _tell_of_words(versions, moments, names)
    _tell_of_tags(mark, person, versions, moments)
    _tell_of_places(mark, versions, moments)
    told = [Happening(when, one.by, tuple(one.said), one.before) for when, one in moments.items() if one.said]
    return sorted(told, key=lambda one: one.when, reverse=True)[:MOST_SHOWN]


def _versions(mark: Annotation, person: User) -> list[dict[str, Any]]:
    """Return the versions, oldest first; `seen` tells which of them this person may read."""
    events: Any = Annotation.pgh_event_model  # type: ignore[attr-defined]  # pghistory makes it
    seen = Case(
        When(Q(owner=person) | shared_with(person), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    rows = events.objects.filter(pgh_obj_id=mark.pk).order_by("pgh_id").annotate(seen=seen)
    rows = rows.values("pgh_created_at", "owner", "hidden_by", "resolved_by", "seen", "pgh_context__metadata", *VERSION)
    return [{**row, "who": _person_of(row.pop("pgh_context__metadata"))} for row in rows]


def _person_of(request: dict[str, Any] | None) -> int | None:
    """Return the key of who sent the request in which a row was written, None where no request wrote it."""
    who = (request or {}).get("user")
    return who if isinstance(who, int) else None


def _names(versions: Iterable[dict[str, Any]]) -> dict[int, str]:
    people = {row[name] for row in versions for name in ("who", "owner", "hidden_by", "resolved_by")} - {None}
    return {person.pk: person.name or person.username for person in User.objects.filter(pk__in=people)}


def _tell_of_words(versions: list[dict[str, Any]], moments: dict[datetime, _Moment], names: dict[int, str]) -> None:
    before: dict[str, Any] | None = None
    for at, row in enumerate(versions):
        if row["seen"]:
            moment = moments[row["pgh_created_at"]]
            moment.by = moment.by or names.get(_doer(row, before), "")
            moment.said += _said(row, before, is_first=at == 0)
            if before and before["comment"] != row["comment"]:
                moment.before = before["comment"]
        before = row if row["seen"] else None


def _doer(row: dict[str, Any], before: dict[str, Any] | None) -> Any:
    """Return who made this version: as the request said, else whom the change itself names."""
    if row["who"]:
        return row["who"]
    for name in ("hidden", "resolved"):
        if before and before[name] != row[name]:
            return row[f"{name}_by"] or before[f"{name}_by"]
    return row["owner"]


def _said(row: dict[str, Any], before: dict[str, Any] | None, *, is_first: bool) -> list[str]:
    if is_first:
        return [f"made it, {_readers(row)}"]
    if before is None:
        return [f"let it be read, {_readers(row)}"]
    return [sentence for changed, sentence in _changes(row, before) if changed]


def _changes(row: dict[str, Any], before: dict[str, Any]) -> Iterable[tuple[bool, str]]:
    def differs(name: str) -> bool:
        return bool(before[name] != row[name])

    yield differs("comment"), "changed the words" if before["comment"] else "wrote a comment"
    yield differs("colour"), f"made it {Colour(row['colour']).label.lower()}"
    yield differs("visibility") or differs("team__name"), f"changed who may read it: now {_readers(row)}"
    for name, done, undone in (
        ("resolved", "resolved it", "reopened it"),
        ("hidden", "hid it from view", "showed it again"),
        ("deleted", "moved it to the trash", "took it out of the trash"),
    ):
        yield (before[name] is None) != (row[name] is None), done if row[name] else undone


def _readers(row: dict[str, Any]) -> str:
    if row["visibility"] == Visibility.TEAM:
        return f"for the team {row['team__name'] or ''}".rstrip()
    return "for everyone" if row["visibility"] == Visibility.EVERYONE else "for its author only"


def _was_seen(versions: list[dict[str, Any]], when: datetime) -> bool:
    """Return whether the version that stood at this moment is one that may be known."""
    standing = [row["seen"] for row in versions if row["pgh_created_at"] <= when]
    return bool(standing and standing[-1])


def _tell_of_tags(
    mark: Annotation, person: User, versions: list[dict[str, Any]], moments: dict[datetime, _Moment]
) -> None:
    events: Any = AnnotationTag.pgh_event_model  # type: ignore[attr-defined]
    known = Tag.objects.visible_to(person).values("pk")
    rows = events.objects.filter(annotation=mark.pk, tag__in=known, pgh_label__in=("insert", "delete"))
    for when, label, name, by in rows.order_by("pgh_id").values_list(
        "pgh_created_at", "pgh_label", "tag__name", "added_by__username"
    ):
        if _was_seen(versions, when):
            moments[when].said.append(f"{'added' if label == 'insert' else 'took off'} the tag “{name}”")
            moments[when].by = moments[when].by or (by if label == "insert" else None) or ""


def _tell_of_places(mark: Annotation, versions: list[dict[str, Any]], moments: dict[datetime, _Moment]) -> None:
    """Say what new readings of the file, and people, made of its passages."""
    events: Any = AnnotationSpan.pgh_event_model  # type: ignore[attr-defined]
    rows = events.objects.filter(annotation=mark.pk, pgh_label="update").order_by("pgh_id")
    for when, state in rows.values_list("pgh_created_at", "state"):
        sentence = {
            SpanState.EXACT: "a passage was found in the text as it is read now",
            SpanState.FUZZY: "a passage was found in other words",
            SpanState.ORPHAN: "a passage was not found any more",
        }[SpanState(state)]
        if _was_seen(versions, when) and sentence not in moments[when].said:
            moments[when].said.append(sentence)
