"""Whole pages: what was set comes back, paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest_pdf.makers import (
    ReportLabPages,
    as_string,
    by_fpdf,
    by_fpdf_columns,
    by_typst,
    canvas_pdf,
    laid,
    texts,
    typst_paragraphs,
)
from tests.ingest_pdf.prose import Prose

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


@pytest.mark.parametrize("seed", range(4))
def test_one_column_by_typst_comes_back(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(14)
    assert texts(by_typst(typst_paragraphs(paragraphs))) == paragraphs


@pytest.mark.parametrize("seed", range(4))
def test_two_columns_by_typst_come_back_over_their_breaks(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(30)
    assert texts(by_typst(typst_paragraphs(paragraphs), page="columns: 2")) == paragraphs


@pytest.mark.parametrize("seed", range(4))
def test_first_line_indents_without_leading_part_paragraphs(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(30)
    par = "justify: true, leading: 0.65em, spacing: 0.65em, first-line-indent: (amount: 1.2em, all: true)"
    assert texts(by_typst(typst_paragraphs(paragraphs), page="columns: 2", par=par)) == paragraphs


@pytest.mark.parametrize("seed", range(3))
def test_ragged_columns_come_back(seed: int) -> None:
    """Only a paragraph that fills its last line at a column's foot cannot be told from one that goes on."""
    paragraphs = Prose(seed).paragraphs(30)
    found = texts(by_typst(typst_paragraphs(paragraphs), page="columns: 2", par="justify: false"))
    assert " ".join(found) == " ".join(paragraphs)
    assert len(found) >= 29


