"""The addresses of the notebook."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import notebook, notebook_acts, notebook_exports, occurrences

urlpatterns: list[URLPattern] = [
    path("notebook/", notebook.notebook, name="notebook"),
    path("notebook/act/", notebook_acts.act, name="notebook-act"),
    path("notebook/export/<slug:form>/", notebook_exports.export, name="notebook-export"),
    path("occurrences/", occurrences.occurrences, name="occurrences"),
    path("occurrences/<int:pk>/", occurrences.tagging_run, name="tagging-run"),
]
