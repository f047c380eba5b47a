"""Grading sources: how far analysts rely on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from monitor.library.source_models import Grade, Source, SourceGrade

if TYPE_CHECKING:
    from monitor.accounts.models import User

LONGEST_REASON = 1000  # characters


class CannotGrade(Exception):
    """Its text is one sentence."""


@transaction.atomic
def grade_source(*, source: Source, grade: str, reason: str, by: User) -> SourceGrade:
    """Give a source a grade, or take its grade back with ""; nothing is stored where nothing changes.

    Raises CannotGrade. Two people who grade at once are both in the history; the later one's grade holds.
    """
    if grade not in Grade.values:
        raise CannotGrade("There is no such grade.")
    if len(reason) > LONGEST_REASON:
        raise CannotGrade(f"Give the reason in at most {LONGEST_REASON} characters.")
    Source.objects.select_for_update().get(pk=source.pk)
    newest = source.grades.first()
    if newest and (newest.grade, newest.reason) == (grade, reason):
        return newest
    if newest is None and not grade:
        raise CannotGrade("It has no grade that could be taken back.")
    return SourceGrade.objects.create(source=source, grade=grade, reason=reason, given_by=by)
