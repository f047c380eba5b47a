"""The notes of one article: where they begin, which pieces make each, and what their labels look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.markers import is_marked
from monitor.ingest.apparatus.notes import Label, label_of
from monitor.ingest.structure.bylines import is_bio_of
from monitor.ingest.structure.looks import breaks_off, ends_sentence, is_bare
from monitor.ingest.text_file.breaks import joined_over_breaks
from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

AWAITS_NUMBER = re.compile(
    r"(?:\b(?:nos?|vol|pp?|art|sec|ch)\.|\b(?:volume|number|issue|pages?)|\d[-\u2010-\u2014])$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note's number, its text without the label, and how many pieces were joined by the rules of words."""

    n: int
    piece: Piece
    form: str  # of its label
    joined: int = 0
    footnote: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """What follows an article's body: the notes, and the pieces among them that are none."""

    notes: tuple[PrintedNote, ...] = ()
    others: tuple[Piece, ...] = ()


def zone_start(pieces: Sequence[Piece], profile: Profile) -> tuple[int, int] | None:
    """Return where the notes' heading and where the notes begin among an article's pieces; None without notes.

    "[n]" at the start of a line is a note only after the heading, or where nothing but a run of notes from 1 on
    stands at the article's end.
    """
    for k in range(len(pieces) - 1, -1, -1):
        if is_notes_heading(pieces[k], profile) and any(label_of(piece.text) for piece in pieces[k + 1 : k + 3]):
            return k, k + 1
    labels = [(k, label) for k, piece in enumerate(pieces) if piece.aside is None and (label := label_over(piece))]
    first = next((k for k, label in reversed(labels) if label.n == 1), None)
    if first is None or first == 0:
        return None
    numbers = [label.n for k, label in labels if k >= first]
    all_labelled = all(label_of(piece.text) for piece in pieces[first:])
    marked = any(is_marked(piece.text) for piece in pieces[:first])
    if all_labelled and numbers == list(range(1, len(numbers) + 1)) and marked:
        return first, first
    return None


def label_over(piece: Piece) -> Label | None:
    """Return the label with which a note begins; a bare line in bold is a numbered head and no note."""
    heading = piece.style is not None and piece.style.bold and is_bare(piece.text)
    return None if heading else label_of(piece.text)


def is_notes_heading(piece: Piece, profile: Profile) -> bool:
    """Tell whether a piece is the heading over the notes."""
    return len(piece.text) < 40 and piece.text.strip(" :*").casefold() in profile.notes_headings


def split_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a notes zone, cut where one printed line begins the note after the one before."""
    result: list[Piece] = []
    for piece in pieces:
        label = label_of(piece.text)
        if label is None or len(piece.rows) < 2:
            result.append(piece)
            continue
        start, at, last = 0, len(piece.rows[0]), label.n
        for above, row in pairwise(piece.rows):
            at = piece.text.find(row, at)
            if at < 0:
                break
            here = None if awaits_number(above) else label_of(row)
            if here is not None and here.n == last + 1 and not is_counting(here, row, above, label.form):
                result.append(cut(piece, start, at - 1))
                start, last = at, here.n
            at += len(row)
        result.append(cut(piece, start, len(piece.text)) if start else piece)
    return result


def read_zone(pieces: Sequence[Piece], authors: Sequence[str], known: Vocabulary) -> Zone:
    """Return the notes among the pieces after the heading.

    A piece without a label goes on the note before it when that note lacks its stop, or when a later note follows;
    after the last note it is no note any more (a biography, a colophon).
    """
    pieces = split_labels(pieces)
    labels = note_labels(pieces)
    notes: list[PrintedNote] = []
    others: list[Piece] = []
    parts: list[Piece] = []
    by_words = 0
    last_labelled = max((k for k, label in enumerate(labels) if label), default=-1)

    def close() -> None:
        if parts and opened is not None:
            notes.append(PrintedNote(opened.n, joined_over_breaks(parts, known), opened.form, by_words))

    opened: Label | None = None
    for k, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if label is not None:
            close()
            opened, parts, by_words = label, [cut(piece, label.width, len(piece.text))], 0
        elif not parts or is_bio_of(piece.text, authors) or piece.aside is not None:
            others.append(piece)
        elif piece.continues or breaks_off(parts[-1].text) or k < last_labelled:
            parts.append(piece)
            by_words += piece.continues is None
        else:
            others.append(piece)
    close()
    return Zone(tuple(notes), tuple(others))


def awaits_number(text: str) -> bool:
    """Tell whether a line ends where a number must follow ("Harbour Studies 39, no."): the next one is no label."""
    return AWAITS_NUMBER.search(text[-12:]) is not None


def is_counting(label: Label, text: str, above: str, form: str) -> bool:
    """Tell whether a bare number that goes on an unended sentence is one of its words: "barely | 3 percent".

    `form` is that of the label before: where that has a stop or brackets, a bare number is no label.
    """
    goes_on = label.form == "n" and not ends_sentence(above)
    return goes_on and (form != "n" or text[label.width :][:1].islower())


def note_labels(pieces: Sequence[Piece]) -> list[Label | None]:
    """Return each piece's label; one in a form that the zone does not use elsewhere is no label ("2014 saw …")."""
    labels = [label_over(piece) for piece in pieces]
    bracketed = sum(label is not None and label.form.startswith("[") for label in labels)
    result: list[Label | None] = []
    last = Label(0, 0, "n")
    for k, label in enumerate(labels):
        odd = label is not None and bracketed and not label.form.startswith("[")
        bare = label is not None and label.form == "n" and label.n != last.n + 1
        within = label is not None and last.n and is_counting(label, pieces[k].text, pieces[k - 1].text, last.form)
        kept = None if odd or bare or within else label
        last = kept or last
        result.append(kept)
    return result


def goes_into(text: str, label: Label | None, above: str, last: Label) -> bool:
    """Tell whether the number that a text begins with belongs to the note `above` it, whose own label is `last`."""
    return awaits_number(above) or (label is not None and is_counting(label, text, above, last.form))


def usual_form(notes: Sequence[PrintedNote]) -> str | None:
    """Return the form of label that most notes of an article have."""
    forms = Counter(note.form for note in notes)
    return forms.most_common(1)[0][0] if forms else None


def footnotes(pieces: Sequence[Piece], known: Vocabulary) -> list[PrintedNote]:
    """Return the notes that stand at the pages' feet, each with the pieces that go on it on the next page.

    The first of `pieces` must be labelled.
    """
    grouped: list[tuple[Label, list[Piece]]] = []
    for piece in pieces:
        label = label_of(piece.text)
        last, parts = grouped[-1] if grouped else (None, [])
        inside = last and (piece.continues or goes_into(piece.text, label, parts[-1].text, last))
        if label is not None and not inside:
            grouped.append((label, [cut(piece, label.width, len(piece.text))]))
        elif grouped:
            grouped[-1][1].append(piece)
    return [
        PrintedNote(label.n, joined_over_breaks(parts, known), label.form, len(parts) - 1, footnote=True)
        for label, parts in grouped
    ]
