"""The addresses of annotations."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import marks

urlpatterns: list[URLPattern] = [
    path("annotations/", marks.create, name="mark-create"),
    path("annotations/undo/", marks.take_back, name="undo-mark"),
    path("annotations/redo/", marks.do_again, name="redo-mark"),
    path("annotations/<uuid:uid>/", marks.mark, name="mark"),
    path("annotations/<uuid:uid>/change/", marks.change, name="change-mark"),
    path("annotations/<uuid:uid>/share/", marks.share, name="share-mark"),
    path("annotations/<uuid:uid>/<slug:verb>/", marks.act, name="act-on-mark"),
]
