"""Addresses of what can be taken away: citations of articles and issues, passages that cite a source."""

from __future__ import annotations

from django.urls import path

from monitor.web.views import citing, citing_names

urlpatterns = [
    path("articles/<int:pk>/<slug:slug>/cite.<str:ending>", citing.cite_article, name="cite-article"),
    path("issues/<int:pk>/cite.<str:ending>", citing.cite_issue, name="cite-issue"),
    path("authors/<slug:slug>/cite/", citing_names.cite_author_so, name="cite-author-so"),
    path("issues/<int:pk>/periodical/cite/", citing_names.cite_periodical_so, name="cite-periodical-so"),
    path("sources/<slug:slug>/passages.csv", citing.source_passages, name="source-passages"),
]
