"""Annotations and replies: what answers say (see `rows.annotations`, which draws them) and what requests bring."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from monitor.annotations.actions import LONGEST_COMMENT, MOST_SPANS, MOST_TAGS
from monitor.annotations.models import Colour, SpanState, Visibility
from monitor.annotations.replies import LONGEST_REPLY
from monitor.api.fields import Identity, Moment, OneOf, Shown, Taken, Text, Whole

LONGEST_QUOTE = 20_000
LONGEST_TAG = 200
LONGEST_CONTEXT = 1_000


class Owner(Shown):
    username = serializers.CharField()
    name = serializers.CharField(allow_blank=True)


class Target(Shown):
    """A passage: `[start, end)` in code points of the article's text, or of a printed note's (`note` is its number)."""

    quote = serializers.CharField()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    note = serializers.IntegerField(allow_null=True)
    text_version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=SpanState.values)
    score = serializers.FloatField(min_value=0, max_value=1)


class AnnotationShown(Shown):
    """An annotation, as one person may see it. `tags` are paths of the codebook."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    created = Moment()
    updated = Moment()
    revision = serializers.IntegerField(min_value=1)
    html_url = serializers.URLField()
    owner = Owner(allow_null=True)
    article = serializers.IntegerField(allow_null=True)
    issue = serializers.IntegerField(allow_null=True)
    visibility = serializers.ChoiceField(choices=Visibility.values)
    team = serializers.UUIDField(allow_null=True)
    comment = serializers.CharField(allow_blank=True)
    colour = serializers.ChoiceField(choices=Colour.values)
    tags = serializers.ListField(child=serializers.CharField())
    targets = Target(many=True)
    resolved = Moment(allow_null=True)
    resolved_by = serializers.CharField(allow_null=True)
    hidden = Moment(allow_null=True)
    replies_url = serializers.URLField()


class TargetTaken(Taken):
    """Words to be found: at `start` and `end`, near them, or by what stands before and after."""

    quote = Text(max_length=LONGEST_QUOTE)
    prefix = Text(max_length=LONGEST_CONTEXT, allow_blank=True, required=False)
    suffix = Text(max_length=LONGEST_CONTEXT, allow_blank=True, required=False)
    start = Whole(required=False, max_value=2**31 - 1)
    end = Whole(required=False, min_value=1, max_value=2**31 - 1)
    note = Whole(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    text_version = Whole(required=False, min_value=1, max_value=2**31 - 1)

    only_shown = frozenset({"state", "score"})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("start" in attrs) != ("end" in attrs):
            raise serializers.ValidationError({"start": ["Give `start` and `end`, or neither."]})
        if "start" in attrs and attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"end": ["`end` comes after `start`."]})
        return attrs


class WordsTaken(Taken):
    """What of an annotation can be changed."""

    comment = Text(max_length=LONGEST_COMMENT, allow_blank=True)
    colour = OneOf(choices=Colour.values, required=False)
    visibility = OneOf(choices=Visibility.values)
    team = Identity(allow_null=True, required=False)
    tags = serializers.ListField(child=Text(max_length=LONGEST_TAG), max_length=MOST_TAGS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wanted = attrs.get("visibility")
        if wanted == Visibility.TEAM and attrs.get("team") is None:
            raise serializers.ValidationError({"team": ["Say which of your teams may read it."]})
        if wanted not in {None, Visibility.TEAM} and attrs.get("team") is not None:
            raise serializers.ValidationError({"team": ["A team belongs to the visibility `team`."]})
        return attrs


class AnnotationTaken(WordsTaken):
    """A new annotation: passages of an article, or a word on the whole of an article or issue.

    `uuid` may be made by the client: whoever sends the same again gets the first answer again.
    """

    uuid = Identity(required=False)
    article = Whole(required=False, allow_null=True, min_value=1)
    issue = Whole(required=False, allow_null=True, min_value=1)
    targets = serializers.ListField(child=TargetTaken(), required=False, max_length=MOST_SPANS)
    comment = Text(max_length=LONGEST_COMMENT, allow_blank=True, required=False, default="")
    visibility = OneOf(choices=Visibility.values, required=False, default=Visibility.PRIVATE)
    tags = serializers.ListField(child=Text(max_length=LONGEST_TAG), max_length=MOST_TAGS, required=False, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs.get("article") is None) == (attrs.get("issue") is None):
            raise serializers.ValidationError({"article": ["Name either an article or an issue."]})
        if attrs.get("issue") is not None and attrs.get("targets"):
            raise serializers.ValidationError({"targets": ["Passages are those of an article."]})
        if not attrs.get("targets") and not attrs["comment"] and not attrs["tags"]:
            raise serializers.ValidationError({"comment": ["Mark some words, or write something."]})
        return super().validate(attrs)


class ReplyShown(Shown):
    """An answer to an annotation, read by no more people than that."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    html_url = serializers.URLField()
    created = Moment()
    updated = Moment()
    revision = serializers.IntegerField(min_value=1)
    annotation = serializers.DictField(child=serializers.CharField())
    owner = Owner(allow_null=True)
    visibility = serializers.ChoiceField(choices=Visibility.values)
    team = serializers.UUIDField(allow_null=True)
    comment = serializers.CharField()
    hidden = Moment(allow_null=True)


class ReplyChange(Taken):
    comment = Text(max_length=LONGEST_REPLY)


class ReplyTaken(ReplyChange):
    uuid = Identity(required=False)
