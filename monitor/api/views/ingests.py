"""Handing files in: each is taken for the worker, and its address tells what becomes of it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser

from monitor.api.kept_answers import answer_once, key_of
from monitor.api.of_kind import ListOfKind, OneOfKind
from monitor.api.parameters import column, one_of
from monitor.api.problems import TooLarge
from monitor.api.rates import API, UPLOAD
from monitor.api.resources import Resource
from monitor.api.rows.ingests import INGESTS, hands_in
from monitor.api.serializers import finding as say
from monitor.api.sign_in import SignedIn
from monitor.api.written import said
from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest as IngestRow

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse
    from rest_framework.request import Request

    from monitor.api.rates import Rate

FORM = 64 * 1024  # bytes of a form around its file
LONGEST_NAME = 255


class Multipart(MultiPartParser):
    """A form with one file, no larger than files may be here; larger ones are not even received."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = settings.INGEST_MAX_MB * 1024 * 1024
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        if length > most + FORM:
            raise TooLarge(most)
        return super().parse(stream, media_type, parser_context)


class ForCurators(Resource):
    """Files are handed in, and followed, by curators."""

    permission_classes = [SignedIn]

    def must_be_let(self) -> None:
        if not hands_in(self.request.user):
            raise PermissionDenied("This needs the role of curator.")


class Ingests(ForCurators, ListOfKind):
    """Files that were handed in, the newest first."""

    kind, shows = INGESTS, say.Ingest
    filters = (column("state", one_of(*IngestRow.State.values)),)
    parser_classes = [Multipart]
    describes: ClassVar = {"POST": say.Upload}
    answers: ClassVar = {"POST": {202: say.Ingest}}

    @property
    def rate(self) -> Rate:  # type: ignore[override]
        return UPLOAD if self.request.method == "POST" else API

    def post(self, request: Request) -> HttpResponse:
        """Hand one file in. Whether it can be read is told at `Location`, in a while."""
        file = self._file(request)
        return answer_once(request, _seal(file) if key_of(request) else b"", lambda: self._taken(file))

    def _taken(self, file: UploadedFile[Any]) -> HttpResponse:
        ingest = hand_in(file=file, name=file.name or "", by=self.person)
        found = INGESTS.seen(self.person).filter(pk=ingest.pk)
        told = INGESTS.single(found, self.person, self.links) or {}
        return said(told, 202, Location=told["url"])

    def _file(self, request: Request) -> UploadedFile[Any]:
        wrong = {
            name: [ErrorDetail("There is no such field.", code="unknown")] for name in request.data if name != "file"
        }
        files = request.FILES.getlist("file")
        if len(files) != 1:
            wrong["file"] = [ErrorDetail("Send one file.", code="required")]
        elif len(files[0].name or "") > LONGEST_NAME or not storable_name(files[0].name or ""):
            wrong["file"] = [ErrorDetail("No file can be called so here.", code="invalid")]
        if wrong:
            raise ValidationError(wrong)
        found: UploadedFile[Any] = files[0]
        return found


def _seal(file: UploadedFile[Any]) -> bytes:
    """Return what tells a file from any other, in place of its bytes."""
    digest = sha256((file.name or "").encode())
    for piece in file.chunks():
        digest.update(piece)
    return digest.digest()


def storable_name(name: str) -> bool:
    return bool(name) and "\0" not in name and not any("\ud800" <= c <= "\udfff" for c in name)


class Ingest(ForCurators, OneOfKind):
    """A file that was handed in."""

    kind, shows = INGESTS, say.Ingest
