from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.rendering import (
    LARGEST_KEPT,
    BlockFrame,
    Html,
    Piece,
    Span,
    cut,
    render_blocks,
    render_each,
    render_line,
)

HOSTILE = "<b>&amp;\"'\r\n\t [1]\u0301\U0001f30a\u202e\u2060é"
texts = st.text(st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    places = st.integers(-2, len(text) + 2)
    spans = st.builds(
        Span,
        kind=st.sampled_from(["link", "mark"]),
        start=places,
        end=places,
        attributes=st.sampled_from([(), (("id", "a1"),), (("title", '"><script>'),)]),
        priority=st.integers(0, 3),
        bracketed=st.booleans(),
    )
    return text, draw(st.lists(spans, max_size=12))


def words_of(html: str) -> str:
    """Return the text content; tags here hold no ">" in attribute values, for those are escaped."""
    return unescape(re.sub(r"<[^>]*>", "", html))


class Balance(HTMLParser):
    """Follows the open elements and keeps the deepest nesting of each name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.nested_in_itself = False
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nested_in_itself |= tag in self.open
        self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(html: str) -> Balance:
    parser = Balance()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


@given(text_and_spans())
def test_cut_pieces_joined_equal_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    pieces = cut(0, len(text), spans)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start < piece.end for piece in pieces)
    assert all(left.end == right.start for left, right in pairwise(pieces))


@given(text_and_spans())
def test_cut_each_mark_covers_exactly_its_span(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    pieces = cut(0, len(text), spans)
    for mark in (span for span in spans if span.kind == "mark"):
        wanted = set(range(max(mark.start, 0), min(mark.end, len(text))))
        same = [p for p in pieces if any(_stands_for(found, mark) for found in p.marks)]
        assert wanted <= {at for piece in same for at in range(piece.start, piece.end)}
    for piece in pieces:
        for mark in piece.marks:
            assert any(_stands_for(mark, span) and span.start <= piece.start < span.end for span in spans)


def _stands_for(found: Span, given_span: Span) -> bool:
    return (found.kind, found.priority) == (given_span.kind, given_span.priority)


@given(text_and_spans())
def test_cut_covers_every_place_by_as_many_marks_as_asked(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    for piece in cut(0, len(text), spans):
        asked = sum(s.kind == "mark" and s.start <= piece.start < s.end for s in spans)
        assert len(piece.marks) == asked


@given(text_and_spans(), st.randoms(use_true_random=False))
def test_render_does_not_mind_the_order_of_spans(case: tuple[str, list[Span]], chance: object) -> None:
    text, spans = case
    assert render_line(text, spans[::-1]) == render_line(text, spans)
    shuffled = list(spans)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert render_line(text, shuffled) == render_line(text, spans)


@given(text_and_spans())
def test_render_unescaped_gives_the_text_back(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    assert words_of(render_line(text, spans)) == text


@given(text_and_spans())
def test_render_is_balanced_and_nothing_nests_in_its_like(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    assert not parsed(render_line(text, spans)).nested_in_itself


@given(text_and_spans(), st.lists(st.integers(0, 60), max_size=8), st.lists(st.sampled_from("plqhct"), min_size=4))
def test_render_blocks_gives_the_text_back(case: tuple[str, list[Span]], edges: list[int], kinds: list[str]) -> None:
    text, spans = case
    names = {"p": "para", "l": "list", "q": "quote", "h": "heading", "c": "caption", "t": "table"}
    cuts = sorted({min(edge, len(text)) for edge in edges})
    blocks = [
        BlockFrame(names[kinds[i % len(kinds)]], start, end, f"p{i + 1}", rows=((text[start:end],),))
        for i, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False))
    ]
    html = render_blocks(text, blocks, spans)
    assert words_of(html) == text
    assert not parsed(html).nested_in_itself


@given(text_and_spans())
def test_cut_of_a_range_is_the_range(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    third = len(text) // 3
    assert sum(p.end - p.start for p in cut(third, len(text) - third, spans)) == len(text) - 2 * third


def test_link_of_higher_priority_stays_whole_and_the_other_goes() -> None:
    cite = Span("link", 2, 6, (("class", "cite"),), priority=2)
    printed = Span("link", 0, 4, (("href", "https://dawn.example/"),), priority=1)
    assert cut(0, 8, [printed, cite]) == [Piece(0, 2), Piece(2, 6, cite), Piece(6, 8)]


def test_links_that_touch_both_stay() -> None:
    left, right = Span("link", 0, 2), Span("link", 2, 4)
    assert cut(0, 4, [right, left]) == [Piece(0, 2, left), Piece(2, 4, right)]


def test_marker_is_three_characters_with_hidden_brackets() -> None:
    ref = Span("link", 3, 6, (("class", "ref"), ("id", "r4"), ("href", "#n4")), bracketed=True)
    html = render_line("so.[4] And", [ref])
    assert html == 'so.<a class="ref" id="r4" href="#n4"><span>[</span>4<span>]</span></a> And'


def test_mark_over_half_a_link_is_cut_at_the_links_edge() -> None:
    link = Span("link", 0, 4, (("href", "/a"),))
    mark = Span("mark", 2, 6, (("class", "hit"),))
    html = render_line("abcdef", [link, mark])
    assert html == '<a href="/a">ab<mark class="hit">cd</mark></a><mark class="hit">ef</mark>'


def test_a_piece_names_all_annotations_over_it_and_how_deep_they_lie() -> None:
    spans = [
        Span("mark", start, end, (("class", "a"), ("data-ids", name), ("data-colour", colour)), priority=start - end)
        for start, end, name, colour in ((0, 6, "x", "teal"), (2, 6, "y", "pink"), (4, 6, "z", "blue"))
    ]
    spans.append(Span("mark", 5, 6, (("class", "hit"), ("id", "h1")), priority=9))
    assert render_line("abcdef", spans) == (
        '<mark class="a d1" data-ids="x" data-colour="teal">ab</mark>'
        '<mark class="a d2" data-ids="y x" data-colour="pink">cd</mark>'
        '<mark class="a d3" data-ids="z y x" data-colour="blue">e</mark>'
        '<mark class="hit a d3" id="h1" data-ids="z y x" data-colour="blue">f</mark>'
    )


def test_each_block_is_drawn_as_it_stands_in_the_whole_text() -> None:
    text = "One two.\n\nThree\n\nFour five."
    blocks = [BlockFrame("para", 0, 8, "p1"), BlockFrame("list", 10, 15, "p2"), BlockFrame("para", 17, 27, "p3")]
    spans = [Span("mark", 4, 20, (("class", "a"), ("data-ids", "x")))]
    each, whole = render_each(text, blocks, spans), render_blocks(text, blocks, spans)
    assert list(each) == ["p1", "p2", "p3"]
    assert all(drawn in whole for drawn in each.values())
    assert each["p2"] == '<li id="p2"><mark class="a d1" data-ids="x">Three</mark></li>'


def test_overlapping_marks_lie_flat_with_the_more_important_outside() -> None:
    low, high = Span("mark", 0, 4, (("class", "a"),)), Span("mark", 2, 6, (("class", "b"),), priority=1)
    assert [piece.marks for piece in cut(0, 6, [low, high])] == [(low,), (high, low), (high,)]
    assert render_line("abcdef", [low, high]) == (
        '<mark class="a">ab</mark><mark class="b a">cd</mark><mark class="b">ef</mark>'
    )


def test_link_over_two_blocks_has_its_id_once() -> None:
    blocks = [BlockFrame("para", 0, 3, "p1"), BlockFrame("para", 5, 8, "p2")]
    html = render_blocks("abc\n\ndef", blocks, [Span("link", 1, 7, (("id", "r1"),), bracketed=True)])
    assert html == '<p id="p1">a<a id="r1">bc</a></p>\n\n<p id="p2"><a>de</a>f</p>'


def test_blocks_become_their_elements() -> None:
    kinds = ["heading", "para", "quote", "list", "list", "caption", "pullquote", "sidebar", "heading"]
    text = "\n\n".join("abcdefghi")
    blocks = [BlockFrame(kind, 3 * i, 3 * i + 1, f"p{i + 1}", level=2) for i, kind in enumerate(kinds)]
    blocks[-1] = BlockFrame("heading", 24, 25, "p9", level=3)
    assert render_blocks(text, blocks, []) == (
        '<h2 id="p1">a</h2>\n\n<p id="p2">b</p>\n\n<blockquote id="p3">c</blockquote>\n\n'
        '<ul><li id="p4">d</li>\n\n<li id="p5">e</li></ul>\n\n<p id="p6" class="caption">f</p>\n\n'
        '<p id="p7" class="pullquote">g</p>\n\n<p id="p8" class="sidebar">h</p>\n\n<h3 id="p9">i</h3>'
    )


def test_table_keeps_the_blanks_between_its_cells() -> None:
    text = "Port 2021 Kessmouth 14"
    table = BlockFrame("table", 0, len(text), "p1", rows=(("Port", "2021"), ("Kessmouth", "14")))
    assert render_blocks(text, [table], [Span("mark", 0, 9)]) == (
        '<div class="wide"><table id="p1"><tbody><tr><td><mark>Port</mark></td> <td><mark>2021</mark></td></tr>'
        "<tr> <td>Kessmouth</td> <td>14</td></tr></tbody></table></div>"
    )


def test_table_whose_cells_are_not_its_text_is_a_paragraph() -> None:
    table = BlockFrame("table", 0, 9, "p1", rows=(("Port", "2022"),))
    assert render_blocks("Port 2021", [table], []) == '<p id="p1">Port 2021</p>'


def test_text_between_and_around_blocks_stays() -> None:
    assert render_blocks("a<b>c", [BlockFrame("para", 1, 4, "p1")], []) == 'a<p id="p1">&lt;b&gt;</p>c'


def test_carriage_return_is_written_so_that_parsers_keep_it() -> None:
    assert render_line("a\rb", []) == "a&#13;b"


def test_html_is_taken_by_templates_as_it_is() -> None:
    assert render_line("<", []).__html__() == "&lt;"
    assert isinstance(render_line("<", []), Html)


def test_two_thousand_marks_give_the_text_back() -> None:
    text = "Nobody held the gate. " * 1600
    marks = [Span("mark", 17 * i % 34_000, 17 * i % 34_000 + 120, (("class", "a"),)) for i in range(2000)]
    blocks = [BlockFrame("para", at, at + 438, f"p{at}") for at in range(0, 35_000, 440)]
    assert words_of(render_blocks(text, blocks, marks)) == text


def test_a_block_drawn_again_is_drawn_by_what_it_is_asked_for_now() -> None:
    text = "The ferry left late."
    ferry = Span("mark", 4, 9, (("data-ids", "1"),))
    asked = [
        (text, BlockFrame("para", 0, 20, "p1"), []),
        (text, BlockFrame("para", 0, 20, "p1"), [ferry]),
        (text, BlockFrame("heading", 0, 20, "p1"), []),
        ("The barge left late.", BlockFrame("para", 0, 20, "p1"), []),
    ]
    drawn = [[render_blocks(text, [frame], spans) for text, frame, spans in asked] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len({*drawn[0]}) == len(asked)


def test_a_block_too_large_to_keep_is_drawn() -> None:
    text = "a" * (LARGEST_KEPT + 1)
    for _ in range(2):
        assert words_of(render_blocks(text, [BlockFrame("para", 0, len(text), "p1")], [])) == text


def test_blocks_from_right_to_left_say_so() -> None:
    text = "כאמ\nEnd\nאמ 3\nכאמ"
    kinds = ("quote", "para", "heading", "list")
    edges = [(0, 3), (4, 7), (8, 12), (13, 16)]
    blocks = [BlockFrame(kind, *edge, f"p{n}") for n, (kind, edge) in enumerate(zip(kinds, edges, strict=True), 1)]
    assert render_blocks(text, blocks, []) == (
        '<blockquote id="p1" dir="rtl">כאמ</blockquote>\n<p id="p2">End</p>\n<h2 id="p3" dir="rtl">אמ 3</h2>\n'
        '<ul><li id="p4" dir="rtl">כאמ</li></ul>'
    )
    table = BlockFrame("table", 8, 12, "p1", rows=(("אמ", "3"),))
    assert '<table id="p1" dir="rtl">' in render_blocks(text, [table], [])
