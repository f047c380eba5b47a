"""Marking articles as read or unread from a list: one, or those of a whole issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from monitor.library.marking_read import mark_articles_read, mark_articles_unread
from monitor.library.queries import standing_articles
from monitor.library.reading_places import progress_in, with_places
from monitor.web.form_addresses import page_of_form, takes_forms
from monitor.web.reading_marks import Undo, marked_words, undo_tags

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from monitor.library.models import Article
    from monitor.web.access import Request
    from monitor.web.reading_marks import Mark

MOST_AT_ONCE = 2000
LARGEST = 2**63 - 1


@takes_forms
def mark_read(request: Request) -> HttpResponse:
    """Mark the articles `read` or `unread` names by their ids, or all of the issue that `read_issue` names."""
    mark: Mark = "unread" if "unread" in request.POST or "unread_issue" in request.POST else "read"
    asked = _asked_articles(request, mark)
    if not asked.exists():
        raise Http404
    act = mark_articles_read if mark == "read" else mark_articles_unread
    changed = act(person=request.user, articles=asked)
    back: Mark = "unread" if mark == "read" else "read"
    said = marked_words(mark, changed)
    if request.htmx:
        article = with_places(asked, request.user)[0]
        context = {
            "article": article,
            "progress": progress_in(article),
            "said": said,
            "undo": Undo(back, tuple(changed)),
        }
        return render(request, "lists/_marked.html", context)
    messages.success(request, said, extra_tags=undo_tags(back, changed))
    return redirect(page_of_form(request))


def _asked_articles(request: Request, mark: Mark) -> QuerySet[Article]:
    """Return the articles that are named, as far as one may see them; the others are not there."""
    readable = standing_articles(request.user)
    if issues := _ids(request.POST.getlist(f"{mark}_issue")):
        return readable.filter(issue__in=issues[:1])
    return readable.filter(pk__in=_ids(request.POST.getlist(mark)))


def _ids(words: list[str]) -> list[int]:
    digits = (
        word for word in words[:MOST_AT_ONCE] if word.isascii() and word.isdigit() and len(word) < len(str(LARGEST))
    )
    return [int(word) for word in digits]
