"""How names are compared: without accents, capitals, kinds of apostrophe and dash, or invisible characters. Pure."""

from __future__ import annotations

import unicodedata

APOSTROPHES = "\u2019\u2018\u0060\u00b4\u02bc\u02bb\u02bf\u02be\u2032\uff07"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Letters that Unicode does not take apart, as transliterations write them.
LETTERS = {"\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f8": "o", "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th"}

_ALIKE = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(DASHES, "-") | LETTERS)


def folded(name: str) -> str:
    """Return a name as it is compared; two names with the same fold are one and the same written differently."""
    if name.isascii():  # most are
        return " ".join(name.lower().translate(_ALIKE).split())
    parted = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in parted if unicodedata.category(c) not in {"Mn", "Cf", "Me"})
    return " ".join(kept.casefold().translate(_ALIKE).split())


SHORT = 4  # letters of a name that is compared capital by capital


def marked_words(text: str) -> set[str]:
    """Return the words that are written in capitals, or are short and have one: as acronyms are."""
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return {
        word for word in words if (word.isupper() and len(word) > 1) or (len(word) <= SHORT and word != word.lower())
    }
