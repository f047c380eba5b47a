"""What Tesseract says, to lines and words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.scans.hocr import CAP_EM, EM, lines_of_hocr
from monitor.ingest.scans.recognised import RecognisedWord

LINE = """     <span class='ocr_line' id='line_1_2' title="bbox 251 325 2298 364; baseline {slope} -10; x_size 39; x_descenders 10; x_ascenders 11{more}">"""
WORD = """      <span class='ocrx_word' id='word_1_7' title='bbox {box}; x_wconf {sure}'>{text}</span>"""


def line(slope: str = "0", more: str = "") -> str:
    return LINE.format(slope=slope, more=more)


def word(text: str, *, box: str = "251 327 341 354", sure: int = 96) -> str:
    return WORD.format(text=text, box=box, sure=sure)


def read(*rows: str) -> list[tuple[float, float, list[str]]]:
    return [(x.base, x.slope, [w.text for w in x.words]) for x in lines_of_hocr("\n".join(rows))]


def test_a_line_has_its_baseline_its_size_and_its_words() -> None:
    (found,) = lines_of_hocr("\n".join([line("-0.018"), word("Some"), word("words", box="356 325 459 354", sure=91)]))
    assert (found.x0, found.base, found.slope) == (251, 354, -0.018)
    assert found.words == (
        RecognisedWord("Some", 251, 327, 341, 354, 96),
        RecognisedWord("words", 356, 325, 459, 354, 91),
    )


@pytest.mark.parametrize("kind", ["ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"])
def test_every_kind_of_line_is_a_line(kind: str) -> None:
    assert read(line().replace("ocr_line", kind), word("Lamps")) == [(354, 0, ["Lamps"])]


def test_entities_and_tags_inside_a_word_are_text() -> None:
    rows = [line(), word("<strong>R&amp;D</strong>"), word("&#39;tis"), word("&lt;b&gt;")]
    assert read(*rows)[0][2] == ["R&D", "'tis", "<b>"]


@pytest.mark.parametrize(("text", "sure", "kept"), [("~", 39, False), ("~", 40, True), ("a", 0, True), ("7", 3, True)])
def test_dirt_is_left_out_and_unsure_letters_are_kept(text: str, sure: int, kept: bool) -> None:
    assert bool(read(line(), word(text, sure=sure))) == kept


def test_lines_on_their_side_are_left_out_with_their_words() -> None:
    rows = [line(), word("Upright"), line(more="; textangle 90"), word("Aside"), line(), word("Again")]
    assert [words for _, _, words in read(*rows)] == [["Upright"], ["Again"]]


def test_a_line_without_words_is_none() -> None:
    assert read(line(), word(" "), line(), word("")) == []


def test_words_before_any_line_and_rows_of_no_meaning_are_passed_over() -> None:
    assert read(word("Lost"), "<div>", "class='ocr_line'", line(), word("Kept"), "</div>") == [(354, 0, ["Kept"])]


def test_a_baseline_steeper_than_any_line_is_none() -> None:
    assert read(line("0.31"), word("Flat")) == [(354, 0.0, ["Flat"])]


def test_the_size_is_that_of_the_ink_of_tall_letters() -> None:
    """Of three words with ascenders the middle one counts; Tesseract's guess, capitals and low words do not."""
    tall = [word("Salt", box=f"300 {top} 400 354") for top in (330, 325, 310)]
    (found,) = lines_of_hocr("\n".join([line(), *tall, word("rose", box="500 336 600 354"), word("SO")]))
    assert found.size == round(EM * 29, 2)


def test_the_size_of_capitals_and_digits_alone_is_that_of_larger_type() -> None:
    (found,) = lines_of_hocr(f"{line()}\n{word('VOL')}\n{word('12')}")
    assert found.size == round(CAP_EM * 27, 2)


def test_a_line_without_tall_letters_has_the_size_that_tesseract_guesses() -> None:
    (found,) = lines_of_hocr(f"{line()}\n{word('rose')}")
    assert found.size == round(EM * 29, 2)
    bare = """<span class='ocr_line' id='l' title="bbox 10 20 100 60">"""
    (found,) = lines_of_hocr(f"{bare}\n{word('rose')}")
    assert (found.base, found.size) == (60, round(EM * 40, 2))


def test_lines_of_one_paragraph_are_of_one_size_unless_they_differ_much() -> None:
    tops = [325, 324, 322, 326, 300]
    lines = [row for top in tops for row in (line(), word("Salt", box=f"251 {top} 341 354"))]
    paragraph = "<p class='ocr_par' id='par_1' lang='eng'>"
    found = lines_of_hocr("\n".join([paragraph, *lines, paragraph, line(), word("Salt", box="251 322 341 354")]))
    body = round(EM * 30, 2)
    assert [one.size for one in found] == [body] * 4 + [round(EM * 54, 2), round(EM * 32, 2)]


@pytest.mark.parametrize(
    ("printed", "read_as"), [("p-3", "p.3"), ("p,12", "p.12"), ("p.3", "p.3"), ("p-adic", "p-adic"), ("top-3", "top-3")]
)
def test_page_references_are_mended(printed: str, read_as: str) -> None:
    assert read(line(), word(printed))[0][2] == [read_as]


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_word_of_complaint(text: str) -> None:
    lines_of_hocr(text)
    lines_of_hocr(f"{line()}\n{word(text)}")


@pytest.mark.parametrize("unit", ["class='ocr_line' ", "bbox 1 ", "<", "title='", "x_size 1", "1e-", "&amp;", "["])
def test_reading_takes_time_in_proportion_to_the_length(unit: str) -> None:
    def seconds(times: int) -> float:
        text = line() + "\n" + WORD.format(text=unit * times, box="1 2 3 4", sure=9)
        began = time.process_time()
        lines_of_hocr(text)
        return time.process_time() - began

    seconds(10)
    assert seconds(80_000) <= 32 * max(seconds(10_000), 0.002)
