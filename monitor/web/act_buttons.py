"""Buttons that take an act back, or do it again: each names its act, so that it never does so with another one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from monitor.annotations.operations import act_of_request, act_that_left

if TYPE_CHECKING:
    from django.contrib.messages.storage.base import Message

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

UNDO, REDO = "undo-act", "redo-act"  # before the act's key in a message's tags
MOST_DIGITS = 18


def undo_tags() -> str:
    """Return tags for the message of what this request did, none where it changed nothing."""
    act = act_of_request()
    return f"{UNDO} {act}" if act else ""


def made_act(mark: Annotation) -> str:
    """Return the act that made an annotation, as a form names it."""
    return f"{mark.uid}:{mark.revision}"


def act_in(message: Message, turn: str) -> str:
    """Return the act that a message's button turns, "" where it has no such button."""
    words = (message.extra_tags or "").split()
    return words[1] if len(words) == len((turn, "key")) and words[0] == turn else ""


def meant_act(person: User, named: str) -> int | None:
    """Return the act that a form names: by its key, or by the annotation and the revision it left; None for the newest.

    Raises NothingToUndo and ChangedSince.
    """
    if named.isascii() and named.isdigit() and len(named) <= MOST_DIGITS:
        return int(named)
    uid, _, revision = named.partition(":")
    if not (revision.isascii() and revision.isdigit() and len(revision) < MOST_DIGITS // 2):
        return None
    try:
        return act_that_left(person, UUID(uid), int(revision))
    except ValueError:
        return None
