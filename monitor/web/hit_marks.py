"""The hits of a query in an article's text and notes: its words, or the names that it asks for where it has no words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monitor.annotations.rendering import Span
from monitor.search.asked_hits import asked_hits, asked_words
from monitor.search.compiled import Field
from monitor.search.hit_places import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    Row = dict[str, Any]  # as `library.printed` gives them

HIT = 9  # above the marks of a text, for addresses point at it


class HitMarks:
    """Counts the hits through the text and then the notes, for their fragments. No hit reaches out of its block.

    `named` are rows of names that are hits instead of words; None: the query asks for none.
    """

    def __init__(self, query: str, now: int, named: Iterable[Row] | None = None) -> None:
        self.leaves, self.now, self.drawn = asked_words(query), now, 0
        self.is_sought = bool(self.leaves) or named is not None
        self.named = defaultdict[int | None, list[tuple[int, int]]](list)
        for row in named or ():
            self.named[row["note"]].append((row["start"], row["end"]))

    def over_blocks(self, body: str, blocks: Iterable[Row]) -> list[Span]:
        if not self.is_sought:
            return []
        return [
            span
            for block in blocks
            for span in self._over(body[block["start"] : block["end"]], _field_of(block), None, block["start"])
        ]

    def over_note(self, text: str, key: int) -> list[Span]:
        return self._over(text, Field.NOTES, key) if self.is_sought else []

    def _over(self, text: str, field: Field, note: int | None, offset: int = 0) -> list[Span]:
        places = asked_hits(text, field, self.leaves) or self._names(text, note, offset)
        spans = [self._span(n, offset + start, offset + end) for n, (start, end) in enumerate(places, self.drawn + 1)]
        self.drawn += len(spans)
        return spans

    def _names(self, text: str, note: int | None, offset: int) -> list[tuple[int, int]]:
        here = [(start - offset, end - offset) for start, end in self.named[note]]
        return joined(text, sorted((start, end) for start, end in here if 0 <= start < end <= len(text)))

    def _span(self, number: int, start: int, end: int) -> Span:
        name = "hit now" if number == self.now else "hit"
        return Span(
            "mark", start, end, (("class", name), ("id", f"h{number}"), ("data-hit", str(number))), priority=HIT
        )


def _field_of(block: Row) -> Field:
    return Field.HEADS if block["type"] == "heading" else Field.BODY
