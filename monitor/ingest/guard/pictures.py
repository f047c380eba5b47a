"""How a page is to be drawn, and what becomes of that: words that caller and child share; nothing here parses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["webp", "png", "pgm"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How pages are to be drawn: `width` pixels wide, or at `dpi`; smaller where that would pass a limit.

    `pgm` is binary PNM (gray or colour), not compressed: quickest for a program that reads it at once.
    """

    format: Format
    width: int = 0
    dpi: int = 0
    gray: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page in the frame of our regions: the crop box after /Rotate. Sizes in pixels."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page: a picture for each drawing asked for, or none and a sentence why."""

    number: int  # physical page, from 1
    total: int  # pages of the file
    pictures: tuple[Picture, ...] = ()
    failure: str = ""
