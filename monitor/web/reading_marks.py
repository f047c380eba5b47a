"""What was marked as read or unread, in words, and the way to take it back, as a message carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Mark = Literal["read", "unread"]
UNDO = "undo-marks"  # before the rest of a message's tags


@dataclass(frozen=True, slots=True)
class Undo:
    """Articles, by their ids, and the mark that takes back what was done to them."""

    mark: str
    articles: tuple[int, ...]


def undo_tags(mark: Mark, articles: Sequence[int]) -> str:
    """Return the tags of a message that can be taken back by this mark."""
    return " ".join([UNDO, mark, *map(str, articles)]) if articles else ""


def undo_in(tags: str | None) -> Undo | None:
    """Return what `undo_tags` wrote, None for the tags of other messages."""
    words = (tags or "").split()
    if words[:1] != [UNDO]:
        return None
    return Undo(words[1], tuple(map(int, words[2:])))


def marked_words(mark: Mark, articles: Sequence[int]) -> str:
    """Return what was done, in one sentence."""
    if not articles:
        return f"Nothing to mark: all of it was {mark} already."
    what = "The article is" if len(articles) == 1 else f"{len(articles)} articles are"
    return f"{what} marked as {mark}."
