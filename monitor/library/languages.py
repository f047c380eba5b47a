"""Which language a text is in, for `lang`: hyphenation, fonts and the voice of a screen reader go by it.

No file says it, so it is told by a script that one language has, or by the commonest words. Where neither tells, a text
in Latin letters is taken for English, as this site's own words are, and any other is of no known language.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

READ = 6000  # code points from the beginning
FEWEST = 4  # common words that must be found before they say anything
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_COMMON = {
    "en": "the and that with for was were has have from which this been their not",
    "fr": "les des est une dans qui que pour sur pas avec sont aux par cette",
    "de": "der die und das den von mit ist nicht ein eine auf für dem sich",
    "es": "los las que una por con para del como más pero sus fue este han",
    "it": "che della degli delle per una con sono nel dei gli alla dal più questo",
    "pt": "que não uma com para dos das pelo pela são mais foi como seu mas",
    "nl": "het een van dat niet zijn voor met werd aan ook naar bij deze door",
    "ru": "что не как это его был для они она было все после также лет между",  # noqa: RUF001 (letters of its own)
    "uk": "що не як це його був для вони вона було після також років між та",
    "tr": "bir için ile olarak daha çok olan gibi sonra kadar değil ise ancak bunu tarafından",  # noqa: RUF001 (letters of its own)
    "id": "yang dan dengan untuk dari pada tidak dalam ini itu oleh telah akan adalah juga",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
}
_OF_ONE_LANGUAGE = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
PART = 4  # a script tells from a quarter of the words on: Japanese has Chinese characters between its kana


def language_of(text: str) -> str:
    """Return the language as HTML names it; empty where it is not known."""
    return _language_of(text[:READ])


@lru_cache(maxsize=512)  # an article's page asks each time it is drawn; some megabytes at most
def _language_of(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    scripts = _OF_ONE_LANGUAGE if words and not text.isascii() else {}
    for language, letters in scripts.items():
        # Mostly none of the script's letters is there, which one search tells.
        if letters.search(text) and sum(1 for word in words if letters.search(word)) * PART >= len(words):
            return language
    found = Counter(words)
    counts = {
        language: sum(found[word] for word in common & found.keys()) for language, common in _COMMON_WORDS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    if counts[best] >= FEWEST:
        return best
    latin = sum(1 for word in words if _LATIN.match(word))
    return "en" if latin * 2 >= len(words) else ""
