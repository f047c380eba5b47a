"""Lines with links alone are drawn by a shorter way: it must say what the long one says."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.rendering import Span, _linked, cut, render_line
from tests.annotations.test_rendering import text_and_spans


def by_pieces(text: str, spans: list[Span], start: int, end: int) -> str:
    pieces = cut(start, end, spans)
    return "".join(_linked(text, link, group) for link, group in groupby(pieces, key=lambda piece: piece.link))


@given(text_and_spans(), st.integers(0, 60), st.integers(0, 60))
def test_links_alone_are_drawn_as_among_marks(case: tuple[str, list[Span]], one: int, other: int) -> None:
    text, spans = case
    links = [span for span in spans if span.kind == "link"]
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert render_line(text, links, start, end) == by_pieces(text, links, start, end)


@pytest.mark.parametrize(("start", "end"), [(2, 3), (2, 4), (2, 5), (2, 8)])
@pytest.mark.parametrize("bracketed", [True, False])
def test_short_and_bracketed_links_are_drawn_the_same(start: int, end: int, *, bracketed: bool) -> None:
    text = 'ab[<&>"12]cd\r'
    link = Span("link", start, end, (("href", '#"<n>'),), bracketed=bracketed)
    spans = [link, replace(link, start=end, end=end + 1), replace(link, start=0, end=start + 1, priority=-1)]
    for first, last in ((0, len(text)), (start, end), (start + 1, len(text)), (0, end - 1), (end, end)):
        assert render_line(text, spans, first, last) == by_pieces(text, spans, first, last)


def test_a_line_without_spans_is_its_text() -> None:
    assert render_line("a < b & c\r", []) == "a &lt; b &amp; c&#13;"
    assert render_line("", []) == ""
