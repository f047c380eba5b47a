"""What the glyphs of a PDF's fonts read as: letters, unfolded ligatures, and digits that are superscripts."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from monitor.ingest.pdf.values import dictionary, resolved, sequence

UNKNOWN = "\ufffd"
SOFT_HYPHEN = "\u00ad"
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST_CODES = 255  # of a simple font
NARROW = 0.85  # of a digit's width in the same font: the other glyph of that digit is a superscript
MANY_GLYPHS = 20_000  # in a font's table of letters; nobody's superscripts are worth a search through more


def superior_digits(font: Any) -> frozenset[int]:
    """Return the glyphs that are superscript digits though the file calls them plain ones.

    Fonts with superscripts of their own draw them at full size on the baseline; only their width tells: another
    glyph of the font has the same digit and is wider.
    """
    mapped = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or {}
    if len(mapped) > MANY_GLYPHS:
        return frozenset()
    digits: dict[str, list[tuple[float, int]]] = {}
    for cid, text in mapped.items():
        if isinstance(text, str) and len(text) == 1 and text in "0123456789":
            digits.setdefault(text, []).append((font.char_width(cid), cid))
    widest = max((width for pairs in digits.values() for width, _ in pairs), default=0.0)
    narrow = {
        digit: [(width, cid) for width, cid in pairs if width < NARROW * (max(pairs)[0] if len(pairs) > 1 else widest)]
        for digit, pairs in digits.items()
    }
    # A "1" may be narrow by nature: alone it is believed only where other digits have two glyphs or are narrow too.
    if not any(found for digit, found in narrow.items() if digit != "1" or len(digits[digit]) > 1):
        return frozenset()
    return frozenset(cid for found in narrow.values() for _, cid in found)


def own_widths(spec: Any) -> dict[int, float]:
    """Return the widths that a simple font's dictionary gives its codes, empty where it gives none."""
    entries = dictionary(spec)
    first, widths = resolved(entries.get("FirstChar", 0)), sequence(entries.get("Widths"))
    if not isinstance(first, int) or not 0 <= first <= MOST_CODES:
        return {}
    values = [resolved(width) for width in widths[: MOST_CODES + 1]]
    return {first + at: float(width) for at, width in enumerate(values) if isinstance(width, (int, float))}


def width_of(font: Any, cid: int, text: str) -> float:
    """Return how wide a code is (of a size of 1); a ligature that a standard table does not name is as its letters."""
    width = font.char_width(cid)
    if not width and len(text) > 1:
        parts = [font.widths.get(letter, 0) for letter in text]
        width = sum(part for part in parts if isinstance(part, (int, float))) * font.hscale
    return float(width) if isinstance(width, (int, float)) and math.isfinite(width) else 0.0


def cleaned(text: str) -> str:
    """Return a glyph's text with ligatures unfolded and without what is no letter."""
    if len(text) == 1 and text.isalnum() and ord(text) < 0xFB00:
        return text
    if text.startswith("(cid:"):
        return UNKNOWN
    if text.isspace():
        return " "
    unfolded = text.translate(LIGATURES)
    if any("\ufb1d" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" for c in unfolded):
        # Shapes of Hebrew and Arabic letters; an isolated vowel sign brings a blank to stand on.
        unfolded = unicodedata.normalize("NFKC", unfolded).replace(" ", "" if len(unfolded) == 1 else " ")
    elif "\uf720" <= unfolded <= "\uf7ff":
        # Small capitals and old figures of Adobe's expert fonts, in the private codes it once gave them.
        unfolded = chr(ord(unfolded[0]) - 0xF700)
    return "".join(c for c in unfolded if c == "\u00ad" or unicodedata.category(c) not in {"Cc", "Cs", "Cf"})
