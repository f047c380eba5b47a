"""Which printed names are one outlet: pure rules on strings."""

from __future__ import annotations

import re
import unicodedata

# Endings that say nothing of the outlet. Countries' endings stay: nation.africa is not The Nation.
_WEB_ADDRESS = re.compile(r"\A(?:www\.)?([^\s/.]{2,80})\.(?:com|net|org)\Z")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def outlet_key(printed: str) -> str:
    """Return the key under which spellings of one outlet meet: `Al-Jazeera`, `aljazeera.com` and `al-Jazeera.net`.

    Case, accents, blanks and punctuation do not count, nor does `www.` or a generic ending of a bare web address.
    An account on a platform (`Twitter/@name`) keeps its handle whole. Never empty for a non-empty string.
    """
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", printed.casefold()) if not unicodedata.combining(c)
    ).strip()
    if "/" in folded or "@" in folded:
        return folded
    address = _WEB_ADDRESS.match(folded)
    return _NOT_ALPHANUMERIC.sub("", address[1] if address else folded) or folded or printed
