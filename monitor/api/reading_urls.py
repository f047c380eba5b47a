"""The addresses of what the API shows of the library, the entities and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, path

from monitor.api.views import articles, entities, ingests, library, searches
from monitor.library.replicas import reads_a_replica

if TYPE_CHECKING:
    from monitor.api.resources import Resource


def _pair(name: str, many: type[Resource], one: type[Resource], key: str = "<int:pk>") -> list[URLPattern]:
    """Return the addresses of a list and of one thing in it."""
    return [path(f"{name}/", _seen(many), name=name), path(f"{name}/{key}/", _seen(one), name=f"{name}-one")]


def _seen(resource: type[Resource]) -> Any:
    """Return a view that a replica may answer as far as it shows the catalogue; all else is read where it is written."""
    return reads_a_replica(resource.as_view())


urlpatterns: list[URLPattern | URLResolver] = [
    *_pair("periodicals", library.Periodicals, library.Periodical),
    *_pair("issues", library.Issues, library.Issue),
    *_pair("articles", articles.Articles, articles.Article),
    path("articles/<int:pk>/text/", _seen(articles.CanonicalText), name="article-text"),
    path("articles/<int:pk>/notes/", _seen(articles.NotesOfArticle), name="article-notes"),
    path("articles/<int:pk>/citations/", _seen(articles.CitationsOfArticle), name="article-citations"),
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
    path("search/", _seen(searches.Search), name="search"),
    *_pair("ingests", ingests.Ingests, ingests.Ingest),
]
