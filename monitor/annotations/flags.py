"""Asking those who keep order to look at something shared; they hear of it once, and its author does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from monitor.accounts.models import Role, User
from monitor.annotations.flag_models import Flag
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.notices import tell_of_flag
from monitor.annotations.refusals import NotYours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.annotations.models import Reply


@transaction.atomic
def flag(*, written: Annotation | Reply, by: User) -> bool:
    """Flag an annotation or a reply that `by` sees; False where they did before. Raises NotYours for one's own."""
    if written.owner_id == by.pk:
        raise NotYours("Your own words need no flag: you may delete them.")
    own = {"annotation": written} if isinstance(written, Annotation) else {"reply": written}
    _, is_new = Flag.objects.get_or_create(person=by, **own)
    if is_new:
        tell_of_flag(written, by, keepers_of(written))
    return is_new


def keepers_of(written: Annotation | Reply) -> QuerySet[User]:
    """Return who may take it from view: curators what everybody reads, a team's admins what the team does."""
    people = User.objects.filter(is_active=True)
    if written.visibility == Visibility.EVERYONE:
        return people.filter(role__in=[Role.CURATOR, Role.ADMIN])
    return people.filter(memberships__team=written.team_id, memberships__is_team_admin=True)
