"""What a person marks with, as an expression for the statement of a page: tags on digits, those used lately, teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, Value
from django.db.models.functions import JSONObject

from monitor.accounts.models import Membership, User
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.expressions import Combinable

    Person = User | AnonymousUser

LATELY = 50  # uses looked back over
TAG = {"tag": "tag_id", "name": "tag__name", "path": "tag__path", "colour": "tag__colour", "owner": "tag__owner_id"} | {
    "team": "tag__team__uid",
    "team_name": "tag__team__name",
}
TEAM = {"uid": "team__uid", "name": "team__name"}


def at_hand(person: Person) -> Combinable:
    """Return `{"pins", "lately", "teams"}`: rows of TAG with `digit`, rows of TAG newest first, rows of TEAM by name."""
    if not isinstance(person, User):
        return Value({"pins": [], "lately": [], "teams": []}, JSONField())
    # Who left a team keeps neither its tags on their digits nor their names.
    known = Tag.objects.visible_to(person)
    used = AnnotationTag.objects.filter(added_by=person, tag__in=known).order_by("-id")[:LATELY]
    return JSONObject(
        pins=own_pins(person),
        lately=_rows(used, TAG),
        teams=own_teams(person),
    )


def own_pins(person: User) -> ArraySubquery:
    pins = PinnedTag.objects.filter(person=person, tag__in=Tag.objects.visible_to(person)).order_by("digit")
    return _rows(pins, TAG | {"digit": "digit"})


def own_teams(person: User) -> ArraySubquery:
    """Return rows of TEAM by name, with `keeper`: whether the person runs it."""
    return _rows(
        Membership.objects.filter(user=person).order_by("team__name", "pk"), TEAM | {"keeper": "is_team_admin"}
    )


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
