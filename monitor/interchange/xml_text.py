"""Text for files that hold XML: of control characters it takes none but tabs and line ends, and no half characters."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(words: str) -> str:
    """Return words without what XML 1.0 refuses."""
    return _REFUSED.sub("", words)


def xml_text(words: str) -> str:
    """Return words as the content of an element; a carriage return is written so that readers do not lose it."""
    return escape(without_controls(words), {"\r": "&#13;"})


def xml_attribute(words: str) -> str:
    """Return words as an attribute's value, in double quotes."""
    ends = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
    return f'"{escape(without_controls(words), ends)}"'
