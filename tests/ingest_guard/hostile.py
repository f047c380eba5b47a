"""Make the files that kill an unguarded reader: `python tests/ingest_guard/hostile.py FOLDER` writes them all.

Each entry says how it may end: `read`, or the code of the refusal. Sizes are chosen so that the same file is deadly
without limits and cheap with the small ones of the tests.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.ingest_guard.raw_pdf import (
    CATALOG,
    CONTENTS,
    FONT,
    SENTENCE,
    flate,
    objects,
    repeated,
    sound_pdf,
    stream,
    text_operators,
    write_pdf,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BLANKS = 1024  # megabytes of them in a bomb


@dataclass(frozen=True)
class Hostile:
    """One file: its name, the bytes and how reading it may end."""

    name: str
    make: Callable[[], bytes]
    ends: frozenset[str]


def _page(entries: bytes) -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> " + entries + b" >>"


def rotate_ring() -> bytes:
    """Return a page whose /Rotate is a reference to itself: following it never ends."""
    return write_pdf(objects(o3=_page(b"/MediaBox [0 0 612 792] /Rotate 6 0 R"), o6=b"6 0 R"))


def reference_ring_in_contents() -> bytes:
    """Two references that mean each other, where the page's text should be."""
    return write_pdf(objects(o4=b"6 0 R", o6=b"4 0 R"))


def forms_doubling() -> bytes:
    """Thirty forms, each of which shows the next one twice: 2^30 calls."""
    bodies = objects(
        o3=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /X 10 0 R >> >> >>",
        o4=stream(b"/X Do"),
    )
    for number in range(10, 40):
        resources = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        bodies[number] = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] " + resources)
    bodies[40] = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]")
    return write_pdf(bodies)


def form_calls_itself() -> bytes:
    """Return a form that shows itself."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >>"
    page = b"/Resources << /XObject << /X 6 0 R >> >> >>"
    return write_pdf(
        objects(
            o3=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R " + page,
            o4=stream(b"/X Do"),
            o6=stream(b"/X Do", form),
        )
    )


def _composite_font(descendant: bytes, to_unicode: bytes = b"") -> dict[int, bytes]:
    return objects(
        o4=stream(b"BT /F1 11 Tf 72 700 Td <004100420043> Tj ET"),
        o5=b"<< /Type /Font /Subtype /Type0 /BaseFont /Bomb /Encoding /Identity-H /DescendantFonts [6 0 R] "
        + to_unicode
        + b">>",
        o6=b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Bomb /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R " + descendant + b">>",
        o7=b"<< /Type /FontDescriptor /FontName /Bomb /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    )


def width_range() -> bytes:
    """Return a glyph width given for two thousand million glyphs."""
    return write_pdf(_composite_font(b"/W [0 2000000000 500] "))


def unicode_range() -> bytes:
    """Return a ToUnicode table that maps two thousand million codes in one line."""
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /B def\n"
        b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n"
        b"1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange endcmap end end"
    )
    return write_pdf(_composite_font(b"", b"/ToUnicode 8 0 R ") | {8: stream(table)})


def unicode_map_path() -> bytes:
    """Return an encoding named like a path out of the folder of character maps."""
    bodies = _composite_font(b"")
    bodies[5] = bodies[5].replace(b"/Identity-H", b"/..#2f..#2f..#2fetc#2fpasswd")
    return write_pdf(bodies)


def glyphs_in_flate(count: int = 2_000_000) -> bytes:
    """Two million glyphs in seven kilobytes."""
    return write_pdf(objects(o4=flate(b"BT /F1 11 Tf 72 700 Td (" + b"a" * count + b") Tj ET")))


def glyphs_in_many_strings() -> bytes:
    """As many glyphs, each set by an operator of its own."""
    return write_pdf(objects(o4=flate(b"BT /F1 11 Tf 72 700 Td " + b"(a) Tj " * 1_000_000 + b"ET")))


def rectangles_in_flate() -> bytes:
    """Return a million filled rectangles in 26 kilobytes."""
    return write_pdf(objects(o4=flate(b"1 1 9 9 re f " * 1_000_000)))


def path_without_end() -> bytes:
    """Return one path of a million points, painted once."""
    return write_pdf(objects(o4=flate(b"0 0 m " + b"9 9 l " * 1_000_000 + b"f")))


def blanks_in_flate() -> bytes:
    """Return a gigabyte of blanks in a megabyte."""
    return write_pdf(objects(o4=stream(repeated(b" ", BLANKS), b"/Filter /FlateDecode")))


def nested_filters() -> bytes:
    """Return the same gigabyte, deflated three times over: a few kilobytes."""
    data = zlib.compress(zlib.compress(repeated(b" ", BLANKS), 9), 9)
    return write_pdf(objects(o4=stream(data, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")))


def run_lengths() -> bytes:
    """Run lengths inside flate: 128 bytes out of two, again and again."""
    data = zlib.compress(b"\x81 " * 4_000_000, 9)
    return write_pdf(objects(o4=stream(data, b"/Filter [/FlateDecode /RunLengthDecode]")))


def predictor_columns() -> bytes:
    """Return a predictor that announces rows of two thousand million columns."""
    entries = b"/DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 4 >> "
    return write_pdf(objects(o4=flate(CONTENTS, entries)))


def deep_page_tree(depth: int = 5_000) -> bytes:
    """Return a page tree of five thousand nodes, each with one child."""
    bodies = {1: b"<< /Type /Catalog /Pages 10 0 R >>", 4: stream(CONTENTS), 5: FONT}
    for number in range(10, 10 + depth):
        bodies[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    bodies[10 + depth] = _page(b"/MediaBox [0 0 612 792]")
    return write_pdf(bodies)


def page_tree_ring() -> bytes:
    """Return a node of the page tree that is its own child and parent."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 2 0 R >>"))


