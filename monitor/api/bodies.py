"""Bodies of requests: read in the order in which they are refused, first for what they are, then for what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.api.problems import Unreadable

if TYPE_CHECKING:
    from rest_framework.request import Request

    from monitor.api.fields import Shown, Taken


@dataclass(frozen=True, slots=True)
class Sent:
    """A body that could be read, and what is to check it."""

    value: Any
    takes: type[Taken]
    shows: type[Shown] | None
    is_partial: bool

    def checked(self) -> Any:
        """Return what it says; raise ValidationError with all complaints."""
        serializer = self.takes(data=self.value, partial=self.is_partial)
        if self.shows is not None:
            serializer.only_shown = frozenset(self.shows.names())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


def sent_of(request: Request, takes: type[Taken] | None, shows: type[Shown] | None) -> Sent | None:
    """Return the body of a request whose method takes one. Raises UnsupportedMediaType, TooLarge, Unreadable.

    Where none is wanted one is let be, as long as it says nothing.
    """
    if takes is None:
        return None
    value = request.data
    if not getattr(request, "sent", b""):
        raise Unreadable("Send a JSON object as the body.")
    return Sent(value, takes, shows, request.method == "PATCH")
