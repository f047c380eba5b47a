"""From a PDF to an issue: the gates, and what a person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.refusals import Refusal
from tests.ingest_guard import hostile
from tests.ingest_guard.raw_pdf import CONTENTS, objects, sound_pdf, stream, text_operators, write_pdf
from tests.ingest_pdf.makers import ReportLabPages, by_typst, canvas_pdf, typst_paragraphs
from tests.ingest_pdf.prose import Prose

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from monitor.ingest.document import IssueDocument

SEVERE = {"error": 2, "warning": 1, "info": 0}


def read(pdf: bytes) -> IssueDocument:
    return read_pdf_issue(pdf, limits=Limits())


def findings(pdf: bytes) -> dict[str, str]:
    return {finding.code: finding.message for finding in read(pdf).findings}


def refusal(pdf: bytes) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        read(pdf)
    return refused.value.code, str(refused.value)


def with_pages(*contents: bytes) -> bytes:
    """Return a PDF with one page for each content stream."""
    bodies = objects(o2=b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (10 + n) for n in range(len(contents))))
    bodies[2] += b"] /Count %d >>" % len(contents)
    for n, content in enumerate(contents):
        bodies[10 + n] = bodies[3].replace(b"4 0 R", b"%d 0 R" % (30 + n))
        bodies[30 + n] = stream(content)
    return write_pdf(bodies)


def test_pages_and_their_sizes_are_told() -> None:
    issue = read(
        canvas_pdf(lambda canvas, page: canvas.drawString(72, 700, "A truce " * 9), size=(400, 800), pages=3)
    ).issue
    assert (issue.pages, issue.page_sizes) == (3, ((400, 800),) * 3)


def test_progress_begins_with_the_count() -> None:
    heard: list[tuple[int, int]] = []
    read_pdf_issue(with_pages(CONTENTS, CONTENTS), limits=Limits(), on_page=lambda *said: heard.append(said))
    assert heard == [(0, 2), (1, 2), (2, 2)]


def test_an_entered_date_is_kept() -> None:
    issue = read_pdf_issue(sound_pdf(), limits=Limits(), issue_date="2021-05-03").issue
    assert (issue.date, issue.date_basis) == ("2021-05-03", "entered")


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(Refusal, match="YYYY-MM-DD"):
        read_pdf_issue(sound_pdf(), limits=Limits(), issue_date="May 2021")


def test_a_scan_is_refused_with_what_to_do() -> None:
    assert refusal(hostile.scan()) == (
        "needs_ocr",
        "Its pages are pictures without text: they must be recognised first.",
    )


def test_fonts_that_hide_their_letters_are_refused() -> None:
    assert refusal(hostile.fonts_without_letters())[0] == "needs_ocr"


def test_text_on_its_side_alone_is_read_and_told() -> None:
    pdf = with_pages(b"BT /F1 11 Tf 0 1 -1 0 300 72 Tm (On its side) Tj ET")
    assert findings(pdf)["page_turned"] == "Page 1 was turned by 90 degrees."
    assert read(pdf).issue.page_sizes == ((612.0, 792.0),)


def test_text_drawn_as_curves_is_a_picture() -> None:
    letters = b" ".join(b"%d 500 m %d 520 l %d 500 l %d 510 m %d 510 l f" % tuple([72 + 9 * n] * 5) for n in range(90))
    assert refusal(with_pages(letters))[0] == "needs_ocr"


@pytest.mark.parametrize("how", [b"3 Tr", b"1 g", b"0 0 0 0 k", b"1 0 0 RG 1 Tr"])
def test_text_that_cannot_be_seen_is_text_all_the_same(how: bytes) -> None:
    """What lies under a scan is set so; nothing in a file may vanish for the colour it has."""
    (article,) = read(with_pages(CONTENTS.replace(b"BT ", b"BT " + how + b" "))).articles
    assert "the observers counted the weapons as they came in." in article.blocks[0].text


def test_a_crop_box_cuts_the_text_to_what_is_printed() -> None:
    page = objects()[3].replace(b"/Contents", b"/CropBox [0 600 612 792] /Contents")
    document = read(write_pdf(objects(o3=page)))
    assert document.issue.page_sizes == ((612.0, 192.0),)
    shown = " ".join(block.text for article in document.articles for block in article.blocks)
    # Eleven points high: of the last one only the tops are seen.
    assert shown.count("observers") == sum(720 - 14.3 * n + 11 > 600 for n in range(20)) == 10


def test_pages_that_all_fail_are_refused() -> None:
    bodies = objects(o5=b"<< /Type /Font /Subtype /Type0 /BaseFont /X >>")
    assert refusal(write_pdf(bodies))[0] == "unreadable_pages"


def test_a_page_without_text_is_a_finding_and_many_are_an_error() -> None:
    few = read(with_pages(*[CONTENTS] * 9, b"")).findings
    many = read(with_pages(CONTENTS, b"")).findings
    assert [f.severity for f in few if f.code == "page_without_text"] == ["info"]
    assert [(f.severity, f.message) for f in many if f.code == "page_without_text"] == [
        ("error", "Page 2 has no text.")
    ]


def test_letters_on_their_side_are_a_finding() -> None:
    pdf = with_pages(CONTENTS + b" BT /F1 11 Tf 0 1 -1 0 590 72 Tm (Aside) Tj ET")
    assert findings(pdf)["rotated_text_left_out"] == "Page 1: 5 letters that stand on their side were left out."


def test_recognised_text_is_a_finding() -> None:
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /GlyphLessFont /FirstChar 0 /LastChar 255 /Widths ["
        + b"500 " * 256
    )
    font += b"] /FontDescriptor << /Type /FontDescriptor /FontName /GlyphLessFont /Flags 32 /Descent -200 >> >>"
    assert "text_is_ocr" in findings(write_pdf(objects(o5=font)))


def test_a_handful_of_unknown_letters_is_a_finding() -> None:
    bodies = hostile._composite_font(b"")
    bodies[3] = bodies[3].replace(b"/F1 5 0 R", b"/F1 9 0 R /F2 5 0 R")
    bodies[9] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    bodies[4] = stream(CONTENTS + b" BT /F2 11 Tf 72 90 Td <00410042> Tj ET")
    assert (
        findings(write_pdf(bodies))["fonts_unmapped"]
        == "Page 1: 2 letters could not be told from their glyphs and stand as \ufffd."
    )


def test_damaged_links_are_a_finding() -> None:
    page = objects()[3].replace(b"/Contents", b"/Annots [<< /Subtype /Link /A << /URI (u) >> >>] /Contents")
    assert "links_unreadable" in findings(write_pdf(objects(o3=page)))


def test_a_very_short_text_is_a_finding() -> None:
    assert "text_short" in findings(with_pages(text_operators(["Only this."])))
    assert "text_short" not in findings(sound_pdf())


def test_what_was_left_out_is_told() -> None:
    pdf = ReportLabPages(head="Lowland Review").add(*Prose(1).paragraphs(40)).pdf()
    assert read(pdf).furniture[:2] == ("Lowland Review", "1")
    assert "Lowland Review" in findings(pdf)["furniture_dropped"]


def test_a_page_of_wide_gaps_is_called_unsure() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        for n in range(12):
            for m, word in enumerate(("Harbour", "Quay", "Delta", "Canal")[: 2 + n % 3]):
                canvas.drawString(72 + (m + n % 2) * 110, 700 - 14 * n, word)

    assert "reading_order_unsure" in findings(canvas_pdf(draw))
    assert "reading_order_unsure" not in findings(
        by_typst(typst_paragraphs(Prose(2).paragraphs(20)), page="columns: 3")
    )


def test_an_issue_with_contents_is_read_as_articles() -> None:
    prose = Prose(3)
    body = (
        '#place(top, scope: "parent", float: true)[#text(30pt, weight: "bold")[Lowland Review]\\ VOLUME IV | ISSUE 2]\n'
    )
    body += "#block(fill: luma(230), inset: 8pt, width: 100%)[p.1\\ A Truce on the Canals\\ Ana Rell\n\np.3\\ The Second Winter\\ Tom Ode]\n\n"
    texts: dict[str, list[str]] = {}
    for title, author in (("A Truce on the Canals", "Ana Rell"), ("The Second Winter", "Tom Ode")):
        texts[title] = prose.paragraphs(9)
        bio = f"{author} is a fellow of the Lowland Observatory."
        body += f'#block(text(16pt, weight: "bold")[{title}])\n\n{author}\n\n{typst_paragraphs(texts[title])}\n\n_{bio}_\n\n'
    document = read(by_typst(body, page="columns: 2"))
    assert (document.issue.publication, document.issue.volume, document.issue.number) == ("Lowland Review", "IV", 2)
    assert [(a.title, a.authors) for a in document.articles] == [
        ("A Truce on the Canals", ("Ana Rell",)),
        ("The Second Winter", ("Tom Ode",)),
    ]
    for article in document.articles:
        assert [block.text for block in article.blocks] == texts[article.title]


def test_findings_have_a_severity_and_one_sentence() -> None:
    for make in (hostile.one_page_damaged, hostile.media_box_endless, hostile.annotations_ring):
        for finding in read(make()).findings:
            assert finding.severity in SEVERE
            assert finding.message.endswith(".")
            assert "\n" not in finding.message
