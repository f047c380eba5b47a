"""What takes an act back: written into the message that tells of the act, which shows it as one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages

if TYPE_CHECKING:
    from monitor.web.access import Request

UNDOES = "undoes"  # first word of the tags of such a message


@dataclass(frozen=True, slots=True)
class Undoing:
    """The address of a form, and what it sends."""

    address: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        return f"{UNDOES} {self.address} {urlencode(self.fields)}"


def undoing(address: str, **fields: object) -> Undoing:
    """Return what a button sends to take something back; a list is sent as several fields of its name."""
    pairs = [(name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])]
    return Undoing(address, tuple((name, str(value)) for name, value in pairs))


def say_done(request: Request, said: str, undo: Undoing | None = None) -> None:
    """Say on the next page what was done, with the button that takes it back."""
    messages.success(request, said, extra_tags=undo.words if undo else "")


def undoing_in(tags: str | None) -> Undoing | None:
    """Return what `say_done` wrote into the tags of a message, None for those of other messages."""
    words = (tags or "").split(" ", 2)
    if words[0] != UNDOES or len(words) < len(("word", "address", "fields")):
        return None
    return Undoing(words[1], tuple(parse_qsl(words[2])))
