"""Counting pages as they are read: whether there is anything to read, and what a person should know of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding
from monitor.ingest.pdf.fonts import UNKNOWN
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans.recognised import confidence_of
from monitor.ingest.scans.scanned_pages import MAY_NEED, NEED, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.document import Severity
    from monitor.ingest.pdf.printed_page import PrintedPage
    from monitor.ingest.scans.recognised import RecognisedPage, RecognisedWord

UNMAPPED_REFUSED, UNMAPPED_ODD = 0.01, 0.005  # shares of all glyphs
EMPTY_PAGES_ODD = 0.2  # of all pages
LOST_ALONE = 0.34  # of all pages: a single picture among three pages is no reason to wait with the other two
SHORT_ISSUE = 200  # characters
WEAK = 60  # percent of confidence: below it recognised text cannot be trusted unseen
ODD_SIZE = 0.02  # by which a side may differ from the usual page's


@dataclass(slots=True)
class PageTally:
    """Counts what the quality gates need, a page at a time."""

    pages: int = 0
    letters: int = 0
    unmapped: dict[int, int] = field(default_factory=dict)
    empty: dict[int, Look] = field(default_factory=dict)
    damaged: dict[int, str] = field(default_factory=dict)
    rotated: dict[int, int] = field(default_factory=dict)
    unseen: dict[int, int] = field(default_factory=dict)
    links_damaged: list[int] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    turned: dict[int, int] = field(default_factory=dict)
    wanting: dict[int, Look] = field(default_factory=dict)  # pages that recognition would help
    tried: dict[int, RecognisedPage] = field(default_factory=dict)
    layers: list[int] = field(default_factory=list)  # pages that came with recognised text

    def count(self, page: PrintedPage, look: Look, read: RecognisedPage | None = None) -> None:
        """Take one page into account, as it is read in the end; `look` is what it was before `read` was put in."""
        self.pages += 1
        letters = sum(glyph.text != " " for glyph in page.glyphs)
        self.letters += letters
        self.sizes.append((page.width, page.height))
        if look in MAY_NEED and (read is None or read.failure):
            self.wanting[page.number] = look
        if read:
            self.tried[page.number] = read
        if look is Look.RECOGNISED:
            self.layers.append(page.number)
        if page.damage:
            self.damaged[page.number] = page.damage
        elif not letters:
            self.empty[page.number] = look
        for count, kept in (
            (page.unmapped, self.unmapped),
            (page.rotated, self.rotated),
            (page.unseen, self.unseen),
            (page.turn, self.turned),
        ):
            if count:
                kept[page.number] = count
        if page.links_damaged:
            self.links_damaged.append(page.number)

    @property
    def recognised(self) -> list[RecognisedPage]:
        """Return the pages on which words were recognised."""
        return [page for page in self.tried.values() if page.lines]

    @property
    def words(self) -> list[RecognisedWord]:
        return [word for page in self.recognised for word in page.words]

    @property
    def confidence(self) -> int | None:
        """Return how sure the recognition was, in percent of the words on those pages."""
        return confidence_of(self.words) if self.words else None

    def gate(self) -> None:
        """Raise `Refusal` where there is nothing to read, or where the most of it waits for recognition."""
        lost = [page for page, look in self.wanting.items() if look in NEED and page not in self.tried]
        hidden = sum(self.unmapped.values()) > UNMAPPED_REFUSED * self.letters
        if lost and (self._is_too_much(len(lost)) or hidden):
            raise Refusal("needs_ocr", self._needs_recognition(lost))
        if self.letters == 0:
            raise self._without_letters()
        if hidden:
            raise Refusal(
                "fonts_hide_text",
                "Its fonts hide the text: letters cannot be told from glyphs; ask for another copy.",
            )

    def _is_too_much(self, lost: int) -> bool:
        many = lost > EMPTY_PAGES_ODD * self.pages and lost > 1
        return many or lost > LOST_ALONE * self.pages or self.letters < SHORT_ISSUE

    def _needs_recognition(self, lost: list[int]) -> str:
        hidden = [page for page in lost if self.wanting[page] is Look.HIDDEN]
        whole = len(lost) == self.pages or self.letters == 0
        if len(hidden) == len(lost):
            where = "the text" if whole else f"the text of {len(hidden)} of its {self.pages} pages"
            return f"Its fonts hide {where}: it must be recognised from their pictures first."
        if whole:
            return "Its pages are pictures without text: they must be recognised first."
        if len(lost) == 1:
            return f"Page {lost[0]} of its {self.pages} is a picture without text: it must be recognised first."
        return f"{len(lost)} of its {self.pages} pages are pictures without text: they must be recognised first."

    def _without_letters(self) -> Refusal:
        failures = [page.failure for page in self.tried.values() if page.failure]
        if failures:
            return Refusal("cannot_recognise", f"Its text could not be recognised: {failures[0]}")
        if self.tried:
            return Refusal("no_text", "No text could be recognised on the pictures that are its pages.")
        if self.damaged:
            return Refusal(
                "unreadable_pages", "None of its pages could be read: open it in a PDF reader and save a copy."
            )
        if self.rotated:
            return Refusal("rotated_text", "All its text stands on its side: turn the pages and save a copy.")
        if any(look is Look.DRAWN for look in self.empty.values()):
            return Refusal("needs_ocr", self._needs_recognition(sorted(self.wanting)))
        return Refusal("no_text", "Its pages are empty: it holds no text.")

    def findings(self) -> list[Finding]:
        """Return what a person should know before trusting the text, the gravest first."""
        found = [*self._of_damage(), *self._of_empty_pages(), *self._of_recognition(), *self._of_letters()]
        found += self._of_shape()
        if self.letters < SHORT_ISSUE:
            found.append(Finding("text_short", f"It holds only {self.letters} letters.", severity="error"))
        return found

    def _of_damage(self) -> Iterator[Finding]:
        for page, why in self.damaged.items():
            message = f"Page {page} is damaged ({why}); its text may be missing."
            yield Finding("page_unreadable", message, severity="error", page=page)
        for page, read in self.tried.items():
            if read.failure and page not in self.damaged:
                message = f"The text of page {page} could not be recognised: {read.failure}"
                yield Finding("page_unreadable", message, severity="error", page=page)

    def _of_empty_pages(self) -> Iterator[Finding]:
        many = len(self.empty) > EMPTY_PAGES_ODD * self.pages
        for page, look in self.empty.items():
            if page in self.tried and self.tried[page].failure:
                continue
            severity: Severity = "error" if many else "info"
            message = f"Page {page} has no text."
            if page in self.tried:
                message = f"Page {page} is a picture on which no text was recognised."
            elif look in MAY_NEED:
                message = (
                    f"Page {page} is a picture without text. Once Tesseract is installed (apt-get install "
                    "tesseract-ocr), hand the file in again to have it recognised."
                )
                severity = "error" if many else "warning" if look in NEED else "info"
            yield Finding("page_without_text", message, severity=severity, page=page)

    def _of_recognition(self) -> Iterator[Finding]:
        whole = self.confidence
        if whole is not None and whole < WEAK:
            message = f"The text was recognised from pictures with a confidence of only {whole} %: read it over."
            yield Finding("text_is_ocr", message, severity="error")
        for read in self.recognised:
            message = f"The text of page {read.number} was recognised from its picture (confidence {read.confidence} %)"
            weak = read.confidence < WEAK
            message += ": expect misread words." if weak else "."
            yield Finding("text_is_ocr", message, severity="warning" if weak else "info", page=read.number)
        for page in self.layers:
            message = f"The text of page {page} was recognised from its picture before: expect misread letters."
            yield Finding("text_is_ocr", message, severity="info", page=page)
        if self.layers:
            message = "The text was recognised from pictures before it came here: expect misread letters."
            yield Finding("text_is_ocr", message)

    def _of_letters(self) -> Iterator[Finding]:
        for page, count in self.rotated.items():
            message = f"Page {page}: {count} letters that stand on their side were left out."
            yield Finding("rotated_text_left_out", message, page=page)
        for page, count in self.unseen.items():
            message = f"Page {page}: {count} letters that nobody sees on the page were left out."
            yield Finding("hidden_text_left_out", message, page=page)
        for page in self.links_damaged:
            yield Finding("links_unreadable", f"Page {page}: some links could not be read.", page=page)
        severe = sum(self.unmapped.values()) > UNMAPPED_ODD * self.letters
        for page, count in self.unmapped.items():
            message = f"Page {page}: {count} letters could not be told from their glyphs and stand as {UNKNOWN}."
            yield Finding("fonts_unmapped", message, severity="error" if severe else "warning", page=page)

    def _of_shape(self) -> Iterator[Finding]:
        for page, turn in self.turned.items():
            yield Finding("page_turned", f"Page {page} was turned by {turn} degrees.", severity="info", page=page)
        (width, height), usual = Counter((round(w), round(h)) for w, h in self.sizes).most_common(1)[0]
        if 2 * usual <= self.pages:
            return
        for page, (across, down) in enumerate(self.sizes, start=1):
            if abs(across - width) > ODD_SIZE * width or abs(down - height) > ODD_SIZE * height:
                message = f"Page {page} has another size ({across:.0f} x {down:.0f} points) than most pages."
                yield Finding("page_unusual", message, severity="info", page=page)
