"""What is settled on a page before its columns: boxes, initials, footnotes, edges and sizes."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.boxes import boxed
from monitor.ingest.layout.columns import Column
from monitor.ingest.layout.cutouts import Painted
from monitor.ingest.layout.initials import with_initials
from monitor.ingest.layout.lines import Edges, body_size, lines_of, style_of
from monitor.ingest.layout.page_notes import Before, with_lone_markers, without_footnotes
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.pdf.fonts import RAISED, cleaned, superior_digits
from monitor.ingest.pdf.printed_page import Box, Rule
from monitor.ingest.pdf.typefaces import Type, TypeCount, design_of
from monitor.ingest.pdf.words import Row, Word
from monitor.ingest.pieces import Style


def word(text: str, x0: float, base: float, *, size: float = 10, font: str = "Serif", marker: bool = False) -> Word:
    width = 0.5 * size * len(text)
    return Word(text, x0, x0 + width, base - 0.8 * size, base + 0.2 * size, base, size, font, marker=marker)


def row(text: str, base: float, *, x0: float = 50, size: float = 10, font: str = "Serif") -> Row:
    words, at = [], x0
    for part in text.split():
        words.append(word(part, at, base, size=size, font=font))
        at += 0.5 * size * (len(part) + 1)
    return Row(words)


def texts(rows: list[Row] | tuple[Row, ...]) -> list[str]:
    return [one.text for one in rows]


BODY = Type("serif", 10)


def page(*boxes: Box) -> Painted:
    return Painted(600, 800, boxes)


def test_rows_inside_a_box_are_parted_from_the_page() -> None:
    rows = [row("Outside above", 40), row("In the box now", 100), row("Outside below", 300)]
    left, (box,) = boxed(rows, page(Box(40, 80, 300, 120)), BODY)
    assert texts(left) == ["Outside above", "Outside below"]
    assert texts(box.rows) == ["In the box now"]


def test_a_row_that_passes_a_box_is_cut_at_its_edge() -> None:
    both = Row([*row("In the box", 100).words, *row("beside it", 100, x0=400).words])
    left, (box,) = boxed([both], page(Box(40, 80, 300, 120)), BODY)
    assert (texts(left), texts(box.rows)) == (["beside it"], ["In the box"])


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, 600, 800),
        Box(40, 80, 560, 120),
        Box(40, 98, 300, 104),
        Box(40, 80, 90, 120),
        Box(400, 400, 500, 500),
    ],
)
def test_backgrounds_bands_and_marks_are_no_boxes(box: Box) -> None:
    rows = [row("In the text itself", 100)]
    assert boxed(rows, page(box), BODY) == (rows, [])


@pytest.mark.parametrize(("lines", "found"), [(1, 0), (2, 1)])
def test_a_low_box_is_an_aside_where_it_holds_lines_in_a_type_of_their_own(lines: int, found: int) -> None:
    rows = [row("Five figures of the", 98, size=7), row("river in one box", 106, size=7)][:lines]
    assert len(boxed(rows, page(Box(40, 88, 300, 110)), BODY)[1]) == found


def test_boxes_within_boxes_are_one() -> None:
    rows = [row("Outer words here", 100), row("Inner words here", 150)]
    left, found = boxed(rows, page(Box(60, 140, 290, 175), Box(40, 80, 300, 200)), BODY)
    assert left == []
    assert [texts(box.rows) for box in found] == [["Outer words here", "Inner words here"]]


def test_boxes_of_one_width_far_from_each_other_are_two() -> None:
    rows = [row("Upper words here", 115), row("Lower words here", 515)]
    left, found = boxed(rows, page(Box(61, 100, 289, 135), Box(60, 500, 290, 535)), BODY)
    assert left == []
    assert sorted(texts(box.rows) for box in found) == [["Lower words here"], ["Upper words here"]]


def test_an_initial_goes_before_the_first_row_beside_it() -> None:
    rows = [row("he truce held", 100, x0=68), row("all winter long", 112, x0=68), row("and longer", 124)]
    cap = Row([word("T", 50, 122, size=30)])
    found = with_initials([*rows, cap], 10, vocabulary([]))
    assert texts(found) == ["The truce held", "all winter long", "and longer"]


def test_an_initial_in_the_row_of_its_baseline_is_found_there() -> None:
    first, second = row("he truce held", 100, x0=68), row("all winter long", 112, x0=68)
    second.words.insert(0, word("T", 50, 112, size=26))
    assert texts(with_initials([first, second], 10, vocabulary([]))) == ["The truce held", "all winter long"]


def test_an_initial_goes_under_no_line_above_it() -> None:
    names = Row([word("Jo", 50, 96), word("Roe", 70, 96)])
    rows = [names, row("he truce held", 108, x0=68), row("all winter long", 120, x0=68)]
    cap = Row([word("T", 50, 122, size=34)])
    assert texts(with_initials([*rows, cap], 10, vocabulary([])))[:2] == ["Jo Roe", "The truce held"]


def test_large_letters_with_nothing_beside_them_stay() -> None:
    rows = [Row([word("A", 50, 60, size=30)]), row("the text below", 200)]
    assert texts(with_initials(rows, 10, vocabulary([]))) == ["A", "the text below"]


def lines(*rows: Row) -> tuple[Row, ...]:
    return rows


def found_notes(*rows: Row, height: float = 200) -> tuple[list[str], list[str]]:
    printed = lines_of([Column(lines(*rows), 50, 250)], 1, 0)
    parted = without_footnotes(printed, 10, height)
    return [line.text for line in parted.lines], [" ".join(line.text for line in note) for note in parted.notes]


def test_small_numbered_lines_at_the_foot_are_footnotes() -> None:
    body, notes = found_notes(
        row("The truce held", 100),
        row("all winter.", 112),
        row("1. See above.", 150, size=8),
        row("2. The Delta Post says", 160, size=8),
        row("the same.", 170, size=8),
    )
    assert body == ["The truce held", "all winter."]
    assert notes == ["1. See above.", "2. The Delta Post says the same."]


def test_raised_labels_begin_footnotes() -> None:
    first = row("See above.", 150, x0=60, size=8)
    first.words.insert(0, word("7", 50, 147, size=5, marker=True))
    assert found_notes(row("The truce held.", 100), first) == (["The truce held."], ["[7] See above."])


def test_a_note_from_the_page_before_goes_on_first() -> None:
    _, notes = found_notes(
        row("The truce held.", 100), row("and nothing more.", 150, size=8), row("3. Ibid.", 160, size=8)
    )
    assert notes == ["and nothing more.", "3. Ibid."]


@pytest.mark.parametrize(
    "rows",
    [
        lines(row("The truce held.", 100), row("Small print without a number", 150, size=8)),
        lines(row("The truce held.", 100), row("1. The first point", 150)),
        lines(row("1. Small list high up", 20, size=8), row("The truce held.", 100)),
        lines(row("1. A column of", 150, size=8), row("2. small print only", 160, size=8)),
        lines(row("The truce held.", 100), row("[1] An endnote", 150, size=8)),
    ],
)
def test_other_small_or_numbered_lines_are_no_footnotes(rows: tuple[Row, ...]) -> None:
    assert found_notes(*rows)[1] == []


def test_edges_are_those_most_lines_keep() -> None:
    rows = [row("x" * 40, 12.0 * n) for n in range(8)]
    rows += [row("x" * 30, 200, x0=62), row("x" * 40, 212, x0=20)]
    (edges,) = {line.edges for line in lines_of([Column(tuple(rows), 0, 600)], 1, 0)}
    assert edges == Edges(50, 250, justified=True, region=600)


def test_a_few_lines_take_the_edges_of_the_column_they_stand_in() -> None:
    whole = Column(tuple(row("x" * 40, 12.0 * n) for n in range(9)), 50, 250)
    few = Column((row("xx xx", 200, x0=62), row("xx", 212, x0=62)), 50, 250)
    other = Column((row("xx xx", 200, x0=400),), 400, 600)
    found = lines_of([whole, few, other], 1, 0)
    assert found[9].edges == found[0].edges
    assert found[-1].edges.left == 400


def test_ragged_columns_are_not_justified() -> None:
    rows = tuple(row("x" * (30 + n), 12.0 * n) for n in range(12))
    assert not lines_of([Column(rows, 50, 300)], 1, 0)[0].edges.justified


def test_the_body_is_the_commonest_size_by_letters() -> None:
    pages = [[row("TITLE", 20, size=24), row("words of the body here", 60, size=10.2)], [row("1. small", 99, size=8)]]
    assert body_size(pages) == 10.0
    assert body_size([]) == 10.0


def test_a_style_is_that_of_most_letters() -> None:
    mixed = [
        word("The", 0, 0),
        word("Delta Post", 9, 0, font="Serif-BoldItalic"),
        word("1", 30, 0, size=5, marker=True),
    ]
    assert style_of(mixed) == Style(10, bold=True, italic=True, family="Serif")
    assert style_of(mixed[:1]) == Style(10, bold=False, italic=False, family="Serif")


@pytest.mark.parametrize(
    ("glyph", "text"),
    [
        ("a", "a"),
        ("\ufb03", "ffi"),
        ("\u00a0", " "),
        ("\t", " "),
        ("\u00ad", "\u00ad"),
        ("\x00", ""),
        ("\u200b", ""),
        ("\ud800", ""),
        ("(cid:12)", "\ufffd"),
        ("½", "½"),
        ("ffi", "ffi"),
    ],
)
def test_a_glyph_reads_as_letters(glyph: str, text: str) -> None:
    assert cleaned(glyph) == text


class Font:
    """A font's table of letters, as pdfminer has it."""

    def __init__(self, letters: dict[int, str], widths: dict[int, float]) -> None:
        self.unicode_map = type("Map", (), {"cid2unichr": letters})()
        self._widths = widths

    def char_width(self, cid: int) -> float:
        return self._widths.get(cid, 0.5)


