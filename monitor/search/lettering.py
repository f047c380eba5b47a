"""Letters as words are compared: small, without accents, vowel points or invisible characters. Pure.

The tables are those of `entities.folding`, by which names are recognised, so that a name found there is found here.
Two things are done differently, since a text is cut into words here: apostrophes and dashes are kept for `words.py`
to judge, and signs without which a word of an Indian or South-East Asian script is another word are kept.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from monitor.entities.folding import APOSTROPHES, DASHES, LETTERS

# Scripts written without blanks: Thai and Lao, Burmese, Khmer, kana, Chinese characters.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
LONG_DASHES = "\u2014\u2015"  # these part words; the shorter ones join them
VIRAMA = 9  # the combining class of the sign that takes a consonant's vowel away
# Arabic, Persian and Urdu write the same letters differently, and stretch them.
_ARABIC = {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647", "\u0640": ""}
_SHORT_DASHES = [dash for dash in DASHES if dash not in LONG_DASHES]
_ALIKE = str.maketrans(LETTERS | _ARABIC | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_SHORT_DASHES, "-"))
_VARIATION = range(0xFE00, 0xFE10)


@cache
def plain(letter: str) -> str:
    """Return what one character is compared as: nothing, a character, or several."""
    if letter in APOSTROPHES:  # before they come apart: an acute accent of its own would be a blank
        return "'"
    return "".join(map(_digit, _bare(_bare(letter).casefold()))).translate(_ALIKE)


def _bare(text: str) -> str:
    return "".join(filter(_is_kept, unicodedata.normalize("NFKD", text)))


def _digit(letter: str) -> str:
    return letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter))


def _is_kept(part: str) -> bool:
    category = unicodedata.category(part)
    if category == "Mn":
        return unicodedata.combining(part) in {0, VIRAMA} and ord(part) not in _VARIATION and ord(part) < 0xE0000
    return category not in {"Me", "Cf"}


def plain_letters(text: str) -> tuple[str, list[int] | range]:
    """Return the text as it is compared, and for each of its characters the code point of `text` it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters, origins = [], []
    for at, letter in enumerate(text):
        here = plain(letter)
        letters.append(here)
        origins += [at] * len(here)
    return "".join(letters), origins


@cache
def spoken_mark(letter: str) -> bool:
    """Return whether a character is a sign that belongs to the letter before it and counts: it is part of a word."""
    return not letter.isascii() and unicodedata.category(letter) in {"Mc", "Mn"}
