"""A paragraph's lines to one text that knows its links and italics, with the hyphens at line ends mended."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.hyphens import FIRST_WORD, LAST_WORD, LONGEST_WORD, Vocabulary, breaks
from monitor.ingest.pieces import PieceLink
from monitor.ingest.words import NO_LINK, SOFT, is_italic, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.lines import Line
    from monitor.ingest.words import Word

SUSPENDED_BEFORE = {"and", "or"}
# Small words inside a compound keep the hyphen after them: "out-of-date".
INNER_WORDS = {"a", "and", "by", "for", "in", "of", "off", "on", "or", "the", "to", "up"}
# After these at a line's end the next line follows without a space.
NO_SPACE_AFTER = ("-", "\u2010", "\u2014", "\u2015", "/", SOFT)


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A text; spans are half-open ranges of its code points."""

    text: str
    links: tuple[PieceLink, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()
    guesses: tuple[str, ...] = ()  # words whose hyphen only the patterns decided


def join_lines(lines: Sequence[Line], addresses: Mapping[int, Sequence[str]], known: Vocabulary) -> JoinedText:
    """Return the text of lines; `addresses[page][link]` are the pages' link targets, `known` the issue's words."""
    joint = _Joint(known)
    for number, line in enumerate(lines):
        if number:
            joint.next_line(line)
        targets = addresses.get(line.page, ())
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
        self._links: list[PieceLink] = []
        self._italics: list[tuple[int, int]] = []
        self._guesses: list[str] = []

    def add(self, word: Word, targets: Sequence[str], *, spaced: bool) -> None:
        """Append a word, with a space before it if there has to be one."""
        if not word.glued and not word.text.strip(SOFT):
            return
        # Where the text ends without its space: a span that ends here goes on after the blank.
        ended = self._length
        if (spaced or self._space) and self._parts:
            self._put(" ")
        self._space = False
        start = self._length
        self._put(shown(word))
        if word.link != NO_LINK and word.link < len(targets):
            self._link(start, ended, targets[word.link])
        if is_italic(word.font):
            last = self._italics[-1] if self._italics else None
            self._italics[-1:] = (
                [(last[0], self._length)] if last and last[1] == ended else [*self._italics[-1:], (start, self._length)]
            )

    def next_line(self, line: Line) -> None:
        """Prepare the end of the text for the next line: a space, nothing, or a hyphen less."""
        tail = "".join(self._parts[-8:])[-LONGEST_WORD - 20 :]
        before, last = tail[-2:-1], tail[-1:]
        after = _first_word(line)
        self._space = not (last in NO_SPACE_AFTER and before.strip())
        if last == SOFT or (last == "\u2010" and before.isalpha()):
            self._shorten()
        elif last == "-" and before.isalnum() and after[:1].isalnum():
            goes, guessed = hyphen_goes(tail, after, self._known)
            if guessed:
                self._guesses.append(tail.rpartition(" ")[2][-20:] + after[:20])
            if goes:
                self._shorten()
            # "pre- and post-war": the hyphen waits for the second half.
            self._space = not goes and after.casefold() in SUSPENDED_BEFORE

    def finished(self) -> JoinedText:
        """Return the text in composed form (NFC) and without soft hyphens, its spans moved along."""
        text = "".join(self._parts)
        kept = JoinedText(text, tuple(self._links), tuple(self._italics), tuple(self._guesses))
        return kept if SOFT not in text and unicodedata.is_normalized("NFC", text) else _composed(kept)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _link(self, start: int, ended: int, url: str) -> None:
        """Lengthen the link before if only a blank stands between: a link over two lines has two rectangles."""
        last = self._links[-1] if self._links else None
        if last and last.url == url and last.end in {ended, start}:
            self._links[-1] = PieceLink(last.start, self._length, url)
        else:
            self._links.append(PieceLink(start, self._length, url))

    def _shorten(self) -> None:
        """Take the last character away, from the spans that end there too."""
        self._parts[-1] = self._parts[-1][:-1]
        full, self._length = self._length, self._length - 1
        if self._links and self._links[-1].end == full:
            self._links[-1] = PieceLink(self._links[-1].start, self._length, self._links[-1].url)
        if self._italics and self._italics[-1][1] == full:
            self._italics[-1] = (self._italics[-1][0], self._length)


def _first_word(line: Line) -> str:
    """Return the line's first word, whatever parts it is drawn in."""
    parts = [line.words[0].text]
    for word in line.words[1:]:
        if not word.glued or word.marker:
            break
        parts.append(word.text)
    return "".join(parts)


def hyphen_goes(before: str, after: str, known: Vocabulary) -> tuple[bool, bool]:
    """Return whether the hyphen at the end of `before` was the typesetter's, and whether that is a mere guess.

    Names keep their hyphens before a capital; then the issue's own words decide, then the patterns: in a typeset
    page most hyphens at line ends are soft, so that a legal break goes even where both halves are words
    ("in-form").
    """
    left, right = LAST_WORD.search(before[-LONGEST_WORD - 1 : -1]), FIRST_WORD.match(after)
    if left is None or right is None or not (left.group() + right.group()).isalpha():
        return False, False
    joined = (left.group() + right.group()).casefold()
    if right.group()[0].isupper() and not left.group().isupper():
        # No typesetter cuts a word before a capital; "aljazeera.com" says nothing about "al-Jazeera".
        return False, False
    if known.seen[f"{left.group()}-{right.group()}".casefold()] > known.seen[joined]:
        return False, False
    if known.seen[joined]:
        return True, False
    inner = before[: -len(left.group()) - 1].endswith("-")
    if right.group()[0].isupper() or before[:-1].endswith("-") or right.group().casefold() in SUSPENDED_BEFORE:
        return False, False
    if inner and left.group().casefold() in INNER_WORDS:
        return False, False
    if len(joined) <= LONGEST_WORD and len(left.group()) in breaks().positions(joined):
        return True, True
    return not (known.seen[left.group().casefold()] and known.seen[right.group().casefold()]), True


def _composed(joined: JoinedText) -> JoinedText:
    offsets = sorted({offset for link in joined.links for offset in (link.start, link.end)})
    offsets = sorted({*offsets, *(offset for span in joined.italics for offset in span)})
    moved, parts, at, length = {}, [], 0, 0
    for offset in [*offsets, len(joined.text)]:
        part = unicodedata.normalize("NFC", joined.text[at:offset].replace(SOFT, ""))
        parts.append(part)
        length += len(part)
        moved[offset], at = length, offset
    return JoinedText(
        "".join(parts),
        tuple(PieceLink(moved[link.start], moved[link.end], link.url) for link in joined.links),
        tuple((moved[start], moved[end]) for start, end in joined.italics),
        joined.guesses,
    )
