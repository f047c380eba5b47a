from __future__ import annotations

import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.directions import foreign_runs, reads_left
from monitor.annotations.rendering import Span, render_line

ARABIC, HEBREW = "حزب الله", "כאן"


def runs(text: str) -> list[str]:
    return [text[start:end] for start, end in foreign_runs(text)]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The lamps were lit.", []),
        (f"The party ({ARABIC}), 3 of 5.", [ARABIC]),
        (f"{HEBREW} said the BBC, then U.S. forces.", ["said the BBC, then U.S. forces"]),
        (f"Two: {ARABIC}; {HEBREW}.", [ARABIC, HEBREW]),
        (f"{ARABIC} 2022, {ARABIC}", []),
        (f"12 {ARABIC} Dawn", ["Dawn"]),
        ("Amman \u0639\u064e\u0645\u0651\u0627\u0646 1999", ["\u0639\u064e\u0645\u0651\u0627\u0646"]),
        (f"{HEBREW} cafe\u0301", ["cafe\u0301"]),
        ("", []),
        ("1234 [5] …", []),
    ],
)
def test_foreign_runs_are_those_against_the_first_letter(text: str, foreign: list[str]) -> None:
    assert runs(text) == foreign


def test_runs_are_isolated_inside_links_and_round_marks() -> None:
    text = f"See {ARABIC}, May 3."
    spans = [Span("link", 4, 17, (("href", "#x"),)), Span("mark", 8, 12, (("class", "hit"), ("id", "h1")))]
    assert render_line(text, spans) == (
        'See <a href="#x"><bdi>حزب <mark class="hit" id="h1">الله</mark></bdi>, May</a> 3.'
    )


def test_mark_in_several_pieces_has_its_id_once() -> None:
    spans = [Span("link", 2, 4, (("href", "#x"),)), Span("mark", 0, 6, (("class", "hit"), ("id", "h1")))]
    assert render_line("abcdef", spans) == (
        '<mark class="hit" id="h1">ab</mark><a href="#x"><mark class="hit">cd</mark></a><mark class="hit">ef</mark>'
    )


letters = st.text(st.sampled_from("ab é\u0301אבג\u05b8عم\u064e 12.,-()[]\U0001e900\n"), max_size=40)


@given(letters, st.integers(0, 40), st.integers(0, 40))
def test_isolation_adds_no_character(text: str, start: int, end: int) -> None:
    spans = [Span("mark", min(start, end), max(start, end), (("id", "h1"),))]
    html = render_line(text, spans)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    assert html.count("<bdi>") == html.count("</bdi>")
    assert html.count('id="h1"') <= 1


@given(letters)
def test_runs_are_disjoint_and_begin_with_a_letter(text: str) -> None:
    places = foreign_runs(text)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(text[start].isalpha() or not text[start].isascii() for start, _ in places)


def test_foreign_runs_take_linear_time() -> None:
    started = time.perf_counter()
    foreign_runs("a " + "א " * 50_000 + "a.," * 50_000)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The lamps", False),
        (HEBREW, True),
        (f"12, «{ARABIC}» Dawn", True),
        (f"Dawn {ARABIC}", False),
        ("", False),
        ("3 [1]", False),
    ],
)
def test_line_reads_from_the_script_of_its_first_letter(text: str, left: bool) -> None:
    assert reads_left(text) is left
    assert reads_left(f"x{text}x", 1, 1 + len(text)) is left
