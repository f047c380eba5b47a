"""The only door to pdfplumber and pdfminer: bytes of a PDF in, printed pages out, one at a time.

pdfplumber opens the file and pdfminer runs the pages' programs, but the glyphs are taken by a device of our own
instead of through `page.chars`: that skips a dictionary per glyph, sees the rise of superscripts (which pdfminer
keeps out of the matrix), and counts while the page is running, so that a page of two million glyphs ends early.
"""

from __future__ import annotations

import logging
import math
import os
import re
import unicodedata
from codecs import BOM_UTF8
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef
from pdfminer.utils import decode_text

from monitor.ingest.drawings import Drawings
from monitor.ingest.fonts import RAISED, SOFT_HYPHEN, UNKNOWN, cleaned, superior_digits
from monitor.ingest.page_frame import LETTER, PageFrame, ordered_rect, usable_page
from monitor.ingest.printed_page import Glyph, PageLink, PrintedPage
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.ingest.limits import Limits
    from monitor.ingest.page_frame import Matrix, Rect

MAX_FORMS = 20_000  # pictures and forms shown on one page, however they nest
MAX_LINKS = 5_000
MAX_REFERENCES = 20  # in a row, before something is called a ring
LONGEST_ACTUAL = 30  # glyphs; a longer passage with a text of its own is left as drawn
SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")


class TooMuchOnPage(Exception):
    """A page shows more glyphs or forms than any honest one; `what` is the refusal's code, "" for forms."""

    def __init__(self, what: str) -> None:
        super().__init__(what or "more pictures and forms than a page can hold")
        self.what = what


class PdfFile:
    """An opened PDF. Raises `Refusal` where it is locked, damaged, empty or too long."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        for noisy in ("pdfminer", "pdfplumber"):
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        os.environ.pop("CMAP_PATH", None)  # CVE-2025-64512: character maps are loaded from its folders
        self.limits = limits
        self._pdf = _open(data)
        self._pages = self._listed()

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[PrintedPage]:
        """Yield each page as printed; one that cannot be read has no glyphs and says so in `damage`."""
        characters = 0
        for number, page in enumerate(self._pages, start=1):
            printed = _printed(self._pdf.rsrcmgr, page, number, self.limits)
            characters += len(printed.glyphs)
            if characters > self.limits.characters:
                raise Refusal(
                    "too_many_characters", f"It has more than {self.limits.characters:,} characters, the limit."
                )
            yield printed

    def _listed(self) -> list[Any]:
        try:
            pages = self._list_pages()
        except Refusal:
            raise
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            # Page labels are read on the way and are the first thing to be wrong; the pages do without them.
            if self._pdf.doc.catalog.pop("PageLabels", None) is None:
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


def _printed(manager: Any, page: Any, number: int, limits: Limits) -> PrintedPage:
    """Run one page's program and return what it draws."""
    frame = PageFrame(page.mediabox, page.cropbox, page.rotate)
    device = _GlyphDevice(manager, frame, limits.characters_per_page)
    damage: str | None = None
    try:
        PDFPageInterpreter(manager, device).process_page(page)
    except MemoryError:
        raise
    except TooMuchOnPage as stop:
        if stop.what:
            limit = f"{limits.characters_per_page:,}"
            raise Refusal(stop.what, f"Its page {number} has more than {limit} characters, the limit.") from stop
        damage = str(stop)
    except Exception as error:  # noqa: BLE001 (pdfminer raises anything on a damaged page; the others stay)
        damage = "nested too deeply" if isinstance(error, RecursionError) else type(error).__name__
    links, links_damaged = _links(page, frame)
    return PrintedPage(
        number=number,
        width=frame.width,
        height=frame.height,
        glyphs=tuple(device.glyphs),
        links=links,
        boxes=tuple(device.drawings.boxes),
        rules=tuple(device.drawings.rules),
        pictures=device.drawings.pictures(),
        label=page.label if isinstance(page.label, str) and page.label else None,
        unmapped=device.unmapped,
        rotated=device.rotated,
        damage=damage,
        links_damaged=links_damaged,
    )


