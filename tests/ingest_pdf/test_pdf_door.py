"""What comes through the only door to pdfplumber: letters, places and links in one frame."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.ingest.guard.limits import Limits
from monitor.ingest.layout.laying_out import PageStore
from monitor.ingest.pdf.annotations import MAX_LINKS
from monitor.ingest.pdf.door import MAX_FORMS, PdfFile
from monitor.ingest.pdf.drawings import MAX_BOXES
from monitor.ingest.pdf.printed_page import Box, PageLink
from monitor.ingest.refusals import Refusal
from tests.ingest_guard.raw_pdf import CONTENTS, FONT, flate, objects, sound_pdf, stream, write_pdf
from tests.ingest_pdf.makers import by_typst, canvas_pdf, drawn, pages_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from monitor.ingest.pdf.printed_page import Glyph, PrintedPage

ONE_LINE = stream(b"BT /F1 10 Tf 100 500 Td (Truce) Tj ET")


def page_with(entries: bytes, contents: bytes = ONE_LINE, **more: bytes) -> PrintedPage:
    """Return the one page of a PDF whose page object has `entries`."""
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> " + entries + b" >>"
    (printed,) = pages_of(write_pdf(objects(o3=page, o4=contents, **more)))
    return printed


def place(glyph: Glyph) -> tuple[float, float]:
    return round(glyph.x0, 2), round(glyph.base, 2)


@pytest.mark.parametrize(
    ("entries", "size", "first"),
    [
        (b"/MediaBox [0 0 612 792]", (612, 792), (100, 292)),
        (b"/MediaBox [612 792 0 0]", (612, 792), (100, 292)),
        (b"/MediaBox [20 30 620 830]", (600, 800), (80, 330)),
        (b"/MediaBox [-100 -100 512 692]", (612, 792), (200, 192)),
        (b"/MediaBox [0 0 612 792] /CropBox [50 100 550 700]", (500, 600), (50, 200)),
        (b"/MediaBox [20 30 620 830] /CropBox [70 130 570 730]", (500, 600), (30, 230)),
        (b"/MediaBox [0 0 612 792] /CropBox [-50 -50 900 900]", (612, 792), (100, 292)),
        (b"/MediaBox [0 0 612 792] /CropBox [700 700 900 900]", (612, 792), (100, 292)),
        (b"/MediaBox [0 0 612 792] /CropBox [9 9 9 9]", (612, 792), (100, 292)),
        (b"", (612, 792), (100, 292)),
        (b"/MediaBox [/a /b /c /d]", (612, 792), (100, 292)),
        (b"/MediaBox [0 0 99999999 792]", (612, 792), (100, 292)),
    ],
)
def test_letters_stand_where_the_crop_box_shows_them(
    entries: bytes, size: tuple[float, float], first: tuple[float, float]
) -> None:
    page = page_with(entries)
    assert (page.width, page.height) == size
    assert drawn(page) == "Truce"
    assert place(page.glyphs[0]) == first


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, b"0 1 -1 0 500 100"), (180, b"-1 0 0 -1 512 292"), (270, b"0 -1 1 0 112 692"), (-90, b"0 -1 1 0 112 692")],
)
def test_a_page_turned_for_the_reader_reads_upright(turn: int, matrix: bytes) -> None:
    contents = stream(b"BT /F1 10 Tf " + matrix + b" Tm (Truce) Tj ET")
    page = page_with(b"/MediaBox [0 0 612 792] /Rotate %d" % turn, contents)
    assert drawn(page) == "Truce"
    assert page.rotated == 0
    assert (page.width, page.height) == ((612, 792) if turn == 180 else (792, 612))
    xs = [glyph.x0 for glyph in page.glyphs]
    assert xs == sorted(xs)
    expected = {90: (100, 500), 180: (100, 292), 270: (100, 500), -90: (100, 500)}[turn]
    assert place(page.glyphs[0]) == expected


def test_text_on_its_side_is_left_out_and_counted() -> None:
    page = page_with(
        b"/MediaBox [0 0 612 792]", stream(b"BT /F1 10 Tf 0 1 -1 0 50 50 Tm (Side text) Tj 1 0 0 1 9 9 Tm (Up) Tj ET")
    )
    assert drawn(page) == "Up"
    assert page.rotated == len("Sidetext")


def test_slightly_slanted_and_mirrored_twice_is_upright() -> None:
    contents = b"BT /F1 10 Tf 1 0.02 -0.02 1 50 50 Tm (Scan) Tj /F1 -10 Tf -1 0 0 -1 50 90 Tm (Flip) Tj ET"
    assert drawn(page_with(b"/MediaBox [0 0 612 792]", stream(contents))) == "ScanFlip"


def test_letters_beyond_the_crop_box_are_not_printed() -> None:
    contents = stream(b"BT /F1 10 Tf 100 500 Td (In) Tj 0 280 Td (Above) Tj 900 0 Td (Right) Tj ET")
    assert drawn(page_with(b"/MediaBox [0 0 612 792] /CropBox [50 100 550 700]", contents)) == "In"


def test_a_raised_baseline_is_seen_though_the_matrix_has_it_not() -> None:
    contents = stream(b"BT /F1 10 Tf 100 500 Td (Truce) Tj 4 Ts /F1 6 Tf (1) Tj ET")
    *_, last, raised = page_with(b"/MediaBox [0 0 612 792]", contents).glyphs
    assert (last.base - raised.base, raised.size) == (4, 6)


def test_letters_inside_forms_are_found() -> None:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [2 0 0 2 10 20] /Resources << /Font << /F1 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>"
    bodies = objects(o3=page, o4=stream(b"/X Do"), o6=stream(b"BT /F1 5 Tf 10 10 Td (Stamp) Tj ET", form))
    (printed,) = pages_of(write_pdf(bodies))
    assert drawn(printed) == "Stamp"
    assert place(printed.glyphs[0]) == (30, 792 - 40)
    assert printed.glyphs[0].size == 10


def test_what_a_passage_stands_for_replaces_its_glyphs() -> None:
    contents = b"BT /F1 10 Tf 9 9 Td /Span << /ActualText (-) >> BDC (=) Tj EMC "
    contents += b"/Span << /ActualText <FEFF00AD> >> BDC (-) Tj EMC /Span << /ActualText () >> BDC (-) Tj EMC "
    contents += b"/P << /MCID 0 >> BDC (ab) Tj EMC EMC /Span /Name BDC (c) Tj EMC ET"
    assert drawn(page_with(b"/MediaBox [0 0 612 792]", stream(contents))) == "-\u00ad\u00adabc"


@pytest.mark.parametrize(
    ("string", "text"),
    [
        (b"(\\215held\\216\\205)", "\u201cheld\u201d\u2013"),
        (b"<FEFF201C0068>", "\u201ch"),
        (b"<FFFE1C20>", "\u201c"),
        (b"<EFBBBFC3A9>", "é"),
        (b"(caf\\351)", "café"),
        (b"<FEFFD835DC00>", "\U0001d400"),
        (b"<FEFFD800>", "\ufffd"),
    ],
)
def test_text_strings_are_read_in_each_of_their_encodings(string: bytes, text: str) -> None:
    contents = b"BT /F1 10 Tf 9 9 Td /Span << /ActualText " + string + b" >> BDC (qq) Tj EMC ET"
    assert drawn(page_with(b"/MediaBox [0 0 612 792]", stream(contents))) == text


def test_what_a_long_passage_stands_for_leaves_it_as_drawn() -> None:
    tags = b"/Span << /ActualText (short) >> BDC ", b" EMC"
    several = b"BT /F1 10 Tf 9 90 Td " + tags[0] + b"(one) Tj 0 -20 Td (two) Tj" + tags[1] + b" ET"
    many = b"BT /F1 5 Tf 9 30 Td " + tags[0] + b"(" + b"a" * 31 + b") Tj" + tags[1] + b" ET"
    page = page_with(b"/MediaBox [0 0 612 792]", stream(several + many))
    assert drawn(page) == "onetwo" + "a" * 31


def test_a_passage_that_is_closed_twice_keeps_its_letters() -> None:
    contents = b"BT /F1 10 Tf 9 9 Td EMC /Span << /ActualText (x) >> BDC (a) Tj EMC EMC (b) Tj ET"
    assert drawn(page_with(b"/MediaBox [0 0 612 792]", stream(contents))) == "xb"


def test_the_text_of_an_outer_passage_stands_for_all_within() -> None:
    contents = b"BT /F1 10 Tf 9 9 Td /Span << /ActualText (whole) >> BDC (a) Tj "
    contents += b"/Span << /ActualText (part) >> BDC (b) Tj EMC (c) Tj EMC ET"
    page = page_with(b"/MediaBox [0 0 612 792]", stream(contents))
    assert drawn(page) == "whole"
    assert [round(edge, 2) for edge in (page.glyphs[0].x0, page.glyphs[0].x1)] == [9, 25.12]


def test_ligatures_are_unfolded_and_blanks_are_blanks() -> None:
    page = pages_of(by_typst("office\u00a0flow afflict"))[0]
    assert drawn(page).replace(" ", "") == "officeflowafflict"
    assert not set(drawn(page)) & set("\ufb00\ufb01\ufb02\ufb03\ufb04\u00a0")


def test_links_are_placed_like_letters() -> None:
    link = b"/Annots [<< /Subtype /Link /Rect [150 495 100 510] /A << /S /URI /URI (https://example.org/a) >> >>]"
    page = page_with(b"/MediaBox [20 30 620 830] /CropBox [70 130 570 730] " + link)
    assert page.links == (PageLink(30, 220, 80, 235, "https://example.org/a"),)
    upwards = stream(b"BT /F1 10 Tf 0 1 -1 0 500 100 Tm (Truce) Tj ET")
    turned = page_with(b"/MediaBox [0 0 612 792] /Rotate 90 " + link, upwards)
    assert turned.links == (PageLink(495, 100, 510, 150, "https://example.org/a"),)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (b"(javascript:alert\\(1\\))", "javascript:alert(1)"),
        (b"(http://[::1)", "http://[::1"),
        (b"(https://example.org/\xc3\xa9)", "https://example.org/é"),
        (b"(https://example.org/\xe9)", "https://example.org/é"),
        (b"(https://exa\\nmple.org)", "https://example.org"),
        (b"()", ""),
        (b"7 0 R", "https://example.org/far"),
    ],
)
def test_addresses_are_kept_as_they_are(address: bytes, url: str) -> None:
    annotation = b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI " + address + b" >> >>]"
    page = page_with(b"/MediaBox [0 0 612 792] " + annotation, o7=b"(https://example.org/far)")
    assert [link.url for link in page.links] == [url]


@pytest.mark.parametrize(
    "annotation",
    [
        b"<< /Subtype /Link /A << /S /URI /URI (https://example.org/) >> >>",
        b"<< /Subtype /Link /Rect [1 2 3] /A << /S /URI /URI (https://example.org/) >> >>",
        b"<< /Subtype /Link /Rect [/a 0 1 2] /A << /S /URI /URI (https://example.org/) >> >>",
        b"6 0 R",
        b"12",
    ],
)
def test_a_damaged_link_costs_neither_the_text_nor_the_other_links(annotation: bytes) -> None:
    good = b"<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) >> >>"
    page = page_with(b"/MediaBox [0 0 612 792] /Annots [" + annotation + good + b"]", o6=b"6 0 R")
    assert drawn(page) == "Truce"
    assert len(page.links) == 1
    assert page.links_damaged


@pytest.mark.parametrize("annotations", [b"6 0 R", b"7 0 R", b"99 0 R", b"12", b"<< /A 1 >>"])
def test_a_list_of_links_that_is_none_costs_only_the_links(annotations: bytes) -> None:
    more = {"o6": b"7 0 R", "o7": b"6 0 R"}
    page = page_with(b"/MediaBox [0 0 612 792] /Annots " + annotations, ONE_LINE, **more)
    assert (drawn(page), page.links) == ("Truce", ())
    assert page.links_damaged == (annotations in {b"6 0 R", b"7 0 R"})


def test_links_beyond_the_cap_are_left_out_and_said_to_be() -> None:
    link = b"<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) >> >>"
    for count, kept, damaged in ((MAX_LINKS, MAX_LINKS, False), (MAX_LINKS + 1, MAX_LINKS, True)):
        page = page_with(b"/MediaBox [0 0 612 792] /Annots [" + b"6 0 R " * count + b"]", ONE_LINE, o6=link)
        assert (len(page.links), page.links_damaged) == (kept, damaged)


def test_a_link_with_its_corners_the_other_way_round_is_placed() -> None:
    link = b"/Annots [<< /Subtype /Link /Rect [100 510 150 495] /A << /S /URI /URI (u) >> >>]"
    assert page_with(b"/MediaBox [0 0 612 792] " + link).links == (PageLink(100, 282, 150, 297, "u"),)


def test_a_link_beyond_all_numbers_is_damaged() -> None:
    link = b"/Annots [<< /Subtype /Link /Rect [0 0 1" + b"0" * 400 + b" 9] /A << /S /URI /URI (u) >> >>]"
    page = page_with(b"/MediaBox [0 0 612 792] " + link)
    assert (page.links, page.links_damaged) == ((), True)


@pytest.mark.parametrize(
    ("target", "number"),
    [
        (b"/Dest [3 0 R /Fit]", 1),
        (b"/Dest [0 /XYZ 0 0 0]", 1),
        (b"/Dest (here)", 1),
        (b"/Dest /old", 1),
        (b"/A << /S /GoTo /D (here) >>", 1),
        (b"/Dest [9 /Fit]", None),
        (b"/Dest (nowhere)", None),
        (b"/Dest []", None),
        (b"/A << /S /GoToR /D [0 /Fit] /F (other.pdf) >>", None),
    ],
)
def test_links_within_the_file_lead_to_pages(target: bytes, number: int | None) -> None:
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /Dests << /old [3 0 R /Fit] >> "
        b"/Names << /Dests << /Kids [<< /Names [(here) << /D [3 0 R /Fit] >>] >>] >> >> >>"
    )
    page = page_with(
        b"/MediaBox [0 0 612 792] /Annots [<< /Subtype /Link /Rect [0 0 9 9] " + target + b" >>]", o1=catalog
    )
    assert page.links == (() if number is None else (PageLink(0, 783, 9, 792, "", number),))
    assert not page.links_damaged


def test_filled_and_framed_rectangles_are_boxes_unless_they_are_white() -> None:
    contents = b"0.9 g 100 200 300 50 re f 1 g 0 0 612 792 re f 1 1 1 rg 5 5 9 9 re f 0 0 0 0 k 5 5 9 9 re f 0 G 9 9 9 9 re S 1 G 9 9 9 9 re S"
    page = page_with(b"/MediaBox [0 0 612 792]", stream(contents))
    assert page.boxes == (Box(100, 542, 400, 592), Box(9, 774, 18, 783))


@pytest.mark.parametrize(
    ("painted", "boxes"),
    [
        (b"100 200 50 60 re 300 200 50 60 re f", [Box(100, 532, 150, 592), Box(300, 532, 350, 592)]),
        (b"100 200 m 150 200 l 150 260 l 100 260 l h f", [Box(100, 532, 150, 592)]),
        (b"100 200 m 150 200 l 150 260 l 100 260 l 100 200 l f", [Box(100, 532, 150, 592)]),
        (b"100 200 m 150 200 l 150 260 l 100 260 l f", [Box(100, 532, 150, 592)]),
        (b"150 260 -50 -60 re f*", [Box(100, 532, 150, 592)]),
        (b"q 2 0 0 2 10 20 cm 10 10 50 60 re f Q", [Box(30, 792 - 160, 130, 792 - 40)]),
        (b"100 200 50 60 re B", [Box(100, 532, 150, 592)]),
        (b"100 200 m 150 200 l 100 260 l h f", []),
        (b"100 200 m 150 210 l 150 260 l 100 260 l h f", []),
        (b"100 200 m 120 230 150 200 150 260 c 100 260 l h f", []),
        (b"100 200 50 0 re f", []),
        (b"100 200 50 60 re n", []),
    ],
)
def test_what_is_painted_is_a_box_when_it_is_a_rectangle(painted: bytes, boxes: list[Box]) -> None:
    page = page_with(b"/MediaBox [0 0 612 792]", stream(b"0.5 g " + painted))
    assert list(page.boxes) == boxes


def test_boxes_beyond_the_cap_are_not_kept() -> None:
    page = page_with(b"/MediaBox [0 0 612 792]", flate(b"0.5 g " + b"0 0 9 9 re f " * (MAX_BOXES + 5)))
    assert len(page.boxes) == MAX_BOXES


def test_forms_beyond_the_cap_end_the_page_and_keep_what_it_showed() -> None:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
    )
    text = b"BT /F1 10 Tf 9 %d Td (%b) Tj ET "
    shown = text % (90, b"Before") + b"/X Do " * (MAX_FORMS + 1) + text % (60, b"After")
    form = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    (printed,) = pages_of(write_pdf(objects(o3=page, o4=flate(shown), o6=form)))
    assert (drawn(printed), printed.damage) == ("Before", "more pictures and forms than a page can hold")


def test_page_labels_are_given() -> None:
    labels = b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /D /St 41 >>] >> >>"
    (page,) = pages_of(write_pdf(objects(o1=labels)))
    assert page.label == "41"


@pytest.mark.parametrize(
    ("label", "given", "number"),
    [
        (b"/S /D /St 41", "41", 41),
        (b"/S /r /St 4", "iv", None),
        (b"/S /D /St 7 /P (A-)", "A-7", None),
        (b"/P (\262)", "²", None),
        (b"/P (" + b"1" * 5000 + b")", "1" * 5000, None),
        (b"/S /D /St -3", "-3", None),
        (b"", None, None),
    ],
)
def test_only_a_label_that_is_a_number_is_the_printed_one(label: bytes, given: str | None, number: int | None) -> None:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << " + label + b" >>] >> >>"
    (page,) = pages_of(write_pdf(objects(o1=catalog)))
    assert page.label == given
    store = PageStore()
    store.add(page)
    assert store.labels == ({} if number is None else {1: number})


def test_damaged_page_labels_cost_only_themselves() -> None:
    labels = b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 7] >> >>"
    (page,) = pages_of(write_pdf(objects(o1=labels)))
    assert page.label is None
    assert drawn(page).startswith("The ceasefire")


def test_a_damaged_page_leaves_the_others() -> None:
    bad = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 7 0 R /Resources << /Font << /F1 8 0 R >> >> >>"
    kids = b"<< /Type /Pages /Kids [3 0 R 6 0 R 9 0 R] /Count 3 >>"
    good = objects()[3]
    bodies = objects(o2=kids, o6=bad, o7=ONE_LINE, o8=b"<< /Type /Font /Subtype /Type0 /BaseFont /X >>", o9=good)
    first, second, third = pages_of(write_pdf(bodies))
    assert drawn(first) == drawn(third)
    assert drawn(second) == ""
    assert second.damage


def encrypted(user: str, method: EncryptionMethod) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(text="The truce held.")
    pdf.set_encryption("owner", user, encryption_method=method, permissions=AccessPermission.none())
    return bytes(pdf.output())


METHODS = [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256]


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_password_opens(method: EncryptionMethod) -> None:
    (page,) = pages_of(encrypted("", method))
    assert drawn(page) == "The truce held."


@pytest.mark.parametrize("method", METHODS)
def test_a_password_locks(method: EncryptionMethod) -> None:
    with pytest.raises(Refusal) as refused:
        PdfFile(encrypted("open sesame", method), Limits())
    assert (refused.value.code, str(refused.value)) == (
        "locked",
        "It is locked with a password: save a copy without it.",
    )


def test_the_caps_are_kept_while_a_page_runs() -> None:
    many = write_pdf(objects(o4=flate(b"BT /F1 9 Tf (" + b"a" * 500 + b") Tj ET")))
    with pytest.raises(Refusal, match=r"^Its page 1 has more than 499 characters, the limit\.$"):
        pages_of(many, Limits(characters_per_page=499))
    assert len(pages_of(many, Limits(characters_per_page=500))) == 1


def test_all_pages_together_have_a_cap() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.drawString(72, 700, "x" * 60)

    pdf = canvas_pdf(draw, pages=3)
    assert len(pages_of(pdf, Limits(characters=180))) == 3
    with pytest.raises(Refusal, match="more than 179 characters"):
        pages_of(pdf, Limits(characters=179))
    with pytest.raises(Refusal, match="more than 2 pages"):
        pages_of(pdf, Limits(pages=2))


def test_superscripts_of_the_font_are_told_by_their_width() -> None:
    (page,) = pages_of(by_typst("In 1982, 2345 rifles and 6789 coins.#super[12] Then 10 more.#super[3]"))
    assert "coins.¹² " in drawn(page)
    assert "more.³" in drawn(page)
    assert "1982, 2345" in drawn(page)


def test_plain_digits_of_a_font_with_narrow_ones_stay_plain() -> None:
    (page,) = pages_of(
        by_typst('#set text(number-width: "proportional")\nIn 1911 the 11th of 110 posts fell, then 7 in 1982.')
    )
    assert "1911 the 11th of 110 posts fell, then 7 in 1982." in drawn(page)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_pages_or_a_refusal(data: Any) -> None:
    """Change bytes of a sound file anywhere; in the child anything else would be called a crash."""
    pdf = bytearray(write_pdf(objects(o4=stream(zlib.compress(CONTENTS), b"/Filter /FlateDecode"), o5=FONT)))
    for _ in range(data.draw(st.integers(1, 6))):
        pdf[data.draw(st.integers(9, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    try:
        pages = pages_of(bytes(pdf))
    except (Refusal, RecursionError):
        return
    assert pages


def test_a_sound_page_says_nothing_is_wrong() -> None:
    (page,) = pages_of(sound_pdf())
    assert (page.number, page.damage, page.unmapped, page.rotated, page.links_damaged) == (1, None, 0, 0, False)
