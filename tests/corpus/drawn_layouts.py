"""Layouts nobody wrote down: each choice drawn for itself."""

from __future__ import annotations

import random
from typing import Any

from tests.corpus.layout import ALL_ASIDES, Layout

CHOICES: dict[str, tuple[Any, ...]] = {
    "columns": (1, 2, 2, 3),
    "paper": ("letter", "a4"),
    "margin": (42, 54, 72),
    "gutter": (14, 20, 28),
    "size": (8.5, 9.5, 10, 11),
    "leading": (1.15, 1.25, 1.4),
    "serif": (True, False),
    "titles": ("column", "spanning"),
    "starts": ("flow", "page"),
    "contents": ("list", "sidebar", "dotted"),
    "indent": (0, 1, 1.5),
    "justified": (True, False),
    "hyphenated": (True, False),
    "notes": ("end", "foot"),
    "through": (False, True),
    "superscript": (False, True),
    "label": ("[n]", "n."),
    "hanging": (False, True),
    "drop_caps": (False, True),
    "title_case": ("plain", "plain", "caps", "small_caps", "spaced"),
    "author_case": ("plain", "plain", "caps", "small_caps", "spaced"),
    "italic_bios": (True, False),
    "asides": ((), (), ALL_ASIDES, ("table",), ("pullquote", "caption")),
    "floating": (False, True),
    "running": ("alternating", "same", "none"),
    "rule": (False, True),
    "rotate": (0, 0, 0, 90, 180, 270),
    "shifted": (False, True),
    "cropped": (False, True),
    # Drawn last, so that a seed keeps what it drew before.
    "breaking": (False, True),
    "ruled": (True, True, False),
}


def fitted(choices: dict[str, Any]) -> Layout:
    """Return the layout of these choices; three columns take small type, or nothing would fit between the gutters."""
    if choices["columns"] == 3:
        choices = choices | {"size": min(choices["size"], 9.5), "gutter": 14, "margin": 42}
    if choices["columns"] == 1:
        choices = choices | {"margin": 72}
    return Layout(**choices)


def drawn_layout(seed: int) -> Layout:
    """Return the layout of a seed."""
    chance = random.Random(f"layout {seed}")  # noqa: S311 (test data)
    return fitted({name: chance.choice(values) for name, values in CHOICES.items()})
