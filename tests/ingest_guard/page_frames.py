"""One PDF with a page for each way of saying where a page begins, how large it is and which way it is turned."""

from __future__ import annotations

from itertools import product

from tests.ingest_guard.raw_pdf import CATALOG, stream, write_pdf

MEDIA = (b"[0 0 612 792]", b"[20 30 620 830]", b"[-100 -50 300 250]", b"[620 830 20 30]", b"[0 0 1191 842]")
CROPS = (
    b"",
    b"/CropBox [60 70 260 210] ",
    b"/CropBox [260 210 60 70] ",  # corners the other way round
    b"/CropBox [-500 -500 250 200] ",  # partly beyond the media box
    b"/CropBox [5000 5000 6000 6000] ",  # wholly
    b"/CropBox [100 100 100 100] ",  # no area
    b"/CropBox [/a (b) null 9] ",
)
TURNS = (0, 90, 180, 270, -90, 450)
ODD = (
    b"",  # no size anywhere: US letter
    b"/MediaBox [/wide (high) null <<>>] ",
    b"/MediaBox [0 0 0 0] ",
    b"/MediaBox [0 0 612 792] /UserUnit 2 ",
    b"/MediaBox [0 0 612 792] /UserUnit 2 /CropBox [60 70 260 210] /Rotate 90 ",
    b"/MediaBox [0 0 200000 200000] ",  # larger than any page can be: US letter
    b"/MediaBox [-9e99 -9e99 9e99 9e99] ",
    b"/MediaBox [0 0 612.4 791.6] /CropBox [59.5 70.25 260.125 210.75] ",
)
# Black on white, at a place that every one of the boxes shows whole: user space, points.
BOX = (90.0, 110.0, 170.0, 150.0)
PAINTED = b"0 0 0 rg %g %g %g %g re f" % (BOX[0], BOX[1], BOX[2] - BOX[0], BOX[3] - BOX[1])


def frames() -> list[bytes]:
    """Return the entries of each page."""
    plain = [b"/MediaBox %b %b/Rotate %d " % (media, crop, turn) for media, crop, turn in product(MEDIA, CROPS, TURNS)]
    return [*plain, *ODD]


def framed_pages() -> bytes:
    """Return the PDF; its last page inherits sizes and turn from the tree."""
    pages = frames()
    bodies = {1: CATALOG, 3: stream(PAINTED)}
    for number, entries in enumerate(pages, 10):
        bodies[number] = b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources << >> " + entries + b">>"
    inner = 10 + len(pages)
    bodies[inner] = b"<< /Type /Pages /Parent 2 0 R /Kids [%d 0 R] /Count 1 " % (inner + 1)
    bodies[inner] += b"/MediaBox [20 30 620 830] /CropBox [60 70 260 210] /Rotate 270 >>"
    bodies[inner + 1] = b"<< /Type /Page /Parent %d 0 R /Contents 3 0 R /Resources << >> >>" % inner
    kids = b" ".join(b"%d 0 R" % number for number in range(10, inner + 1))
    bodies[2] = b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % (len(pages) + 1)
    return write_pdf(bodies)
