"""The content security policy of every answer: the same words, so they are put together once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# What a view or a template can ask of django-csp; whoever does so gets a policy of their own.
ASKED_OF_ANSWER = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
ASKED_OF_REQUEST = "_csp_nonce"


class PolicyMiddleware(CSPMiddleware):
    """Django-csp's, which puts the policy together for each answer, where nothing of it is this answer's own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asked = vars(request).get(ASKED_OF_REQUEST) or not vars(response).keys().isdisjoint(ASKED_OF_ANSWER)
        if asked or HEADER in response:
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        response[HEADER] = usual_policy()
        return response


@cache
def usual_policy() -> str:
    """Return the policy of the settings, which do not change while the site runs."""
    policy: str = build_policy()
    return policy