class _GlyphDevice(PDFLayoutAnalyzer):  # type: ignore[misc]
    """Collects glyphs and drawings while pdfminer runs a page's program."""

    def __init__(self, manager: Any, frame: PageFrame, limit: int) -> None:
        super().__init__(manager)
        self.frame, self.limit = frame, limit
        self.glyphs: list[Glyph] = []
        self.drawings = Drawings(frame)
        self.unmapped = self.rotated = self.forms = self.seen = 0
        self._known: dict[tuple[int, int], tuple[str, float]] = {}
        self._fonts: dict[int, tuple[Any, str, float, frozenset[int]]] = {}
        self._tags: list[tuple[str | None, int]] = []

    def begin_page(self, page: Any, ctm: Matrix) -> None:
        """Nothing to prepare: the frame is known."""

    def end_page(self, page: Any) -> None:
        """Nothing to gather: the glyphs are already here."""

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Count what is shown; the glyphs inside arrive like any others, through the form's own matrix."""
        self.forms += 1
        if self.forms > MAX_FORMS:
            raise TooMuchOnPage("")

    def end_figure(self, _: str) -> None:
        """Leave the figure: nothing was stacked."""

    def render_image(self, name: str, stream: Any) -> None:
        """Keep where the picture stands."""
        self.drawings.add_image(self.ctm)

    def begin_tag(self, _tag: Any, props: Any = None) -> None:
        """Remember what the glyphs to come stand for, where the file says it (a hyphen: printed or soft)."""
        actual = props.get("ActualText") if isinstance(props, dict) else None
        self._tags.append((_decoded_text(actual) if isinstance(actual, bytes) else None, len(self.glyphs)))

    def end_tag(self) -> None:
        """Put that text in the place of the glyphs."""
        actual, start = self._tags.pop() if self._tags else (None, 0)
        drawn = self.glyphs[start:]
        if actual is None or not drawn or len(drawn) > LONGEST_ACTUAL or drawn[0].base != drawn[-1].base:
            return
        if actual == "" and drawn[-1].text == "-":
            actual = SOFT_HYPHEN
        whole = drawn[0]._replace(text=cleaned(actual), x1=drawn[-1].x1)
        self.glyphs[start:] = [whole] if whole.text else []

    def render_char(  # pdfminer's own signature
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Keep one glyph; return how far the pen moves (text space)."""
        self.seen += 1
        if self.seen > self.limit:
            raise TooMuchOnPage("too_many_characters")
        key = (id(font), cid)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._letter(font, cid)
        text, width = known
        advance = width * fontsize * scaling
        if text:
            self._keep(text, matrix, font, fontsize, scaling, rise, advance)
        return advance

    def _keep(
        self, text: str, matrix: Matrix, font: Any, fontsize: float, scaling: float, rise: float, advance: float
    ) -> None:
        a, b, c, d, e, f = matrix
        size, run = d * fontsize, a * fontsize * scaling
        if not (size > 0 < run and abs(b * fontsize * scaling) <= run / 5):
            self.rotated += text != " "
            return
        frame = self.frame
        x0 = e + c * rise - frame.left
        x1 = x0 + a * advance
        base = frame.upper - f - d * rise
        # Comparisons with NaN are false, so that a place beyond all numbers is outside too.
        if not (-1 <= (x0 + x1) / 2 <= frame.width + 1 and -1 <= base <= frame.height + size):
            return
        if text == UNKNOWN:
            self.unmapped += 1
        _, name, descent, _ = self._fonts[id(font)]
        bottom = base - descent * size
        self.glyphs.append(Glyph(text, x0, x1, bottom - size, bottom, base, size, name))

    def _letter(self, font: Any, cid: int) -> tuple[str, float]:
        text, width = _letter(font, cid)
        facts = self._fonts.get(id(font)) or self._font(font)
        return (text.translate(RAISED) if cid in facts[3] else text), width

    def _font(self, font: Any) -> tuple[Any, str, float, frozenset[int]]:
        name = font.fontname.decode("latin-1") if isinstance(font.fontname, bytes) else str(font.fontname)
        descent = min(max(float(font.get_descent()), -1.0), 0.0)
        # The font itself is kept too: its id must not be given to another one while the page is running.
        facts = self._fonts[id(font)] = (font, SUBSET_PREFIX.sub("", name), descent, superior_digits(font))
        return facts

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, _evenodd: bool, path: Any) -> None:
        """Keep boxes, rules and drawings."""
        self.drawings.add_path(path, self.ctm, (gstate.scolor if stroke else None, gstate.ncolor if fill else None))


def _letter(font: Any, cid: int) -> tuple[str, float]:
    """Return what glyph `cid` reads as ("" for nothing) and its width (of a size of 1)."""
    try:
        text = str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        text = UNKNOWN
    width = font.char_width(cid)
    return cleaned(text), width if isinstance(width, (int, float)) and math.isfinite(width) else 0.0


def _links(page: Any, frame: PageFrame) -> tuple[tuple[PageLink, ...], bool]:
    """Return the page's links to addresses, and whether some could not be read.

    pdfplumber's `.annots` resolves every object reachable from an annotation and dies of it on good files; only
    four entries matter here.
    """
    try:
        entries = _resolved(page.annots)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever is wrong with the list must not cost the page its text)
        return (), True
    if not isinstance(entries, list):
        return (), False
    damaged = len(entries) > MAX_LINKS
    links: list[PageLink] = []
    for entry in entries[:MAX_LINKS]:
        try:
            link = _link(entry, frame)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (nor may one bad annotation cost the others)
            damaged = True
        else:
            links += [link] if link else []
    return tuple(links), damaged


def _link(entry: Any, frame: PageFrame) -> PageLink | None:
    annotation = _resolved(entry)
    action = _resolved(annotation.get("A")) or {}
    address = _resolved(action.get("URI"))
    if address is None:
        return None
    rect = ordered_rect([_resolved(value) for value in _resolved(annotation["Rect"])])
    return PageLink(*frame.placed(rect), _decoded(address))


def _decoded_text(value: bytes) -> str:
    """Return a text string of the file: UTF-16 or UTF-8 with its mark, else in PDF's own encoding."""
    if value[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return value.decode("utf-16", "replace")
    if value.startswith(BOM_UTF8):
        return value.decode("utf-8-sig", "replace")
    return str(decode_text(value))


def _decoded(address: Any) -> str:
    if isinstance(address, bytes):
        try:
            address = address.decode("utf-8")
        except UnicodeDecodeError:
            address = address.decode("latin-1")
    return "".join(c for c in str(address) if unicodedata.category(c) not in {"Cc", "Cs"})


def _resolved(value: Any) -> Any:
    """Follow references, but not for ever (pdfminer's own function never leaves a ring)."""
    for _ in range(MAX_REFERENCES):
        if not isinstance(value, PDFObjRef):
            return value
        value = value.resolve()
    raise ValueError("a ring of references")
