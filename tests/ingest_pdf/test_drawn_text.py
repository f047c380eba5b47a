"""Letters a reader sees, and in which direction the page is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.pdf.frame import quarter_turned
from monitor.ingest.pdf.printed_page import Box, PageLink
from tests.ingest_guard.raw_pdf import objects, sound_pdf, stream, write_pdf
from tests.ingest_pdf.makers import drawn, pages_of
from tests.ingest_pdf.test_pdf_door import page_with, place

if TYPE_CHECKING:
    from monitor.ingest.pdf.printed_page import PrintedPage

MEDIA = b"/MediaBox [0 0 612 792]"
LINK = b"/Annots [<< /Subtype /Link /Rect [150 495 100 510] /A << /S /URI /URI (https://example.org/a) >> >>]"
ONE_PICTURE = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q "


def shown(operators: bytes, entries: bytes = MEDIA, **more: bytes) -> PrintedPage:
    return page_with(entries, stream(operators), **more)


def text(string: bytes, at: bytes = b"100 500", before: bytes = b"") -> bytes:
    return b"BT /F1 10 Tf " + before + b" " + at + b" Td (" + string + b") Tj ET "


@pytest.mark.parametrize(
    ("matrix", "turn", "first", "size"),
    [
        (b"0 1 -1 0 50 100", 90, (100, 50), (792, 612)),
        (b"0 -1 1 0 50 100", 270, (692, 562), (792, 612)),
        (b"-1 0 0 -1 50 100", 180, (562, 100), (612, 792)),
        (b"1 0 0 1 50 100", 0, (50, 692), (612, 792)),
    ],
)
def test_a_page_laid_on_its_side_is_read_in_its_own_direction(
    matrix: bytes, turn: int, first: tuple[float, float], size: tuple[float, float]
) -> None:
    page = shown(b"BT /F1 10 Tf " + matrix + b" Tm (Truce held) Tj ET")
    assert (drawn(page), page.turn, page.rotated) == ("Truce held", turn, 0)
    assert place(page.glyphs[0]) == first
    assert (page.width, page.height) == size
    xs = [glyph.x0 for glyph in page.glyphs]
    assert xs == sorted(xs)


def test_all_that_stands_on_a_turned_page_turns_with_it() -> None:
    page = shown(b"0.5 g 100 200 50 60 re f BT /F1 10 Tf 0 1 -1 0 50 100 Tm (Up) Tj ET", MEDIA + b" " + LINK)
    assert page.boxes == (Box(200, 100, 260, 150),)
    assert page.links == (PageLink(495, 100, 510, 150, "https://example.org/a"),)


def test_a_note_at_the_margin_turns_no_page() -> None:
    page = shown(text(b"The truce held.") + b"BT /F1 8 Tf 0 1 -1 0 20 100 Tm (Vol) Tj ET")
    assert (drawn(page), page.turn, page.rotated) == ("The truce held.", 0, 3)


def test_few_letters_on_their_side_turn_no_page_that_has_others() -> None:
    page = shown(text(b"Up") + b"BT /F1 10 Tf 0 1 -1 0 20 100 Tm (many letters on their side) Tj ET")
    assert (drawn(page), page.turn) == ("Up", 0)


def test_letters_askew_are_counted_and_left_out() -> None:
    page = shown(text(b"Truce") + b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET")
    assert (drawn(page), page.rotated) == ("Truce", 5)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turn_and_its_rest_lead_back(turn: int) -> None:
    box, size = (10.0, 20.0, 60.0, 50.0), (612.0, 792.0)
    turned = quarter_turned(box, turn, size)
    assert quarter_turned(turned, 360 - turn, size if turn == 180 else size[::-1]) == box


WHITE = [b"1 g", b"1 1 1 rg", b"0 0 0 0 k", b"/DeviceGray cs 1 sc"]


@pytest.mark.parametrize("ink", WHITE)
def test_white_letters_on_white_are_left_out_and_counted(ink: bytes) -> None:
    page = shown(text(b"Seen by all") + text(b"unseen", b"100 400", ink))
    assert (drawn(page), page.unseen) == ("Seen by all", 6)


@pytest.mark.parametrize("ground", [b"0.2 g 90 390 99 30 re f ", b"0 g 90 390 m 200 390 l 200 420 l 90 420 l h f "])
def test_white_letters_on_a_dark_ground_are_read(ground: bytes) -> None:
    page = shown(ground + b"0 g " + text(b"Seen by all") + text(b"Head", b"100 400", b"1 g"))
    assert (drawn(page), page.unseen) == ("Seen by allHead", 0)


def test_one_in_a_separation_is_ink_and_no_light() -> None:
    spaces = b"/ColorSpace << /Black [/Separation /Black /DeviceCMYK 9 0 R] >> "
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << " + spaces
    page += b"/Font << /F1 5 0 R >> >> >>"
    contents = stream(text(b"Black ink", before=b"/Black cs 1 scn") + text(b"More of it, and more", b"100 400", b"0 g"))
    (printed,) = pages_of(write_pdf(objects(o3=page, o4=contents, o9=b"<< /FunctionType 2 /N 1 /Domain [0 1] >>")))
    assert drawn(printed) == "Black inkMore of it, and more"


def test_letters_recognised_under_a_scan_are_read_beside_its_stamp() -> None:
    page = shown(ONE_PICTURE + text(b"Recognised letters", before=b"3 Tr") + text(b"Stamp", b"100 50", b"0 Tr"))
    assert (drawn(page), page.hidden, page.unseen) == ("StampRecognised letters", 17, 0)
    assert page.image_share == 1


def test_invisible_letters_below_visible_ones_are_left_out() -> None:
    page = shown(text(b"The printed words") + text(b"hidden ones", b"100 400", b"3 Tr"))
    assert (drawn(page), page.hidden, page.unseen) == ("The printed words", 10, 10)


def test_a_page_of_nothing_but_unseen_letters_is_read_all_the_same() -> None:
    assert drawn(shown(text(b"hidden", before=b"3 Tr"))) == "hidden"
    assert drawn(shown(text(b"white", before=b"1 g"))) == "white"


def test_a_page_in_larger_units_has_its_size_in_points() -> None:
    page = shown(text(b"Truce"), MEDIA + b" /UserUnit 2")
    assert (page.width, page.height, page.glyphs[0].size) == (1224, 1584, 20)
    assert place(page.glyphs[0]) == (200, 584)


@pytest.mark.parametrize("unit", [b"0", b"-3", b"/x", b"999999", b"4 0 R"])
def test_a_unit_of_nonsense_is_one(unit: bytes) -> None:
    assert shown(text(b"Truce"), MEDIA + b" /UserUnit " + unit).width == 612


def test_what_a_passage_stands_for_may_be_named_among_the_resources() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << "
    page += b"/Properties << /P1 << /ActualText (fi) >> >> /Font << /F1 5 0 R >> >> >>"
    contents = stream(b"BT /F1 10 Tf 9 9 Td /Span /P1 BDC (q) Tj EMC /Span /P2 BDC (x) Tj EMC ET")
    (printed,) = pages_of(write_pdf(objects(o3=page, o4=contents)))
    assert drawn(printed) == "fix"


def test_a_passage_that_stands_for_itself_keeps_its_letters_apart() -> None:
    page = shown(b"BT /F1 10 Tf 9 9 Td /Span << /ActualText (Truce) >> BDC (Truce) Tj EMC ET")
    assert [glyph.text for glyph in page.glyphs] == list("Truce")


def bitmap_font(names: bytes, *, matrix: bytes = b"[0.01 0 0 0.01 0 0]", widths: int = 50) -> bytes:
    """Return a font whose letters are drawings named by `names`, all of one width."""
    return (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 99 99] /FontMatrix " + matrix + b" /FirstChar 0 /LastChar 255 "
        b"/CharProcs << >> /Encoding << /Differences [" + names + b"] >> /Widths [" + b"%d " % widths * 256 + b"] >>"
    )


@pytest.mark.parametrize(
    ("codes", "string", "read"),
    [
        ([11, 12, 92, 34, 97, 101, 123], rb"\134a\013e\014\042\173", "“affefi”\u2013"),
        ([16, 17, 21, 28, 97, 101, 233], rb"\020a\034e\021\025\351", "“afie”\u2013é"),
        ([136, 174], rb"\210\256", "•®"),
        ([97, 98], rb"ab", "ab"),
    ],
)
def test_letters_named_by_numbers_are_read_by_texs_encodings(codes: list[int], string: bytes, read: str) -> None:
    names = b" ".join(b"%d /a%d" % (code, code) for code in codes)
    page = shown(text(string), o5=bitmap_font(names))
    assert (drawn(page), page.unmapped) == (read, 0)


@pytest.mark.parametrize(
    ("names", "string", "read"),
    [
        (b"1 /MT51 /MT48 /MT85", rb"\001\002\003", "30U"),
        (b"1 /bu /ru /ul", rb"\002\001\003", "\u2022"),
        (b"1 /g51 /g48", rb"\001\002", "\ufffd\ufffd"),
        (b"1 /MT51 /MT200", rb"\001\002", "\ufffd\ufffd"),
    ],
)
def test_letters_named_oddly_are_read_where_the_names_tell(names: bytes, string: bytes, read: str) -> None:
    page = shown(text(string), o5=bitmap_font(names))
    assert (drawn(page), page.unmapped) == (read, read.count("\ufffd"))


def test_letters_in_pixels_have_a_size_in_points() -> None:
    names = b"97 /a97 /a98"
    page = shown(
        b"0.24 0 0 0.24 0 0 cm " + text(b"ab").replace(b" 10 Tf", b" 1 Tf"),
        o5=bitmap_font(names, matrix=b"[1 0 0 1 0 0]", widths=20),
    )
    assert [round(glyph.size, 1) for glyph in page.glyphs] == [10, 10]


@pytest.mark.parametrize("shift", [37, 1, -9])
def test_a_table_of_objects_that_leads_nowhere_is_made_anew(shift: int) -> None:
    moved = re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + shift), sound_pdf())
    assert drawn(pages_of(moved)[0]) == drawn(pages_of(sound_pdf())[0])