@pytest.mark.parametrize(
    ("letters", "widths", "raised"),
    [
        ({1: "1", 2: "2"}, {}, set()),
        ({1: "1", 2: "2", 3: "2"}, {3: 0.3}, {3}),
        ({1: "1", 2: "2", 3: "1"}, {3: 0.3}, {3}),
        ({1: "1", 2: "2"}, {1: 0.3}, set()),
        ({1: "7", 2: "2"}, {1: 0.3}, {1}),
        ({1: "1", 2: "2", 3: "3", 4: "3"}, {1: 0.3, 4: 0.3}, {1, 4}),
        ({1: "a", 2: "b"}, {}, set()),
        ({}, {}, set()),
    ],
)
def test_narrow_twins_of_digits_are_superscripts(
    letters: dict[int, str], widths: dict[int, float], raised: set[int]
) -> None:
    assert superior_digits(Font(letters, widths)) == raised
    assert "12".translate(RAISED) == "¹²"


def test_fonts_without_a_table_have_no_superscripts() -> None:
    assert superior_digits(object()) == frozenset()


def cap_before(cap: str, first: str, *, others: str = "") -> str:
    """Return the first of two rows beside an initial, in an issue that has other words too."""
    x0 = 53.0 + 15 * len(cap)
    rows = [row(first, 100, x0=x0), row("all winter long", 112, x0=x0), Row([word(cap, 50, 122, size=30)])]
    return texts(with_initials(rows, 10, vocabulary([first, others])))[0]


