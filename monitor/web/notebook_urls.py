"""The addresses of the notebook."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import notebook, notebook_acts, occurrences

urlpatterns: list[URLPattern] = [
    path("notebook/", notebook.notebook, name="notebook"),
    path("notebook/act/", notebook_acts.act, name="notebook-act"),
    path("occurrences/", occurrences.occurrences, name="occurrences"),
    path("occurrences/<int:pk>/", occurrences.tagging_run, name="tagging-run"),
]
