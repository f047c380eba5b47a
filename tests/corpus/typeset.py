"""What every producer gives back, and the words on its pages that belong to no article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samples.source_text import long_date

if TYPE_CHECKING:
    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout

FOLIO = "page {n}"


class CannotTypeset(RuntimeError):
    """A producer is not installed here, or has no way to make such a layout; the message says which."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished issue: the PDF, the page on which each article starts, and how many pages there are.

    `lost` are addresses that the producer should have linked and did not.
    """

    pdf: bytes
    starts: tuple[int, ...]
    pages: int
    lost: frozenset[str] = frozenset()


def running_heads(issue: Issue, layout: Layout) -> tuple[str, ...]:
    """Return the lines above even and odd pages after the first: none, one or two."""
    left = f"{issue.publication} · {issue.tagline}"
    right = f"Volume {issue.volume}, Issue {issue.number} · {long_date(issue.date)}"
    return {"none": (), "same": (right, right), "alternating": (left, right)}[layout.running]
