"""How much of an upload is taken: nothing from those who may hand nothing in, and no file beyond the limit.

Django reads a form, files and all, before any view is asked (to find the CSRF token), so the limit stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

if TYPE_CHECKING:
    from django.http import HttpRequest

MULTIPART = "multipart/form-data"
MEGABYTE = 1024 * 1024
# Addresses at which everybody who is signed in may hand in a file of their own, with the most bytes of one.
OPEN_TO_ALL = {"/codebook/import/": 4 * MEGABYTE, "/notebook/import/": 64 * MEGABYTE}


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that keep files; the names of those it leaves out are in `request.oversized`."""

    def __init__(self, request: HttpRequest, *, limit: int | None) -> None:
        super().__init__(request)
        self.limit, self.taken = limit, 0
        self.oversized: list[str] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0
        if self.limit is None:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.limit is not None and self.taken > self.limit:
            self.oversized.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, *args: Any, **kwargs: Any) -> None:
        """Leave the file to the handlers that keep it."""


def bound_uploads(request: HttpRequest) -> None:
    """Put the limit before a request's body is read. The person is looked up only if there is a form with files."""
    request.oversized = []  # type: ignore[attr-defined]
    if request.method != "POST" or request.content_type != MULTIPART:
        return
    if request.path.startswith("/api/") and "Authorization" in request.headers:
        return  # the API knows who sends a token, and looks at the length before it reads anything
    handler = BoundedUpload(request, limit=_limit(request))
    request.upload_handlers.insert(0, handler)
    request.oversized = handler.oversized  # type: ignore[attr-defined]


def _limit(request: HttpRequest) -> int | None:
    if request.path in OPEN_TO_ALL and request.user.is_authenticated:
        return OPEN_TO_ALL[request.path]
    return settings.INGEST_MAX_MB * MEGABYTE if getattr(request.user, "is_curator", False) else None
