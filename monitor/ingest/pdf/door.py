"""The only door to pdfplumber and pdfminer: bytes of a PDF in, printed pages out, one at a time.

pdfplumber opens the file and pdfminer runs the pages' programs, but the glyphs are taken by a device of our own
instead of through `page.chars`: that skips a dictionary per glyph, sees the rise of superscripts (which pdfminer
keeps out of the matrix), and counts while the page is running, so that a page of two million glyphs ends early.
"""

from __future__ import annotations

import logging
import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFType1Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from monitor.ingest.pdf.annotations import Destinations, page_links
from monitor.ingest.pdf.colours import is_white
from monitor.ingest.pdf.drawings import Drawings
from monitor.ingest.pdf.drawn_text import DrawnText, TooMuchOnPage
from monitor.ingest.pdf.fonts import own_widths
from monitor.ingest.pdf.frame import LETTER, PageFrame, usable_page
from monitor.ingest.pdf.outlines import outline_of
from monitor.ingest.pdf.printed_page import Box, PrintedPage
from monitor.ingest.pdf.tex_fonts import (
    glyph_names,
    is_typewriter,
    modern_letter,
    numbered_codes,
    odd_letters,
    tex_letters,
)
from monitor.ingest.pdf.values import dictionary, name_of, resolved, text_string
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.ingest.guard.limits import Limits
    from monitor.ingest.pdf.frame import Matrix, Rect
    from monitor.ingest.pieces import OutlineEntry

MAX_FORMS = 20_000  # pictures and forms shown on one page, however they nest


class PdfFile:
    """An opened PDF. Raises `Refusal` where it is locked, damaged, empty or too long."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        for noisy in ("pdfminer", "pdfplumber"):
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        os.environ.pop("CMAP_PATH", None)  # CVE-2025-64512: character maps are loaded from its folders
        self.limits = limits
        self._manager = _Manager()
        self._open(data)
        numbers = {page.pageid: number for number, page in enumerate(self._pages, start=1)}
        self._destinations = Destinations(self._pdf.doc.catalog, numbers)

    def _open(self, data: bytes) -> None:
        """Open the file and list its pages; where its table of objects leads nowhere, by looking for the objects."""
        try:
            self._pdf = _open(data)
            self._pages = self._listed()
        except Refusal as refusal:
            table = refusal.code in {"no_pages", "damaged"} and data.rfind(b"startxref")
            if not table or table < 0:
                raise
            try:
                # A table beyond the end is none, and pdfminer looks through the whole file.
                self._pdf = _open(data[:table] + b"startxref\n%d\n%%%%EOF\n" % (2 * len(data) + 999))
                self._pages = self._listed()
            except Refusal:
                raise refusal from None

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[PrintedPage]:
        """Yield each page as printed; one that cannot be read has no glyphs and says so in `damage`."""
        characters = 0
        for number, page in enumerate(self._pages, start=1):
            printed = self._printed(page, number)
            characters += len(printed.glyphs)
            if characters > self.limits.characters:
                raise Refusal(
                    "too_many_characters", f"It has more than {self.limits.characters:,} characters, the limit."
                )
            yield printed

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return the file's bookmarks; what cannot be read of them is left out."""
        try:
            return outline_of(self._pdf.doc.catalog, self._destinations)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (bookmarks are a help; the text does without)
            return ()

    def _listed(self) -> list[Any]:
        try:
            pages = self._list_pages()
        except (Refusal, MemoryError):
            raise
        except Exception as error:
            # Page labels are read on the way and are the first thing to be wrong; the pages do without them.
            if self._pdf.doc.catalog.pop("PageLabels", None) is None:
                if isinstance(error, RecursionError):
                    raise
                raise _damaged() from error
            return self._listed()
        if not pages:
            raise Refusal("no_pages", "It has no pages.")
        return pages

    def _list_pages(self) -> list[Any]:
        pages: list[Any] = []
        for page in _SoundPage.create_pages(self._pdf.doc):
            pages.append(page)
            if len(pages) > self.limits.pages:
                raise Refusal("too_many_pages", f"It has more than {self.limits.pages:,} pages, the limit.")
        return pages

    def _printed(self, page: Any, number: int) -> PrintedPage:
        """Run one page's program and return what it draws."""
        frame = PageFrame(page.mediabox, page.cropbox, page.rotate, _unit(page))
        device = _Device(self._manager, frame, self.limits.characters_per_page)
        damage = self._run(page, number, frame, device)
        pictures = device.drawings.pictures()
        text = device.text.settled(device.drawings.lies_under, scanned=device.drawings.fill_page())
        links, links_damaged = page_links(page.annots, frame, self._destinations.page)
        return PrintedPage(
            number=number,
            width=frame.width,
            height=frame.height,
            glyphs=text.glyphs,
            links=links,
            boxes=tuple(device.drawings.boxes),
            rules=tuple(device.drawings.rules),
            pictures=pictures,
            image_share=device.drawings.image_share,
            painted=device.drawings.painted,
            label=page.label if isinstance(page.label, str) and page.label else None,
            unmapped=text.unmapped,
            rotated=text.rotated,
            hidden=text.hidden,
            unseen=text.unseen,
            damage=damage,
            links_damaged=links_damaged,
        ).turned(text.turn)

    def _run(self, page: Any, number: int, frame: PageFrame, device: _Device) -> str | None:
        """Run a page's program; return why it ended early, None where it did not."""
        try:
            _Interpreter(self._manager, device).render_contents(page.resources, page.contents, ctm=frame.matrix)
        except MemoryError:
            raise
        except TooMuchOnPage as stop:
            if stop.what:
                limit = f"{self.limits.characters_per_page:,}"
                raise Refusal(stop.what, f"Its page {number} has more than {limit} characters, the limit.") from stop
            return str(stop)
        except Exception as error:  # noqa: BLE001 (pdfminer raises anything on a damaged page; the others stay)
            return "nested too deeply" if isinstance(error, RecursionError) else type(error).__name__
        return None


