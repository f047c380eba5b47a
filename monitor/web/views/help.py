"""What is here and how to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.web.access import open_to_readers
from monitor.web.unchanged import told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@open_to_readers
@told_when_unchanged()
def help_page(request: Request) -> HttpResponse:
    return render(request, "help.html", {"here": "help"})
