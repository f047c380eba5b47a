"""What goes wrong in the REST API, told as problem details (RFC 9457): never HTML, and never more than a stranger may know.

A thing one may not see is told like one that never was: the answer names neither it nor its address.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import Http404, JsonResponse
from rest_framework import exceptions

from monitor.accounts.refusals import AccountRefusal
from monitor.annotations.refusals import CannotAnnotate, IdTaken
from monitor.entities.refusals import CannotJudge
from monitor.library.files import StorageAway
from monitor.search.saving import CannotSave

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
NOT_HERE = "There is nothing at this address. It may never have existed, or it is not for you to see."
BROKEN = "Something went wrong here, and it is not your request. Nothing was changed."


class Unreadable(exceptions.ParseError):
    default_code = "unreadable"


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self, most: int) -> None:
        super().__init__(f"The body has more than {most:,} bytes.")


class Impossible(exceptions.APIException):
    """Well said, but it cannot be done."""

    status_code = 422
    default_code = "impossible"


class Contradiction(Impossible):
    """Each field is as it must be, but together they say nothing; `detail` says of which, as for a field alone."""

    default_code = "contradiction"


class Conflict(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


class Gone(exceptions.APIException):
    """It lies in the trash of who asks; for everybody else it never was."""

    status_code = 410
    default_code = "gone"
    default_detail = "You deleted this. It is kept for 30 days."


class NoPrecondition(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = "Send the ETag of what you want to change as If-Match, or * for any."


class Stale(exceptions.APIException):
    """It was changed since; `etag` is the validator of how it stands, empty where a row has none."""

    status_code = 412
    default_code = "precondition_failed"
    default_detail = "This was changed since you read it. Read it again: the ETag says which state it is in now."

    def __init__(self, etag: str = "") -> None:
        super().__init__()
        self.etag = etag


class NoSlash(exceptions.APIException):
    """An address of ours without its final slash: what was sent there cannot follow a redirect."""

    status_code = 404
    default_code = "not_found"

    def __init__(self, path: str) -> None:
        super().__init__(f"Addresses here end with a slash: send this to {path} instead.")


class Broken(exceptions.APIException):
    default_code = "internal"
    default_detail = BROKEN


# Refusals of the rooms below, by what an answer calls them; the first that fits.
REFUSALS: Mapping[type[Exception], type[exceptions.APIException]] = {
    IdTaken: Conflict,
    CannotAnnotate: Impossible,
    AccountRefusal: Impossible,
    CannotSave: Impossible,
    CannotJudge: Impossible,
}


def problem_response(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """Return the problem that an error is; None when database or files are away, which the site's middleware tells."""
    if isinstance(error, (OperationalError, InterfaceError, InternalError, ProgrammingError, StorageAway)):
        return None
    known = as_api_error(error) or _unforeseen(error, context)
    answer = JsonResponse(problem(known), status=known.status_code, content_type=MEDIA_TYPE)
    for name, value in _headers(known):
        answer[name] = value
    return answer


def _headers(error: exceptions.APIException) -> list[tuple[str, str]]:
    named = {"WWW-Authenticate": "auth_header", "Retry-After": "wait", "ETag": "etag"}
    told = ((name, getattr(error, attribute, None)) for name, attribute in named.items())
    return [(name, str(int(value) if name == "Retry-After" else value)) for name, value in told if value]


def as_api_error(error: Exception) -> exceptions.APIException | None:
    """Return the error of REST framework's kind that says what happened; None if nobody foresaw it."""
    if isinstance(error, (Http404, exceptions.NotFound)):
        return exceptions.NotFound(NOT_HERE)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(*error.args[:1])
    if isinstance(error, RequestDataTooBig):
        return TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(error, (SuspiciousOperation, BadRequest)):
        return exceptions.ParseError("The request cannot be taken as it is: it has too many parts, or malformed ones.")
    for refusal, told in REFUSALS.items():
        if isinstance(error, refusal):
            return told(str(error))
    return error if isinstance(error, exceptions.APIException) else None


def _unforeseen(error: Exception, context: Mapping[str, Any]) -> Broken:
    """Say as little as possible outside, and everything in the log."""
    request = context.get("request")
    log.error("unforeseen error at %r", getattr(request, "path", ""), exc_info=error)
    got_request_exception.send(sender=None, request=getattr(request, "_request", request))
    return Broken()


def problem(error: exceptions.APIException) -> dict[str, Any]:
    code = str(error.default_code if isinstance(error.detail, (list, dict)) else error.detail.code)
    told: dict[str, Any] = {
        "type": f"urn:monitor:problem:{code.replace('_', '-')}",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
    }
    if isinstance(error.detail, (list, dict)):
        return told | {"detail": "The request does not say what it should.", "errors": list(_errors(error.detail, ""))}
    places = getattr(error, "errors", None)  # of what says itself where its trouble is
    return told | {"detail": str(error.detail), **({"errors": places} if places else {})}


def _errors(detail: Any, pointer: str) -> list[dict[str, str]]:
    """Return one entry for each complaint, with the JSON pointer (RFC 6901) of what it is about."""
    if isinstance(detail, dict):
        return [error for key, one in detail.items() for error in _errors(one, _below(pointer, str(key)))]
    if isinstance(detail, list):
        places = ((f"{pointer}/{i}" if isinstance(one, (dict, list)) else pointer, one) for i, one in enumerate(detail))
        return [error for where, one in places for error in _errors(one, where)]
    return [{"pointer": pointer, "code": str(detail.code), "message": str(detail)}]


def _below(pointer: str, key: str) -> str:
    """Return the pointer to a key; parameters of the address come as `?name`, which stands in no body."""
    return key if key.startswith("?") and not pointer else f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
