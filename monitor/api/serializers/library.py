"""Periodicals, issues, articles and what is printed in them, as answers tell them (see `rows`)."""

from __future__ import annotations

from rest_framework import serializers

from monitor.api.fields import Shown
from monitor.api.serializers.pieces import At, Lasting, Named
from monitor.library.models import DateBasis, State
from monitor.library.source_models import Grade

PARTIAL = "as precise as it was printed: `2022`, `2022-01` or `2022-01-21`"


class Periodical(Lasting):
    name = serializers.CharField()
    slug = serializers.CharField()
    tagline = serializers.CharField()
    issn = serializers.CharField()
    issue_count = serializers.IntegerField(help_text="issues that you may see")


class Dated(Shown):
    volume = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    date = serializers.DateField(allow_null=True)
    date_basis = serializers.ChoiceField(choices=DateBasis.choices)


class Issue(Lasting, Dated):
    periodical = Named()
    date_from = serializers.DateField(allow_null=True, help_text="where its day is only known as a span")
    date_to = serializers.DateField(allow_null=True)
    pages = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=State.choices)
    file_name = serializers.CharField()
    file_type = serializers.CharField()
    file_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    article_count = serializers.IntegerField()


class IssueOfArticle(At, Dated):
    pass


class Article(Lasting):
    """An article in a list."""

    title = serializers.CharField()
    kind = serializers.CharField()
    authors = Named(many=True)
    periodical = Named()
    issue = IssueOfArticle()
    page_start = serializers.IntegerField(allow_null=True, help_text="as printed")
    page_end = serializers.IntegerField(allow_null=True)
    words = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    text_version = serializers.IntegerField(help_text="of the canonical text, in which all offsets count")
    text_url = serializers.URLField()


class ActorInArticle(Named):
    mentions = serializers.IntegerField()
    about = serializers.BooleanField()


class RegionInArticle(ActorInArticle):
    code = serializers.CharField()


class WholeArticle(Article):
    """An article with what it is about; its text, notes, citations, mentions and annotations are at their addresses."""

    bio = serializers.CharField(help_text="what is printed of its author")
    actors = ActorInArticle(many=True)
    regions = RegionInArticle(many=True)
    note_count = serializers.IntegerField()
    citation_count = serializers.IntegerField()
    notes_url = serializers.URLField()
    citations_url = serializers.URLField()
    mentions_url = serializers.URLField()
    annotations_url = serializers.URLField()


class Note(Lasting):
    """A printed endnote."""

    article = At()
    number = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    resolves_to = At(allow_null=True, help_text="the note that an “Ibid.” means")


class Citation(Lasting):
    """A place at which an article cites a source: in its text, or in one of its notes."""

    article = At()
    note = At(allow_null=True)
    source = Named()  # type: ignore[assignment]
    start = serializers.IntegerField(help_text="code points, in the text or in the note's")
    end = serializers.IntegerField()
    printed = serializers.CharField()
    printed_date = serializers.CharField()
    date = serializers.CharField(allow_null=True, help_text=PARTIAL)
    inferred = serializers.BooleanField(help_text="the year was not printed")
    link = serializers.CharField()


class Source(Lasting):
    name = serializers.CharField()
    slug = serializers.CharField()
    grade = serializers.ChoiceField(choices=[one for one in Grade.choices if one[0]], allow_null=True)
    citation_count = serializers.IntegerField()


class WholeSource(Source):
    spellings = serializers.ListField(child=serializers.CharField())


class Author(Lasting):
    name = serializers.CharField()
    slug = serializers.CharField()
    given = serializers.CharField()
    family = serializers.CharField()
    literal = serializers.CharField()
    article_count = serializers.IntegerField()
