"""The addresses of what the API shows of the library, the entities and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, path

from monitor.api.views import articles, entities, ingests, library, searches

if TYPE_CHECKING:
    from monitor.api.resources import Resource


def _pair(name: str, many: type[Resource], one: type[Resource], key: str = "<int:pk>") -> list[URLPattern]:
    """Return the addresses of a list and of one thing in it."""
    return [path(f"{name}/", many.as_view(), name=name), path(f"{name}/{key}/", one.as_view(), name=f"{name}-one")]


urlpatterns: list[URLPattern | URLResolver] = [
    *_pair("periodicals", library.Periodicals, library.Periodical),
    *_pair("issues", library.Issues, library.Issue),
    *_pair("articles", articles.Articles, articles.Article),
    path("articles/<int:pk>/text/", articles.CanonicalText.as_view(), name="article-text"),
    path("articles/<int:pk>/notes/", articles.NotesOfArticle.as_view(), name="article-notes"),
    path("articles/<int:pk>/citations/", articles.CitationsOfArticle.as_view(), name="article-citations"),
    path("articles/<int:pk>/mentions/", articles.MentionsOfArticle.as_view(), name="article-mentions"),
    *_pair("notes", library.Notes, library.Note),
    *_pair("sources", library.Sources, library.Source, "<slug:id>"),
    *_pair("citations", library.Citations, library.Citation),
    *_pair("authors", library.Authors, library.Author, "<slug:id>"),
    *_pair("actors", entities.Actors, entities.Actor, "<slug:id>"),
    *_pair("regions", entities.Regions, entities.Region, "<slug:id>"),
    *_pair("mentions", entities.Mentions, entities.OneMention),
    *_pair("suggestions", entities.Suggestions, entities.Suggestion),
    path("suggestions/<int:pk>/accept/", entities.Accept.as_view(), name="suggestion-accept"),
    path("suggestions/<int:pk>/reject/", entities.Reject.as_view(), name="suggestion-reject"),
    path("search/", searches.Search.as_view(), name="search"),
    *_pair("ingests", ingests.Ingests, ingests.Ingest),
]
