"""Titles in capitals that the contents do not list, in a house whose contents prove its capitals a trick of the font."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.looks import FUNCTION_WORDS
from monitor.ingest.structure.type_looks import is_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.ingest.structure.drafts import Draft

WORD = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019.](?=[^\W\d_])){0,60}")
AFTER_STOP = re.compile(r"(?:[:.?!\u2014\u2013][\"'\u201d\u2019]? |^)[\"'\u201c\u2018(]?$")
SMALL = FUNCTION_WORDS & frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "upon",
        "via",
        "with",
    ]
)
TAIL = 6


def recased(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, unlisted titles in capitals set as the others are where the contents gave these their case."""
    if not any(draft.recased for draft in drafts):
        return list(drafts)
    forms = forms_of(paragraph.piece.text for draft in drafts for paragraph in draft.paragraphs)
    return [
        replace(draft, title=in_title_case(draft.title, forms), recased=True) if is_capitals(draft.title) else draft
        for draft in drafts
    ]


def forms_of(texts: Iterable[str]) -> dict[str, str]:
    """Return for each folded word the form in which a text mostly prints it inside its sentences."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for found in WORD.finditer(text):
            if found.start() and not AFTER_STOP.search(text[max(0, found.start() - TAIL) : found.start()]):
                counts[found.group().casefold()][found.group()] += 1
    return {word: seen.most_common(1)[0][0] for word, seen in counts.items()}


def in_title_case(title: str, forms: Mapping[str, str]) -> str:
    """Return a title printed in capitals with the capitals of a title: "TALKS WITH THE UN" as "Talks With the UN".

    A word that the issue prints with capitals of its own (UN, al-Hol) keeps these.
    """

    def shaped(found: re.Match[str]) -> str:
        word = found.group().casefold()
        opens = AFTER_STOP.search(title[max(0, found.start() - TAIL) : found.start()]) is not None
        if word in SMALL:
            return word.capitalize() if opens else word
        known = forms.get(word, "")
        return known if known != known.casefold() else word[:1].upper() + word[1:]

    return WORD.sub(shaped, title)
