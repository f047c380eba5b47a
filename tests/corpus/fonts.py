"""Where the DejaVu fonts lie: the only faces with every letter the issues use that producers take as files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.corpus.typeset import CannotTypeset

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "~/.fonts", "~/.local/share/fonts")
ARABIC = re.compile(r"[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)*")


@cache
def dejavu(name: str) -> Path:
    """Return the file of a face ("DejaVuSerif-Bold"). Raises `CannotTypeset` where it is not installed."""
    for folder in FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob(f"{name}.ttf")):
            return path
    raise CannotTypeset(f"{name}.ttf is not installed (Debian: fonts-dejavu-core and fonts-dejavu-extra)")


def in_visual_order(text: str) -> str:
    """Return text as a producer without a bidirectional algorithm draws it: Arabic letters from the left.

    A no-break space holds such a run together, since over a line's end its words would change places.
    """
    return ARABIC.sub(lambda run: run[0][::-1].replace(" ", "\u00a0"), text)