@pytest.mark.parametrize(
    ("cap", "first", "reads"),
    [
        ("A", "committee met", "A committee met"),
        ("A", "fter the truce", "After the truce"),
        ("A", "Syrian envoy", "A Syrian envoy"),
        ("I", "remember it", "I remember it"),
        ("I", "n the harbour", "In the harbour"),
        ("T", "he truce held", "The truce held"),
        ("Th", "ey came down", "They came down"),
        ("\u201cT", "he truce held", "\u201cThe truce held"),
        ("A", "CCORDING to", "ACCORDING to"),
    ],
)
def test_an_initial_is_a_word_or_begins_one(cap: str, first: str, reads: str) -> None:
    assert cap_before(cap, first) == reads


def test_an_initial_is_a_word_where_the_issue_knows_the_one_beside_it() -> None:
    assert cap_before("A", "zorbil met", others="the zorbil came") == "A zorbil met"
    assert cap_before("A", "zorbil met") == "Azorbil met"


@pytest.mark.parametrize("cap", ["The", "7", "t", "-"])
def test_other_large_signs_are_no_initials(cap: str) -> None:
    assert cap_before(cap, "he truce held") == "he truce held"


def feet(*rows: Row, rules: tuple[Rule, ...] = (), before: Before | None = None) -> tuple[list[str], list[str]]:
    printed = lines_of([Column(rows, 50, 250)], 1, 0)
    parted = without_footnotes(printed, 10, 200, before, rules)
    return [line.text for line in parted.lines], [" ".join(line.text for line in note) for note in parted.notes]


@pytest.mark.parametrize("sign", ["* ", "\u2020 ", "**", "\u00a7 "])
def test_signs_begin_footnotes(sign: str) -> None:
    _, notes = feet(row("The truce held.", 100), row(f"{sign}The author is here.", 150, size=8))
    assert notes == [f"{sign}The author is here."]


def test_notes_under_their_heading_are_no_footnotes() -> None:
    rows = (row("The truce held.", 100), row("Notes", 130), row("1. See above.", 150, size=8))
    assert feet(*rows)[1] == []
    assert feet(row("The truce.", 100), row("2. See above.", 150, size=8), before=Before(endnotes=True))[1] == []


