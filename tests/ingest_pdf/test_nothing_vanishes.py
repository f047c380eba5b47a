"""Every letter of a page is in a piece or among the furniture, whatever the page looks like, in time that grows with it."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.sandbox import read_guarded
from monitor.ingest.layout.laying_out import PageStore, laid_out
from monitor.ingest.layout.running_heads import cleared
from monitor.ingest.pdf.printed_page import Box, Glyph, PageLink, PrintedPage, Rule
from monitor.ingest.refusals import Refusal
from tests.ingest_pdf.makers import by_typst, laid, pages_of, typst_paragraphs
from tests.ingest_pdf.prose import Prose
from tests.ingest_pdf.test_samples import SLUGS, pdf_of

if TYPE_CHECKING:
    from pathlib import Path

# What reading adds or takes away: hyphens at line ends, brackets and commas of markers, order of letters.
IGNORED = re.compile(r"[-\[\],;\s\u00ad\u2010]")


def counted(text: str) -> Counter[str]:
    return Counter(IGNORED.sub("", text))


def printed_letters(pages: list[PrintedPage]) -> Counter[str]:
    drawn = "".join(glyph.text for page in pages for glyph in page.glyphs)
    return counted(drawn.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def read_letters(pages: list[PrintedPage]) -> Counter[str]:
    """Return the letters of all pieces and of the furniture, as often as it is printed."""
    store = PageStore()
    for page in pages:
        store.add(page)
    found = laid_out(store)
    text = "".join(piece.text for piece in found.pieces)
    rows = Counter(row.text for page in store.rows for row in page.rows)
    kept = Counter(row.text for page in cleared(store.rows).pages for row in page.rows)
    dropped = rows - kept
    assert set(dropped) == set(found.pages.furniture)
    return counted(text + "".join(dropped.elements()))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_letter_of_a_sample_vanishes(slug: str) -> None:
    pages = pages_of(pdf_of(slug).read_bytes())
    assert read_letters(pages) == printed_letters(pages)


@pytest.mark.parametrize("page", ["", "columns: 2", "columns: 3", "columns: 4, flipped: true"])
def test_no_letter_of_a_typeset_page_vanishes(page: str) -> None:
    pages = pages_of(by_typst(typst_paragraphs(Prose(51).paragraphs(12)), page=page))
    assert read_letters(pages) == printed_letters(pages)


SPOTS = st.tuples(st.integers(0, 60), st.integers(0, 50), st.sampled_from([6.0, 10.0, 10.0, 17.0, 30.0]))
WORDS = st.text(alphabet="abcdef.", min_size=1, max_size=5)
PLACES = st.tuples(*[st.integers(0, 500)] * 2, *[st.integers(0, 400)] * 2)
BOXES = PLACES.map(lambda p: Box(p[0], p[1], p[0] + p[2], p[1] + p[3]))
LEVEL = PLACES.map(lambda p: Rule(p[0] // 50 * 50, p[1] // 15 * 15, p[0] // 50 * 50 + p[2] // 90 * 90, p[1] // 15 * 15))
UPRIGHT = PLACES.map(lambda p: Rule(p[0] // 50 * 50, p[1] // 15 * 15, p[0] // 50 * 50, p[1] // 15 * 15 + p[3]))
FONTS = st.sampled_from(["Serif", "Serif-Italic", "Sans", "Sans-Bold"])


def scattered(spots: list[tuple[tuple[int, int, float], str]]) -> tuple[Glyph, ...]:
    """Return words set at places of a grid, not upon each other."""
    glyphs: list[Glyph] = []
    taken: set[tuple[int, int]] = set()
    for (column, line, size), text in spots:
        cells = {(column + n, line + m) for n in range(-8, 9) for m in range(-3, 4)}
        if cells & taken:
            continue
        taken.add((column, line))
        base = 20 + 15.0 * line
        for n, letter in enumerate(text):
            x0 = 10 + 9.0 * column + 0.5 * size * n
            glyphs.append(Glyph(letter, x0, x0 + 0.5 * size, base - 0.8 * size, base + 0.2 * size, base, size, "F"))
    return tuple(glyphs)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(st.tuples(SPOTS, WORDS), max_size=25).map(scattered), min_size=1, max_size=3),
    st.lists(BOXES, max_size=3),
    st.lists(st.one_of(LEVEL, UPRIGHT), max_size=8),
    st.lists(BOXES, max_size=2),
)
def test_no_letter_of_a_scattered_page_vanishes(
    contents: list[tuple[Glyph, ...]], boxes: list[Box], rules: list[Rule], pictures: list[Box]
) -> None:
    pages = [
        PrintedPage(
            number,
            612,
            792,
            glyphs,
            links=(PageLink(9, 9, 300, 99, "u"),),
            boxes=tuple(boxes),
            rules=tuple(rules),
            pictures=tuple(pictures),
        )
        for number, glyphs in enumerate(contents, start=1)
    ]
    assert read_letters(pages) == printed_letters(pages)


LINES = st.lists(
    st.lists(st.sampled_from(["the", "council.", "12", "1.", "Figure", "[3]", "a", "Notes", "A"]), max_size=9)
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(LINES, FONTS, st.sampled_from([8.0, 10.0, 10.0, 13.0])), min_size=1, max_size=4),
    st.lists(st.one_of(LEVEL, UPRIGHT), max_size=8),
    st.lists(BOXES, max_size=2),
    st.lists(BOXES, max_size=2),
)
def test_no_letter_of_lines_in_other_types_vanishes(
    blocks: list[tuple[list[list[str]], str, float]], rules: list[Rule], boxes: list[Box], pictures: list[Box]
) -> None:
    glyphs: list[Glyph] = []
    base = 30.0
    for lines, font, size in blocks:
        for line in lines:
            base += 1.2 * size
            x = 50.0
            for text in line:
                for letter in text:
                    glyphs.append(Glyph(letter, x, x + size / 2, base - size, base, base - size / 5, size, font))
                    x += size / 2
                x += size * (0.3 if len(text) != 2 else 3)
        base += 9
    page = PrintedPage(
        1, 612, max(792, base + 50), tuple(glyphs), boxes=tuple(boxes), rules=tuple(rules), pictures=tuple(pictures)
    )
    assert read_letters([page]) == printed_letters([page])


def test_time_grows_with_the_pages_and_no_faster() -> None:
    def seconds(count: int) -> float:
        pages = pages_of(by_typst(typst_paragraphs(Prose(52).paragraphs(count)), page="columns: 2"))
        store = PageStore()
        started = time.process_time()
        for page in pages:
            store.add(page)
        laid_out(store)
        return time.process_time() - started

    seconds(10)
    assert seconds(320) < 2 * 8 * max(seconds(40), 0.02)


def test_one_endless_paragraph_takes_no_square_of_its_length() -> None:
    store = PageStore()
    for number in range(1, 41):
        glyphs = tuple(
            Glyph("a", 50 + 5.0 * n, 55 + 5.0 * n, 12.0 * m - 8, 12.0 * m + 2, 12.0 * m, 10, "F")
            for m in range(1, 61)
            for n in range(90)
            if n % 7
        )
        store.add(PrintedPage(number, 612, 792, glyphs))
    started = time.process_time()
    found = laid_out(store)
    assert time.process_time() - started < 6
    assert sum(len(piece.text) for piece in found.pieces) > 150_000


@pytest.mark.parametrize("seed", range(8))
def test_a_sample_with_changed_bytes_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (test data)
    data = bytearray(pdf_of(SLUGS[seed % len(SLUGS)]).read_bytes())
    for _ in range(1 + 40 * (seed % 3)):
        data[chance.randrange(20, len(data))] = chance.randrange(256)
    path = tmp_path / "changed.pdf"
    path.write_bytes(data)
    try:
        assert read_guarded(path, name="changed.pdf", limits=Limits(cpu_seconds=8)).issue.pages
    except Refusal as refusal:
        assert refusal.code != "crashed"  # noqa: PT017 (either end is right, a crash is none)


def test_pieces_of_a_sample_stand_in_reading_order_of_their_columns() -> None:
    pieces = [piece for piece in laid(pdf_of(SLUGS[0]).read_bytes()).pieces if piece.aside is None]
    places = [(piece.regions[0].page, piece.regions[0].bbox[0] > 300, piece.regions[0].bbox[1]) for piece in pieces]
    assert places == sorted(places)
