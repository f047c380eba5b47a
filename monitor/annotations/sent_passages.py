"""Where passages stand that another program marked: what is not found is kept as lost, never refused."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from monitor.annotations.anchoring import Anchor, Folded, Position, Quote, Revision, Selector, anchor
from monitor.annotations.models import AnnotationSpan, SpanState
from monitor.annotations.spans import CONTEXT
from monitor.library.models import ArticleText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.annotations.passages import AskedPassage
    from monitor.library.models import Article, Note

FURTHEST = 2**31 - 1  # an offset that a column holds


def place_sent(article: Article, asked: Iterable[AskedPassage]) -> list[AnnotationSpan]:
    """Return the spans to store, in the order they were sent, each place once.

    Words count, and where they stand several times the place; a place without words must lie in the text. Passages are
    taken as they are, to the letter: the other program shows them so. One that names neither words nor a place of the
    text is left out.
    """
    texts = _Texts(article)
    spans: dict[tuple[int, int, int, str], AnnotationSpan] = {}
    for one in asked:
        span = texts.lost_or_found(one)
        if span is not None:
            spans.setdefault((span.note_number or 0, span.start, span.end, span.quote), span)
    return list(spans.values())


class _Texts:
    """The texts of one article, each folded once."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._folded: dict[int, Revision] = {}

    @cached_property
    def body(self) -> str:
        version = self.article.text_version
        return ArticleText.objects.values_list("body", flat=True).get(article=self.article, version=version)

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.article.notes.order_by("position"))

    def lost_or_found(self, asked: AskedPassage) -> AnnotationSpan | None:
        note = next((one for one in self.notes if one.pk == asked.note), None) if asked.note is not None else None
        if not asked.quote:
            return self._by_place(asked, note)
        best, where = self._found(asked, note), note
        if best.status != "exact" and note is None:
            # Programs that see the page mark its printed notes as well, and do not say so.
            inside = ((self._found(asked, one), one) for one in self.notes)
            best, where = next(((found, one) for found, one in inside if found.status == "exact"), (best, None))
        if best.start is None or best.end is None:
            return self._lost(asked, best, where)
        if best.status == "fuzzy":
            return self._span(where, best.start, best.end, asked=asked, state=SpanState.FUZZY, score=best.score)
        return self._span(where, best.start, best.end)

    def _by_place(self, asked: AskedPassage, note: Note | None) -> AnnotationSpan | None:
        start, end = asked.start, asked.end
        if start is None or end is None or not 0 <= start < end <= len(self._text(note)):
            return None
        return self._span(note, start, end)

    def _found(self, asked: AskedPassage, note: Note | None) -> Anchor:
        text = self._text(note)
        near = Position(asked.start, asked.end) if asked.start is not None and asked.end is not None else None
        if near and _stands(asked, text, near):
            return Anchor("exact", near.start, near.end, 1.0)
        return anchor(Selector(Quote(asked.quote, asked.prefix, asked.suffix), near), self._fold(note))

    def _text(self, note: Note | None) -> str:
        return note.text if note else self.body

    def _fold(self, note: Note | None) -> Revision:
        key = note.pk if note else 0
        if key not in self._folded:
            self._folded[key] = Revision(new=Folded(self._text(note)))
        return self._folded[key]

    def _span(
        self, note: Note | None, start: int, end: int, *, asked: AskedPassage | None = None, state: str = SpanState.EXACT,
        score: float = 1.0,
    ) -> AnnotationSpan:  # fmt: skip
        text = self._text(note)
        words = (text[start:end], text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])
        quote, prefix, suffix = (asked.quote, asked.prefix, asked.suffix) if asked else words
        return AnnotationSpan(
            note=note, note_number=note.number if note else None, text_version=self.article.text_version, start=start,
            end=end, quote=quote, prefix=prefix, suffix=suffix, state=state, score=score,
        )  # fmt: skip

    def _lost(self, asked: AskedPassage, found: Anchor, note: Note | None) -> AnnotationSpan:
        """Keep words that stand nowhere at the place they were said to have."""
        start = min(max(asked.start or 0, 0), FURTHEST - 1)
        end = asked.end if asked.end is not None and start < asked.end <= FURTHEST else start + len(asked.quote)
        span = self._span(note, start, min(end, FURTHEST), asked=asked, state=SpanState.ORPHAN, score=found.score)
        if found.candidate:
            span.candidate = {"start": found.candidate.start, "end": found.candidate.end}
            if note:
                span.candidate["note"] = note.pk
        return span


def _stands(asked: AskedPassage, text: str, near: Position) -> bool:
    """Tell whether the words stand at their place between those that were around them."""
    if not 0 <= near.start < near.end <= len(text) or text[near.start : near.end] != asked.quote:
        return False
    return text.endswith(asked.prefix, 0, near.start) and text.startswith(asked.suffix, near.end)
