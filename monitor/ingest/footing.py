"""Footnotes numbered through an issue: each belongs to the article whose text holds its marker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.endnotes import MARKER, PrintedNote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.drafts import Draft


def with_own_footnotes(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with every footnote in the article that marks it; one that none marks stays on its page."""
    if not any(note.footnote for draft in drafts for note in draft.notes):
        return list(drafts)
    marked = [marked_numbers(draft) for draft in drafts]
    printed = [{note.n for note in draft.notes} for draft in drafts]
    notes: list[list[PrintedNote]] = [[] for _ in drafts]
    for index, draft in enumerate(drafts):
        taken = {note.n for note in draft.notes if not note.footnote}
        for note in draft.notes:
            home = home_of(note, index, marked, printed) if note.footnote and note.n not in taken else index
            notes[home].append(note)
    return [replace(draft, notes=tuple(own)) for draft, own in zip(drafts, notes, strict=True)]


def marked_numbers(draft: Draft) -> set[int]:
    """Return the numbers of the markers in an article's text."""
    texts = (paragraph.piece.text for paragraph in draft.paragraphs)
    return {int(found[1]) for text in texts for found in MARKER.finditer(text)}


def home_of(note: PrintedNote, index: int, marked: Sequence[set[int]], printed: Sequence[set[int]]) -> int:
    """Return the article that a footnote belongs to: its own, else a neighbour that marks it and has none such."""
    if note.n in marked[index]:
        return index
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(marked) and note.n in marked[neighbour] and note.n not in printed[neighbour]:
            return neighbour
    return index
