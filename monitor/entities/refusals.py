"""Why something cannot be done with actors, regions and mentions; each text is a sentence for the person who asked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class CannotJudge(Exception):
    """`str(refusal)` is one sentence; nothing was stored."""


class NotYourPart(PermissionDenied):
    """Seen but not theirs to decide: answered 403 with the sentence."""


class RegionCircle(CannotJudge):
    """A region would lie in itself."""

    def __init__(self, child: str, parent: str) -> None:
        super().__init__(f"{child} cannot lie in {parent}: {parent} lies in {child} already.")
