"""What rows of the authority files have in common: who brought them, what a person changed, when they hold, their past."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

M = TypeVar("M", bound=models.Model)

# ISO dates of any precision: "2022", "2022-01", "2022-01-11". As texts they sort in their order.
PARTIAL_DATE = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"


LASTING = ("uid", "created", "updated")  # columns of Exported that no history has to keep


class Origin(models.TextChoices):
    """Who brought a row."""

    FILES = "files", "the gazetteer that comes with the site"
    PERSON = "person", "a person here"
    TEXT = "text", "a name found in a text"


class Kept(models.Model):
    """A row that the gazetteer's files may bring again: the columns in `edited` stay as a person left them."""

    origin = models.CharField(max_length=6, choices=Origin, default=Origin.PERSON)
    edited = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    valid_from = models.CharField(max_length=10, blank=True, help_text="ISO date of any precision, included; or empty")
    valid_to = models.CharField(max_length=10, blank=True, help_text="the same; empty: holds still")

    class Meta:
        abstract = True


class Exported(models.Model):
    """A row with an identity of its own in every file that leaves the house; it is the same row's for ever.

    `updated` is kept by a trigger (see the migration 0027_when_rows_changed), as it is for the rows of the library.
    """

    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    # A default of Python's, too: new rows come by COPY, which names every column.
    created = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    updated = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)

    class Meta:
        abstract = True


def keep_history(
    *, of: Sequence[str] = ("insert", "update", "delete"), exclude: Sequence[str] = ()
) -> Callable[[type[M]], type[M]]:
    """Keep every version of a model's rows in a table beside it, by triggers: no way of writing goes round them."""
    events = {"insert": pghistory.InsertEvent, "update": pghistory.UpdateEvent, "delete": pghistory.DeleteEvent}
    track: Callable[[type[M]], type[M]] = pghistory.track(*(events[name]() for name in of), exclude=list(exclude))
    return track


def dates_hold(name: str) -> list[models.CheckConstraint]:
    """Return the constraints of a pair of partial dates: each is one, and the second is not before the first.

    The coarser of the two decides: a thing may begin in "2022-05" and end in "2022".
    """
    in_order = Q(valid_to__gte=F("valid_from")) | Q(valid_from__startswith=F("valid_to"))
    return [
        models.CheckConstraint(
            condition=Q(valid_from__regex=PARTIAL_DATE) & Q(valid_to__regex=PARTIAL_DATE), name=f"{name}_dates_are_iso"
        ),
        models.CheckConstraint(
            condition=Q(valid_from="") | Q(valid_to="") | in_order, name=f"{name}_dates_run_forward"
        ),
    ]


def origin_is_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(origin__in=Origin.values), name=f"{name}_origin_is_known")
