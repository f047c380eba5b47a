"""Actors, regions and mentions, as answers tell them (see `rows`); and what is decided on suggestions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from monitor.api.fields import OneOf, Shown, Taken, Text
from monitor.api.serializers.pieces import At, Lasting, Named, Thing
from monitor.entities.judgement_models import Scope, Verdict
from monitor.entities.mention_models import EntityKind, MentionStatus, Method, Tier, Where
from monitor.entities.models import LONGEST_NAME, ActorKind, ActorStatus, NameSort, RelationType
from monitor.entities.region_models import PointBasis, RegionKind

PARTIAL = "ISO date of any precision, or empty"


class Actor(Lasting):
    name = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=ActorKind.choices)
    status = serializers.ChoiceField(choices=ActorStatus.choices)
    countries = serializers.ListField(child=serializers.CharField(), help_text="codes of regions")
    tags = serializers.ListField(child=serializers.CharField())
    wikidata = serializers.CharField()
    valid_from = serializers.CharField(help_text=PARTIAL)
    valid_to = serializers.CharField(help_text=PARTIAL)
    article_count = serializers.IntegerField()


class Alias(Shown):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=NameSort.choices)
    lang = serializers.CharField()
    script = serializers.CharField()


class DatedAlias(Alias):
    valid_from = serializers.CharField(help_text=PARTIAL)
    valid_to = serializers.CharField(help_text=PARTIAL)


class Relation(Shown):
    uid = serializers.UUIDField()
    type = serializers.ChoiceField(choices=RelationType.choices)
    valid_from = serializers.CharField(help_text=PARTIAL)
    valid_to = serializers.CharField(help_text=PARTIAL)
    source = serializers.CharField()  # type: ignore[assignment]
    to = Named()

    def get_fields(self) -> dict[str, serializers.Field]:  # type: ignore[type-arg]
        return {**super().get_fields(), "from": Named()}


class WholeActor(Actor):
    """An actor with the names of all that were merged into it."""

    sources = serializers.ListField(child=serializers.CharField())
    notes = serializers.CharField()
    aliases = DatedAlias(many=True)
    relations = Relation(many=True)
    merged = serializers.ListField(child=serializers.CharField(), help_text="slugs that lead here")


class Region(Lasting):
    code = serializers.CharField(help_text="ISO 3166, gn and a GeoNames number, or our own")
    name = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=RegionKind.choices)
    countries = serializers.ListField(child=serializers.CharField())
    population = serializers.IntegerField(help_text="0: not known")
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    coord_basis = serializers.ChoiceField(choices=PointBasis.choices, allow_blank=True)
    named_count = serializers.IntegerField(help_text="articles that name it itself")


class Above(Shown):
    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    depth = serializers.IntegerField(help_text="1: directly")
    url = serializers.URLField()


class WholeRegion(Region):
    aliases = Alias(many=True)
    lies_in = Above(many=True)


class NamedRegion(Named):
    code = serializers.CharField()


class Mention(Thing):
    """A place where an article names an actor or a region. Mentions are derived: their ids change with a new reading."""

    article = At()
    note = At(allow_null=True)
    where = serializers.ChoiceField(choices=Where.choices)
    text = serializers.CharField(help_text="as printed")
    start = serializers.IntegerField(help_text="code points, in the text, the title or the note's text")
    end = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EntityKind.choices)
    tier = serializers.ChoiceField(choices=Tier.choices)
    metonym = serializers.BooleanField(help_text="a place that stands for its government")
    method = serializers.ChoiceField(choices=Method.choices)
    score = serializers.FloatField()
    status = serializers.ChoiceField(choices=MentionStatus.choices)
    actor = Named(allow_null=True)
    region = NamedRegion(allow_null=True)


class Candidate(Shown):
    key = serializers.CharField(help_text="slug of an actor, code of a region")
    likeness = serializers.FloatField()


class Suggestion(Mention):
    mention_url = serializers.URLField()
    candidates = Candidate(many=True)
    accept_url = serializers.URLField()
    reject_url = serializers.URLField()


class Acceptance(Taken):
    """Whom a suggestion means, where it is not the one proposed; and how far that holds."""

    scope = OneOf(choices=Scope.choices, default=Scope.MENTION)
    actor = Text(required=False, max_length=LONGEST_NAME, help_text="number or slug")
    region = Text(required=False, max_length=LONGEST_NAME, help_text="number, code or slug")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.keys() >= {"actor", "region"}:
            raise serializers.ValidationError({"region": ["Name an actor or a region, not both."]})
        return attrs


class Rejection(Taken):
    scope = OneOf(choices=Scope.choices, default=Scope.MENTION)


class Judgement(Shown):
    """What was decided."""

    id = serializers.IntegerField()
    created = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    scope = serializers.ChoiceField(choices=Scope.choices)
    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=EntityKind.choices)
    article = At(allow_null=True)
    actor = Named(allow_null=True)
    region = NamedRegion(allow_null=True)
