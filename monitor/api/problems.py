"""What goes wrong in the REST API, told as problem details (RFC 9457): never HTML, and never more than a stranger may know.

A thing one may not see is told like one that never was: the answer names neither it nor its address.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions

MEDIA_TYPE = "application/problem+json"
NOT_HERE = "There is nothing at this address. It may never have existed, or it is not for you to see."


def problem_response(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """Return the problem that an error is; None for one that nobody foresaw, which Django then answers with 500."""
    known = _as_api_error(error)
    if known is None:
        return None
    answer = JsonResponse(problem(known), status=known.status_code, content_type=MEDIA_TYPE)
    if header := getattr(known, "auth_header", None):
        answer["WWW-Authenticate"] = header
    if wait := getattr(known, "wait", None):
        answer["Retry-After"] = str(int(wait))
    return answer


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, (Http404, exceptions.NotFound)):
        return exceptions.NotFound(NOT_HERE)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(*error.args[:1])
    return error if isinstance(error, exceptions.APIException) else None


def problem(error: exceptions.APIException) -> dict[str, Any]:
    code = str(error.default_code if isinstance(error.detail, (list, dict)) else error.detail.code)
    told: dict[str, Any] = {
        "type": f"urn:monitor:problem:{code.replace('_', '-')}",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
    }
    if isinstance(error.detail, (list, dict)):
        return told | {"detail": "The request does not say what it should.", "errors": list(_errors(error.detail, ""))}
    return told | {"detail": str(error.detail)}


def _errors(detail: Any, pointer: str) -> list[dict[str, str]]:
    """Return one entry for each complaint, with the JSON pointer (RFC 6901) of what it is about."""
    if isinstance(detail, dict):
        named = ((f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}", one) for key, one in detail.items())
        return [error for where, one in named for error in _errors(one, where)]
    if isinstance(detail, list):
        places = ((f"{pointer}/{i}" if isinstance(one, (dict, list)) else pointer, one) for i, one in enumerate(detail))
        return [error for where, one in places for error in _errors(one, where)]
    return [{"pointer": pointer, "code": str(detail.code), "message": str(detail)}]
