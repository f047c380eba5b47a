"""What a person chose of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from monitor.accounts.key_map import clashes, keys_of, own_part, typed_form
from monitor.accounts.models import User
from monitor.accounts.refusals import KeyTaken

if TYPE_CHECKING:
    from collections.abc import Mapping


@transaction.atomic
def choose_keys(*, user: User, single_keys: bool, arrows_scroll: bool, keys: Mapping[str, str]) -> User:
    """Keep a person's keys: `keys` holds the stroke of each act, empty for none. Raises KeyTaken."""
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = keys_of(row.own_keys)
    changed = frozenset(name for name, stroke in keys.items() if stroke != before.get(name))
    for clash in clashes({**before, **keys}, changed):
        raise KeyTaken(clash.act.name, typed_form(clash.stroke), clash.other.does)
    row.single_keys, row.arrows_scroll = single_keys, arrows_scroll
    row.own_keys = own_part({**before, **keys})
    row.save(update_fields=["single_keys", "arrows_scroll", "own_keys"])
    return row


@transaction.atomic
def forget_own_keys(*, user: User) -> User:
    """Give every act its usual key again; the two switches stay."""
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    row.own_keys = {}
    row.save(update_fields=["own_keys"])
    return row
