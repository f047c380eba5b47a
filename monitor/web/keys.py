"""The keys of a person as pages show them: in the sheet behind `?`, on the help page, in the settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from monitor.accounts.key_map import ACTS, ARROWS, CONTEXTS, SHIFT, Act, keys_of
from monitor.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CAPS = {**ARROWS, "Escape": "Esc"}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An act with the stroke that does it, and with what stands on the keys to press."""

    act: Act
    stroke: str
    caps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The acts of one context."""

    context: str
    label: str
    rows: tuple[KeyRow, ...]


def caps_of(stroke: str) -> tuple[str, ...]:
    """Return what stands on the keys of a stroke: `("Shift", "F")`, `("↓",)`; nothing for no stroke."""
    key = stroke.removeprefix(SHIFT)
    shift = ("Shift",) if key != stroke else ()
    return (*shift, CAPS.get(key, key.upper() if shift and len(key.upper()) == 1 else key)) if key else ()


def key_groups(keys: dict[str, str]) -> tuple[KeyGroup, ...]:
    rows = (KeyRow(act, keys[act.name], caps_of(keys[act.name])) for act in ACTS)
    groups = groupby(rows, key=lambda row: row.act.context)
    return tuple(KeyGroup(context, CONTEXTS[context], tuple(found)) for context, found in groups)


def groups_for(person: User | AnonymousUser | None) -> tuple[KeyGroup, ...]:
    """Return all acts with a person's own keys; a visitor has the usual ones."""
    user = person if isinstance(person, User) else User()
    return key_groups(keys_of(user.own_keys, arrows_scroll=user.arrows_scroll))


def key_sheet(person: User | AnonymousUser | None) -> SafeString:
    """Return the element that listens for a person's keys and holds their sheet.

    It is on every page and nearly always the same: it is made once for each set of keys.
    """
    user = person if isinstance(person, User) else User()
    own = json.dumps(user.own_keys, sort_keys=True)
    return _sheet(own, user.arrows_scroll, is_on=user.single_keys, has_account=user.pk is not None)


@lru_cache(maxsize=512)
def _sheet(own: str, arrows_scroll: bool, *, is_on: bool, has_account: bool) -> SafeString:
    groups = key_groups(keys_of(json.loads(own), arrows_scroll=arrows_scroll))
    context = {"groups": groups, "is_on": is_on, "has_account": has_account}
    return SafeString(render_to_string("shared/_keys.html", context))
