"""What a printed line looks like: a finished sentence, a bare line, running text, a person's name.

Text files show no sizes and no weights, so these judgements go by words and stops alone; every number here is from
measurements on a real issue, where length does not part heads (10-62 characters) from broken paragraphs (77 on).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STOPS = ".!?\u2026:\u061f\u3002"
# \u201c closes a German quotation, \u00ab a Danish one.
CLOSERS = "\"'\u201d\u201c\u2019\u2018\u00bb\u00ab\u203a\u2039)]*"
# "truce. [3]", "truce. (3)", "truce.3" with the digit brought down to the line, "truce.³"; "2.0" is a number.
MARKER_AT_END = re.compile(
    r" ?\[\d{1,3}\]$|(?<=[.!?\"\u201d\u2019)]) ?\(\d{1,3}\)$|(?<=[.!?\"\u201d\u2019)])(?<!\d\.)\d{1,3}$"
    r"|(?<=(?<!\d)\d{4}\.)\d{1,3}$|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3}$"
)
CITATION_AT_END = re.compile(r"\d\)$")
TITLES_AND_REFERENCES = """
dr. mr. mrs. ms. prof. gen. maj. col. lt. capt. sgt. st. rev. sen. rep. gov. pres. no. nos. vol. p. pp. fig. e.g. i.e.
cf. vs. v. approx. ca.
"""
SHORTENED = "u.s. u.k. u.n. e.u. a.m. p.m. etc. jr. sr. inc. ltd. co."
LITTLE_WORDS = """
a about after against all also among an and any are as at be because been before behind between beyond but by can could
during for from had has have he her his if in into is it its may might more most no nor not of off on or our out over per
she should since so some such than that the their them then there these they this those through to toward towards under
until up upon via vs was were what when where which while who whom whose will with within without would
"""
# Never the end of a sentence, since a name or a number follows.
BEFORE_NAMES = frozenset(TITLES_AND_REFERENCES.split())
# May end one; what follows decides.
ABBREVIATIONS = frozenset(SHORTENED.split())
FUNCTION_WORDS = frozenset(LITTLE_WORDS.split())
# A line that ends in one of these goes on.
DANGLING = FUNCTION_WORDS - {"all", "before", "in", "it", "not", "off", "on", "out", "over", "so", "them", "then", "up"}
LEADING_PARTICLES = (
    "al-",
    "el-",
    "ar-",
    "as-",
    "ash-",
    "at-",
    "ad-",
    "an-",
    "az-",
    "ibn ",
    "bin ",
    "de ",
    "von ",
    "van ",
)
WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+){0,6}")
SENTENCE_WORDS = 8
LONGEST_BARE = 200
# Each step of the reading asks again about the same lines.
REMEMBERED = 20_000
LONGEST_HEAD = 120
LONGEST_QUESTION = 14  # words
LONGEST_TITLE = 300  # characters at a note's end in which brackets and quotation marks are counted
MONTH_AT_END = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)


def stripped_end(text: str) -> str:
    """Return the end of a text without markers and closing quotes or brackets."""
    tail = text[-120:].rstrip()
    while tail:
        bare = tail[:-1].rstrip() if tail[-1] in CLOSERS and not tail.endswith("]") else tail
        if found := MARKER_AT_END.search(tail):
            bare = tail[: found.start()].rstrip()
        elif tail.endswith("]"):
            bare = tail[:-1].rstrip()
        if bare == tail:
            return tail
        tail = bare
    return tail


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends where a sentence may end, quotes, brackets and note markers left aside."""
    tail = stripped_end(text)
    return bool(tail) and tail[-1] in STOPS and last_word(tail) not in BEFORE_NAMES


def last_word(text: str) -> str:
    """Return the last word of a text with its stop, folded."""
    return text[-40:].rsplit(" ", 1)[-1].casefold().lstrip("(\"'\u201c\u2018[")


def ends_in_abbreviation(text: str) -> bool:
    """Tell whether the stop at the end of a text may be a shortened word's."""
    return last_word(stripped_end(text)) in ABBREVIATIONS


def begins_lower(text: str) -> bool:
    """Tell whether a text begins with a small letter that no paragraph begins with (names like al-Hol left aside)."""
    bare = text.lstrip("\"'\u201c\u2018\u201e\u201a\u00ab\u00bb([ ")
    if not bare or not bare[0].islower() or bare.startswith(LEADING_PARTICLES):
        return False
    first = bare.split(" ", 1)[0]
    # "eBay", "iPhone", "irrawaddy.com", "@menastream" may open a sentence.
    return not any(character.isupper() for character in first) and "." not in first[:-1] and "@" not in first


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning."""
    return [word for word in words(text) if word.casefold() not in FUNCTION_WORDS and not word[0].isdigit()]


def is_lower_case(text: str) -> bool:
    """Tell whether at least half of a text's meaning words, the first left aside, begin small."""
    rest = content_words(text)[1:]
    return bool(rest) and 2 * sum(word[0].islower() for word in rest) >= len(rest)


def is_sentence(text: str) -> bool:
    """Tell whether a text reads as (a part of) a sentence: eight words or more, most of them in small letters."""
    return len(words(text[:2000])) >= SENTENCE_WORDS and is_lower_case(text[:2000])


def has_inner_stop(text: str) -> bool:
    """Tell whether one sentence ends and another begins inside a text."""
    at = text.find(". ")
    while at >= 0:
        word = last_word(text[: at + 1])
        initial = len(word) == 2
        if not initial and word not in BEFORE_NAMES and word not in ABBREVIATIONS and text[at + 2 : at + 3].isupper():
            return not word[:-1].isdigit()
        at = text.find(". ", at + 1)
    return False


def is_question(text: str) -> bool:
    """Tell whether a text is one short question or exclamation, as a title or a head may be."""
    return (
        text.endswith(("?", "!")) and len(words(text[:LONGEST_BARE])) <= LONGEST_QUESTION and not has_inner_stop(text)
    )


@lru_cache(maxsize=REMEMBERED)
def is_bare(text: str) -> bool:
    """Tell whether a text can be a title, a head or a name: short, without a final stop."""
    if len(text) > LONGEST_BARE or not any(character.isalnum() for character in text):
        return False
    if is_question(text):
        return True
    if text.endswith(":"):
        return len(words(text)) <= 6 and not is_lower_case(text)
    return not ends_sentence(text) or (len(words(text)) <= 6 and ends_in_abbreviation(text))


def dangles(text: str) -> bool:
    """Tell whether the last word or sign of a text calls for more."""
    if text.endswith((",", "-", ";", "(", "/", "\u2010", "\u2014", "\u2013")):
        return True
    last = last_word(text)
    return last in DANGLING or last in BEFORE_NAMES or text.count("(") > text.count(")")


def breaks_off(text: str) -> bool:
    """Tell whether a note visibly lacks its end: no stop, a colon before its pages, brackets or quotation marks left open."""
    tail = text[-LONGEST_TITLE:]
    # \u201c opens here, unless it closes what \u201e opened.
    quoted = tail.count("\u201c") > tail.count("\u201d") and "\u201e" not in tail
    return not ends_sentence(text) or text.endswith(":") or tail.count("(") > tail.count(")") or quoted


def awaits_number(first: str, second: str) -> bool:
    """Tell whether a text ends in a month and the next begins with its day."""
    return MONTH_AT_END.search(first[-12:]) is not None and second[:1].isdigit()


def lower_case_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that stand in small letters somewhere: no part of a name does."""
    return frozenset(word for text in texts for word in words(text) if word.islower())
