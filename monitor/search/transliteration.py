"""Under which keys the usual ways agree in which a name is written in Latin letters. Pure.

Names from Arabic, Persian, Pashto, Urdu and Turkic languages reach print by many roads: Hussein, Husayn, Hossein. Two
writings of one name share a key. Some letters stand for two sounds (the e of Ahmed is Ahmad's a, the e of Khaled is
Khalid's i), so a word may have several keys. Different names may share one, too: what is found so is offered, never
searched for unasked, and it never goes into the index.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from monitor.search.words import compounds_of, without_joints

MOST_KEYS = 16

# In this order; capitals are sounds that are settled.
_CONSONANTS = (
    (r"^ab[dt][aeou]l(?=[a-z]{2})", "ABDL"),  # Abdel-, Abdul-, Abdal-
    (r"[aou]l?lah?$", "LAH"),  # Hezbollah, Hizballah, Abdullah
    (r"yy", "Y"),
    (r"(?<=a)w(?=[ou])", ""),  # Dawud, Daoud
    (r"tch|tsh|ch", "C"),
    (r"sch|sh", "S"),
    (r"dj", "j"),
    (r"ph", "f"),
    (r"gh", "g"),
    (r"kh|ck|c|k", "K"),
    (r"x", "Ks"),
    (r"v", "w"),
    (r"jh", "j"),
    (r"bh", "b"),
    (r"ah$", "a"),
    (r"(?<=[^aeiou])y(?=[aeou])", "i"),  # Libya
)
_STEPS = [(re.compile(pattern), sound) for pattern, sound in _CONSONANTS]
_DOUBLED = re.compile(r"([b-df-hj-np-tv-zA-Z])\1+")
# What is left to hear: two sounds for one sign, or a run of vowels.
_SIGN = re.compile(r"dh|th|q|[aeiouy]+|.", re.DOTALL)
_TWO_SOUNDS = {"dh": ("d", "z"), "th": ("t", "s"), "e": ("a", "i")}
_LIGHT, _DARK = set("eiy"), set("ou")


def agree(one: str, other: str) -> bool:
    """Return whether two words may be one name in two writings; a word agrees with itself."""
    return not keys(one).isdisjoint(keys(other))


@lru_cache(maxsize=1 << 14)
def keys(word: str) -> frozenset[str]:
    """Return the keys of a word, at most MOST_KEYS. Capitals, accents, hyphens and an Arabic article do not count.

    A word in another script has itself as its key; what is no word has none.
    """
    plain = "".join(part.word for compound in compounds_of(word) for part in without_joints(compound))
    if not plain:
        return frozenset()
    if not (plain.isascii() and plain.isalpha()):
        return frozenset({plain})
    for pattern, sound in _STEPS:
        plain = pattern.sub(sound, plain)
    signs = _SIGN.findall(_DOUBLED.sub(r"\1", plain))
    sounds = [_sounds(sign, is_first=at == 0) for at, sign in enumerate(signs)]
    return frozenset(_DOUBLED.sub(r"\1", "".join(heard)) for heard in islice(product(*sounds), MOST_KEYS))


_DOUBLED_SOUND = re.compile(r"(.)\1+", re.DOTALL)
_ROUGH = str.maketrans({"i": "a", "z": "d", "s": "t", "g": "K"})


def rough_sound(word: str) -> str:
    """Return one rough key, the same for all words that agree, by which a table can be searched; then ask `agree`.

    "" for what is no word.
    """
    some = min(keys(word), default="")
    return _DOUBLED_SOUND.sub(r"\1", some.translate(_ROUGH))


def _sounds(sign: str, *, is_first: bool) -> tuple[str, ...]:
    if sign == "q":
        return ("K", "g") if is_first else ("K",)  # Qaddafi, Kadhafi, Gaddafi
    if sign in _TWO_SOUNDS:
        return _TWO_SOUNDS[sign]
    return (_vowel(sign),) if sign[0] in "aeiouy" else (sign,)


def _vowel(run: str) -> str:
    """Return the sound of a run of vowels: ai, ay, ei, ae are one, so are ou, oo, u and o, so are au, aou."""
    letters = set(run)
    if run in {"y", "i"} or letters <= _LIGHT:
        return "E" if run in {"ei", "ey"} else "i"
    if letters <= _DARK:
        return "u"
    if letters == {"a"}:
        return "a"
    if run[0] in "ae" and letters & _LIGHT and not letters & _DARK and run[-1] != "a":
        return "E"
    if run[0] == "a" and letters & _DARK:
        return "O"
    return run.replace("y", "i").replace("o", "u")
