"""Laws of reading that hold for any text and any place of a break: what was one stays one, what was two stays two."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.layout.columns import columns_of
from monitor.ingest.layout.joining import join_lines
from monitor.ingest.layout.line_groups import line_groups
from monitor.ingest.layout.lines import Edges, Line
from monitor.ingest.layout.page_notes import without_footnotes
from monitor.ingest.layout.running_heads import PageRows, cleared
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.pdf.printed_page import Glyph, PageLink
from monitor.ingest.pdf.words import NO_LINK, Row, Word, joined, rows_of
from monitor.ingest.pieces import Style

COMMON = [
    "the",
    "council",
    "met",
    "in",
    "harbour",
    "and",
    "voted",
    "on",
    "new",
    "terms",
    "of",
    "truce",
    "after",
    "long",
    "winter",
]
WORDS = st.lists(st.sampled_from([*COMMON, "Army", "(BRA)", "Akhundzada,", "Anglo-Irish", "12,000"]), min_size=4)
EDGES = Edges(50, 250)


def word(text: str, x0: float, base: float, size: float = 10) -> Word:
    return Word(text, x0, x0 + size / 2 * len(text), base - 0.8 * size, base + 0.2 * size, base, size, "Serif")


def set_words(words: list[str]) -> list[Line]:
    """Return words set ragged in lines of forty letters, one column, twelve points apart."""
    rows: list[list[str]] = [[]]
    for text in words:
        if rows[-1] and len(" ".join([*rows[-1], text])) > 40:
            rows.append([])
        rows[-1].append(text)
    return [line_of(row, 100.0 + 12 * n) for n, row in enumerate(rows)]


def line_of(texts: list[str], base: float, *, style: Style | None = None, page: int = 1) -> Line:
    words, at = [], 50.0
    for text in texts:
        words.append(word(text, at, base))
        at = words[-1].x1 + 5
    x1 = words[-1].x1
    return Line(tuple(words), page, 0, EDGES, joined(words), style or Style(10), 50, x1, base - 8, base + 2, base)


def broken_at(lines: list[Line], places: list[int]) -> list[Line]:
    """Return the lines as they stand when a new column begins at each of these places."""
    moved = []
    for n, line in enumerate(lines):
        column = sum(place <= n for place in places)
        first = max([0, *(place for place in places if place <= n)])
        shift = 100 + 12 * (n - first) - line.base
        moved.append(
            replace(line, column=column, base=line.base + shift, top=line.top + shift, bottom=line.bottom + shift)
        )
    return moved


@given(WORDS, st.lists(st.integers(1, 30), max_size=3))
def test_a_sentence_broken_over_columns_anywhere_is_one_paragraph(words: list[str], places: list[int]) -> None:
    lines = broken_at(set_words(words), places)
    groups = line_groups(lines)
    assert [group.continues for group in groups] == [None] + [True] * (len(groups) - 1)
    text = join_lines([line for group in groups for line in group.lines], {}, vocabulary([" ".join(words)])).text
    assert text == " ".join(words)


LONG = st.lists(st.sampled_from(COMMON), min_size=30, max_size=60)


@given(st.lists(LONG, min_size=2, max_size=4))
def test_paragraphs_with_white_between_them_stay_apart(paragraphs: list[list[str]]) -> None:
    lines: list[Line] = []
    base = 100.0
    for words in paragraphs:
        for line in set_words([*words, "so."]):
            shift = base - line.base
            lines.append(replace(line, base=base, top=line.top + shift, bottom=line.bottom + shift))
            base += 12
        base += 8
    assert [group.lines[-1].text.endswith("so.") for group in line_groups(lines)] == [True] * len(paragraphs)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_a_word_the_issue_knows_comes_back_from_any_break(paragraphs: list[list[str]], data: st.DataObject) -> None:
    words = [text for words in paragraphs for text in words]
    known = vocabulary([" ".join(words)])
    at = data.draw(st.integers(0, len(words) - 1))
    broken = words[at]
    cut = data.draw(st.integers(1, len(broken) - 1))
    if not broken.isalpha():
        return
    lines = [line_of([*words[:at], broken[:cut] + "-"], 100), line_of([broken[cut:], *words[at + 1 :]], 112)]
    assert join_lines(lines, {}, known).text == " ".join(words)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=3, max_size=12), st.integers(8, 40))
def test_two_columns_are_read_left_before_right(rows: list[tuple[list[str], list[str]]], gutter: int) -> None:
    printed: list[Row] = []
    for n, (left, right) in enumerate(rows):
        texts = " ".join(left)[:30].split(), " ".join(right)[:30].split()
        words: list[Word] = []
        for side, x in zip(texts, (50.0, 50.0 + 150 + gutter), strict=True):
            at = x
            for text in side:
                words.append(word(text, at, 100 + 12 * n))
                at = words[-1].x1 + 2.5
        printed.append(Row(words))
    columns = columns_of(printed, 10)
    assert [round(column.rows[0].x0) for column in columns] == [50, 200 + gutter]
    assert [len(column.rows) for column in columns] == [len(rows), len(rows)]


HEADS = st.lists(
    st.lists(st.sampled_from(["River Review", "7", "Page 3 of 9", "truce", "of 1992"]), max_size=6), max_size=5
)


@given(HEADS, st.integers(0, 60))
def test_each_row_is_text_or_furniture_and_the_middle_is_text(pages: list[list[str]], top: int) -> None:
    printed = [
        PageRows(number, 800, tuple(Row([word(text, 50, top + 150.0 * n)]) for n, text in enumerate(rows)))
        for number, rows in enumerate(pages, start=1)
    ]
    found = cleared(printed)
    for before, after in zip(printed, found.pages, strict=True):
        dropped = [row for row in before.rows if row not in after.rows]
        assert {row.text for row in dropped} <= set(found.furniture)
        assert [row for row in before.rows if 100 < row.base < 700] == [r for r in after.rows if 100 < r.base < 700]
    assert len(set(found.furniture)) == len(found.furniture)


SIZES = st.lists(st.tuples(st.sampled_from([7.0, 8.0, 10.0, 14.0]), st.sampled_from(["1. See", "so it", "12 Ibid"])))


@given(SIZES, st.integers(0, 700))
def test_footnotes_are_the_end_of_a_column_and_nothing_is_lost(rows: list[tuple[float, str]], top: int) -> None:
    lines = [line_of(text.split(), top + 12.0 * n, style=Style(size)) for n, (size, text) in enumerate(rows)]
    found = without_footnotes(lines, 10, 800)
    assert [*found.lines, *(line for note in found.notes for line in note)] == lines
    assert all(line.style.size < 10 and line.base >= 320 for note in found.notes for line in note)


LETTERS = st.lists(st.tuples(st.sampled_from("aé1.Ḥ "), st.floats(0.01, 3)), min_size=1, max_size=40)


@given(LETTERS)
def test_letters_of_one_line_read_in_order_whatever_their_gaps(letters: list[tuple[str, float]]) -> None:
    glyphs, x = [], 50.0
    for letter, gap in letters:
        glyphs.append(Glyph(letter, x, x + 5, 92, 102, 100, 10, "Serif"))
        x += 5 + gap
    rows = rows_of(glyphs)
    assert "".join(row.text.replace(" ", "") for row in rows) == "".join(text for text, _ in letters).replace(" ", "")
    for one, other in pairwise(word for row in rows for word in row.words):
        assert one.x1 <= other.x0


@given(st.integers(1, 12), st.integers(0, 11), st.floats(0, 8))
def test_a_link_covers_the_words_in_it_and_no_others(count: int, at: int, slack: float) -> None:
    at = at % count
    glyphs = [
        Glyph("a", 50 + 30 * n + 5 * m, 55 + 30 * n + 5 * m, 92, 102, 100, 10, "S")
        for n in range(count)
        for m in range(4)
    ]
    link = PageLink(50 + 30 * at - slack, 90, 70 + 30 * at + slack, 104, "https://example.org/")
    (row,) = rows_of(glyphs, [link])
    assert [word.link != NO_LINK for word in row.words] == [n == at for n in range(count)]