class _SoundPage(PDFPage):  # type: ignore[misc]
    """A page whose size may be nonsense: pdfminer forgives a wrong number of sides, but no words in their place."""

    def _parse_mediabox(self, value: Any) -> Rect:
        return self._box(super()._parse_mediabox, value) or LETTER

    def _parse_cropbox(self, value: Any, mediabox: Rect) -> Rect:
        return self._box(lambda v: super(_SoundPage, self)._parse_cropbox(v, mediabox), value) or mediabox

    @staticmethod
    def _box(parse: Callable[[Any], Any], value: Any) -> Rect | None:
        try:
            return usable_page(parse(value))
        except (TypeError, ValueError):
            return None


def _unit(page: Any) -> Any:
    """Return how many points a page counts as one."""
    try:
        return resolved(page.attrs.get("UserUnit", 1))
    except ValueError:
        return 1


def _open(data: bytes) -> Any:
    """Return pdfplumber's file, or refuse."""
    try:
        return pdfplumber.open(BytesIO(data))
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise Refusal("locked", "It is locked with a password: save a copy without it.") from error
        if isinstance(cause, PDFEncryptionError):
            raise Refusal(
                "unknown_encryption", "It is encrypted in a way that cannot be read: save a copy without it."
            ) from error
        if isinstance(cause, (MemoryError, RecursionError)):
            raise cause from error
        raise _damaged() from error


def _damaged() -> Refusal:
    return Refusal("damaged", "Its structure is damaged: open it in a PDF reader and save a copy.")


