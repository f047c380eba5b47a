"""Text for formats that hold a value on one line."""

from __future__ import annotations

import re

# Whatever some reader of such files takes for the end of a line, other control characters, and half a surrogate
# pair, which UTF-8 cannot hold.
_BREAKS_A_LINE = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Return `text` with every run of blanks, line ends and control characters as one blank, none at its ends."""
    return _BREAKS_A_LINE.sub(" ", text).strip()
