"""Hostile files whose fonts are wrong: tables for more letters than there are, glyphs that show themselves, noise."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

from tests.ingest_guard.raw_pdf import CONTENTS, SENTENCE, flate, objects, stream, write_pdf

DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /Bomb /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
    b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 "
)
NOISE = bytes((at * at * 31 + at // 7) % 256 for at in range(20_000))
LETTERS = b"BT /F1 11 Tf 72 700 Td <" + b"004100420043" * 40 + b"> Tj ET "


def with_font(font: bytes, contents: bytes = CONTENTS, **bodies: bytes) -> bytes:
    """Return a PDF whose text is set in this font."""
    return write_pdf(objects(o4=stream(contents), o5=font, **bodies))


def _simple(entries: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /TrueType /BaseFont /Bomb /FirstChar 32 /LastChar 126 " + entries + b" >>"


def _composite(descendant: bytes, *, encoding: bytes = b"/Identity-H", entries: bytes = b"", **bodies: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Bomb /DescendantFonts [6 0 R] /Encoding " + encoding + b" "
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Bomb /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R " + descendant + b" >>"
    )
    return with_font(font + entries + b" >>", LETTERS, **{"o6": below, "o7": DESCRIPTOR + b">>", **bodies})


def font_is_nothing() -> bytes:
    """Return text set in a font that is a number, and in one that is not there."""
    return with_font(b"42", CONTENTS + b" BT /F9 9 Tf (none) Tj ET BT (unset) Tj ET")


def font_of_itself() -> bytes:
    """Return a font that is its own descendant, encoding, widths, descriptor and table."""
    return with_font(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Bomb /DescendantFonts [5 0 R] /Encoding 5 0 R /ToUnicode 5 0 R"
        b" /W 5 0 R /Widths 5 0 R /FontDescriptor 5 0 R /CIDSystemInfo 5 0 R >>",
        LETTERS,
    )


def font_ring() -> bytes:
    """Return a font that is a reference to itself."""
    return with_font(b"5 0 R")


def codes_beyond_all() -> bytes:
    """Return a font whose first letter is the largest of numbers and whose last the smallest."""
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Bomb /FirstChar -2147483648 /LastChar 2147483647 /Widths [500] >>"
    )
    return with_font(font)


def widths_of_words() -> bytes:
    """Return a font whose widths are words, lists, nothing and more than numbers hold."""
    odd = b"/Widths [/wide (high) null [] << >> 1e400 -1e400 99999999999999999999] /FontDescriptor 7 0 R"
    return with_font(
        _simple(odd), o7=DESCRIPTOR.replace(b"[0 0 1000 1000]", b"[/a null 1e99 (b)]") + b"/Widths 7 0 R >>"
    )


def names_a_million() -> bytes:
    """Return an encoding with a million names of letters."""
    names = b"/Encoding << /Differences [0 " + b"/Aacute " * 1_000_000 + b"] >>"
    return with_font(_simple(names))


def names_of_nonsense() -> bytes:
    """Return an encoding whose names say what no letter is."""
    names = b"/uniD800 /u110000 /uni /u /uni00410042FFFF /g999999999 /cid12 /#00 /a.b.c.d /uni-041 /" + b"x" * 9_000
    return with_font(
        _simple(b"/Encoding << /BaseEncoding /Nobody /Differences [-5 " + names + b" 2000000000 /A 65 66] >>")
    )


def width_lists_nested() -> bytes:
    """Return widths in lists of lists, by ranges that run backwards, for letters below none."""
    return _composite(b"/W [5 2 700 -9 -3 800 0 [[[500]]] 7 [/a null (b)] 9 9] /DW (wide) /W2 [1 [2 3]] /DW2 [1]")


def width_ranges_many() -> bytes:
    """Return a thousand ranges of a million letters."""
    return _composite(b"/W [" + b"0 1000000 500 " * 1_000 + b"]")


def _cmap(lines: bytes) -> bytes:
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /B def\n" + lines + b"\nendcmap"
    )


def letters_range_of_lists() -> bytes:
    """Return a table of letters whose ranges run backwards, overlap and map to lists and nothing."""
    lines = (
        b"4 beginbfrange <0050> <0041> <0041> <0041> <FFFF> [<0042>] <00> <FFFFFFFFFF> <D800> <41> <5A> /A endbfrange"
    )
    return _composite(b"", entries=b"/ToUnicode 8 0 R ", o8=_cmap(lines + b" 2 beginbfchar <0041> <> <0042> endbfchar"))


def letters_long() -> bytes:
    """Return a table in which each letter stands for a million others."""
    lines = b"1 beginbfchar <0041> <" + b"0042" * 1_000_000 + b"> endbfchar"
    return _composite(b"", entries=b"/ToUnicode 8 0 R ", o8=_cmap(lines))


def letters_ranges_many() -> bytes:
    """Return five hundred ranges of sixty-five thousand letters."""
    lines = b"100 beginbfrange " + b"<0000> <FFFF> <0041> " * 500 + b"endbfrange"
    return _composite(b"", entries=b"/ToUnicode 8 0 R ", o8=_cmap(lines))


def codes_map_of_itself() -> bytes:
    """Return a map of codes that begins with itself."""
    return _composite(
        b"", encoding=b"8 0 R", o8=stream(b"/B usecmap endcmap", b"/Type /CMap /CMapName /B /UseCMap 8 0 R ")
    )


def codes_map_enormous() -> bytes:
    """Return a map for four thousand million codes."""
    lines = b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange"
    return _composite(b"", encoding=b"8 0 R", o8=_cmap(lines))


def glyph_map_enormous() -> bytes:
    """Return a map from codes to glyphs of forty megabytes."""
    return _composite(b"/CIDToGIDMap 8 0 R", o8=flate(bytes(40 * 1024 * 1024)))


def _type3(procedure: bytes, resources: bytes, **bodies: bytes) -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65"
        b" /LastChar 65 /Widths [500] /CharProcs << /a 6 0 R >> /Encoding << /Differences [65 /a] >> /Resources << "
        + resources
        + b" >> >>"
    )
    return with_font(font, b"BT /F1 11 Tf 72 700 Td (AAAAAAAA) Tj ET", o6=stream(b"500 0 d0 " + procedure), **bodies)


def glyph_of_itself() -> bytes:
    """Return a drawn letter that is set in its own font."""
    return _type3(b"BT /F1 500 Tf (AA) Tj ET", b"/Font << /F1 5 0 R >>")


def glyphs_doubling() -> bytes:
    """Return drawn letters of which each sets the next one twice, thirty times over."""
    bodies = {}
    for number in range(10, 40):
        font = (
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65"
            b" /Widths [1] /CharProcs << /a 9 0 R >> /Encoding << /Differences [65 /a] >>"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (number + 1 if number < 39 else 10)
        )
        bodies[f"o{number}"] = font
    letter = b"BT /F1 1 Tf (AA) Tj ET"
    return _type3(letter, b"/Font << /F1 10 0 R >>", o9=stream(b"1 0 d0 " + letter), **bodies)


def glyph_heavy() -> bytes:
    """Return a page of letters each of which is a hundred thousand lines."""
    lines = b"0 0 m " + b"".join(b"%d %d l " % (at * 7919 % 999, at * 104_729 % 999) for at in range(100_000)) + b"f"
    return _type3(lines, b"")


def matrix_of_nothing() -> bytes:
    """Return a drawn font that is shrunk to nothing, turned into words, blown up beyond all numbers."""
    data = glyph_of_itself()
    return data.replace(b"[.001 0 0 .001 0 0]", b"[0 /a 1e99 0 0 0]  ")


def file_of_noise(key: bytes = b"/FontFile2") -> bytes:
    """Return a font file of noise."""
    descriptor = DESCRIPTOR + key + b" 8 0 R >>"
    return with_font(_simple(b"/FontDescriptor 7 0 R"), o7=descriptor, o8=flate(NOISE, b"/Length1 20000 "))


def file_of_noise_compact() -> bytes:
    """Return the same noise as a font file of the compact kind, behind its first bytes."""
    descriptor = DESCRIPTOR + b"/FontFile3 8 0 R >>"
    body = flate(b"\x01\x00\x04\x04\x00\x01\x01\x04\x41\x42\x43" + NOISE, b"/Subtype /Type1C ")
    return with_font(_simple(b"/FontDescriptor 7 0 R").replace(b"/TrueType", b"/Type1"), o7=descriptor, o8=body)


def file_of_noise_printed() -> bytes:
    """Return the same noise as a font file of the oldest kind, with an encoding of a million lines."""
    text = b"%!PS-AdobeFont-1.0: Bomb\n/FontMatrix [1e99 0 0 /x 0 0] def /Encoding 256 array\n"
    text += b"dup 65 /A put\n" * 1_000_000 + b"currentfile eexec\n"
    sizes = b"/Length1 %d /Length2 20000 /Length3 0 " % len(text)
    descriptor = DESCRIPTOR + b"/FontFile 8 0 R >>"
    font = _simple(b"/FontDescriptor 7 0 R").replace(b"/TrueType", b"/Type1")
    return with_font(font, o7=descriptor, o8=flate(text + NOISE, sizes))


def file_enormous() -> bytes:
    """Return a font file of two hundred megabytes of zeros."""
    descriptor = DESCRIPTOR + b"/FontFile2 8 0 R >>"
    return with_font(_simple(b"/FontDescriptor 7 0 R"), o7=descriptor, o8=flate(bytes(200 * 1024 * 1024)))


def _font_file(*, itself: bool) -> bytes:
    """Return a font file with one letter made of parts: of itself, or of the one before, and so on twenty deep."""
    names = [".notdef", *(f"g{at}" for at in range(20)), "A"]
    builder: Any = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({65: "A"})
    glyphs: dict[str, Any] = {".notdef": Glyph(), "g0": Glyph()}
    for before, name in pairwise(names[1:]):
        parts = Glyph()
        parts.numberOfContours = -1
        parts.xMin, parts.yMin, parts.xMax, parts.yMax = 0, 0, 900, 900
        parts.components = [_part(name if itself else before) for _ in range(2)]
        glyphs[name] = parts
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bomb", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.font.recalcBBoxes = False
    builder.save(out)
    return out.getvalue()


def _part(name: str) -> Any:
    part: Any = GlyphComponent()
    part.glyphName, part.x, part.y, part.flags = name, 1, 1, 0x1
    return part


def _with_file(data: bytes) -> bytes:
    descriptor = DESCRIPTOR + b"/FontFile2 8 0 R >>"
    letters = b"BT /F1 90 Tf 72 700 Td (AAAAAAAA) Tj ET " + CONTENTS
    font = _simple(b"/Encoding /WinAnsiEncoding /FontDescriptor 7 0 R")
    return with_font(font, letters, o7=descriptor, o8=flate(data, b"/Length1 %d " % len(data)))


def outline_of_itself() -> bytes:
    """Return a font file with letters that are made of themselves."""
    return _with_file(_font_file(itself=True))


def outlines_doubling() -> bytes:
    """Return a font file whose letter is made of 2^20 parts, each two of the one before."""
    return _with_file(_font_file(itself=False))


def fonts_a_thousand() -> bytes:
    """Return a page that changes its font ten thousand times, among a thousand."""
    fonts = b" ".join(b"/F%d 5 0 R" % number for number in range(1_000))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << " + fonts
    sentence = SENTENCE.encode()
    text = b"".join(b"BT /F%d 9 Tf 72 %d Td (%b) Tj ET " % (at % 1_000, at % 700, sentence) for at in range(1_000))
    return write_pdf(objects(o3=page + b" >> >> >>", o4=flate(text)))
