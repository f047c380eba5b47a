"""What a query marks in a text that is read: its words, where they speak for the text. Pure; names are told by `named_hits`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.search.compiling import Compiler
from monitor.search.hit_places import hits_in, wanted_texts
from monitor.search.query_language import parse
from monitor.search.writings import expanded

if TYPE_CHECKING:
    from monitor.search.compiled import Field, Text


def asked_words(query: str) -> list[Text]:
    """Return the words that a query looks for in texts, each with the parts in which it does."""
    return wanted_texts(Compiler({}, expanded).compile(parse(query).tree)) if query else []


def asked_hits(text: str, field: Field, leaves: list[Text]) -> list[tuple[int, int]]:
    """Return where they stand in a part: half-open ranges of its code points, in order and disjoint."""
    words = [leaf.words for leaf in leaves if field in leaf.fields]
    return hits_in(text, words) if words else []
