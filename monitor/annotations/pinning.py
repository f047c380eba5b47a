"""The tags behind a person's digit keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from monitor.accounts.models import User
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import PinnedTag

if TYPE_CHECKING:
    from monitor.annotations.tag_models import Tag

DIGITS = range(1, 10)


@transaction.atomic
def pin_tag(*, tag: Tag, by: User, digit: int | None) -> None:
    """Put a tag behind a digit, 1 to 9, in place of the one that was there; None takes it off its digit."""
    if digit is not None and digit not in DIGITS:
        raise CannotAnnotate("A tag goes behind one of the digits 1 to 9.")
    # Two windows of one person pin one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    PinnedTag.objects.filter(Q(tag=tag) | Q(digit=digit), person=by).delete()
    if digit is not None:
        PinnedTag.objects.create(person=by, tag=tag, digit=digit)
