"""All articles of the library, filtered and put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from monitor.library.queries import standing_articles
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.article_list import article_list, render_list
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def articles(request: Request) -> HttpResponse:
    shown = article_list(request, standing_articles(request.user))
    return render_list(request, "lists/articles.html", {"here": "articles"}, shown)
