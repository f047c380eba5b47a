"""Hostile files whose pages' programs are wrong: operators without end, patterns and shadings, groups in themselves."""

from __future__ import annotations

import struct

from tests.ingest_guard.raw_pdf import CONTENTS, flate, objects, stream, write_pdf

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "


def page_with(resources: bytes, contents: bytes, **bodies: bytes) -> bytes:
    """Return a PDF whose page has these resources beside its font, runs `contents` and then the usual text."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> " + resources + b" >> >>"
    )
    return write_pdf(objects(o3=page, o4=flate(contents + b"\n" + CONTENTS), **bodies))


def contents_many_times() -> bytes:
    """Return a page whose program is one stream, a hundred thousand times over."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents ["
    return write_pdf(objects(o3=page + b"4 0 R " * 100_000 + b"] >>"))


def states_saved() -> bytes:
    """Return a million states that are saved and never come back."""
    return page_with(b"", b"q " * 1_000_000)


def states_restored() -> bytes:
    """Return a million states that come back and were never saved."""
    return page_with(b"", b"Q " * 1_000_000 + b"ET " * 1_000 + b"EMC " * 1_000)


def marked_deep() -> bytes:
    """Return two hundred thousand passages inside one another."""
    return page_with(b"", b"/P << /MCID 1 /ActualText (x) >> BDC " * 200_000)


def operands_without_operator() -> bytes:
    """Return five million numbers and nothing to be done with them."""
    return page_with(b"", b"1 " * 5_000_000)


def string_open() -> bytes:
    """Return a string of a million brackets that never closes."""
    return page_with(b"", b"BT /F1 9 Tf (" + b"(" * 1_000_000)


def string_of_digits() -> bytes:
    """Return a string of forty million digits."""
    return page_with(b"", b"BT /F1 9 Tf <" + b"0041" * 10_000_000 + b"> Tj ET")


def name_enormous() -> bytes:
    """Return a name of ten million letters, and one with a zero in it."""
    return page_with(b"", b"/" + b"a" * 10_000_000 + b" gs /a#00b gs /#zz gs ")


def inline_picture_open() -> bytes:
    """Return a picture within the program that never ends."""
    return page_with(b"", b"BI /W 8 /H 8 /BPC 8 /CS /G ID " + b"\x80" * 3_000_000)


def inline_picture_enormous() -> bytes:
    """Return a picture within the program with more dots than memory."""
    return page_with(b"", b"q 612 0 0 792 0 0 cm BI /W 2000000000 /H 2000000000 /BPC 8 /CS /RGB ID abc EI Q ")


