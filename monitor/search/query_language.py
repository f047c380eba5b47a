"""The query language: a text read into a tree, and written back. Pure; every text has an answer, in linear time.

    query  = either
    either = every (OR every)*
    every  = (AND? unit)*
    unit   = (- | NOT)* near (where (-)* part)?
    near   = part (NEAR/n part)*
    part   = ( either ) | field value | "phrase" | word | word* | *
    value  = word | "phrase" | ( either ), in which words that follow each other are one name

`docs/searching.md` shows it to people. What is odd is told (see `Trouble`) and read in the way that is most likely meant;
an opened bracket or quotation closes at the end of the text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.search.compiled import MOST_APART
from monitor.search.query_tokens import Piece, Sort, words_in
from monitor.search.query_tree import (
    NAMED_FIELDS,
    TEXT_FIELDS,
    Everything,
    Named,
    Near,
    Or,
    Parsed,
    Where,
    Within,
    any_of,
    every_of,
    is_nearby,
    is_of_passage,
    is_text,
    no,
    walk,
)
from monitor.search.query_values import no_field, no_word, read_dates, read_quoted, read_what, read_word
from monitor.search.query_walk import Walk
from monitor.search.query_writing import unparse

if TYPE_CHECKING:
    from monitor.search.query_tree import NamedField, Node, TextField
    from monitor.search.query_values import Read

__all__ = ["LONGEST_QUERY", "MOST_TERMS", "parse", "unparse"]

LONGEST_QUERY = 4000  # characters, as typed and as written back; what follows is left out
_SURE = 800  # characters that cannot be written in more than LONGEST_QUERY
MOST_TERMS = 100  # words, phrases and fields of one query
USUAL_DISTANCE = 10  # of NEAR without a number

_TEXT_FIELDS: dict[str, TextField] = {field: field for field in TEXT_FIELDS}
_NAMED_FIELDS: dict[str, NamedField] = {field: field for field in NAMED_FIELDS}


def parse(text: str) -> Parsed:
    """Read a query. Never raises; `troubles` are in the order of their places, all within the text."""
    longest = LONGEST_QUERY
    reader = _Reader(text, longest)
    tree = reader.read()
    # `actor:(a OR b)` is written longer than it is typed.
    while len(text) > _SURE and len(unparse(tree)) > LONGEST_QUERY:
        longest = min(longest, len(text)) * 2 // 3
        reader = _Reader(text, longest)
        tree = reader.read()
    troubles = tuple(sorted(reader.troubles, key=lambda trouble: (trouble.start, trouble.end)))
    return Parsed(text, tree, troubles)


class _Reader(Walk):
    """Reads the pieces of one text into a tree."""

    def __init__(self, text: str, longest: int) -> None:
        super().__init__(text, longest)
        self.terms = 0
        self.fields: list[Piece] = []  # whose brackets we are in

    def read(self) -> Node:
        if len(self.text) > self.longest:
            told = f"A query may be {LONGEST_QUERY:,} characters long."
            self.tell(told, "What follows is left out.", self.longest, len(self.text))
        parts = []
        while self.here is not None:
            parts += [self.either()]
            if self.here is not None:  # a bracket that closes nothing
                self.tell("Nothing was opened that this bracket could close.", "Left out.", *self.step())
        return every_of([part for part in parts if part is not None])

    # -- OR and AND ----------------------------------------------------------------------------------------------------
    def either(self) -> Node | None:
        parts = [self.every()]
        while self.sees(Sort.OR):
            sign = self.take()
            parts.append(self.every())
            if parts[-2] is None or parts[-1] is None:
                self.tell("OR has to stand between two things.", "Left out.", sign.start, sign.end)
        found = [part for part in parts if part is not None]
        return any_of(found, start=found[0].start, end=found[-1].end) if found else None

    def every(self) -> Node | None:
        parts: list[Node] = []
        while self.here is not None and not self.sees(Sort.OR, Sort.CLOSE):
            if self.sees(Sort.AND):
                self.sign_and(bool(parts))
                continue
            part = self.unit()
            if part is not None:
                parts.append(part)
        return every_of(parts, start=parts[0].start, end=parts[-1].end) if parts else None

    def sign_and(self, begun: bool) -> None:
        sign = self.take()
        if not begun or self.here is None or self.sees(Sort.OR, Sort.AND, Sort.CLOSE):
            self.tell("AND has to stand between two things.", "Left out.", sign.start, sign.end)

    # -- NOT, where, NEAR ----------------------------------------------------------------------------------------------
    def unit(self) -> Node | None:
        sign, refused = self.minuses()
        found = self.where(self.near())
        if found is None and sign is not None:
            self.tell("There is nothing behind this.", "Left out.", sign.start, sign.end)
        return no(found, start=sign.start, end=found.end) if found and sign and refused else found

    def minuses(self) -> tuple[Piece | None, bool]:
        """Return the first of the signs that refuse what follows, and whether they do: two of them do not."""
        first, refused = None, False
        while self.sees(Sort.MINUS, Sort.NOT):
            sign = self.take()
            first = first or sign
            refused = not refused
        return first, refused

    def near(self) -> Node | None:
        sides = [self.part()]
        signs = []
        while self.sees(Sort.NEAR):
            signs.append(self.take())
            sides.append(self.part())
        if not signs:
            return sides[0]
        found = []
        for at, sign in enumerate(signs):
            pair = self.near_pair(sides[at], sign, sides[at + 1])
            if pair is not None and (at == 0 or self.repeated(sides[at], sign)):
                found.append(pair)
        return every_of(found, start=found[0].start, end=found[-1].end) if found else None

    def repeated(self, side: Node | None, sign: Piece) -> bool:
        """Return whether a side may stand in another pair, too: its words are other terms then."""
        told = "NEAR stands between two things."
        self.tell_once(told, "Read as each near the next.", sign.start, sign.end)
        self.terms += sum(1 for node in walk(side) if not isinstance(node, Or)) if side else 0
        return self.terms <= MOST_TERMS or not self.is_full(sign.start)

    def near_pair(self, one: Node | None, sign: Piece, other: Node | None) -> Node | None:
        sides = [side for side in (one, other) if side is not None]
        if len(sides) < 2:
            self.tell("NEAR has to stand between two things.", "Left out.", sign.start, sign.end)
            return sides[0] if sides else None
        left, right = sides
        if not (is_nearby(left) and is_nearby(right)):
            told = "On each side of NEAR there may be a word, a phrase, or several of them with OR in brackets."
            self.tell(told, "Read as AND.", sign.start, sign.end)
            return every_of(sides, start=left.start, end=right.end)
        return Near(left, right, self.distance(sign), start=left.start, end=right.end)

    def distance(self, sign: Piece) -> int:
        asked = USUAL_DISTANCE if sign.number is None else sign.number
        kept = min(max(asked, 1), MOST_APART)
        if kept != asked:
            told = f"NEAR looks 1 to {MOST_APART} words far."
            self.tell(told, f"Read as NEAR/{kept}.", sign.start, sign.end)
        return kept

    def where(self, found: Node | None) -> Node | None:
        if found is None or not self.says_where():
            return found
        sign = self.take()
        refusal, refused = self.minuses()
        passage = self.part()
        if passage is None:  # what is wrong with it was told
            return found
        if refusal and refused:
            passage = no(passage, start=refusal.start, end=passage.end)
        if is_text(found) and is_of_passage(passage):
            return Where(found, passage, start=found.start, end=passage.end)
        told = "Before where there must be words or a phrase, and behind it what is true of one marked passage: "
        told += "tag:, by:, note: or has:."
        self.tell(told, "Read as AND.", sign.start, sign.end)
        return every_of([found, passage], start=found.start, end=passage.end)

    def says_where(self) -> bool:
        """Return whether the word `where` stands here with a field behind it; else it is a word like others."""
        if not self.sees(Sort.WORD) or self.pieces[self.at].text.lower() != "where":
            return False
        behind = self.at + 1
        while behind < len(self.pieces) and self.pieces[behind].sort in {Sort.OPEN, Sort.MINUS, Sort.NOT}:
            behind += 1
        follows = self.pieces[behind] if behind < len(self.pieces) else None
        return follows is not None and follows.sort is Sort.FIELD

    # -- Brackets, fields, words ---------------------------------------------------------------------------------------
    def part(self) -> Node | None:
        if self.sees(Sort.OPEN):
            return self.bracketed()
        if self.sees(Sort.FIELD):
            return self.field()
        if self.sees(Sort.WORD, Sort.QUOTED, Sort.VALUE):
            piece = self.take()
            return None if self.is_full(piece.start) else self.counted(self.leaf(piece))
        if self.sees(Sort.STRAY):
            self.tell("This sign stands alone.", "Left out.", *self.step())
        return None

    def bracketed(self) -> Node | None:
        opened = self.take()
        found = self.either()
        if not self.sees(Sort.CLOSE):
            self.tell_once("This bracket is not closed.", "Read as closed at the end.", opened.start, opened.end)
        elif self.take().start == opened.end:
            self.tell("There is nothing in these brackets.", "Left out.", opened.start, opened.end + 1)
        return found

    def field(self) -> Node | None:
        sign = self.take()
        if sign.exact and sign.text not in _NAMED_FIELDS:
            told = f"{sign.text}: takes no equals sign."
            self.tell(told, "Read without it.", sign.end - 1, sign.end)
        if self.sees(Sort.OPEN):
            self.fields.append(sign)
            found = self.bracketed()
            self.fields.pop()
            return self.of_group(sign, found)
        if self.sees(Sort.VALUE, Sort.QUOTED, Sort.WORD):
            piece = self.take()
            return None if self.is_full(sign.start) else self.counted(self.of_field(sign, piece.text, piece))
        self.tell(f"{sign.text}: has nothing behind it.", "Left out.", sign.start, sign.end)
        return None

    def of_group(self, sign: Piece, found: Node | None) -> Node | None:
        """Make words in a field's brackets look in that field; names and dates have been made already."""
        if found is None or sign.text not in _TEXT_FIELDS:
            return found
        if is_text(found):
            return _within(sign, found)
        told = f"In the brackets behind {sign.text}: only words may stand."
        self.tell(told, f"Read without {sign.text}:.", sign.start, sign.end)
        return found

    def leaf(self, piece: Piece) -> Read:
        """Read a word or phrase; in the brackets of a field that takes names, words that follow each other are one."""
        field = self.fields[-1] if self.fields else None
        if field is None or field.text in _TEXT_FIELDS:
            return self.word(piece)
        value = [piece.text]
        end = piece.end
        while piece.sort is Sort.WORD and self.sees(Sort.WORD):
            value.append(self.pieces[self.at].text)
            end = self.take().end
        return self.of_field(field, " ".join(value), replace(piece, end=end))

    def word(self, piece: Piece) -> Read:
        if piece.sort is not Sort.QUOTED:
            if self.sees(Sort.QUOTED, Sort.OPEN) and self.pieces[self.at].start == piece.end:
                self.troubles += no_field(piece.text, piece.start)
            return read_word(piece.text, piece.start)
        if not piece.closed:
            told = "This quotation mark is not closed."
            self.tell(told, "Read as closed at the end.", piece.start, piece.start + 1)
        return read_quoted(piece.text, piece.start, piece.end)

    def of_field(self, sign: Piece, value: str, piece: Piece) -> Read:
        """Read what stands behind a field; `piece` says where and whether in quotation marks."""
        start, end = piece.start if sign in self.fields else sign.start, piece.end
        if sign.text in _TEXT_FIELDS:
            node, troubles = self.word(piece)
            return (None if node is None else _within(sign, node)), troubles
        if not piece.closed:
            told = "This quotation mark is not closed."
            self.tell(told, "Read as closed at the end.", piece.start, piece.start + 1)
        if sign.text == "date":
            return read_dates(value, start, end)
        if sign.text == "has":
            return read_what(value, start, end)
        name = " ".join(words_in(value))
        if not any(letter.isalnum() for letter in name):
            return None, [no_word(value, piece.start, piece.end)]
        field = _NAMED_FIELDS[sign.text]
        return Named(field, name, sign.exact, field == "about", start=start, end=end), []

    def counted(self, read: Read) -> Node | None:
        """Count a leaf and keep what is odd about it."""
        node, troubles = read
        self.terms += node is not None
        self.troubles += troubles
        return node

    def is_full(self, start: int) -> bool:
        """Return whether no more terms are taken, and tell it."""
        if self.terms >= MOST_TERMS:
            told = f"A query may have {MOST_TERMS} words, phrases and fields."
            self.tell_once(told, "What follows is left out.", start, len(self.text))
        return self.terms >= MOST_TERMS


def _within(sign: Piece, child: Node) -> Node:
    if any(isinstance(part, Everything) for part in walk(child)):
        return child
    return Within(_TEXT_FIELDS[sign.text], child, start=min(sign.start, child.start), end=child.end)