class _Manager(PDFResourceManager):  # type: ignore[misc]
    """Keeps the fonts of a file; notes what pdfminer forgets of them."""

    def get_font(self, objid: Any, spec: Any) -> Any:
        """Return a font that knows its own widths, and which of its codes are named by their number alone."""
        font = super().get_font(objid, spec)
        if not hasattr(font, "numbered"):
            names = glyph_names(spec)
            font.numbered, font.odd = numbered_codes(names), odd_letters(names, str(font.fontname))
            font.texs = tex_letters(font.numbered, typewriter=is_typewriter(font.widths, font.numbered))
            # For the names of the standard fonts pdfminer takes its own table, which lacks the ligatures.
            own = own_widths(spec) if isinstance(font, PDFType1Font) else {}
            font.widths = own or font.widths
        return font


class _Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    """Runs a page's program; hands over what pdfminer's own drops."""

    def __init__(self, manager: Any, device: Any) -> None:
        super().__init__(manager, device)
        self._clips: list[Box | None] = []

    def do_q(self) -> None:
        """Keep the graphics state, with what is clipped."""
        super().do_q()
        self._clips.append(self.device.drawings.clip)

    def do_Q(self) -> None:  # noqa: N802
        """Take the last graphics state back."""
        super().do_Q()
        if self._clips:
            self.device.drawings.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        """Show only what lies inside the path from now on."""
        self.device.drawings.clip_to(self.curpath, self.ctm)

    do_W_a = do_W  # noqa: N815

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        """Paint an image or a form, whose clipping ends with it."""
        clip = self.device.drawings.clip
        super().do_Do(xobjid_arg)
        self.device.drawings.clip = clip

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 (pdfminer calls it by the operator's name)
        """Begin a tagged passage whose properties may stand among the page's resources, under a name."""
        name = name_of(props)
        if name:
            props = dictionary(dictionary(self.resources.get("Properties")).get(name))
        super().do_BDC(tag, props)

    def do_sh(self, name: object) -> None:
        """Tell the device that a shading is painted: white letters may stand on it."""
        self.device.drawings.shaded = True


class _Device(PDFLayoutAnalyzer):  # type: ignore[misc]
    """Collects glyphs and drawings while pdfminer runs a page's program."""

    def __init__(self, manager: Any, frame: PageFrame, limit: int) -> None:
        super().__init__(manager)
        self.text = DrawnText(frame, limit, _read)
        self.drawings = Drawings(frame)
        self.forms = 0
        # Straight to where it goes: it is called for every glyph.
        self.render_char = self.text.show

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Count what is shown; the glyphs inside arrive like any others, through the form's own matrix."""
        self.forms += 1
        if self.forms > MAX_FORMS:
            raise TooMuchOnPage("")

    def end_figure(self, _: str) -> None:
        """Leave the figure: nothing was stacked."""

    def render_image(self, _name: str, _stream: Any) -> None:
        """Keep where the picture stands."""
        self.drawings.add_image(self.ctm)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Show a string, in its ink."""
        self.text.use_ink(textstate.render, white=is_white(ncs, graphicstate.ncolor))
        super().render_string(textstate, seq, ncs, graphicstate)

    def begin_tag(self, _tag: Any, props: Any = None) -> None:
        """Tell what the glyphs to come stand for, where the file says it."""
        actual = props.get("ActualText") if isinstance(props, dict) else None
        self.text.begin_tag(text_string(actual) if isinstance(actual, bytes) else None)

    def end_tag(self) -> None:
        """End the passage."""
        self.text.end_tag()

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, _evenodd: bool, path: Any) -> None:
        """Keep boxes, rules and drawings, unless they are white."""
        filled = fill and not is_white(gstate.ncs, gstate.ncolor)
        if filled or (stroke and not is_white(gstate.scs, gstate.scolor)):
            self.drawings.add_path(path, self.ctm, filled=filled)


def _read(font: Any, cid: int) -> str | None:
    """Return what a font says a code reads as, None where it does not say."""
    if cid in font.numbered and not font.unicode_map:
        return font.texs.get(cid)  # type: ignore[no-any-return]
    try:
        return str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        odd = font.odd.get(cid)
        return modern_letter(str(font.fontname), cid) if odd is None else str(odd)
