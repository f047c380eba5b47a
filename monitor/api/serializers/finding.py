"""Searches and files that were handed in, as answers tell them."""

from __future__ import annotations

from rest_framework import serializers

from monitor.api.fields import Shown
from monitor.api.serializers.library import Article
from monitor.api.serializers.pieces import At, Lasting
from monitor.jobs.models import Ingest as IngestRow


class Passage(Shown):
    """A stretch of a part of the article in which words of the query stand."""

    part = serializers.CharField(help_text="where it stands, such as “¶ 3” and “note 4”")
    html_url = serializers.URLField()
    text = serializers.CharField()
    hits = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="[start, end) in `text`, in code points",
    )


class Hit(Article):
    """An article that a search found."""

    snippets = Passage(many=True)
    passage_count = serializers.IntegerField(help_text="parts of the article in which words of the query stand")


class Trouble(Shown):
    """Something in the query that means nothing here."""

    message = serializers.CharField()
    start = serializers.IntegerField(help_text="in `q`, in code points")
    end = serializers.IntegerField()


class Value(Shown):
    value = serializers.CharField(help_text="as the parameter of this name takes it")
    name = serializers.CharField()
    count = serializers.IntegerField()


class Facet(Shown):
    counted = serializers.IntegerField(help_text="hits that were looked at")
    exact = serializers.BooleanField(help_text="false: these are the newest, not all")
    values = Value(many=True)


class Found(Shown):
    """One page of a search."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True, help_text="a search goes on, never back: null")
    total = serializers.IntegerField()
    relation = serializers.ChoiceField(choices=["=", ">="], help_text="`>=`: there are more than `total`")
    understood = serializers.CharField(help_text="the query in plain words")
    troubles = Trouble(many=True)
    facets = serializers.DictField(child=Facet())
    results = Hit(many=True)


class Ingest(Lasting):
    """A file on its way into the library."""

    file_name = serializers.CharField()
    file_bytes = serializers.IntegerField()
    state = serializers.ChoiceField(choices=IngestRow.State.choices)
    is_open = serializers.BooleanField(help_text="a worker has still to do something")
    pages_done = serializers.IntegerField()
    pages_total = serializers.IntegerField()
    message = serializers.CharField()
    issue = At(allow_null=True)
    handed_in_by = serializers.CharField(allow_null=True)


class Upload(Shown):
    file = serializers.FileField(help_text="PDF, text, Markdown, or a zip of them")
