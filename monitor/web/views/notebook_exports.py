"""The notebook as a file: all that match, or what was chosen, and of it only what its reader may see."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from monitor.annotations.notebook_queries import in_order, matching
from monitor.annotations.refusals import CannotAnnotate
from monitor.interchange.annotation_queries import annotation_records
from monitor.interchange.notebook_formats import BY_SLUG, Surroundings
from monitor.web.comments import comment_html
from monitor.web.forms.notebook import read_notebook_asked
from monitor.web.views.citing import site_address
from monitor.web.views.notebook_acts import chosen_marks

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponseBase

    from monitor.annotations.models import Annotation
    from monitor.web.access import Request

IN_MEMORY = 4 * 2**20  # bytes of a file; a larger one is written to disk
MOST = 20_000


class TooLong(CannotAnnotate):
    """More annotations than one file may hold."""


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Request, form: str) -> HttpResponseBase:
    """Give the file. It is complete before its first byte is sent: an error on the way is no half of a file."""
    if form not in BY_SLUG:
        raise Http404
    try:
        marks = chosen_marks(request) if request.method == "POST" else _matching(request)
        keys = _keys(marks, request)
    except CannotAnnotate as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("notebook"))
    wanted, day = BY_SLUG[form], timezone.localdate().isoformat()
    about = Surroundings(site_address(request), f"Annotations, {day}", comment_html)
    with ExitStack() as unfinished:
        stream: Any = unfinished.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        wanted.write(annotation_records(keys, request.user, site=about.site), stream, about)
        unfinished.pop_all()  # from here on the answer closes it
    stream.seek(0)
    answer = FileResponse(
        stream, as_attachment=True, filename=f"annotations-{day}.{wanted.ending}", content_type=wanted.media_type
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _matching(request: Request) -> QuerySet[Annotation]:
    asked = read_notebook_asked(request.GET)
    if asked.refused:
        raise CannotAnnotate(next(iter(asked.refused.values())))
    return matching(request.user, asked.wanted)


def _keys(marks: QuerySet[Annotation], request: Request) -> list[int]:
    rows = in_order(marks, request.user, "article")
    keys = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooLong(f"A file holds at most {MOST:,} annotations; narrow the list and export it in parts.")
    return keys
