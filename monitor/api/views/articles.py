"""Articles: lists, one with all that is said of it, its text, and what is printed and named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponseNotModified
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response

from monitor.api.article_filters import ARTICLE_PARAMETERS, condition_of, leaves_of
from monitor.api.of_kind import ListOfKind, OneOfKind
from monitor.api.paging import Page, page_of, read_cursor, write_cursor
from monitor.api.parameters import USUAL_SIZE
from monitor.api.preconditions import etag, is_known
from monitor.api.resources import PlainText, Resource
from monitor.api.rows.articles import ARTICLES
from monitor.api.rows.mentions import MENTIONS
from monitor.api.rows.printed import CITATIONS, NOTES
from monitor.api.searching import asked_engine, narrowed, understood
from monitor.api.serializers import entities, library
from monitor.library.models import Article as ArticleRow
from monitor.library.models import ArticleText
from monitor.search.compiled import Sort
from monitor.search.engines.cursors import Cursor, Place
from monitor.search.resolving import Asked as SearchAsked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from monitor.search.compiled import Node


class Articles(ListOfKind):
    """Articles, the newest first. Given several times a filter means any of its values; different filters, all of them."""

    kind, shows, filters = ARTICLES, library.Article, ARTICLE_PARAMETERS

    def page(self) -> Page:
        leaves = leaves_of(self.asked)
        if self.asked["q"]:
            return self._searched(leaves)
        found = self.seen().filter(condition_of(leaves, self.asked))
        return page_of(self.fetched(found), self.order, self.asked)

    def _searched(self, leaves: Sequence[Node]) -> Page:
        """Return a page of what the search engine finds, which walks on from a place and never back."""
        resolved = understood(SearchAsked(self.asked["q"]), self.request.user)
        compiled = narrowed(resolved, leaves)
        after, size = self._place(), self.asked["page_size"] or USUAL_SIZE
        cursor = Cursor(after).written() if after else None
        hits = asked_engine(lambda one: one.search(compiled, sort=Sort.NEWEST, cursor=cursor, limit=size))
        rows = {row["pk"]: row for row in self.fetched(self.seen().filter(pk__in=hits.ids))}
        shown = tuple(rows[key] for key in hits.ids if key in rows)
        last = (shown[-1]["issue__sort_date"], shown[-1]["pk"]) if hits.next_cursor and shown else None
        total = asked_engine(lambda one: one.count(compiled)) if self.asked["count"] else None
        return Page(shown, next=write_cursor("after", last) if last else None, total=total)

    def _place(self) -> Place | None:
        if not self.asked["cursor"]:
            return None
        way, place = read_cursor(self.asked["cursor"], self.order)
        if way != "after":
            raise ValidationError({"?cursor": [ErrorDetail("With `q` a list goes on, never back.", code="invalid")]})
        day, key = cast("tuple[date, int]", place)
        return Place(day, key)


class Article(OneOfKind):
    """One article. Its validator covers all that is said of it here."""

    kind, shows = ARTICLES, library.WholeArticle


class CanonicalText(Resource):
    """An article's canonical text, and nothing else: every offset of the API is a range of code points in it.

    Its version is the ETag. A text of one version never changes; a new reading of the file makes a new version.
    """

    renderer_classes = [PlainText]

    def find(self, **place: Any) -> Any:
        articles = ArticleRow.objects.visible_to(self.request.user).filter(**place)
        version = articles.values_list("text_version", flat=True).first()
        if version is None:
            raise Http404
        return version

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        headers = {"ETag": etag(self.thing)}
        if is_known(request, headers["ETag"]):
            return HttpResponseNotModified(headers=headers)
        return Response(ArticleText.objects.get(article=pk, version=self.thing).body, headers=headers)


class InArticle(ListOfKind):
    """A list of what stands in one article, in the order of its text."""

    def find(self, **place: Any) -> Any:
        if not ArticleRow.objects.visible_to(self.request.user).filter(**place).exists():
            raise Http404
        return place["pk"]

    def seen(self) -> Any:
        return super().seen().filter(article=self.thing)


class NotesOfArticle(InArticle):
    kind, shows = NOTES, library.Note


class CitationsOfArticle(InArticle):
    kind, shows = CITATIONS, library.Citation


class MentionsOfArticle(InArticle):
    kind, shows = MENTIONS, entities.Mention