def inline_pictures_many() -> bytes:
    """Return a hundred thousand small pictures within the program."""
    return page_with(b"", b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI " * 100_000)


def matrices_beyond_all_numbers() -> bytes:
    """Return matrices that grow beyond all numbers, vanish, or turn into none."""
    return page_with(b"", b"q " + b"9e30 0 0 9e30 0 0 cm " * 20 + b"0 0 9 9 re f Q q 0 0 0 0 0 0 cm 0 0 9 9 re f Q ")


def text_of_odd_sizes() -> bytes:
    """Return text of sizes, spaces and scales that no page can have."""
    odd = b"BT /F1 1e9 Tf 1e9 Tz 1e9 Tc 1e9 Tw 1e9 TL (far) Tj T* /F1 1e-9 Tf (" + b"near " * 2_000 + b") Tj ET "
    return page_with(b"", b"q " + odd + b"BT 9 Tr (mode) Tj 7 Tr /F1 500 Tf (clip) Tj ET 0 0 612 792 re f Q ")


def dashes_tiny() -> bytes:
    """Return a line of thousands of millions of dashes."""
    return page_with(b"", b"[0.00001 0.00001] 0 d 1 w 0 0 m 1e9 1e9 l S [0 0] 0 d 0 0 m 9 9 l S [] 0 d ")


def lines_thick() -> bytes:
    """Return a thousand curves as thick as the page, with round ends."""
    curves = b"".join(b"%d 0 m 700 %d -90 %d %d 792 c S " % (x % 612, x % 792, x % 500, x % 612) for x in range(1_000))
    return page_with(b"", b"q 500 w 1 J 1 j " + curves + b"Q ")


def path_crossing_itself() -> bytes:
    """Return one path of sixty thousand lines that cross each other, filled by both rules."""
    lines = b"".join(b"%d %d l " % (at * 7919 % 612, at * 104_729 % 792) for at in range(30_000))
    return page_with(b"", b"0 0 m " + lines + b"f* 0 0 m " + lines + b"f ")


def clips_many() -> bytes:
    """Return a hundred thousand clips within one another."""
    return page_with(b"", b"q " + b"1 1 610 790 re W n " * 100_000 + b"0 0 612 792 re f Q ")


def pattern_of_itself() -> bytes:
    """Return a pattern painted with itself."""
    pattern = (
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
        b" /Resources << /Pattern << /P 6 0 R >> >> "
    )
    tile = stream(b"/Pattern cs /P scn 0 0 9 9 re f", pattern)
    return page_with(b"/Pattern << /P 6 0 R >>", b"/Pattern cs /P scn 0 0 612 792 re f ", o6=tile)


def pattern_of_dust() -> bytes:
    """Return a pattern of thousands of millions of tiles."""
    pattern = b"/PatternType 1 /PaintType 1 /TilingType 2 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >> "
    tile = stream(b"1 0 0 rg 0 0 1 1 re f", pattern)
    return page_with(b"/Pattern << /P 6 0 R >>", b"/Pattern cs /P scn 0 0 612 792 re f ", o6=tile)


def patterns_nested() -> bytes:
    """Return twelve patterns, each of which is painted with the next one forty times over."""
    bodies = {}
    for number in range(10, 22):
        entries = (
            b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 100 100] /XStep 2 /YStep 2"
            b" /Resources << /Pattern << /P %d 0 R >> >> " % (number + 1)
        )
        bodies[f"o{number}"] = stream(b"/Pattern cs /P scn 0 0 100 100 re f " * 40, entries)
    last = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1 /YStep 1 /Resources << >> "
    bodies["o22"] = stream(b"0 0 1 1 re f", last)
    return page_with(b"/Pattern << /P 10 0 R >>", b"/Pattern cs /P scn 0 0 612 792 re f ", **bodies)


def _shading(entries: bytes, **bodies: bytes) -> bytes:
    return page_with(b"/Shading << /S 6 0 R >>", b"/S sh ", o6=entries, **bodies)


def shading_of_a_million_corners() -> bytes:
    """Return a surface of three hundred thousand triangles over the whole page."""
    corners = b"".join(
        struct.pack(">BHHB", 0, at * 7919 % 65536, at * 104_729 % 65536, at % 256) for at in range(300_000)
    )
    head = (
        b"/ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8"
        b" /Decode [0 612 0 792 0 1] "
    )
    return _shading(flate(corners, head))


def shading_of_patches() -> bytes:
    """Return a hundred thousand curved patches over the whole page."""
    points = b"".join(struct.pack(">HH", at * 7919 % 65536, at * 104_729 % 65536) for at in range(16))
    head = (
        b"/ShadingType 7 /ColorSpace /DeviceGray /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8"
        b" /Decode [0 612 0 792 0 1] "
    )
    return _shading(flate((b"\x00" + points + b"\x00\x40\x80\xff") * 100_000, head))


def shading_of_nonsense() -> bytes:
    """Return a surface whose numbers are as wide as no number is."""
    head = (
        b"/ShadingType 5 /ColorSpace /DeviceRGB /BitsPerCoordinate 2000000000 /BitsPerComponent -8"
        b" /VerticesPerRow 2000000000 /Decode [1 0] "
    )
    return _shading(stream(b"\x00" * 900, head))


def function_of_samples() -> bytes:
    """Return a colour looked up in a table of more entries than memory."""
    shading = b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 612 792] /Function 7 0 R /Extend [true true] >>"
    samples = b"/FunctionType 0 /Domain [0 1 0 1 0 1] /Range [0 1] /Size [2000000000 2000000000 9] /BitsPerSample 32 "
    return _shading(shading, o7=stream(b"\x00" * 64, samples))


def function_of_itself() -> bytes:
    """Return a function that is stitched together of itself."""
    shading = b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 612 792] /Function 7 0 R /Extend [true true] >>"
    stitched = b"<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R 7 0 R] /Bounds [.5] /Encode [0 1 0 1] >>"
    return _shading(shading, o7=stitched)


def function_of_braces() -> bytes:
    """Return a little program of a hundred thousand braces for each dot of the page."""
    shading = b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 612 0 792] /Function 7 0 R >>"
    program = b"{" * 100_000 + b"add" + b"}" * 100_000
    return _shading(shading, o7=stream(program, b"/FunctionType 4 /Domain [0 612 0 792] /Range [0 1] "))