def length_itself() -> bytes:
    """Return a stream whose /Length is the stream."""
    return write_pdf(objects(o4=stream(CONTENTS, length=b"4 0 R")))


def prev_itself() -> bytes:
    """Return a cross-reference table that names itself as the one before."""
    return write_pdf(objects(), prev_itself=True)


def deep_arrays(depth: int = 200_000) -> bytes:
    """Return an array inside an array, two hundred thousand times."""
    return write_pdf(objects(o3=_page(b"/MediaBox [0 0 612 792] /Deep " + b"[" * depth + b"]" * depth)))


def deep_arrays_in_contents(depth: int = 200_000) -> bytes:
    """Return the same depth among the operators of the page."""
    return write_pdf(objects(o4=flate(b"[" * depth + b"]" * depth + b" TJ " + CONTENTS)))


def media_box_missing() -> bytes:
    """No page size anywhere."""
    return write_pdf(objects(o3=_page(b"")))


def media_box_nonsense() -> bytes:
    """Return a page size of words."""
    return write_pdf(objects(o3=_page(b"/MediaBox [/wide (high) null <<>>]")))


def media_box_endless() -> bytes:
    """Return a page larger than any number, with text where no page is."""
    contents = text_operators([SENTENCE] * 9) + b" BT /F1 1e300 Tf 1e308 1e308 Td (far) Tj ET BT /F1 0 Tf (nil) Tj ET"
    return write_pdf(objects(o3=_page(b"/MediaBox [-1e400 -1e400 1e400 1e400]"), o4=stream(contents)))


def numbers_beyond_float() -> bytes:
    """Places, sizes and matrices beyond what a number can hold."""
    far = b"BT /F1 1e308 Tf 1e308 0 0 1e308 1e308 1e308 Tm (far) Tj ET BT /F1 -3 Tf 9 9 Td (upside) Tj ET "
    return write_pdf(objects(o4=stream(far + b"9" * 5_000 + b" 0 Td " + CONTENTS)))


def annotations_ring() -> bytes:
    """Link annotations that are each other, have no rectangle, or a rectangle of words."""
    page = _page(b"/MediaBox [0 0 612 792] /Annots [6 0 R 7 0 R 8 0 R 9 0 R]")
    return write_pdf(
        objects(
            o3=page,
            o6=b"7 0 R",
            o7=b"6 0 R",
            o8=b"<< /Subtype /Link /A << /S /URI /URI (https://example.org/) >> >>",
            o9=b"<< /Subtype /Link /Rect [/a /b /c /d] /A 9 0 R >>",
        )
    )


