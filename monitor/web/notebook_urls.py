"""The addresses of the notebook."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import imports, notebook, notebook_acts, occurrences

urlpatterns: list[URLPattern] = [
    path("notebook/", notebook.notebook, name="notebook"),
    path("notebook/act/", notebook_acts.act, name="notebook-act"),
    path("notebook/import/", imports.imports, name="imports"),
    path("notebook/import/<uuid:uid>/", imports.report, name="import"),
    path("notebook/import/<uuid:uid>/left/", imports.left_over, name="import-left"),
    path("occurrences/", occurrences.occurrences, name="occurrences"),
    path("occurrences/<int:pk>/", occurrences.tagging_run, name="tagging-run"),
]
