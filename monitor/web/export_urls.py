"""Addresses of files: `export/<format>` below each page that shows something one can take home."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from monitor.web.views import codebook_files, exports

FORM = r"export/(?P<form>[a-z][a-z-]{0,15})/?$"

urlpatterns: list[URLPattern] = [
    re_path(
        rf"^articles/(?P<pk>\d{{1,18}})/(?P<slug>[-a-zA-Z0-9_]+)/{FORM}", exports.export_article, name="export-article"
    ),
    re_path(rf"^issues/(?P<pk>\d{{1,18}})/{FORM}", exports.export_issue, name="export-issue"),
    re_path(rf"^search/{FORM}", exports.export_search, name="export-search"),
    re_path(rf"^notebook/{FORM}", exports.export_notebook, name="notebook-export"),
    re_path(rf"^codebook/{FORM}", exports.export_codebook, name="export-codebook"),
    # Without a slash at its end: with one, every path below tags/ may be a tag's.
    path("tags/<path:path>/export/<slug:form>", exports.export_tag, name="export-tag"),
    path("codebook/import/", codebook_files.bring_in, name="import-codebook"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:uid>/", exports.kept_export, name="kept-export"),
]
