"""Addresses of searching."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from monitor.web.views import exports, saved, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", search.search, name="search"),
    path("search/complete/", search.complete, name="complete"),
    path("search/spellings/", search.spellings, name="spellings"),
    path("search/count/", search.count_search, name="count-search"),
    path("search/results.<slug:ending>", exports.search_results, name="search-file"),
    path("saved/", saved.saved, name="saved"),
    path("saved/new/", saved.save, name="save-search"),
    path("saved/<uuid:uid>/", saved.saved_search, name="saved-search"),
    path("saved/<uuid:uid>/change/", saved.change, name="change-saved"),
    path("saved/<uuid:uid>/delete/", saved.delete, name="delete-saved"),
    path("saved/<uuid:uid>/follow/", saved.set_following, name="follow-saved"),
    path("feeds/searches/<slug:secret>.atom", saved.feed, name="search-feed"),
]
