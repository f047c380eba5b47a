"""Who asks just now: the number of the request at work and where it came from, for logs and for the record of acts.

A worker or a command asks for nobody: there it is empty.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: its number, which the log and the page of an error bear, and the address in the network."""

    number: str = ""
    address: str = ""


_now: ContextVar[Asking] = ContextVar("asking", default=Asking())  # noqa: B039 - it is frozen


def asking() -> Asking:
    """Return the request at work in this thread, an empty one outside of any."""
    return _now.get()


@contextmanager
def on_behalf_of(request: Asking) -> Iterator[None]:
    """Let what happens inside know that it happens for this request."""
    token = _now.set(request)
    try:
        yield
    finally:
        _now.reset(token)
