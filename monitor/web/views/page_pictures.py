"""Pictures of an issue's pages, for those who may read the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from monitor.library.files import picture_name
from monitor.library.page_pictures import Size, version_of
from monitor.web.access import find_issue, open_to_readers

if TYPE_CHECKING:
    from django.core.files import File
    from django.http import HttpResponseBase

    from monitor.web.access import Request

# An address with a version never shows another picture; without one it may, once the issue has another file.
A_YEAR = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"


@require_safe
@open_to_readers
def page_picture(request: Request, pk: int, number: int, size: str) -> HttpResponseBase:
    shown = find_issue(request, pk)
    # A number of three hundred digits makes a name that no disk takes.
    if size not in set(Size) or not 1 <= number <= (shown.pages or 0):
        raise Http404
    name = picture_name(shown.sha256, number, size)
    if not default_storage.exists(name):
        raise Http404
    version = version_of(shown)
    etag = f'"{version}-{number}-{size}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = FileResponse(_opened(name), content_type="image/webp", filename=f"page-{number}-{size}.webp")
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["ETag"] = etag
    answer["Cache-Control"] = A_YEAR if request.GET.get("v") == version else ASK_AGAIN
    return answer


def _opened(name: str) -> File[bytes]:
    try:
        return default_storage.open(name)
    except FileNotFoundError:  # swept a moment ago
        raise Http404 from None
