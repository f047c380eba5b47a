"""A walk over the pieces of a query, with what is odd about them collected on the way. Pure."""

from __future__ import annotations

from monitor.search.query_tokens import Piece, Sort, pieces_of
from monitor.search.query_tree import Trouble

DEEPEST = 24  # brackets within brackets
_LOOKED_THROUGH = 100  # troubles among which one is sought that is told once only


class Walk:
    """Where one is in the pieces of a text, of which the first `longest` characters are read."""

    def __init__(self, text: str, longest: int) -> None:
        self.text = text
        self.longest = longest
        self.troubles: list[Trouble] = []
        self.pieces = self._shallow(pieces_of(text[:longest]))
        self.at = 0

    @property
    def here(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def sees(self, *sorts: Sort) -> bool:
        return self.here is not None and self.here.sort in sorts

    def take(self) -> Piece:
        self.at += 1
        return self.pieces[self.at - 1]

    def step(self) -> tuple[int, int]:
        piece = self.take()
        return piece.start, piece.end

    def tell(self, sentence: str, understood: str, start: int, end: int) -> None:
        self.troubles.append(Trouble(sentence, understood, start=start, end=end))

    def tell_once(self, sentence: str, understood: str, start: int, end: int) -> None:
        if all(trouble.sentence != sentence for trouble in self.troubles[:_LOOKED_THROUGH]):
            self.tell(sentence, understood, start, end)

    def _shallow(self, pieces: list[Piece]) -> list[Piece]:
        """Drop brackets that are too deep within others, so that no query can exhaust the stack."""
        kept, depth = [], 0
        for piece in pieces:
            depth += (piece.sort is Sort.OPEN) - (piece.sort is Sort.CLOSE and depth > 0)
            too_deep = depth > DEEPEST - (piece.sort is Sort.CLOSE)
            if piece.sort is Sort.OPEN and depth == DEEPEST + 1:
                told = f"A query may have {DEEPEST} brackets within brackets."
                self.tell_once(told, "Read without this one.", piece.start, piece.end)
            if not (too_deep and piece.sort in {Sort.OPEN, Sort.CLOSE}):
                kept.append(piece)
        return kept
