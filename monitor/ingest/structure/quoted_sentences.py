"""Pull quotes that no sign marks: sentences in a large type that the issue keeps for sentences.

Heads and titles are words or questions; where everything set in one large type reads as a sentence in small letters,
and stands in the text, that type is no head's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.announced import wordings
from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.looks import is_question, is_sentence, words
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.type_looks import LONGEST_TITLE, is_plain, is_prose, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.contents import RawEntry
    from monitor.ingest.structure.type_looks import Look

LARGE = 1.12  # of the body's size
LEAST_WORDS = 9


def with_quotations_told(pieces: Sequence[Piece], entries: Sequence[RawEntry]) -> list[Piece]:
    """Return typeset pieces with pull quotes told as such; `entries` of the contents are titles, however long."""
    body = Body.of(pieces)
    size = body.size
    if size is None:
        return list(pieces)
    listed = {wording for entry in entries for wording in wordings(entry)}
    places: defaultdict[Look, list[int]] = defaultdict(list)
    for k, piece in enumerate(pieces):
        if piece.aside is None and piece.style is not None and look_of(piece).size >= LARGE * size:
            places[look_of(piece)].append(k)
    # Without contents the largest may be titles.
    largest = max(places, key=lambda look: (look.size, look.bold), default=None)
    told = {
        k
        for look, here in places.items()
        if (listed or look != largest) and all(is_quotation_at(pieces, k, listed, body) for k in here)
        for k in here
    }
    # Whether the text goes on below a quotation was asked of the quotation itself.
    loose = [replace(piece, continues=None) if k - 1 in told else piece for k, piece in enumerate(pieces)]
    return [replace(piece, aside="pullquote") if k in told else piece for k, piece in enumerate(loose)]


def is_quotation_at(pieces: Sequence[Piece], k: int, listed: set[str], body: Body) -> bool:
    """Tell whether a piece is a sentence in the text of an article: nobody signs below it, and no contents list it."""
    text = pieces[k].text
    if len(text) > LONGEST_TITLE or not is_sentence(text) or len(words(text)) < LEAST_WORDS or is_question(text):
        return False
    if label_of(text) is not None or letters(text) in listed:
        return False
    above = next((piece for piece in reversed(pieces[:k]) if piece.aside is None), None)
    below = next((piece for piece in pieces[k + 1 :] if piece.aside is None), None)
    # A sentence that the quotation interrupts has no stop.
    in_text = above is not None and (is_prose(above) or is_plain(above, body))
    return in_text and below is not None and read_byline(below.text) is None
