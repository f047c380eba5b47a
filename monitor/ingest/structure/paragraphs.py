"""Mending paragraphs that a page or column break cut in two, and telling heads from broken halves.

A broken half may go on with a capital and may be as short as a head, so neither a small letter nor length decides:
a paragraph whose end lacks its stop goes on; a bare line is a head unless it reads as a sentence.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from monitor.ingest.structure.looks import (
    BEFORE_NAMES,
    CITATION_AT_END,
    LONGEST_HEAD,
    SENTENCE_WORDS,
    awaits_number,
    begins_lower,
    dangles,
    ends_in_abbreviation,
    ends_sentence,
    is_bare,
    is_lower_case,
    is_sentence,
    last_word,
    stripped_end,
    words,
)
from monitor.ingest.structure.styles import Body, is_body_like, is_head_like, is_set_apart
from monitor.ingest.text_file.breaks import joined_over_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.pieces import Piece

Role = Literal["para", "heading", "aside"]
# Above this a bare line is no head, whatever its letters.
LONGEST_SENTENCE_HEAD = 90
SHORTEST_PARAGRAPH = 3  # words
DASHES = ("\u2014", "\u2013", "- ")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One finished block: its piece, what it is, and how many halves were joined by the rules of words."""

    piece: Piece
    role: Role
    joined: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole issue says about its lines."""

    words: Vocabulary
    body: Body
    sentence_heads: bool = False  # heads are printed in small letters
    ranked: bool = False  # the file gives every head its rank, so that a bare line is none


def heads_in_small_letters(pieces: Sequence[Piece]) -> bool:
    """Tell whether the heads that are surely heads (short, before a new paragraph) are mostly in small letters."""
    small = large = 0
    for piece, after in itertools.pairwise(pieces):
        text = piece.text
        if not is_bare(text) or is_bare(after.text) or not 2 < len(words(text)) < SENTENCE_WORDS:
            continue
        if not begins_lower(after.text) and not dangles(text):
            small += is_lower_case(text)
            large += not is_lower_case(text)
    return small > large


class Mending:
    """Builds the paragraphs of one stretch of text, piece after piece."""

    def __init__(self, setting: Setting, keeps_apart: Callable[[Piece], bool]) -> None:
        self.setting = setting
        self.keeps_apart = keeps_apart  # pieces that begin anew whatever stands before: biographies, notes
        self.done: list[Paragraph] = []
        self.halves: list[Piece] = []  # of the paragraph that is open
        self.by_words = 0
        self.asides: list[Paragraph] = []  # what interrupts it

    def close(self) -> None:
        """Finish the open paragraph and put what interrupted it after it."""
        if self.halves:
            whole = joined_over_breaks(self.halves, self.setting.words)
            self.done.append(Paragraph(whole, "para", self.by_words))
        self.done += self.asides
        self.halves, self.asides, self.by_words = [], [], 0

    def add(self, piece: Piece, after: Piece | None) -> None:
        """Take the next piece; `after` is the one that follows it in the same article."""
        if piece.aside is not None:
            self.asides.append(Paragraph(piece, "aside"))
        elif self.is_ranked_head(piece) or self.is_set_head(piece, after):
            self.close()
            self.done.append(Paragraph(piece, "heading"))
        elif self.halves and self.goes_on(piece):
            self.lengthen(piece)
        elif self.is_head(piece, after):
            self.close()
            self.done.append(Paragraph(piece, "heading"))
        else:
            self.close()
            self.halves = [piece]

    def lengthen(self, piece: Piece) -> None:
        """Add a piece to the open paragraph."""
        self.halves.append(piece)
        self.by_words += piece.continues is None

    def is_ranked_head(self, piece: Piece) -> bool:
        """Tell whether the file or the setting makes a piece a head."""
        if piece.level is not None:
            return True
        return is_head_like(piece, self.setting.body) and piece.continues is not True

    def is_set_head(self, piece: Piece, after: Piece | None) -> bool:
        """Tell whether a bare line over running text is a head because it is set otherwise than that."""
        if after is None or piece.continues is True or not is_set_apart(piece, self.setting.body):
            return False
        if self.keeps_apart(piece):
            return False
        over = after.continues is not True and not is_set_apart(after, self.setting.body)
        return over and is_bare(piece.text) and not piece.text.startswith(DASHES) and not begins_lower(after.text)

    def goes_on(self, piece: Piece) -> bool:
        """Tell whether a piece goes on the open paragraph."""
        before = self.halves[-1]
        if piece.continues is not None:
            return piece.continues
        if self.keeps_apart(piece):
            return False
        return continues(before.text, piece.text, setting=self.setting)

    def is_head(self, piece: Piece, after: Piece | None) -> bool:
        """Tell whether a piece that begins anew is a head by its words."""
        if is_body_like(piece, self.setting.body) or self.setting.ranked or not is_bare(piece.text):
            return False
        if self.keeps_apart(piece):
            # The first half of a biography that a column's end cuts.
            return False
        text = piece.text
        if len(text) > LONGEST_HEAD or dangles(text) or after is None or self.keeps_apart(after):
            return False
        follows = after.text
        if after.continues is True or begins_lower(follows) or awaits_number(text, follows):
            return False
        if ends_sentence(follows) and len(words(follows[:LONGEST_HEAD])) < SHORTEST_PARAGRAPH:
            # A word or two with a stop are the rest of a sentence.
            return False
        return (self.setting.sentence_heads and len(text) <= LONGEST_SENTENCE_HEAD) or not is_sentence(text)


def continues(first: str, second: str, *, setting: Setting) -> bool:
    """Tell whether the second text goes on the sentence in which the first one ends."""
    if last_word(stripped_end(first)) in BEFORE_NAMES:
        return True
    if ends_sentence(first):
        return ends_in_abbreviation(first) and begins_lower(second)
    if begins_lower(second):
        return True
    if CITATION_AT_END.search(first[-4:]) and second[:1].isupper():
        # "(Dawn, January 3)" without its stop, then a new sentence.
        return False
    if is_bare(second) and len(second) <= LONGEST_HEAD and not setting.ranked:
        # A head after a paragraph that lost its stop, or the middle one of three halves.
        return is_sentence(second) or dangles(second) or dangles(first)
    return True


def mended(
    pieces: Sequence[Piece], setting: Setting, keeps_apart: Callable[[Piece], bool] = lambda _: False
) -> list[Paragraph]:
    """Return the blocks of one stretch of text, every piece in exactly one."""
    mending = Mending(setting, keeps_apart)
    flow = [piece for piece in pieces if piece.aside in {None, "list", "quote"}]
    following = {id(piece): after for piece, after in itertools.pairwise(flow)}
    for piece in pieces:
        mending.add(piece, following.get(id(piece)))
    mending.close()
    return [settled(paragraph) for paragraph in mending.done]


def settled(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph whose rows are no longer of use without them."""
    return replace(paragraph, piece=replace(paragraph.piece, rows=()))
