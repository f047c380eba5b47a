"""The keys: what each does, where it is valid, and how a person moves it. The one truth for pages, settings and docs.

A *stroke* is what is pressed: `j`, `?`, `Shift+f` or `ArrowDown`. Of letters it says Shift; of signs it does not, since
every keyboard has them elsewhere. `static/js/keys/strokes.js` makes the same strokes out of key presses. An act joins
by a line in ACTS and an `offer` in a module of `static/js/keys/`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where keys are valid, the most particular first: where two places are one, its key is meant.
CONTEXTS = {
    "reader": "Reading an article",
    "review": "Reviewing suggestions",
    "list": "In lists",
    "everywhere": "Everywhere",
}
# Contexts, beside "everywhere", that are valid at the same moment: their acts may not share a key.
TOGETHER: frozenset[frozenset[str]] = frozenset()
ARROWS = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→"}
_TYPED = {name: stroke for stroke, sign in ARROWS.items() for name in (sign, stroke.lower(), stroke[5:].lower())}
SHIFT = "Shift+"


@dataclass(frozen=True, slots=True)
class Act:
    """Something a key does; a `fixed` one keeps its key, because browsers and habit have set it."""

    name: str
    context: str
    stroke: str
    does: str
    fixed: bool = False


ACTS = (
    Act("paragraph-down", "reader", "ArrowDown", "Next paragraph; in a long one, on"),
    Act("paragraph-up", "reader", "ArrowUp", "Paragraph before; in a long one, back"),
    Act("copy", "reader", "c", "Copy the paragraph, or what is selected, with its citation"),
    Act("marker-next", "reader", "m", "Next note marker"),
    Act("marker-back", "reader", "Shift+m", "Note marker before"),
    Act("hit-next", "reader", "f", "Next hit of the search"),
    Act("hit-back", "reader", "Shift+f", "Hit before"),
    Act("mark-read", "reader", "d", "Done: mark as read, or as unread"),
    Act("page-pane", "reader", "p", "Show or close the printed page"),
    Act("sentence-more", "reader", "Shift+ArrowDown", "Pick a sentence more"),
    Act("sentence-less", "reader", "Shift+ArrowUp", "Pick a sentence less"),
    Act("word-more", "reader", "Shift+ArrowRight", "Pick a word more"),
    Act("word-less", "reader", "Shift+ArrowLeft", "Pick a word less"),
    Act("sentence-next", "reader", "ArrowRight", "Pick the next sentence instead"),
    Act("sentence-before", "reader", "ArrowLeft", "Pick the sentence before instead"),
    Act("highlight", "reader", "h", "Highlight what is picked or selected, or the paragraph"),
    Act("comment", "reader", "n", "Highlight it with a comment; just after saving, comment on it"),
    *(Act(f"code-{n}", "reader", str(n), f"Tag it with pinned tag {n}", fixed=True) for n in range(1, 10)),
    Act("code-again", "reader", "q", "Tag it with what was used last"),
    Act("in-vivo", "reader", "i", "Write about it with its own words as the tag"),
    Act("marks-under", "reader", "s", "Show the annotations on what is picked or selected"),
    Act("mark-next", "reader", "j", "Next annotation"),
    Act("mark-before", "reader", "k", "Annotation before"),
    Act("mark-edit", "reader", "Enter", "Edit the annotation, or answer it", fixed=True),
    Act("mark-delete", "reader", "Delete", "Delete the annotation", fixed=True),
    Act("marks-here", "reader", "o", "Choose among the annotations here"),
    Act("panel", "reader", "t", "Show or close the annotations"),
    Act("name-next", "reader", "e", "Next name of an actor or region"),
    Act("name-back", "reader", "Shift+e", "Name before"),
    Act("review-names", "reader", "r", "Review the names in this article"),
    Act("suggestion-accept", "review", "y", "Accept the suggestion"),
    Act("suggestion-accept-all", "review", "Shift+a", "Accept all like it"),
    Act("suggestion-reject", "review", "n", "Reject it: only here, in this article, everywhere"),
    Act("suggestion-edit", "review", "e", "Say who it is instead"),
    Act("suggestion-new", "review", "w", "Add it as a new actor or region"),
    Act("suggestion-skip", "review", "s", "Skip it for now"),
    Act("row-down", "list", "j", "Next row"),
    Act("row-up", "list", "k", "Row before"),
    Act("row-open", "list", "Enter", "Open the row", fixed=True),
    Act("row-read", "list", "d", "Mark the row as read, or as unread"),
    Act("row-tick", "list", "x", "Tick the row, or no longer"),
    Act("page-tick", "list", "a", "Tick all rows of the page, or none"),
    Act("tick-every", "list", "Shift+a", "Choose all that match, also beyond the page"),
    Act("bulk-tag", "list", "t", "Tag what is chosen"),
    Act("search", "everywhere", "/", "Go to the search box"),
    Act("undo", "everywhere", "z", "Undo"),
    Act("redo", "everywhere", "Shift+z", "Do it again"),
    Act("turn-back", "everywhere", ",", "The article, issue or page before"),
    Act("turn-on", "everywhere", ".", "The next article, issue or page"),
    Act("up", "everywhere", "u", "Up: to the issue, to the shelf"),
    Act("back-out", "everywhere", "Escape", "Close what is open, let go of the paragraph", fixed=True),
    Act("sheet", "everywhere", "?", "These keys"),
)
BY_NAME = {act.name: act for act in ACTS}


class NotAKey(ValueError):
    """What was typed names no key; the message is for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two acts that would answer to one key at the same moment."""

    act: Act
    other: Act
    stroke: str


def meet(one: Act, other: Act) -> bool:
    """Tell whether two acts can be valid at the same moment."""
    places = frozenset((one.context, other.context))
    return len(places) == 1 or "everywhere" in places or places in TOGETHER


def stroke_of(typed: str) -> str:
    """Return the stroke somebody means by a typed key: `J` is `Shift+j`, `down` or `↓` is `ArrowDown`, nothing is none.

    Raises NotAKey.
    """
    key = unicodedata.normalize("NFC", typed.strip())
    shifted = key.casefold().startswith(SHIFT.casefold()) and len(key) > len(SHIFT)
    key = key[len(SHIFT) :] if shifted else key
    if key.casefold() in _TYPED:
        return (SHIFT if shifted else "") + _TYPED[key.casefold()]
    if not key:
        return ""
    if len(key) > 1 or not key.isprintable():
        raise NotAKey("Type one letter or sign, or the name of an arrow: Up, Down, Left, Right.")
    if key.isdecimal():
        raise NotAKey("Digits are kept for the codes of annotations.")
    small, capital = key.lower(), key.upper()
    if small == capital or len(small) > 1 or len(capital) > 1:
        return key
    return (SHIFT if shifted or key != small else "") + small


def typed_form(stroke: str) -> str:
    """Return a stroke as one types it into a field: `J` for `Shift+j`, `↓` for `ArrowDown`."""
    key = stroke.removeprefix(SHIFT)
    if key in ARROWS:
        return stroke.removesuffix(key) + ARROWS[key]
    return key.upper() if stroke != key and len(key.upper()) == 1 else stroke


def keys_of(own: object, *, arrows_scroll: bool = False) -> dict[str, str]:
    """Return the stroke of every act, empty where it has none, in the order of ACTS.

    `own` is what a person put elsewhere. It may come from an older version: what it says of acts there are no more, or
    not in strokes, does not count, and a usual key that a person uses for something else leaves its own act without one.
    """
    chosen = _sound(own)
    keys = {act.name: chosen.get(act.name, "") for act in ACTS}
    for act in ACTS:
        if act.name not in chosen and not clashes(keys | {act.name: act.stroke}):
            keys[act.name] = act.stroke
    return {name: "" if arrows_scroll and stroke in ARROWS else stroke for name, stroke in keys.items()}


def own_part(keys: Mapping[str, str]) -> dict[str, str]:
    """Return what differs from the usual keys: only that is kept."""
    return {act.name: keys[act.name] for act in ACTS if not act.fixed and keys.get(act.name, act.stroke) != act.stroke}


def clashes(keys: Mapping[str, str], changed: frozenset[str] = frozenset()) -> list[Clash]:
    """Return the acts that want a key another act has; of two, the one that was changed is the one that clashes."""
    holders: dict[str, list[Act]] = {}
    found = []
    for act in sorted(ACTS, key=lambda act: act.name in changed):
        stroke = keys.get(act.name, "")
        if not stroke:
            continue
        held = holders.setdefault(stroke, [])
        found += [Clash(act, other, stroke) for other in held if meet(act, other)][:1]
        held.append(act)
    return found


def _sound(own: object) -> dict[str, str]:
    """Return the part of stored keys that can be used: known acts that may move, real strokes, no clashes."""
    sound: dict[str, str] = {}
    for name, stroke in own.items() if isinstance(own, dict) else ():
        if name in BY_NAME and not BY_NAME[name].fixed and _is_stroke(stroke) and not clashes({**sound, name: stroke}):
            sound[name] = stroke
    return sound


def _is_stroke(stroke: object) -> bool:
    try:
        return isinstance(stroke, str) and stroke_of(typed_form(stroke)) == stroke
    except NotAKey:
        return False
