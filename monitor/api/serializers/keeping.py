"""Tags, teams, saved searches and one's own account: what answers say and what requests bring."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from monitor.accounts.models import Role
from monitor.accounts.token_models import Scope
from monitor.annotations.codebook import LONGEST_NAME
from monitor.annotations.models import Colour
from monitor.api.fields import Day, Identity, Moment, OneOf, Shown, Taken, Text
from monitor.search.resolving import CHOOSABLE
from monitor.search.saved_models import LONGEST_NAME as LONGEST_SEARCH_NAME

LONGEST_WORDS = 5_000
LONGEST_QUERY = 10_000
MOST_CHOSEN = 50
TAG_SCOPES = ("shared", "mine", "team")


class Kept(Shown):
    """What every object of the API begins with."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    html_url = serializers.URLField()
    created = Moment()
    updated = Moment()


class TagShown(Kept):
    """A tag of the codebook: everybody's (`shared`), of a team, or one's own (`mine`)."""

    revision = serializers.IntegerField(min_value=1)
    name = serializers.CharField()
    path = serializers.CharField()
    scope = serializers.ChoiceField(choices=TAG_SCOPES)
    team = serializers.UUIDField(allow_null=True)
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]  # REST framework keeps it apart
    definition = serializers.CharField(allow_blank=True)
    example = serializers.CharField(allow_blank=True)
    colour = serializers.ChoiceField(choices=Colour.values)


class TagChange(Taken):
    name = Text(max_length=LONGEST_NAME)
    parent = Identity(allow_null=True)  # type: ignore[assignment]
    definition = Text(max_length=LONGEST_WORDS, allow_blank=True)
    example = Text(max_length=LONGEST_WORDS, allow_blank=True)
    colour = OneOf(choices=Colour.values)


class TagTaken(Taken):
    """A new tag. `name` may hold steps ("violence/raid"), which are made as they are needed."""

    name = Text(max_length=400)
    scope = OneOf(choices=TAG_SCOPES, required=False, default="shared")
    team = Identity(required=False, allow_null=True)
    parent = Identity(required=False, allow_null=True)  # type: ignore[assignment]
    colour = OneOf(choices=Colour.values, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["scope"] == "team") != (attrs.get("team") is not None):
            raise serializers.ValidationError({"team": ["A team belongs to the scope `team`, and to no other."]})
        return attrs


class Member(Shown):
    username = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    is_team_admin = serializers.BooleanField()


class TeamShown(Kept):
    name = serializers.CharField()
    size = serializers.IntegerField(min_value=0)
    is_mine = serializers.BooleanField()


class WholeTeam(TeamShown):
    members = Member(many=True)


class SavedSearchShown(Kept):
    """A search that somebody keeps, for themselves or for a team."""

    name = serializers.CharField()
    owner = serializers.CharField()
    is_mine = serializers.BooleanField()
    team = serializers.UUIDField(allow_null=True)
    query = serializers.CharField(allow_blank=True)
    chosen = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    sort = serializers.CharField(allow_blank=True)


class Chosen(Taken):
    """Values chosen in facets, by their names; one with `-` before it is left out."""

    def get_fields(self) -> dict[str, Any]:
        names: tuple[str, ...] = CHOOSABLE
        return {**super().get_fields(), **{name: _values() for name in names}}


def _values() -> serializers.ListField:
    return serializers.ListField(child=Text(max_length=400), max_length=MOST_CHOSEN, required=False)


class SavedSearchTaken(Taken):
    name = Text(max_length=LONGEST_SEARCH_NAME)
    query = Text(max_length=LONGEST_QUERY, allow_blank=True, required=False, default="")
    chosen = Chosen(required=False)
    since = Day(required=False, allow_null=True, default=None)
    until = Day(required=False, allow_null=True, default=None)
    team = Identity(required=False, allow_null=True, default=None)


class TeamOfMine(Shown):
    id = serializers.UUIDField()
    url = serializers.URLField()
    name = serializers.CharField()
    is_team_admin = serializers.BooleanField()


class TokenShown(Shown):
    """A token, without what a program sends: that is shown once, when it is made."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    html_url = serializers.URLField()
    created = Moment()
    updated = Moment()
    name = serializers.CharField()
    scope = serializers.ChoiceField(choices=Scope.values)
    expires = Moment(allow_null=True)
    last_used = Moment(allow_null=True)


class Signed(Shown):
    """With what a program signed in."""

    name = serializers.CharField()
    scope = serializers.ChoiceField(choices=Scope.values)
    expires = Moment(allow_null=True)


class MeShown(Kept):
    username = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    role = serializers.ChoiceField(choices=Role.values)
    teams = TeamOfMine(many=True)
    token = Signed(allow_null=True)
