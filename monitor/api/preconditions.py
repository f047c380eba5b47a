"""ETags of single things: the revision of a row. Who changes one says which revision they know (If-Match).

What is read of a thing may change while its row does not: a tag that it bears gets another name. Where that can be, the
ETag of what is read has a digest of it behind the revision, which If-Match passes over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.http import parse_etags

from monitor.api.problems import NoPrecondition

if TYPE_CHECKING:
    from rest_framework.request import Request


DIGEST = 8  # bytes
_READ = re.compile(rf'\A"([0-9]+)\.[0-9a-f]{{{2 * DIGEST}}}(-ttl)?"\Z')


def etag(revision: object) -> str:
    return f'"{revision}"'


def state_read(revision: int, said: bytes) -> str:
    """Return what stands in the ETag of a thing that reads so."""
    return f"{revision}.{blake2b(said, digest_size=DIGEST).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What If-Match names; None is any. One that is malformed names nothing and is met by nothing."""

    etags: frozenset[str] | None

    def is_met_by(self, current: str) -> bool:
        return self.etags is None or current in {_READ.sub(r'"\1\2"', told) for told in self.etags}


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
