"""One spelling for every way a word can be printed: what names are compared by, in the gazetteer and in texts alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Apostrophes, and the signs for ayn and hamza, that stand inside a transliterated word.
INNER = "'’‘`´ʼʻʽʿʾ′ˈ"  # noqa: RUF001
# Printed as nothing: soft hyphens, joiners, marks of direction, the byte order mark.
UNSEEN = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# Letters that no decomposition takes apart.
PLAIN = str.maketrans(
    {
        "ı": "i",  # noqa: RUF001
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ß": "ss",
        "ə": "e",
        "Ə": "E",
        "ŋ": "n",
        "Ŋ": "N",
        "ħ": "h",
        "Ħ": "H",
        "ŧ": "t",
        "Ŧ": "T",
        "ɓ": "b",
        "Ɓ": "B",
        "ɗ": "d",
        "Ɗ": "D",
        "ƙ": "k",
        "Ƙ": "K",
        "ɛ": "e",
        "ɔ": "o",
        "ƴ": "y",
        "ĸ": "k",
    }
)
# British and American spelling are one.
SPELLINGS = (
    (re.compile(r"^(defen|offen)ces?$"), r"\1se"),
    (re.compile(r"^labour"), "labor"),
    (re.compile(r"^centre$"), "center"),
    (re.compile(r"is(ation|ations|ed|ing)$"), r"iz\1"),
)
STRANGE = re.compile(f"[{INNER}{UNSEEN}]")


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Return `word` in plain letters, its case kept: no diacritics, apostrophes or unseen characters."""
    if word.isascii():
        return word.replace("'", "").replace("`", "")
    bare = unicodedata.normalize("NFKD", STRANGE.sub("", word).translate(PLAIN))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(PLAIN)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the key that all spellings of one word share: plain letters in lower case, American spelling."""
    key = plain(word).lower()
    if len(key) > 5:
        for pattern, spelling in SPELLINGS:
            key = pattern.sub(spelling, key)
    return key
