"""Where things stand on a page: boxes as a PDF gives them, and the frame of what a reader sees.

A PDF counts from the lower left corner of its media box, before /Rotate; `printed_page` from the upper left of the
crop box, after it.
"""

from __future__ import annotations

import math
from typing import Any

MAX_SIDE = 14_400.0 * 10  # points; Acrobat's largest page, with some room for /UserUnit
MAX_UNIT = 100.0
LETTER = (0.0, 0.0, 612.0, 792.0)

Rect = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def usable_page(rect: Any) -> Rect | None:
    """Return `rect` with its corners in order if it can be a page, else None."""
    try:
        x0, y0, x1, y1 = (float(value) for value in rect)
    except (TypeError, ValueError, OverflowError):
        return None
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    fits = all(math.isfinite(v) and abs(v) <= MAX_SIDE for v in (x0, y0, x1, y1))
    return (x0, y0, x1, y1) if fits and x1 - x0 >= 1 and y1 - y0 >= 1 else None


class PageFrame:
    """The page's crop box after /Rotate; turns the file's coordinates into the page's.

    `unit` is what the page counts as one, in points (/UserUnit): pages larger than Acrobat's largest use it.
    """

    def __init__(self, media: Rect, crop_box: Any, rotate: int, unit: Any = 1) -> None:
        x0, y0, x1, y1 = media
        turns: dict[int, Matrix] = {
            90: (0, -1, 1, 0, -y0, x1),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, 1, -1, 0, y1, -x0),
        }
        k = float(unit) if isinstance(unit, (int, float)) and 1 <= unit <= MAX_UNIT else 1.0
        a, b, c, d, e, f = turns.get(rotate, (1, 0, 0, 1, -x0, -y0))  # as pdfminer's process_page has it
        self.matrix: Matrix = (a * k, b * k, c * k, d * k, e * k, f * k)
        crop = usable_page(crop_box) or media
        visible = usable_page((max(crop[0], x0), max(crop[1], y0), min(crop[2], x1), min(crop[3], y1))) or media
        if crop[0] >= x1 or crop[2] <= x0 or crop[1] >= y1 or crop[3] <= y0:
            visible = media
        self.left, lower, right, self.upper = transformed(self.matrix, visible)
        self.width, self.height = right - self.left, self.upper - lower

    def placed(self, rect: Rect) -> Rect:
        """Return x0, top, x1, bottom of a rectangle given in the file's user space."""
        x0, y0, x1, y1 = transformed(self.matrix, rect)
        return (x0 - self.left, self.upper - y1, x1 - self.left, self.upper - y0)


def transformed(matrix: Matrix, rect: Rect) -> Rect:
    """Return the upright rectangle around `rect` as `matrix` moves it."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = rect
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return (min(xs), min(ys), max(xs), max(ys))


def quarter_turned(box: Rect, turn: int, size: tuple[float, float]) -> Rect:
    """Return where a box (x0, top, x1, bottom) of a page stands once the page is turned clockwise by `turn` degrees.

    `size` is the page's width and height before. A turn by 360 less the same degrees leads back.
    """
    x0, top, x1, bottom = box
    width, height = size
    if turn == 90:
        return (height - bottom, x0, height - top, x1)
    if turn == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    if turn == 270:
        return (top, width - x1, bottom, width - x0)
    return box


def ordered_rect(values: list[Any]) -> Rect:
    """Return four numbers as a rectangle with its corners in order. Raises ValueError or TypeError where they are none."""
    x0, y0, x1, y1 = (float(value) for value in values)
    if not all(math.isfinite(v) for v in (x0, y0, x1, y1)):
        raise ValueError("a place beyond all numbers")
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
