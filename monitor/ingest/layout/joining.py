"""A paragraph's lines to one text that knows its links and italics, with the hyphens at line ends mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from monitor.ingest.layout.line_ends import SOFT, at_seam
from monitor.ingest.letters.hyphens import LONGEST_WORD
from monitor.ingest.pdf.raised import SUPERSCRIPTS, numbers_of
from monitor.ingest.pdf.words import NO_LINK, is_italic, shown
from monitor.ingest.pieces import PieceJump, PieceLink, Superscript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.layout.lines import Line
    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.pdf.words import Word

TAIL = 400  # characters before a line's end that may matter: an address, or a word
EXPONENT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# What a link's rectangle takes from its neighbours: these do not begin or end the name of a work.
OPENING = "([{;,\u201e "
BRACKETS, CLOSES = frozenset("(["), frozenset(",)")  # a stretched line may set them apart
ENDING = ",;:.)]} "
LONGEST_MISSED, MISSED_PARTS = 24, 80  # characters at a line's end that a link's rectangle misses; parts looked at

Kind = Literal["link", "jump", "italic", "raised"]


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A text; spans are half-open ranges of its code points."""

    text: str
    links: tuple[PieceLink, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()
    guesses: tuple[str, ...] = ()  # words whose hyphen only the patterns decided
    jumps: tuple[PieceJump, ...] = ()
    superscripts: tuple[Superscript, ...] = ()


class _Span(NamedTuple):
    kind: Kind
    start: int
    end: int
    value: Any = None


def join_lines(
    lines: Sequence[Line], addresses: Mapping[int, Sequence[str | int | None]], known: Vocabulary
) -> JoinedText:
    """Return the text of lines; `addresses[page][link]` are the pages' link targets, `known` the issue's words.

    A target is an address, or the physical page of another place of the file.
    """
    joint = _Joint(known)
    for number, line in enumerate(lines):
        targets = addresses.get(line.page, ())
        if number:
            joint.next_line(line, targets)
        for at, word in enumerate(line.words):
            joint.add(word, targets, spaced=bool(at) and not word.glued)
    return joint.finished()


class _Joint:
    """A text under construction, in parts: long paragraphs must not cost the square of their length."""

    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self._parts: list[str] = []
        self._length = 0
        self._space = False
        self._fresh = False  # the next word is a line's first
        self._spans: list[_Span] = []
        self._last: dict[Kind, int] = {}  # where the last span of each kind stands
        self._guesses: list[str] = []

    def add(self, word: Word, targets: Sequence[str | int | None], *, spaced: bool) -> None:
        """Append a word, with a space before it if there has to be one."""
        if not word.glued and not word.text.strip(SOFT):
            return
        # Where the text ends without its space: a span that ends here goes on after the blank.
        ended = self._length
        if (spaced or self._space) and self._parts and not self._is_stretched(word):
            self._put(" ")
        self._space = False
        start = self._length
        if word.marker:
            self._put_marker(word)
        else:
            self._put(shown(word))
        if word.link != NO_LINK and word.link < len(targets):
            target = targets[word.link]
            if self._fresh and self._is_cut_short(start, target):
                ended = self._spans[self._last["link"]].end
            if target is not None:
                self._span("link" if isinstance(target, str) else "jump", start, ended, target)
        if is_italic(word.font):
            self._span("italic", start, ended)
        self._fresh = False

    def _is_cut_short(self, start: int, target: str | int | None) -> bool:
        """Tell whether a link that a line begins with is one that ended a little before the end of the line above.

        A rectangle that does not stretch with its line ends before its words do: "(The | Brackwater Mail".
        """
        at = self._last.get("link")
        last = self._spans[at] if at is not None else None
        if last is None or last.value != target or not 0 < start - last.end <= LONGEST_MISSED:
            return False
        tail = "".join(self._parts[-MISSED_PARTS:])
        first = self._length - len(tail)
        said = tail[max(0, last.start - first) : max(0, start - first)]
        missed = tail[max(0, last.end - first) : max(0, start - first)]
        return "(" in said[1:] and all(character.isalpha() or character in " (" for character in missed)

    def _is_stretched(self, word: Word) -> bool:
        """Tell whether the blank before a word is none: nobody prints one behind a bracket or before a comma."""
        before = self._parts[-1][-1:] if self._parts else ""
        return before in BRACKETS or (word.text[:1] in CLOSES and before.isalnum())

    def next_line(self, line: Line, targets: Sequence[str | int | None]) -> None:
        """Prepare the end of the text for the next line: a space, nothing, or a hyphen less."""
        tail = "".join(self._parts[-60:])[-TAIL:]
        found = at_seam(tail, _first_word(line), self._known, self._common_address(line, targets))
        if found.guess:
            self._guesses.append(found.guess)
        if found.seam == "shorten":
            self._shorten()
        self._space = found.seam == "space"
        self._fresh = True

    def _common_address(self, line: Line, targets: Sequence[str | int | None]) -> str | None:
        """Return the address of the link that holds the end of the text and the line's first word too."""
        at = self._last.get("link")
        link = line.words[0].link
        if at is None or self._spans[at].end != self._length or not 0 <= link < len(targets):
            return None
        address: Any = self._spans[at].value
        return address if targets[link] == address else None

    def finished(self) -> JoinedText:
        """Return the text in composed form (NFC) and without soft hyphens, its spans moved along."""
        text, spans = "".join(self._parts), self._spans
        if SOFT in text or not unicodedata.is_normalized("NFC", text):
            text, spans = _composed(text, spans)
        raised = [Superscript(span.start, span.end, span.value) for span in spans if span.kind == "raised"]
        if not text.isascii():
            exponents = EXPONENT.finditer(text)
            raised += [Superscript(*run.span(), run.group().translate(SUPERSCRIPTS)) for run in exponents]
        return JoinedText(
            text,
            tuple(_trimmed(text, span) for span in spans if span.kind == "link"),
            tuple((span.start, span.end) for span in spans if span.kind == "italic"),
            tuple(self._guesses),
            tuple(PieceJump(span.start, span.end, span.value) for span in spans if span.kind == "jump"),
            tuple(sorted(raised, key=lambda one: one.start)),
        )

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _put_marker(self, word: Word) -> None:
        """Append a marker, each of its numbers in brackets of its own."""
        for number in numbers_of(word.text):
            start = self._length
            self._put(f"[{number}]")
            self._spans.append(_Span("raised", start, self._length, number))

    def _span(self, kind: Kind, start: int, ended: int, value: Any = None) -> None:
        """Lengthen the span before if only a blank stands between: a link over two lines has two rectangles."""
        at = self._last.get(kind)
        last = self._spans[at] if at is not None else None
        if at is not None and last and last.value == value and last.end in {ended, start}:
            self._spans[at] = last._replace(end=self._length)
        else:
            self._last[kind] = len(self._spans)
            self._spans.append(_Span(kind, start, self._length, value))

    def _shorten(self) -> None:
        """Take the last character away, from the spans that end there too."""
        while self._parts and not self._parts[-1]:
            self._parts.pop()
        self._parts[-1] = self._parts[-1][:-1]
        full, self._length = self._length, self._length - 1
        for at in self._last.values():
            if self._spans[at].end == full:
                self._spans[at] = self._spans[at]._replace(end=self._length)


def _first_word(line: Line) -> str:
    """Return the line's first word, whatever parts it is drawn in."""
    parts = [line.words[0].text]
    for word in line.words[1:]:
        if not word.glued or word.marker:
            break
        parts.append(word.text)
    return "".join(parts)[: TAIL + LONGEST_WORD]


def _trimmed(text: str, span: _Span) -> PieceLink:
    """Return a link without what its rectangle took from its neighbours, unless its address ends so too."""
    start, end = span.start, span.end
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[start:end] and "(" not in str(span.value):
        start = opened
    # A rectangle that drifts begins in the citation before.
    start = max(start, text.rfind("; ", start, end))
    while start < end and text[start] in OPENING:
        start += 1
    while end > start and text[end - 1] in ENDING and not str(span.value).endswith(text[end - 1]):
        if text[end - 1] in ")]" and text[start:end].count(text[end - 1]) <= text[start:end].count(
            _opener(text[end - 1])
        ):
            break
        end -= 1
    return PieceLink(start, end, span.value) if start < end else PieceLink(span.start, span.end, span.value)


def _opener(closer: str) -> str:
    return "(" if closer == ")" else "["


def _composed(text: str, spans: Sequence[_Span]) -> tuple[str, list[_Span]]:
    offsets = sorted({offset for span in spans for offset in (span.start, span.end)})
    moved, parts, at, length = {}, [], 0, 0
    for offset in [*offsets, len(text)]:
        part = unicodedata.normalize("NFC", text[at:offset].replace(SOFT, ""))
        parts.append(part)
        length += len(part)
        moved[offset], at = length, offset
    return "".join(parts), [span._replace(start=moved[span.start], end=moved[span.end]) for span in spans]
