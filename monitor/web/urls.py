"""The addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from monitor.web.views import (
    article_lists,
    articles,
    authors,
    checking,
    health,
    help,  # noqa: A004
    ingests,
    issues,
    keys,
    look,
    page_pictures,
    places,
    reading_marks,
    shelf,
    sources,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", shelf.shelf, name="shelf"),
    # Addresses are tried from the top, and none is asked for as often as these.
    path("", include("monitor.web.marks_urls")),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/file/", issues.original, name="original"),
    path("issues/<int:pk>/pages/<int:number>/<slug:size>.webp", page_pictures.page_picture, name="page-picture"),
    path("issues/<int:pk>/publish/", issues.publish, name="publish"),
    path("issues/<int:pk>/withdraw/", issues.withdraw, name="withdraw"),
    path("issues/<int:pk>/date/", issues.set_date, name="set-date"),
    path("issues/<int:pk>/check/", checking.check, name="check"),
    path("issues/<int:pk>/correct/", checking.correct, name="correct"),
    path("corrections/<int:pk>/undo/", checking.undo, name="undo-correction"),
    path("corrections/<int:pk>/redo/", checking.redo, name="redo-correction"),
    path("findings/<int:pk>/", issues.decide, name="decide"),
    path("articles/", article_lists.articles, name="articles"),
    path("articles/read/", reading_marks.mark_read, name="mark-read"),
    path("articles/<int:pk>/", articles.article, name="article-by-number"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/read/", places.read_state, name="read-state"),
    path("articles/<int:pk>/<slug:slug>/", articles.article, name="article"),
    path("authors/<slug:slug>/", authors.author, name="author"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("sources/<slug:slug>/join/", sources.join, name="join"),
    path("sources/<slug:slug>/grade/", sources.grade, name="grade"),
    path("citations/<int:pk>/", sources.citation_card, name="citation"),
    path("spellings/<int:pk>/apart/", sources.keep_apart, name="keep-apart"),
    path("decisions/<int:pk>/undo/", sources.undo, name="undo"),
    path("ingest/", ingests.ingest, name="ingest"),
    path("ingest/<uuid:uid>/again/", ingests.again, name="ingest-again"),
    path("help/", help.help_page, name="help"),
    path("help/keyboard/", keys.keyboard, name="keyboard"),
    path("account/look/", look.set_look, name="look"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include("monitor.web.account_urls")),
    path("", include("monitor.web.people_urls")),
    path("", include("monitor.web.citing_urls")),
    path("", include("monitor.web.export_urls")),
    path("", include("monitor.web.tags_urls")),
    path("", include("monitor.web.notebook_urls")),
    path("", include("monitor.web.entity_urls")),
    path("", include("monitor.web.search_urls")),
]
