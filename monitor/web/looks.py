"""How pages look to a person: each choice stands on <html> as a data attribute, which CSS reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.accounts.models import LOOKS, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class LookChoice:
    """One setting: its name in the form, its attribute on <html>, what is chosen and what there is to choose."""

    name: str
    attribute: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


def look_of(person: User | AnonymousUser | None) -> list[LookChoice]:
    """Return the choices of a person; a visitor has those that a new account begins with."""
    looks = person if isinstance(person, User) else User()
    return [
        LookChoice(name, f"data-{name.replace('_', '-')}", label, getattr(looks, name), tuple(options.choices))
        for name, (label, options) in LOOKS.items()
    ]
