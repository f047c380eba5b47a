"""Write a PDF object by object, so that each object may be as wrong as a test wants it."""

from __future__ import annotations

import zlib

MEGABYTE = 1024 * 1024
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SENTENCE = "The ceasefire held through the winter, and the observers counted the weapons as they came in. "


def text_operators(lines: list[str], *, size: float = 11, left: float = 72, top: float = 720) -> bytes:
    """Return the content stream that sets `lines` below each other, from `top` down (points, origin below left)."""
    shown = [f"({line}) Tj 0 -{size * 1.3:.1f} Td" for line in lines]
    return f"BT /F1 {size} Tf {left} {top} Td {' '.join(shown)} ET".encode("latin-1")


CONTENTS = text_operators([SENTENCE.strip()] * 20)


def stream(data: bytes, entries: bytes = b"", *, length: bytes | None = None) -> bytes:
    """Return a stream object's body holding `data` as it is."""
    size = length if length is not None else str(len(data)).encode()
    return b"<< /Length " + size + b" " + entries + b" >>\nstream\n" + data + b"\nendstream"


def flate(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object's body holding `data` deflated."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + entries)


def repeated(byte: bytes, megabytes: int) -> bytes:
    """Return so many megabytes of one byte, deflated: each of them is the same piece, so that this takes no time."""
    packer = zlib.compressobj(9)
    piece = b""
    for _ in range(2):  # the first holds the head as well
        first, piece = piece, packer.compress(byte * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    # Without the checksum at the end, which every reader lives without.
    return first + piece * (megabytes - 1)


def objects(**changed: bytes) -> dict[int, bytes]:
    """Return the objects of a sound one-page PDF, with `o3=...` in place of object 3 and so on."""
    sound = {1: CATALOG, 2: PAGES, 3: PAGE, 4: stream(CONTENTS), 5: FONT}
    return sound | {int(key[1:]): body for key, body in changed.items()}


def write_pdf(bodies: dict[int, bytes], *, trailer: bytes = b"", prev_itself: bool = False) -> bytes:
    """Return a PDF of `bodies` with a correct cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(bodies) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        kind = b"n" if number in places else b"f"
        out += b"%010d 00000 %b \n" % (places.get(number, 0), kind)
    prev = b"/Prev %d " % start if prev_itself else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R " % size + prev + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def sound_pdf() -> bytes:
    """Return a PDF nothing is wrong with: one page, twenty lines."""
    return write_pdf(objects())
