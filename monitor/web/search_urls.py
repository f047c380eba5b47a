"""Addresses of searching."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from monitor.web.views import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", search.search, name="search"),
    path("search/complete/", search.complete, name="complete"),
    path("search/count/", search.count_search, name="count-search"),
    path("search/results.<slug:ending>", search.search_file, name="search-file"),
]