def annotations_many() -> bytes:
    """Half a million references to one annotation."""
    page = _page(b"/MediaBox [0 0 612 792] /Annots [" + b"6 0 R " * 500_000 + b"]")
    link = b"<< /Subtype /Link /Rect [72 700 500 730] /A << /S /URI /URI (https://example.org/) >> >>"
    return write_pdf(objects(o3=page, o6=link))


def unknown_encryption() -> bytes:
    """Return a security handler nobody knows."""
    encrypt = b"/Encrypt << /Filter /Sealed.Shut /V 9 /R 9 /Length 999 >> /ID [<00> <00>] "
    return write_pdf(objects(), trailer=encrypt)


def no_pages() -> bytes:
    """Return a document that says it has none."""
    return write_pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def too_many_pages(count: int = 300) -> bytes:
    """More pages than the reader takes."""
    bodies = {1: CATALOG, 4: stream(CONTENTS), 5: FONT}
    for number in range(10, 10 + count):
        bodies[number] = _page(b"/MediaBox [0 0 612 792]")
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + count))
    bodies[2] = b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count
    return write_pdf(bodies)


def scan() -> bytes:
    """Return a page that is one picture."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    picture = b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return write_pdf(
        objects(
            o3=page + b" /Resources << /XObject << /Im 6 0 R >> >> >>",
            o4=stream(b"q 612 0 0 792 0 0 cm /Im Do Q"),
            o6=flate(bytes(64), picture),
        )
    )


def fonts_without_letters() -> bytes:
    """Text set by glyph numbers only: nobody can say which letters they are."""
    bodies = _composite_font(b"")
    bodies[4] = stream(b"BT /F1 11 Tf 72 700 Td <" + b"00410042" * 200 + b"> Tj ET")
    return write_pdf(bodies)


def one_page_damaged() -> bytes:
    """Three pages, the second of which has a broken content stream and fonts that are numbers."""
    bodies = objects(o2=b"<< /Type /Pages /Kids [3 0 R 6 0 R 3 0 R] /Count 3 >>")
    bodies[6] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 7 0 R /Resources 5 >>"
    bodies[7] = stream(b"BT /F1 11 Tf (x) Tj", b"/Filter /FlateDecode")
    bodies[8] = bodies[3]
    bodies[2] = b"<< /Type /Pages /Kids [3 0 R 6 0 R 8 0 R] /Count 3 >>"
    return write_pdf(bodies)


def truncated() -> bytes:
    """Return a sound file cut in the middle of its first objects."""
    return sound_pdf()[:300]


def header_only() -> bytes:
    """Return a first line and nothing else."""
    return b"%PDF-1.7\n"


def noise() -> bytes:
    """Return a first line and then bytes without sense."""
    return b"%PDF-1.7\n" + bytes((i * i * 31 + i // 7) % 256 for i in range(40_000))


def html_page() -> bytes:
    """Return a web page saved under the wrong name."""
    return b"<!DOCTYPE html><html><script>alert(1)</script><body>" + b"<p>Not found</p>" * 200


def html_polyglot() -> bytes:
    """Return a web page that carries a PDF's first line."""
    return b"<!DOCTYPE html><!-- %PDF-1.7 --><script>alert(1)</script>" + b"<p>Not found</p>" * 200


def svg_picture() -> bytes:
    """Return a drawing under the wrong name."""
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def zip_archive() -> bytes:
    """Return an archive under the wrong name."""
    return b"PK\x03\x04" + bytes(26) + b"a" * 2000


