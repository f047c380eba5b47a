"""Resources that are written to: making once what is sent twice, changing only what is as its sender knows it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import orjson
from django.db.transaction import atomic
from django.http import Http404, HttpResponse

from monitor.api.kept_answers import REPLAYED, answer_once
from monitor.api.listed import Single
from monitor.api.problems import Stale
from monitor.api.resources import Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request


def said(value: Any, status: int = 200, **headers: str) -> HttpResponse:
    """Return an answer in JSON that is written already, as an answer that is kept must be."""
    named = {name.replace("_", "-"): told for name, told in headers.items() if told}
    return HttpResponse(orjson.dumps(value), status=status, content_type="application/json", headers=named)


class Making(Resource, ABC):
    """`POST` makes something. A subclass gives `takes` for POST and `make`."""

    @abstractmethod
    def make(self, sent: Any) -> HttpResponse:
        """Make what was sent and return the answer, such as `made(...)`. Runs in a transaction."""

    def post(self, request: Request, **place: Any) -> HttpResponse:
        return answer_once(request, getattr(request, "sent", b""), lambda: self.make(self.sent))


def made(value: Any, *, location: str, etag: str = "", is_new: bool = True) -> HttpResponse:
    """Return 201 with what was made; what a retry with the same id finds is told likewise, with a mark."""
    answer = said(value, 201, Location=location, ETag=etag)
    if not is_new:
        answer[REPLAYED] = "true"
    return answer


class Changing(Single):
    """`PUT`, `PATCH`, `DELETE` with If-Match. A subclass gives `held` and calls `under_condition`."""

    @abstractmethod
    def held(self) -> Any:
        """Return the row behind `self.thing`, locked, from what this person may see; None if it is gone."""

    def under_condition(self, act: Callable[[Any], Any]) -> Any:
        """Do `act` with the locked row in a transaction, and take it back unless the row is as If-Match says.

        The act goes first so that what is impossible is told as that (422), however stale its sender is.
        """
        with atomic():
            row = self.held()
            if row is None:
                raise Http404
            current = self.etag_of(row)
            done = act(row)
            if self.condition is not None and not self.condition.is_met_by(current):
                raise Stale(current)
        return done
