"""What an author signed, with whom, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from monitor.library.article_filters import AUTHOR
from monitor.library.author_facts import articles_by, coauthors_of, latest_biography, years_of
from monitor.library.models import Author
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.article_list import article_list, render_list
from monitor.web.forms.citing import AuthorCitingForm
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def author(request: Request, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author, slug=slug)
    signed = articles_by(shown, request.user)
    if not signed.exists():
        raise Http404
    context = {
        "author": shown,
        "years": years_of(signed),
        "coauthors": coauthors_of(shown, signed),
        "told": latest_biography(signed),
        "citing": AuthorCitingForm(initial=vars(shown))
        if request.user.is_authenticated and request.user.is_curator
        else None,
    }
    return render_list(
        request, "authors/author.html", context, article_list(request, signed, leaving_out=[AUTHOR.name])
    )
