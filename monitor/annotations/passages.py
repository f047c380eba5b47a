"""From what a person marked to what is stored: the server takes its own slice of the text, never the browser's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor, same_words
from monitor.annotations.models import AnnotationSpan
from monitor.annotations.refusals import NotInText
from monitor.annotations.spans import take_passage
from monitor.library.models import ArticleText, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.library.models import Article


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage as a browser or a program names it, in code points of the article's text or of one of its notes.

    With a `quote` those words must be there; in a text that was read anew since (`text_version`) they are looked for.
    """

    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    note: int | None = None  # key of the printed note it stands in; None: the running text
    text_version: int | None = None


def take_passages(article: Article, asked: Iterable[AskedPassage]) -> list[AnnotationSpan]:
    """Return the spans to store, in the order of the page, each once. Raises NotInText if one is not there."""
    texts = _Texts(article)
    spans = {(span.note_number or 0, span.start, span.end): span for one in asked if (span := texts.span(one))}
    if not spans:
        raise NotInText
    return [spans[place] for place in sorted(spans)]


class _Texts:
    """The texts of one article, each read once."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def body(self) -> str:
        """Return the text; an article that was read with its `body` brings it along."""
        if found := vars(self.article).get("body"):
            return str(found)
        version = self.article.text_version
        return ArticleText.objects.values_list("body", flat=True).get(article=self.article, version=version)

    @cached_property
    def notes(self) -> dict[int, Note]:
        return self.article.notes.in_bulk()

    def span(self, asked: AskedPassage) -> AnnotationSpan | None:
        note = self.notes.get(asked.note) if asked.note is not None else None
        if asked.note is not None and note is None:
            raise NotInText
        text = note.text if note else self.body
        passage = take_passage(text, *self._place(asked, text))
        if passage is None:
            return None
        return AnnotationSpan(
            note=note,
            note_number=note.number if note else None,
            text_version=self.article.text_version,
            start=passage.start,
            end=passage.end,
            quote=passage.quote,
            prefix=passage.prefix,
            suffix=passage.suffix,
        )

    def _place(self, asked: AskedPassage, text: str) -> tuple[int, int]:
        start, end = asked.start, asked.end
        placed = start is not None and end is not None and 0 <= start < end <= len(text)
        current = asked.text_version in {None, self.article.text_version}
        there = text[start:end] if placed else ""
        if placed and current and (asked.quote in {"", there} or same_words(asked.quote, there)):
            return start or 0, end or 0
        if not asked.quote:
            raise NotInText
        near = Position(start, end) if start is not None and end is not None else None
        selector = Selector(Quote(asked.quote, asked.prefix, asked.suffix), near)
        found = anchor(selector, Revision(new=Folded(text)))
        if found.status != "exact" or found.start is None or found.end is None:
            raise NotInText
        return found.start, found.end
