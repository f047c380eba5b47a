"""The addresses of the codebook. What acts lies outside `tags/`, where every path may be a tag's."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import tag_page, tags

urlpatterns: list[URLPattern] = [
    path("tags/", tags.tags, name="tags"),
    path("tags/suggest/", tags.suggest, name="suggest-tags"),
    path("tags/<path:path>/", tag_page.tag, name="tag"),
    path("codebook/make/", tags.make, name="make-tag"),
    path("codebook/<uuid:uid>/pin/", tags.pin, name="pin-tag"),
    path("codebook/<uuid:uid>/<slug:verb>/", tag_page.act, name="act-on-tag"),
]
