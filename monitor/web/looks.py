"""How pages look to a person: each choice stands on <html> as a data attribute, which CSS reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

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


@dataclass(frozen=True, slots=True)
class Look:
    """All choices of a person, as attributes of the page, and the fields of the form that changes them."""

    choices: tuple[LookChoice, ...]
    attributes: SafeString
    fields: SafeString


def look_of(person: User | AnonymousUser | None) -> Look:
    """Return the choices of a person; a visitor has those that a new account begins with.

    They are on every page and there are few different ones: each is made once.
    """
    looks = person if isinstance(person, User) else User()
    return _look(tuple(getattr(looks, name) for name in LOOKS))


@lru_cache(maxsize=512)
def _look(chosen: tuple[str, ...]) -> Look:
    choices = tuple(
        LookChoice(name, f"data-{name.replace('_', '-')}", label, value, tuple(options.choices))
        for value, (name, (label, options)) in zip(chosen, LOOKS.items(), strict=True)
    )
    attributes = format_html_join("", ' {}="{}"', ((choice.attribute, choice.chosen) for choice in choices))
    return Look(choices, attributes, SafeString(render_to_string("shared/_look_fields.html", {"choices": choices})))
