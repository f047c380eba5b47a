"""The endnotes of an article as items of their list: a long text has hundreds, and a template's loop is slow."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.text import Truncator

from monitor.annotations.rendering import Html
from monitor.web.icons import icon_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.web.reading import PrintedNote, Resolved

SHOWN = 140  # characters of the note that a short form means


def note_items(notes: Iterable[PrintedNote]) -> Html:
    """Return a list item for each note: the way back to its first marker, its text, further markers, what it means."""
    again = icon_html("back")
    return Html("\n".join(_item(note, again) for note in notes))


def _item(note: PrintedNote, again: str) -> str:
    number, name = note.number, escape(note.id)
    return (
        f'<li id="{name}">\n{_first_way_back(note)}\n<div>\n<span class="note-text" id="{name}-text">{note.html}</span>\n'
        + "".join(
            f'<a class="again" href="#{escape(marker)}" aria-label="Back to the text of note {number}, place {place}">'
            f"{again}</a>"
            for place, marker in enumerate(note.markers[1:], 2)
        )
        + (f"\n{_resolved(note.resolved)}" if note.resolved else "")
        + ("" if note.markers else '\n<span class="resolved" lang="en">No marker in the text points here.</span>')
        + "\n</div>\n</li>"
    )


def _first_way_back(note: PrintedNote) -> str:
    if not note.markers:
        return f'<span class="back">{note.number}</span>'
    label = f"Back to the text of note {note.number}"
    return f'<a class="back" href="#{escape(note.markers[0])}" aria-label="{label}">{note.number}</a>'


def _resolved(meant: Resolved) -> str:
    words = escape(Truncator(meant.text).chars(SHOWN))
    link = f'<a href="#{escape(meant.id)}">note {meant.number}</a>'
    return f'<span class="resolved" lang="en">Reads as <b>{link}</b>: {words}</span>'
