"""The addresses of the REST API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from monitor.api.resources import Nowhere
from monitor.api.views import articles, docs

app_name = "api"

version_1: list[URLPattern | URLResolver] = [
    path("", include("monitor.api.reading_urls")),
    path("", include("monitor.api.working_urls")),
    # As the contract writes it; with a slash it is there as well.
    path("articles/<int:pk>/text", articles.CanonicalText.as_view()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(version_1)),
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.docs, name="docs"),
    re_path("", Nowhere.as_view()),
]