@pytest.mark.parametrize("seed", range(3))
def test_two_columns_by_reportlab_come_back_without_heads_and_folios(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(34)
    pages = ReportLabPages(columns=2, head="Lowland Review, Volume IV").add(*paragraphs)
    found = laid(pages.pdf())
    assert [piece.text for piece in found.pieces] == paragraphs
    assert found.pages.furniture == ("Lowland Review, Volume IV", "1", "2", "3", "4")
    assert dict(found.pages.printed) == {1: 1, 2: 2, 3: 3, 4: 4}


@pytest.mark.parametrize("seed", range(3))
def test_one_column_by_reportlab_with_indents_comes_back(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(20)
    assert texts(ReportLabPages(indent=14, space=0).add(*paragraphs).pdf()) == paragraphs


@pytest.mark.parametrize("seed", range(3))
def test_one_column_by_fpdf_comes_back_with_its_title(seed: int) -> None:
    paragraphs = Prose(seed).paragraphs(9)
    pdf = by_fpdf(paragraphs, title="A Truce on the Lowland Canals")
    assert texts(pdf) == ["A Truce on the Lowland Canals", *paragraphs]


def test_heads_stand_alone_and_tell_how_they_are_set() -> None:
    prose = Prose(5)
    first, second = prose.paragraph(), prose.paragraph()
    pages = ReportLabPages(columns=2).add("A Truce on the Canals", size=16, bold=True, before=8).add(first)
    pages.add("The Second Winter", size=11, bold=True, before=8).add(second)
    pieces = laid(pages.pdf()).pieces
    assert [piece.text for piece in pieces] == ["A Truce on the Canals", first, "The Second Winter", second]
    assert [(piece.style.size, piece.style.bold, piece.style.family) for piece in pieces if piece.style] == [
        (16, True, "Helvetica"),
        (10, False, "Times"),
        (11, True, "Helvetica"),
        (10, False, "Times"),
    ]


def test_a_title_over_two_lines_is_one_piece() -> None:
    body = typst_paragraphs(Prose(6).paragraphs(6))
    title = "The Long Road from the Salt Front to the Constitutional Assembly"
    pdf = by_typst(f'#text(20pt, weight: "bold")[{title}]\n\n{body}', page="columns: 2", par="justify: false")
    assert texts(pdf)[0] == title


def test_a_title_across_both_columns_comes_before_them() -> None:
    paragraphs = Prose(7).paragraphs(20)
    head = '#place(top, scope: "parent", float: true, text(22pt, weight: "bold")[Lowland Review of Truces and Terms])\n'
    assert texts(by_typst(head + typst_paragraphs(paragraphs), page="columns: 2")) == [
        "Lowland Review of Truces and Terms",
        *paragraphs,
    ]


def test_three_columns_are_a_cut_within_a_cut() -> None:
    paragraphs = Prose(8).paragraphs(30)
    assert texts(by_typst(typst_paragraphs(paragraphs), page="columns: 3, flipped: true")) == paragraphs


def test_a_paragraph_that_ends_in_a_year_alone_on_its_line_keeps_it() -> None:
    lines = ["The delegations will meet again in the old harbour before the end of spring", "2021)."]
    pdf = canvas_pdf(lambda canvas, page: [canvas.drawString(72, 700 - 640 * n, text) for n, text in enumerate(lines)])
    assert texts(pdf) == lines[:1] + lines[1:]


def test_a_grey_box_with_page_references_is_the_contents() -> None:
    paragraphs = Prose(9).paragraphs(20)
    box = (
        "#block(fill: luma(230), inset: 10pt, width: 100%)[*In This Issue*\\ p.2\\ A Truce on the Canals\\ p.4\\ "
        "The Second Winter]\n\n"
    )
    pieces = laid(by_typst(box + typst_paragraphs(paragraphs), page="columns: 2")).pieces
    contents = [piece for piece in pieces if piece.aside == "contents"]
    assert [row for piece in contents for row in piece.rows] == [
        "In This Issue",
        "p.2",
        "A Truce on the Canals",
        "p.4",
        "The Second Winter",
    ]
    assert [piece.text for piece in pieces if piece.aside is None] == paragraphs


def test_a_grey_box_in_the_text_is_a_sidebar_after_the_paragraph_it_interrupts() -> None:
    prose = Prose(10)
    before, after = prose.paragraphs(3), prose.paragraphs(3)
    note = "Who Is Who. The Salt Front split from the River League in the spring and kept its own treasury."
    box = f"#block(fill: luma(230), inset: 8pt, width: 100%)[{note}]"
    pdf = by_typst(f"{typst_paragraphs(before)}\n\n{box}\n\n{typst_paragraphs(after)}", page="columns: 2")
    pieces = laid(pdf).pieces
    assert [piece.text for piece in pieces] == [*before, note, *after]
    assert [piece.aside for piece in pieces] == [None] * 3 + ["sidebar"] + [None] * 3


def test_raised_digits_become_markers_and_exponents_do_not() -> None:
    pages = ReportLabPages().add(
        "The front held 40 km<super>2</super> of marsh.<super>1</super> Its treasury was small.<super>12</super>",
        "It counted 10<super>6</super> coins.",
    )
    assert texts(pages.pdf()) == [
        "The front held 40 km² of marsh.[1] Its treasury was small.[12]",
        "It counted 10⁶ coins.",
    ]


def test_superscripts_of_the_font_itself_become_markers() -> None:
    body = "The front held the marsh.#super[1] Its treasury, kept since 1982, was small.#super[23] Nobody counted it."
    assert texts(by_typst(body)) == [
        "The front held the marsh.[1] Its treasury, kept since 1982, was small.[23] Nobody counted it."
    ]


def test_scaled_superscripts_become_markers() -> None:
    body = (
        "#set super(typographic: false)\nThe front held the marsh.#super[1] Its treasury was small.#super[23] Nobody."
    )
    assert texts(by_typst(body)) == ["The front held the marsh.[1] Its treasury was small.[23] Nobody."]


def test_letters_of_a_fallback_font_stay_in_their_words() -> None:
    text = "Sheikh Ḥasan al-Dīn of Ṭarmūn met ʿAbd al-Raḥmān and Agnieszka Żółkiewska at Çatak, near the Øre canal."
    assert texts(by_typst(as_string(text))) == [text]


def test_notes_under_their_heading_are_parted_by_their_numbers() -> None:
    prose = Prose(11)
    notes = [f"[{n}] {prose.sentence()} {prose.sentence()}" for n in range(1, 16)]
    body = f"{typst_paragraphs(prose.paragraphs(8))}\n\n*Notes*\n\n#set text(8.5pt)\n{typst_paragraphs(notes)}"
    assert texts(by_typst(body, page="columns: 2"))[-15:] == notes


def test_links_keep_their_place_among_equal_texts() -> None:
    body = (
        'Reports differ (#link("https://example.org/a")[Delta Post], March 3; #link("https://example.org/b")[Delta Post],'
        ' March 4; Delta Post, March 5; #link("https://example.org/c?d=1&e=%20f")[Harbour Gazette], March 6, 2021).'
    )
    (piece,) = laid(by_typst(body)).pieces
    assert [(piece.text[link.start : link.end], link.url) for link in piece.links] == [
        ("Delta Post", "https://example.org/a"),
        ("Delta Post", "https://example.org/b"),
        ("Harbour Gazette", "https://example.org/c?d=1&e=%20f"),
    ]
    assert [link.start for link in piece.links] == [16, 37, 79]


def test_a_link_over_two_lines_is_one() -> None:
    label = "the complete register of the cantonments of the river province and of its neighbours"
    filler = "The council has published, after much delay and many promises to the delegations,"
    (piece,) = laid(by_typst(f'{filler} #link("https://example.org/long")[{label}], as the memorandum asked.')).pieces
    assert [(piece.text[link.start : link.end], link.url) for link in piece.links] == [
        (label, "https://example.org/long")
    ]


def test_italics_are_known_by_their_place() -> None:
    (piece,) = laid(by_typst("He edits _The Lowland Times_ and reads _nothing_ else.")).pieces
    assert [piece.text[start:end] for start, end in piece.italics] == ["The Lowland Times", "nothing"]


def test_regions_cover_a_paragraph_in_each_column_it_touches() -> None:
    pieces = laid(by_typst(typst_paragraphs(Prose(12).paragraphs(30)), page="columns: 2")).pieces
    broken = [piece for piece in pieces if len(piece.regions) > 1]
    assert broken
    for piece in broken:
        first, second = piece.regions[:2]
        assert (second.page, second.bbox[0]) != (first.page, first.bbox[0])
    assert all(60 - 2 <= region.bbox[0] < region.bbox[2] <= 552 + 2 for p in pieces for region in p.regions)


def with_footnotes(prose: Prose, count: int) -> tuple[str, list[str], list[str]]:
    """Return Typst paragraphs with a footnote each, what they read as, and the notes."""
    source, read, notes = [], [], []
    for n in range(1, count + 1):
        first, rest, note = prose.sentence(), prose.paragraph(4), prose.sentence()
        source.append(f"{as_string(first)}#footnote[{as_string(note)}] {as_string(rest)}")
        read.append(f"{first}[{n}] {rest}")
        notes.append(f"[{n}] {note}")
    return "\n\n".join(source), read, notes


@pytest.mark.parametrize("columns", [1, 2])
def test_footnotes_stand_apart_and_interrupt_nothing(columns: int) -> None:
    source, read, notes = with_footnotes(Prose(23), 18)
    pieces = laid(by_typst(source, page=f"columns: {columns}")).pieces
    assert [piece.text for piece in pieces if piece.aside is None] == read
    assert [piece.text for piece in pieces if piece.aside == "footnote"] == notes


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_by_fpdf_come_back(columns: int) -> None:
    paragraphs = Prose(columns).paragraphs(20)
    assert texts(by_fpdf_columns([("", paragraphs)], columns=columns)) == paragraphs


def test_balanced_bands_under_titles_are_read_band_by_band() -> None:
    prose = Prose(24)
    bands = [
        (title, prose.paragraphs(4))
        for title in ("A Truce on the Canals", "The Second Winter", "Rifles in the Harbour")
    ]
    assert texts(by_fpdf_columns(bands, columns=2)) == [text for title, band in bands for text in (title, *band)]


def test_an_initial_over_three_lines_begins_its_word() -> None:
    text = Prose(25).paragraph(6)

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Times-Bold", 38)
        canvas.drawString(60, 675, text[0])
        canvas.setFont("Times-Roman", 10)
        rest, row = text[1:].split(), 0
        while rest:
            left = 90 if row < 3 else 60
            line = [rest.pop(0)]
            while rest and canvas.stringWidth(" ".join([*line, rest[0]]), "Times-Roman", 10) < 460 - left:
                line.append(rest.pop(0))
            canvas.drawString(left, 700 - 12.5 * row, " ".join(line))
            row += 1

    assert texts(canvas_pdf(draw)) == [text]


def test_a_table_within_a_column_is_read_row_by_row() -> None:
    prose = Prose(26)
    before, after = prose.paragraphs(4), prose.paragraphs(4)
    table = "#table(columns: 3, [Port], [2020], [2021], [Old Harbour], [1,204], [988], [Salt Quay], [310], [455])"
    pdf = by_typst(f"{typst_paragraphs(before)}\n\n{table}\n\n{typst_paragraphs(after)}", page="columns: 2")
    found = " ".join(texts(pdf))
    assert "Port 2020 2021 Old Harbour 1,204 988 Salt Quay 310 455" in found
    assert [text for text in [*before, *after] if text not in found] == []


def test_a_side_column_of_contents_is_told_from_the_text() -> None:
    paragraphs = Prose(27).paragraphs(6)
    side = "Inside\\ p.2\\ The Second Winter\\ Ana Rell\\ p.5\\ Rifles in the Harbour\\ Tom Ode\\ p.7\\ Last Words"
    grid = f"#grid(columns: (1fr, 130pt), gutter: 16pt, [{typst_paragraphs(paragraphs)}], [#set par(justify: false)\n{side}])"
    pieces = laid(by_typst(grid)).pieces
    assert [piece.text for piece in pieces if piece.aside is None] == paragraphs
    contents = [row for piece in pieces if piece.aside == "contents" for row in piece.rows]
    assert contents == [row.strip() for row in side.split("\\")]


def test_letter_spaced_titles_keep_their_words() -> None:
    body = f"#text(tracking: 3pt, size: 18pt)[RIVER LEAGUE NEWS]\n\n{typst_paragraphs(Prose(28).paragraphs(3))}"
    assert texts(by_typst(body))[0] == "RIVER LEAGUE NEWS"


def test_hanging_indents_part_nothing() -> None:
    paragraphs = Prose(29).paragraphs(20)
    par = "justify: true, hanging-indent: 14pt"
    assert texts(by_typst(typst_paragraphs(paragraphs), page="columns: 2", par=par)) == paragraphs


def test_accents_set_as_letters_of_their_own_are_composed() -> None:
    assert texts(by_typst(as_string("Cafe\u0301 Ze\u0301lande and A\u030angstro\u0308m"))) == [
        "Café Zélande and Ångström"
    ]
