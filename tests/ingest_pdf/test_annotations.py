"""Links over several lines, and bookmarks."""

from __future__ import annotations

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf.door import PdfFile
from monitor.ingest.pdf.outlines import MAX_ENTRIES
from monitor.ingest.pdf.printed_page import PageLink
from monitor.ingest.pieces import OutlineEntry, PieceJump
from tests.ingest_guard.raw_pdf import objects, write_pdf
from tests.ingest_pdf.makers import by_typst, laid, pages_of
from tests.ingest_pdf.test_pdf_door import page_with

MEDIA = b"/MediaBox [0 0 612 792] "
TO = b" /A << /S /URI /URI (u) >> >>]"


@pytest.mark.parametrize(
    ("quads", "places"),
    [
        (b"[100 510 150 510 100 500 150 500 60 498 90 498 60 488 90 488]", [(100, 282, 150, 292), (60, 294, 90, 304)]),
        (b"[100 510 150 510 100 500 150 500]", [(60, 282, 150, 304)]),
        (b"[1 2 3]", [(60, 282, 150, 304)]),
        (b"[0 0 9 0 0 9 9 9 700 0 900 0 700 9 900 9]", [(60, 282, 150, 304)]),
    ],
)
def test_a_link_of_several_lines_has_a_place_for_each(quads: bytes, places: list[tuple[float, ...]]) -> None:
    page = page_with(MEDIA + b"/Annots [<< /Subtype /Link /Rect [60 488 150 510] /QuadPoints " + quads + TO)
    assert page.links == tuple(PageLink(*place, "u") for place in places)  # type: ignore[arg-type, call-arg]


def bookmarked(**more: bytes) -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 10 0 R >>"
    return write_pdf(objects(o1=catalog, o10=b"<< /First 11 0 R >>", **more))


def outline(pdf: bytes) -> tuple[OutlineEntry, ...]:
    return PdfFile(pdf, Limits()).outline()


def test_bookmarks_have_levels_titles_and_pages() -> None:
    pdf = bookmarked(
        o11=b"<< /Title (Briefs) /Dest [3 0 R /Fit] /First 12 0 R /Next 13 0 R >>",
        o12=b"<< /Title <FEFF00C9007400610074> /A << /S /GoTo /D [3 0 R /Fit] >> >>",
        o13=b"<< /Title (Nowhere  at\nall) >>",
    )
    assert outline(pdf) == (
        OutlineEntry(1, "Briefs", 1),
        OutlineEntry(2, "État", 1),
        OutlineEntry(1, "Nowhere at all", None),
    )


@pytest.mark.parametrize(
    "more",
    [
        {"o11": b"<< /Title (A) /Next 11 0 R >>"},
        {"o11": b"<< /Title (A) /First 11 0 R >>"},
        {"o11": b"<< /Title (A) /Next 12 0 R >>", "o12": b"<< /Title 7 /Next 11 0 R >>"},
        {"o11": b"<< /Title (A) /Next 12 0 R >>", "o12": b"12 0 R"},
        {"o11": b"<< /Title (A) /Dest 12 0 R >>", "o12": b"[99 0 R]"},
    ],
)
def test_bookmarks_in_rings_end(more: dict[str, bytes]) -> None:
    assert [entry.title for entry in outline(bookmarked(**more))] in (["A"], [])


def test_files_without_bookmarks_have_none() -> None:
    assert outline(write_pdf(objects())) == ()
    assert outline(write_pdf(objects(o1=b"<< /Type /Catalog /Pages 2 0 R /Outlines 7 >>"))) == ()


def test_bookmarks_beyond_the_cap_are_left_out() -> None:
    count = MAX_ENTRIES + 50
    more = {f"o{11 + n}": b"<< /Title (t) /Next %d 0 R >>" % (12 + n) for n in range(count)}
    assert len(outline(bookmarked(**more))) == MAX_ENTRIES


def test_links_inside_the_file_are_jumps_of_the_text_and_part_no_word() -> None:
    pdf = by_typst("See #link(<far>)[the far page] now.\n#pagebreak()\n= Far <far>\nHere it is.")
    (first, *_) = laid(pdf).pieces
    assert (first.text, first.links, first.jumps) == ("See the far page now.", (), (PieceJump(4, 16, 2),))
    assert pages_of(pdf)[0].links[0].page == 2