def function_slow() -> bytes:
    """Return a little program of ten thousand sines for each dot of the page."""
    shading = b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 612 0 792] /Function 7 0 R >>"
    program = b"{ pop " + b"sin cos " * 5_000 + b"}"
    return _shading(shading, o7=stream(program, b"/FunctionType 4 /Domain [0 612 0 792] /Range [0 1] "))


def mask_of_itself() -> bytes:
    """Return a group that is seen through a mask, which is the group."""
    group = FORM + b"/Group << /S /Transparency /CS /DeviceGray >> /Resources << /ExtGState << /G 7 0 R >> >> "
    state = b"<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> /ca .5 >>"
    return page_with(
        b"/ExtGState << /G 7 0 R >> /XObject << /X 6 0 R >>",
        b"/G gs /X Do ",
        o6=stream(b"/G gs 0 0 612 792 re f", group),
        o7=state,
    )


def groups_nested(depth: int = 400) -> bytes:
    """Return four hundred see-through groups within one another, each as large as the page."""
    bodies = {}
    for number in range(10, 10 + depth):
        resources = b"/Resources << /XObject << /X %d 0 R >> /ExtGState << /G 7 0 R >> >> " % (number + 1)
        bodies[f"o{number}"] = stream(b"/G gs /X Do", FORM + b"/Group << /S /Transparency /I true >> " + resources)
    bodies[f"o{10 + depth}"] = stream(b"0 0 612 792 re f", FORM)
    bodies["o7"] = b"<< /Type /ExtGState /ca .9 /BM /Luminosity >>"
    return page_with(b"/XObject << /X 10 0 R >>", b"/X Do ", **bodies)


def forms_ring() -> bytes:
    """Return three forms that show each other in a ring."""
    bodies = {
        f"o{number}": stream(b"/X Do", FORM + b"/Resources << /XObject << /X %d 0 R >> >> " % after)
        for number, after in ((6, 7), (7, 8), (8, 6))
    }
    return page_with(b"/XObject << /X 6 0 R >>", b"/X Do ", **bodies)


def form_box_nonsense() -> bytes:
    """Return forms whose boxes and matrices are words, nothing and more than numbers hold."""
    odd = b"/Type /XObject /Subtype /Form /BBox [/a (b) 1e99 null] /Matrix [0 0 0 0 1e99 (x)] /Resources 6 0 R "
    return page_with(b"/XObject << /X 6 0 R >>", b"/X Do /Y Do ", o6=stream(b"/X Do 0 0 9 9 re f", odd))


def resources_ring() -> bytes:
    """Return a page whose resources are themselves, in every place."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>"
    ring = b"<< /Font 6 0 R /XObject 6 0 R /ExtGState 6 0 R /ColorSpace 6 0 R /Pattern 6 0 R /F1 5 0 R /X 6 0 R >>"
    return write_pdf(objects(o3=page, o4=stream(b"/X gs /X Do /X cs /X sh " + CONTENTS), o6=ring))


def colour_spaces_ring() -> bytes:
    """Return colour spaces made of each other, with two thousand million colours."""
    spaces = b"/ColorSpace << /A 6 0 R /B [/Indexed 6 0 R 2000000000 <00>] /C [/DeviceN 9 6 0 R 6 0 R] /D [/ICCBased 6 0 R] >>"
    ring = b"[/Indexed 6 0 R 255 6 0 R]"
    return page_with(spaces, b"/A cs 1 sc /B cs 1 sc /C cs 1 scn /D cs 1 sc 0 0 9 9 re f ", o6=ring)


def optional_content_ring() -> bytes:
    """Return a passage that is seen if itself is seen."""
    group = b"<< /Type /OCMD /OCGs [6 0 R] /VE [/And 7 0 R] >>"
    return page_with(b"/Properties << /P 6 0 R >>", b"/OC /P BDC ", o6=group, o7=b"[/Not 7 0 R 7 0 R]")


def annotations_drawn() -> bytes:
    """Return ten thousand notes on a page, each of which draws a form that shows itself."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> /Annots [" + b"6 0 R " * 10_000 + b"] >>"
    )
    note = b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 612 792] /F 4 /AP << /N 7 0 R >> /Parent 6 0 R /Popup 6 0 R >>"
    look = stream(b"/X Do 0 0 9 9 re f", FORM + b"/Resources << /XObject << /X 7 0 R >> >> ")
    return write_pdf(objects(o3=page, o6=note, o7=look))
