"""Footnotes numbered through an issue: each belongs to the article whose text holds its marker."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.markers import MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.apparatus.endnotes import PrintedNote
    from monitor.ingest.structure.drafts import Draft


def with_own_footnotes(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with every footnote in the article that marks it; one that none marks stays on its page."""
    if not any(note.footnote for draft in drafts for note in draft.notes):
        return list(drafts)
    marked = [marked_numbers(draft) for draft in drafts]
    drafts = runs_apart(drafts, marked)
    free = wanting(drafts, marked)
    notes: list[list[PrintedNote]] = [[] for _ in drafts]
    for index, draft in enumerate(drafts):
        taken = {note.n for note in draft.notes if not note.footnote}
        for note in draft.notes:
            own = note.n in taken or note.n in marked[index]
            notes[index if own else nearest(free.get(note.n, ()), index)].append(note)
    return [replace(draft, notes=tuple(own)) for draft, own in zip(drafts, notes, strict=True)]


def runs_apart(drafts: Sequence[Draft], marked: Sequence[set[int]]) -> list[Draft]:
    """Return the drafts with runs of footnotes moved to the article before or after that marks and lacks them.

    Where two articles share a page and each numbers from 1, the foot reads 5, 6, 1, 2: the drop parts them.
    """
    result = list(drafts)
    for index in range(len(result)):
        first, rest = first_run(result[index].notes)
        if not rest:
            continue
        # A run that begins with 1 is likelier this article's own.
        moves = ((first, rest, index - 1), (rest, first, index + 1))
        for run, kept, other in reversed(moves) if first[0].n == 1 else moves:
            if 0 <= other < len(result) and lacks(result[other], marked[other], run):
                result[index] = replace(result[index], notes=kept)
                own = result[other].notes
                result[other] = replace(result[other], notes=(*own, *run) if other < index else (*run, *own))
                break
    return result


def first_run(notes: Sequence[PrintedNote]) -> tuple[tuple[PrintedNote, ...], tuple[PrintedNote, ...]]:
    """Return the footnotes up to the first drop in their numbers, and those after it."""
    if not all(note.footnote for note in notes):
        return tuple(notes), ()
    drop = next((k for k in range(1, len(notes)) if notes[k].n <= notes[k - 1].n), len(notes))
    return tuple(notes[:drop]), tuple(notes[drop:])


def lacks(draft: Draft, marked: set[int], run: Sequence[PrintedNote]) -> bool:
    """Tell whether an article marks all notes of a run and has none of them."""
    numbers = {note.n for note in run}
    return numbers <= marked and not numbers & {note.n for note in draft.notes}


def marked_numbers(draft: Draft) -> set[int]:
    """Return the numbers of the markers in an article's text."""
    texts = (paragraph.piece.text for paragraph in draft.paragraphs)
    return {int(found[1]) for text in texts for found in MARKER.finditer(text)}


def wanting(drafts: Sequence[Draft], marked: Sequence[set[int]]) -> dict[int, list[int]]:
    """Return by number the articles that mark a note and have none such."""
    free: defaultdict[int, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        for number in marked[index] - {note.n for note in draft.notes}:
            free[number].append(index)
    return free


def nearest(indices: Sequence[int], index: int) -> int:
    """Return the one of some sorted indices that is nearest to `index`, which stands for itself where there is none.

    A page's foot may hold a note of the article before or after; Markdown often gathers the notes of the whole issue
    at the end of the file.
    """
    at = bisect_left(indices, index)
    return min(indices[max(0, at - 1) : at + 1], key=lambda other: abs(other - index), default=index)
