"""What a page holds as a file: at once while that is quick, else as a job with a page of its own."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from monitor.interchange.exports import Wanted, named
from monitor.jobs.queue import defer_export
from monitor.web.comments import comment_html
from monitor.web.kept_exports import keep_for
from monitor.web.taken_files import note_taken
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import IO

    from django.http import HttpResponseBase

    from monitor.interchange.exports import ExportFormat, Of
    from monitor.web.access import Request

IN_MEMORY = 4 * 2**20  # bytes of a file; a larger one is written to disk
# Rows that are written while somebody waits: some seconds' worth.
AT_ONCE: Mapping[Of, int] = {"articles": 5_000, "annotations": 2_000, "tags": 20_000}
MOST = 1_000_000  # rows of one file


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be taken from a page: keys in their order, by what they are of. `name` is the file's without ending."""

    name: str
    title: str
    keys: Mapping[Of, Callable[[], Sequence[int]]]
    # What a name means here: a list of articles is also called csv.
    called: Mapping[str, str] | None = None


def give(request: Request, scope: Scope, slug: str) -> HttpResponseBase:
    """Answer with a page's things in a format: the file, or where it would take long, what leads to it.

    The file is complete before its first byte is sent: an error on the way is no half of a file.
    """
    form = named((scope.called or {}).get(slug, slug))
    if form is None or form.of not in scope.keys:
        raise Http404
    keys = scope.keys[form.of]()
    if len(keys) <= AT_ONCE[form.of]:
        return _file(request, scope, form, keys)
    if request.method != "POST" or len(keys) > MOST:
        status = 413 if len(keys) > MOST else 200
        context = {"form": form, "count": len(keys), "too_many": len(keys) > MOST, "most": MOST, "title": scope.title}
        return render(request, "exports/large.html", context | {"address": request.get_full_path()}, status=status)
    return _job(request, scope, form, keys)


def _file(request: Request, scope: Scope, form: ExportFormat, keys: Sequence[int]) -> HttpResponseBase:
    with ExitStack() as unfinished:
        stream: Any = unfinished.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        form.write(keys, _wanted(request, scope), stream)
        unfinished.pop_all()  # from here on the answer closes it
    size = stream.tell()
    stream.seek(0)
    note_taken(request, form.slug, len(keys), size)
    return as_download(stream, f"{scope.name}.{form.ending}", form.media_type)


def as_download(stream: IO[bytes], name: str, media_type: str) -> FileResponse:
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _wanted(request: Request, scope: Scope) -> Wanted:
    return Wanted(
        person=request.user,
        site=site_address(request),
        title=scope.title,
        day=timezone.localdate().isoformat(),
        flat=request.GET.get("flat") == "1",
        comment_html=comment_html,
    )


def _job(request: Request, scope: Scope, form: ExportFormat, keys: Sequence[int]) -> HttpResponseBase:
    if not request.user.is_authenticated:
        raise Http404
    wanted = _wanted(request, scope)
    facts = {"site": wanted.site, "day": wanted.day, "flat": wanted.flat}
    kept = keep_for(request.user, form=form.slug, name=scope.name, title=scope.title, facts=facts, keys=keys)
    defer_export(kept.pk)
    note_taken(request, form.slug, len(keys), 0)
    messages.success(request, "The file is being written; this page says when it is ready.")
    return redirect("exports")
