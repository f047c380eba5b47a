"""The notebook: all annotations of a person and their teams, across the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from monitor.annotations.bulk import MOST_AT_ONCE
from monitor.annotations.models import Colour
from monitor.interchange.notebook_formats import NOTEBOOK_FORMATS
from monitor.web.forms.notebook import ORDER_WORDS, read_notebook_asked
from monitor.web.notebook_page import notebook_of
from monitor.web.unchanged import marks_of_all, told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@told_when_unchanged(marks_of_all)
def notebook(request: Request) -> HttpResponse:
    asked = read_notebook_asked(request.GET)
    shown = notebook_of(request.user, asked, request.GET)
    part = bool(request.htmx and not request.htmx.history_restore_request)
    context = {
        "here": "notebook",
        "list": shown,
        "orders": ORDER_WORDS,
        "teams": list(request.user.teams.order_by("name")),
        "colours": Colour.choices,
        "formats": NOTEBOOK_FORMATS,
        "most": MOST_AT_ONCE,
    }
    name = "notebook/_swapped.html" if part else "notebook/notebook.html"
    response = render(request, name, context, status=422 if shown.is_refused else 200)
    query = asked.address()
    return push_url(response, request.path if query == "?" else request.path + query) if part else response
