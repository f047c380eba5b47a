"""Tokens for a sidebar: a page's grant, or an earlier refresh token, against two new ones (RFC 6749, RFC 7523)."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from rest_framework.exceptions import ParseError
from rest_framework.parsers import FormParser

from monitor.accounts.sidebar import NotGranted, refreshed, sign_in_by_grant, sign_out_sidebar
from monitor.api.hypothesis.front import Open
from monitor.api.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request

    from monitor.accounts.sidebar import SidebarTokens

BY_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
BY_REFRESH = "refresh_token"
MOST_BYTES = 64 * 1024


class SmallForm(FormParser):
    """A form of a few fields; whoever has proven nothing yet is not listened to for long."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge(MOST_BYTES)
        try:
            return super().parse(BytesIO(body), media_type, parser_context)
        except (SuspiciousOperation, LookupError, ValueError) as error:
            raise ParseError("This is no form that can be read.") from error


class Tokens(Open):
    """Where tokens are exchanged; nobody is asked who they are, for the body proves it."""

    authentication_classes = []
    parser_classes = [SmallForm]

    def post(self, request: Request) -> Any:
        form: Any = request.data
        kind = form.get("grant_type", "")
        fields = {BY_GRANT: "assertion", BY_REFRESH: "refresh_token"}
        if kind not in fields:
            return _refused("unsupported_grant_type", "Grants are of the types jwt-bearer and refresh_token.")
        proof = form.get(fields[kind], "")
        if not proof:
            return _refused("invalid_request", f"The field {fields[kind]} is missing.")
        if "\0" in proof:
            return _refused("invalid_request", f"The field {fields[kind]} holds what no token has.")
        try:
            given = sign_in_by_grant(proof, self.site.authority) if kind == BY_GRANT else refreshed(proof)
        except NotGranted as error:
            return _refused("invalid_grant", str(error))
        return _told(given)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"], answer["Pragma"] = "no-store", "no-cache"
        return answer


class Revoking(Tokens):
    """Where a sidebar signs out."""

    def post(self, request: Request) -> Any:
        form: Any = request.data
        sign_out_sidebar(form.get("token", ""))
        return JsonResponse({})


def _told(given: SidebarTokens) -> JsonResponse:
    told = {
        "access_token": given.access,
        "token_type": "Bearer",
        "expires_in": given.seconds,
        "refresh_token": given.refresh,
        "scope": "",
    }
    return JsonResponse(told)


def _refused(error: str, sentence: str) -> JsonResponse:
    told = {"error": error, "error_description": sentence}
    return JsonResponse(told, status=400)