PDFS = (
    Hostile("sound.pdf", sound_pdf, frozenset({"read"})),
    Hostile("rotate ring.pdf", rotate_ring, frozenset({"too_slow"})),
    Hostile("reference ring in contents.pdf", reference_ring_in_contents, frozenset({"too_slow"})),
    Hostile("forms doubling.pdf", forms_doubling, frozenset({"unreadable_pages"})),
    Hostile("form calls itself.pdf", form_calls_itself, frozenset({"no_text", "needs_ocr"})),
    Hostile("width range.pdf", width_range, frozenset({"too_much_memory"})),
    Hostile("unicode range.pdf", unicode_range, frozenset({"too_much_memory", "too_slow"})),
    Hostile("unicode map path.pdf", unicode_map_path, frozenset({"fonts_hide_text", "no_text", "needs_ocr", "read"})),
    Hostile("glyphs in flate.pdf", glyphs_in_flate, frozenset({"too_many_characters"})),
    Hostile("glyphs in many strings.pdf", glyphs_in_many_strings, frozenset({"too_many_characters", "too_slow"})),
    Hostile("rectangles in flate.pdf", rectangles_in_flate, frozenset({"too_slow", "no_text", "needs_ocr"})),
    Hostile(
        "path without end.pdf", path_without_end, frozenset({"too_slow", "too_much_memory", "no_text", "needs_ocr"})
    ),
    Hostile("blanks in flate.pdf", blanks_in_flate, frozenset({"too_much_memory"})),
    Hostile("nested filters.pdf", nested_filters, frozenset({"too_much_memory"})),
    Hostile("run lengths.pdf", run_lengths, frozenset({"too_much_memory", "too_slow"})),
    Hostile("predictor columns.pdf", predictor_columns, frozenset({"too_much_memory", "no_text", "needs_ocr", "read"})),
    Hostile("deep page tree.pdf", deep_page_tree, frozenset({"nested_too_deeply"})),
    Hostile("page tree ring.pdf", page_tree_ring, frozenset({"read"})),
    Hostile(
        "length itself.pdf", length_itself, frozenset({"nested_too_deeply", "read", "damaged", "no_text", "needs_ocr"})
    ),
    Hostile("prev itself.pdf", prev_itself, frozenset({"nested_too_deeply", "read"})),
    Hostile("deep arrays.pdf", deep_arrays, frozenset({"nested_too_deeply", "read", "too_slow"})),
    Hostile(
        "deep arrays in contents.pdf", deep_arrays_in_contents, frozenset({"nested_too_deeply", "read", "too_slow"})
    ),
    Hostile("media box missing.pdf", media_box_missing, frozenset({"read"})),
    Hostile("media box nonsense.pdf", media_box_nonsense, frozenset({"read"})),
    Hostile("media box endless.pdf", media_box_endless, frozenset({"read"})),
    Hostile("numbers beyond float.pdf", numbers_beyond_float, frozenset({"read", "unreadable_pages"})),
    Hostile("annotations ring.pdf", annotations_ring, frozenset({"read", "too_slow"})),
    Hostile("annotations many.pdf", annotations_many, frozenset({"read", "too_slow"})),
    Hostile("unknown encryption.pdf", unknown_encryption, frozenset({"unknown_encryption"})),
    Hostile("no pages.pdf", no_pages, frozenset({"no_pages"})),
    Hostile("too many pages.pdf", too_many_pages, frozenset({"too_many_pages"})),
    Hostile("scan.pdf", scan, frozenset({"needs_ocr"})),
    Hostile("fonts without letters.pdf", fonts_without_letters, frozenset({"needs_ocr"})),
    Hostile("one page damaged.pdf", one_page_damaged, frozenset({"read"})),
    Hostile("truncated.pdf", truncated, frozenset({"damaged"})),
    Hostile("header only.pdf", header_only, frozenset({"damaged"})),
    Hostile("noise.pdf", noise, frozenset({"damaged"})),
    Hostile("web page.pdf", html_page, frozenset({"not_a_pdf"})),
    Hostile("web page polyglot.pdf", html_polyglot, frozenset({"damaged"})),
    Hostile("drawing.pdf", svg_picture, frozenset({"not_a_pdf"})),
    Hostile("archive.pdf", zip_archive, frozenset({"not_a_pdf"})),
    Hostile("nothing.pdf", bytes, frozenset({"empty"})),
)

TEXTS = (
    Hostile("noise.txt", lambda: noise()[9:], frozenset({"not_text"})),
    Hostile("archive.txt", zip_archive, frozenset({"not_text"})),
    Hostile("nothing.txt", bytes, frozenset({"empty"})),
    Hostile("brackets.txt", lambda: b"([" * 500_000, frozenset({"no_text"})),
    Hostile("dates.md", lambda: b"(Dawn, January 21" * 60_000, frozenset({"read", "too_slow"})),
    Hostile("newlines.txt", lambda: b"a\n\n" * 300_000, frozenset({"read", "too_slow"})),
)


def main(folder: Path) -> None:
    """Write every hostile file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for hostile in PDFS + TEXTS:
        (folder / hostile.name).write_bytes(hostile.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
