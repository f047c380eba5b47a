"""Small issues as files, in an invented world."""

from __future__ import annotations

import io
import zipfile

PARAGRAPH = "The ferrymen of Sorrel left their boats on Monday and walked up to the toll-house (Ardel Wire, {day})."


def issue_text(number: int = 7, *, paragraphs: int = 3) -> str:
    """Return the text form of an issue with two articles, notes and citations."""
    body = "\n\n".join(PARAGRAPH.format(day=f"April {day}, 2021") for day in range(1, paragraphs + 1))
    return f"""Tidewater Letter

Notes from the River Provinces

VOLUME XII | ISSUE {number}

p.1

The Ferry Strike Enters Its Third Week

Ines Varrow

p.3

Salt Prices and the Upper Locks

Tomas Quill

The Ferry Strike Enters Its Third Week

Ines Varrow

{body} [1]

Ines Varrow is an analyst of river trade at the Institute of Tolls.

Notes

[1] Interview with a lock keeper, Vray, April 2, 2021.

Salt Prices and the Upper Locks

Tomas Quill

Salt rose by a third in the week after the strike, and fell again (Kessmouth Gazette, May 4, 2021).

Tomas Quill writes on prices for the Kessmouth Gazette.
"""


def issue_bytes(number: int = 7, **more: int) -> bytes:
    return issue_text(number, **more).encode()


def archive(**members: bytes) -> bytes:
    """Return a zip archive; a member's name has `__` for the dot of its ending."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "."), data)
    return packed.getvalue()
