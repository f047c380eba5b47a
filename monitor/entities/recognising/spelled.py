"""The words of one name of the gazetteer: as in a running text, but quickly, for a hundred thousand names."""

from __future__ import annotations

from typing import NamedTuple

from monitor.entities.recognising.letters import fold, plain
from monitor.entities.recognising.running_text import POSSESSIVE, WORD, goes_on


class Spelled(NamedTuple):
    """One word of a name; `soft`: it goes on the name that the word before it began."""

    plain: str
    fold: str
    soft: bool = True
    possessive: bool = False


def spelled(text: str) -> list[Spelled]:
    """Return the words of `text`, with the same letters and keys as a running text gives them."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return [Spelled(word, fold(word)) for word in text.split(" ") if word]
    words: list[Spelled] = []
    end, before = 0, ""
    for match in WORD.finditer(text):
        printed, gap = match.group(), text[end : match.start()]
        possessive = POSSESSIVE.search(printed)
        core = printed[: possessive.start()] if possessive else printed
        if not plain(core):
            continue
        words.append(Spelled(plain(core), fold(core), goes_on(gap, before), bool(possessive)))
        end, before = match.end(), core
    return words