RULE = (Rule(50, 140, 110, 140),)


def test_a_rule_over_a_biography_parts_no_footnotes() -> None:
    rows = (
        row("The truce held.", 100),
        row("Ann Ros writes on salt.", 130, size=9),
        row("Endnotes", 142, size=9),
        row("1. See above.", 154, size=8),
    )
    body, notes = feet(*rows, rules=(Rule(50, 115, 120, 115.5),))
    assert (body, notes) == (["The truce held.", "Ann Ros writes on salt.", "Endnotes", "1. See above."], [])


@pytest.mark.parametrize(
    ("printed", "notes"),
    [
        (("1. The only harbour within", "235 miles of it."), ["1. The only harbour within 235 miles of it."]),
        (
            ("1. Salt, compared with", "2 percent then.", "2. Tar."),
            ["1. Salt, compared with 2 percent then.", "2. Tar."],
        ),
        (("1 Salt, compared with", "2 percent then.", "2 Tar."), ["1 Salt, compared with 2 percent then.", "2 Tar."]),
        (("1 A short history", "2 Sluice and State"), ["1 A short history", "2 Sluice and State"]),
        (("1 Ibid.", "3 Sluice and State"), ["1 Ibid.", "3 Sluice and State"]),
        (("1. The only harbour", "2. Ibid."), ["1. The only harbour", "2. Ibid."]),
        (("and of salt", "2 Ibid."), ["and of salt", "2 Ibid."]),
    ],
)
def test_a_number_within_a_sentence_begins_no_footnote(printed: tuple[str, ...], notes: list[str]) -> None:
    rows = [row(text, 150 + 10 * n, size=8) for n, text in enumerate(printed)]
    assert found_notes(row("The truce held.", 100), *rows) == (["The truce held."], notes)


def test_below_a_rule_a_footnote_may_be_nearly_as_large_as_the_text() -> None:
    rows = (row("The truce held.", 100), row("1. See above.", 150, size=9.5))
    assert feet(*rows, rules=RULE)[1] == ["1. See above."]
    assert feet(*rows)[1] == []


def test_a_footnote_goes_on_below_the_rule_of_the_next_page() -> None:
    rows = (row("The truce held.", 100), row("and nobody else.", 150, size=8))
    assert feet(*rows, rules=RULE, before=Before(footnote=True))[1] == ["and nobody else."]
    assert feet(*rows, rules=RULE)[1] == []


def test_an_underline_is_no_rule_over_footnotes() -> None:
    rows = (row("The truce.", 100), row("1. See example.org", 150, size=8), row("2. Ibid.", 160, size=8))
    assert feet(*rows, rules=(*RULE, Rule(60, 151.5, 110, 151.5)))[1] == ["1. See example.org", "2. Ibid."]


def test_the_page_before_is_told_whether_its_last_footnote_has_ended() -> None:
    before = Before()
    feet(row("The truce held.", 100), row("1. See the harbour and", 150, size=8), before=before)
    assert before.footnote
    feet(row("The truce held.", 100), row("1. See above.", 150, size=8), before=before)
    assert not before.footnote


def test_a_raised_number_alone_on_its_line_ends_the_line_before() -> None:
    rows = (row("the truce held.", 100), Row([word("12", 50, 109, size=6)]), row("And then", 130))
    found = with_lone_markers(lines_of([Column(rows, 50, 250)], 1, 0), 10)
    assert [line.text for line in found] == ["the truce held.[12]", "And then"]
    far = lines_of([Column((rows[0], Row([word("12", 50, 160, size=6)])), 50, 250)], 1, 0)
    assert with_lone_markers(far, 10) == far


@pytest.mark.parametrize(
    ("font", "design"),
    [
        ("TimesNewRomanPSMT", "timesnew"),
        ("TimesNewRomanPS-BoldItalicMT", "timesnew"),
        ("Helvetica-Oblique", "helvetica"),
        ("CMR10", "computer modern"),
        ("CMTI8", "computer modern"),
        ("TeX-Gyre-Termes-Bold", "texgyretermes"),
        ("TeX-Gyre-Heros", "texgyreheros"),
        ("Roman", "roman"),
    ],
)
def test_a_design_has_many_fonts(font: str, design: str) -> None:
    assert design_of(font) == design


def test_the_body_type_is_that_of_most_letters() -> None:
    count = TypeCount([row("a long line of text", 10), row("more", 20, size=8), row("HEAD", 30, font="Sans-Bold")])
    assert count.body() == Type("serif", 10)
    assert count.is_common(Type("serif", 10.3))
    assert not count.is_common(Type("sans", 10))
