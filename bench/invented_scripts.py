"""Invented texts in scripts that no sample issue has: words drawn from a small vocabulary, so that passages resemble."""

from __future__ import annotations

from random import Random

_VOCABULARY, _PARAGRAPHS = 700, 60
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёїў"
_TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzâî"  # noqa: RUF001
_CHINESE = "".join(chr(code) for code in range(0x4E00, 0x5200, 2))
_DEVANAGARI = ("कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह", ["", "ा", "ि", "ी", "ु", "े", "ो", "ं", "्"])

# Letters, longest word, what joins words, what ends sentences, share of words with a first capital.
SCRIPTS = {
    "Arabic": (_ARABIC, 8, " ", ". ", 0.0),
    "Cyrillic": (_CYRILLIC, 10, " ", ". ", 0.15),
    "Turkish": (_TURKISH, 10, " ", ". ", 0.15),
    "Chinese": (_CHINESE, 3, "", "。", 0.0),
    "Devanagari": ([letter + sign for letter in _DEVANAGARI[0] for sign in _DEVANAGARI[1]], 5, " ", "। ", 0.0),
}


def invented(script: str, seed: int = 4) -> str:
    """Return some ten thousand words of no meaning in a script, in paragraphs; the same for the same seed."""
    letters, longest, space, stop, capitals = SCRIPTS[script]
    chance = Random(seed)  # noqa: S311 - chance for tests
    words = ["".join(chance.choices(letters, k=chance.randint(1, longest))) for _ in range(_VOCABULARY)]
    often = [1 / (rank + 3) for rank in range(_VOCABULARY)]

    def sentence() -> str:
        drawn = chance.choices(words, often, k=chance.randint(6, 24))
        return space.join(word.capitalize() if chance.random() < capitals else word for word in drawn) + stop

    return "\n\n".join("".join(sentence() for _ in range(chance.randint(3, 9))).strip() for _ in range(_PARAGRAPHS))
