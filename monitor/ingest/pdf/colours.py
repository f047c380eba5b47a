"""Whether a colour of a PDF is that of the paper."""

from __future__ import annotations

from typing import Any

LIGHT = frozenset({"DeviceGray", "CalGray", "DeviceRGB", "CalRGB"})  # spaces that count light
PALE = 0.99


def is_white(space: Any, color: Any) -> bool:
    """Tell whether `color` in the colour space `space` (pdfminer's) is white.

    Separations count ink and patterns count nothing, so that 1 is full black in one and no colour in the other: what
    is not known to be white is none.
    """
    name, sides = getattr(space, "name", "DeviceGray"), getattr(space, "ncomponents", 1)
    values = color if isinstance(color, (tuple, list)) else (color,)
    if not values or not all(isinstance(value, (int, float)) for value in values):
        return False
    if name == "DeviceCMYK" or (name == "ICCBased" and sides == len(values) == 4):
        return all(value <= 1 - PALE for value in values)
    if name in LIGHT or (name == "ICCBased" and sides == len(values)):
        return all(value >= PALE for value in values)
    return False
