"""English words, from a list that comes with a library: the same for every issue, so that a reading is repeatable."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# In a list made by counting these are abbreviations and beginnings of other words; the others of two letters count.
SHORT_WORDS = frozenset(
    [
        "ad",
        "al",
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "co",
        "do",
        "ex",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "off",
        "on",
        "or",
        "so",
        "to",
        "un",
        "up",
        "us",
        "we",
    ]
)
# Endings that the list knows as words of their own.
ENDINGS = frozenset(
    [
        "able",
        "age",
        "al",
        "ance",
        "ant",
        "ary",
        "ate",
        "ed",
        "en",
        "ence",
        "ent",
        "er",
        "ers",
        "ery",
        "es",
        "est",
        "ful",
        "hood",
        "ible",
        "ic",
        "ing",
        "ings",
        "ise",
        "ism",
        "ist",
        "ists",
        "ite",
        "ity",
        "ive",
        "ize",
        "less",
        "ling",
        "ly",
        "man",
        "men",
        "ment",
        "ments",
        "ness",
        "or",
        "ors",
        "ory",
        "ous",
        "ship",
        "sion",
        "tion",
        "ty",
        "ward",
        "wards",
    ]
)
# Beginnings that are words too, or are taken for some, but hardly ever stand before a writer's own hyphen.
BEGINNINGS = frozenset(["be", "com", "con", "de", "dis", "en", "mis", "per", "re", "un"])


@cache
def english_words() -> frozenset[str]:
    """Return some 80,000 words in lower case, read once."""
    lines = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)


def is_word(word: str) -> bool:
    """Tell whether `word` (any case) is an English word."""
    return word.casefold() in english_words()


def first_half(word: str) -> bool:
    """Tell whether `word` can stand before the hyphen of a compound."""
    plain = word.casefold()
    return plain in english_words() and plain not in BEGINNINGS and (len(plain) > 2 or plain in SHORT_WORDS)


def second_half(word: str) -> bool:
    """Tell whether `word` can stand behind the hyphen of a compound."""
    plain = word.casefold()
    return plain in english_words() and plain not in ENDINGS and (len(plain) > 2 or plain in SHORT_WORDS)
