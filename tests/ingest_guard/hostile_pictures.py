"""Hostile files whose pictures are wrong: more dots than memory, masks of themselves, decoders that were attacked."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image

from tests.ingest_guard.hostile_contents import page_with
from tests.ingest_guard.raw_pdf import flate, repeated, stream

SHOWN = b"q 612 0 0 792 0 0 cm /Im Do Q "
GRAY = b"/ColorSpace /DeviceGray /BitsPerComponent 8 "


def _picture(width: int, height: int, entries: bytes = GRAY) -> bytes:
    return b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height) + entries


def page_showing(picture: bytes, **bodies: bytes) -> bytes:
    """Return a PDF whose page shows this picture over all of it, and then the usual text."""
    return page_with(b"/XObject << /Im 6 0 R >>", SHOWN, o6=picture, **bodies)


def picture_of_zeros() -> bytes:
    """Return a picture of four hundred million dots in four hundred kilobytes."""
    return page_showing(stream(repeated(b"\0", 400), _picture(20_000, 20_000) + b"/Filter /FlateDecode "))


def picture_claims() -> bytes:
    """Return a picture that claims two thousand million times as many dots, and holds four."""
    return page_showing(stream(b"abcd", _picture(2_000_000_000, 2_000_000_000)))


def picture_of_bits() -> bytes:
    """Return a picture of ten thousand million dots of one bit."""
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode "
    return page_showing(stream(repeated(b"\0", 1200), _picture(100_000, 100_000, entries)))


def picture_of_odd_bits() -> bytes:
    """Return a picture with dots of minus seven bits, and of two thousand million."""
    one = stream(b"abcd", _picture(2, 2, b"/ColorSpace /DeviceGray /BitsPerComponent -7 "))
    two = stream(b"abcd", _picture(2, 2, b"/ColorSpace /DeviceRGB /BitsPerComponent 2000000000 "))
    return page_with(b"/XObject << /Im 6 0 R /In 7 0 R >>", SHOWN + b"/In Do ", o6=one, o7=two)


def picture_of_minus_dots() -> bytes:
    """Return a picture narrower than nothing."""
    return page_showing(stream(b"abcd", _picture(-5, -5)))


def stencil_enormous() -> bytes:
    """Return a stencil of ten thousand million holes."""
    entries = b"/ImageMask true /BitsPerComponent 1 /Filter /FlateDecode "
    return page_showing(stream(repeated(b"\0", 1200), _picture(100_000, 100_000, entries)))


def mask_enormous() -> bytes:
    """Return a small picture seen through a mask of four hundred million dots."""
    mask = stream(repeated(b"\0", 400), _picture(20_000, 20_000) + b"/Filter /FlateDecode ")
    return page_showing(stream(b"abcd", _picture(2, 2) + b"/SMask 7 0 R "), o7=mask)


def mask_ring() -> bytes:
    """Return a picture that is its own mask, in both ways."""
    return page_showing(stream(b"abcd", _picture(2, 2) + b"/SMask 6 0 R /Mask 6 0 R /Alternates [6 0 R] "))


def picture_shown_often() -> bytes:
    """Return a picture of four million dots, shown five thousand times."""
    picture = stream(repeated(b"\0", 4), _picture(2_000, 2_000) + b"/Filter /FlateDecode ")
    return page_with(b"/XObject << /Im 6 0 R >>", SHOWN * 5_000, o6=picture)


def palette_enormous() -> bytes:
    """Return a picture with two thousand million colours to choose from."""
    space = b"/ColorSpace [/Indexed /DeviceRGB 2000000000 7 0 R] /BitsPerComponent 8 "
    return page_showing(stream(b"abcd", _picture(2, 2, space)), o7=flate(b"\x00" * 90))


def profile_of_nonsense() -> bytes:
    """Return a picture whose colours are explained by noise with two thousand million parts."""
    space = b"/ColorSpace [/ICCBased 7 0 R] /BitsPerComponent 8 "
    profile = stream(bytes(at * at % 251 for at in range(5_000)), b"/N 2000000000 /Alternate 8 0 R ")
    return page_showing(stream(b"abcd" * 9, _picture(2, 2, space)), o7=profile, o8=b"[/ICCBased 7 0 R]")


def jpeg_claims() -> bytes:
    """Return a JPEG of eight dots a side that says it has 65,500."""
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return page_showing(
        stream(bytes(data), _picture(65_500, 65_500, b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "))
    )


def jpeg_of_many_scans() -> bytes:
    """Return a JPEG of sixteen million dots that is refined a thousand times, with nothing in it."""
    out = BytesIO()
    Image.new("L", (4_000, 4_000)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    start = data.rindex(b"\xff\xda")
    scan = data[start:-2]
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode "
    return page_showing(stream(data[:start] + scan * 300 + b"\xff\xd9", _picture(4_000, 4_000, entries)))


def jpeg_of_noise() -> bytes:
    """Return a JPEG that is noise after its first bytes."""
    noise = bytes((at * at * 31 + at // 7) % 256 for at in range(20_000))
    entries = b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
    return page_showing(stream(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + noise, _picture(300, 300, entries)))


def _jpx(width: int, height: int, tile: int, parts: int = 1, rest: bytes = b"") -> bytes:
    """Return the head of a JPEG 2000 code stream: size, tiles, coding; then `rest`."""
    size = struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, tile, tile, 0, 0, parts) + b"\x07\x01\x01" * parts
    coding = struct.pack(">BBHBBBBBB", 0, 0, 1, 0, 5, 4, 4, 0, 1)
    quantities = b"\x40" + b"\x40" * 16
    head = b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size
    head += b"\xff\x52" + struct.pack(">H", len(coding) + 2) + coding
    return head + b"\xff\x5c" + struct.pack(">H", len(quantities) + 2) + quantities + rest


def _jpx_page(data: bytes, width: int, height: int) -> bytes:
    return page_showing(stream(data, _picture(width, height, b"/Filter /JPXDecode ")))


def jpx_claims() -> bytes:
    """Return a JPEG 2000 of two thousand million dots a side."""
    return _jpx_page(_jpx(2_000_000_000, 2_000_000_000, 2_000_000_000), 2_000_000_000, 2_000_000_000)


def jpx_of_tiles() -> bytes:
    """Return a JPEG 2000 of sixty thousand dots a side, in tiles of one dot."""
    tile = b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x0e\x00\x01\xff\x93\xff\xd9"
    return _jpx_page(_jpx(60_000, 60_000, 1, rest=tile), 60_000, 60_000)


def jpx_of_parts() -> bytes:
    """Return a JPEG 2000 with sixteen thousand colours to a dot."""
    return _jpx_page(_jpx(500, 500, 500, parts=16_000, rest=b"\xff\xd9"), 500, 500)


def jpx_of_noise() -> bytes:
    """Return a JPEG 2000 that is noise after its head."""
    noise = bytes((at * at * 31 + at // 7) % 256 for at in range(20_000))
    tile = b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93"
    return _jpx_page(_jpx(900, 900, 900, rest=tile + noise), 900, 900)


def _jbig2_segment(number: int, kind: int, data: bytes, length: int | None = None) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data) if length is None else length) + data


def _jbig2_page(data: bytes, globals_: bytes = b"") -> bytes:
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode " + globals_
    return page_showing(stream(data, _picture(1_000, 1_000, entries)), o7=stream(data, b""))


def jbig2_claims() -> bytes:
    """Return a JBIG2 page of four thousand million dots a side, and regions as large."""
    page = struct.pack(">IIIIBH", 0xFFFFFFF0, 0xFFFFFFF0, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", 0xFFFFFFF0, 0xFFFFFFF0, 0, 0, 0) + b"\x00" * 40
    return _jbig2_page(_jbig2_segment(0, 48, page) + _jbig2_segment(1, 38, region) + _jbig2_segment(2, 36, region))


def jbig2_of_symbols() -> bytes:
    """Return a JBIG2 dictionary of four thousand million symbols, and text set with them."""
    symbols = struct.pack(">H", 0) + b"\x03\xff\xfd\xff\x02\xfe\xfe\xfe" + struct.pack(">II", 0xFFFFFFF0, 0xFFFFFFF0)
    text = struct.pack(">IIIIB", 1_000, 1_000, 0, 0, 0) + struct.pack(">HI", 0x0C00, 0xFFFFFFF0) + b"\x00" * 40
    page = struct.pack(">IIIIBH", 1_000, 1_000, 0, 0, 0, 0)
    segments = _jbig2_segment(0, 48, page) + _jbig2_segment(1, 0, symbols + b"\x00" * 64) + _jbig2_segment(2, 6, text)
    return _jbig2_page(segments)


def jbig2_of_halftones() -> bytes:
    """Return JBIG2 patterns and a halftone of four thousand million of them."""
    page = struct.pack(">IIIIBH", 1_000, 1_000, 0, 0, 0, 0)
    patterns = b"\x00\xff\xff" + struct.pack(">I", 0xFFFFFFF0) + b"\x00" * 40
    halftone = (
        struct.pack(">IIIIB", 1_000, 1_000, 0, 0, 0)
        + b"\x00"
        + struct.pack(">IIiiHH", 0xFFFFFFF0, 0xFFFFFFF0, 0, 0, 1, 1)
    )
    segments = (
        _jbig2_segment(0, 48, page) + _jbig2_segment(1, 16, patterns) + _jbig2_segment(2, 22, halftone + b"\x00" * 40)
    )
    return _jbig2_page(segments)


def jbig2_of_itself() -> bytes:
    """Return a JBIG2 picture whose shared part is the picture, of a length nobody knows."""
    page = struct.pack(">IIIIBH", 1_000, 0xFFFFFFFF, 0, 0, 0, 0x8001)
    segments = _jbig2_segment(0, 48, page) + _jbig2_segment(1, 38, b"\x00" * 18, length=0xFFFFFFFF)
    return _jbig2_page(segments, b"/DecodeParms << /JBIG2Globals 6 0 R >> ")


def fax_claims() -> bytes:
    """Return a fax of two thousand million columns and rows."""
    parms = b"/DecodeParms << /K -1 /Columns 2000000000 /Rows 2000000000 /BlackIs1 true >> "
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode " + parms
    return page_showing(stream(b"\x00\x01" * 500, _picture(2_000_000_000, 2_000_000_000, entries)))


def fax_of_noise() -> bytes:
    """Return a fax of sixty thousand rows of noise."""
    noise = bytes((at * at * 31 + at // 7) % 256 for at in range(200_000))
    parms = b"/DecodeParms << /K 4 /Columns 60000 /Rows 60000 /EncodedByteAlign true >> "
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode " + parms
    return page_showing(stream(noise, _picture(60_000, 60_000, entries)))
