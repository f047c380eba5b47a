"""ETags of single things: the revision of a row. Who changes one says which revision they know (If-Match)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.http import parse_etags

from monitor.api.problems import NoPrecondition

if TYPE_CHECKING:
    from rest_framework.request import Request


def etag(revision: object) -> str:
    return f'"{revision}"'


@dataclass(frozen=True, slots=True)
class Condition:
    """What If-Match names; None is any. One that is malformed names nothing and is met by nothing."""

    etags: frozenset[str] | None

    def is_met_by(self, current: str) -> bool:
        return self.etags is None or current in self.etags


def if_match(request: Request) -> Condition:
    """Return what the request holds for the current state; raise NoPrecondition if it says nothing."""
    told = request.headers.get("If-Match")
    if told is None:
        raise NoPrecondition
    return Condition(None if told.strip() == "*" else _etags(told))


def is_known(request: Request, current: str) -> bool:
    """Tell whether If-None-Match names the current state, so that 304 says all."""
    told = request.headers.get("If-None-Match", "")
    return current in _etags(told)


def _etags(told: str) -> frozenset[str]:
    """Return the validators without the mark of weakness, which a compressing proxy puts on them."""
    return frozenset(tag.removeprefix("W/") for tag in parse_etags(told))
