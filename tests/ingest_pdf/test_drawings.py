"""What pages paint beside letters: one thing drawn in many ways is one thing."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.drawings import MAX_DRAWINGS, MAX_RULES, Drawings
from monitor.ingest.pdf.frame import PageFrame
from monitor.ingest.pdf.printed_page import Box, Rule

PAGE = (0.0, 0.0, 600.0, 800.0)
SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FILLED, STROKED = True, False


def drawn(*paths: list[tuple[Any, ...]], filled: bool = FILLED, ctm: Any = SAME) -> Drawings:
    drawings = Drawings(PageFrame(PAGE, PAGE, 0))
    for path in paths:
        drawings.add_path(path, ctm, filled=filled)
    return drawings


def outline(*points: tuple[float, float], closed: bool = True) -> list[tuple[Any, ...]]:
    (first, *rest) = points
    return [("m", *first), *(("l", *point) for point in rest), *([("h",)] if closed else [])]


def rectangle(x0: float, y0: float, x1: float, y1: float) -> list[tuple[Any, ...]]:
    return outline((x0, y0), (x1, y0), (x1, y1), (x0, y1))


ROUNDED: list[tuple[Any, ...]] = [
    ("m", 110, 200),
    ("l", 290, 200),
    ("c", 296, 200, 300, 204, 300, 210),
    ("l", 300, 290),
    ("c", 300, 296, 296, 300, 290, 300),
    ("l", 110, 300),
    ("c", 104, 300, 100, 296, 100, 290),
    ("l", 100, 210),
    ("c", 100, 204, 104, 200, 110, 200),
    ("h",),
]
CIRCLE: list[tuple[Any, ...]] = [
    ("m", 100, 250),
    ("c", 100, 278, 122, 300, 150, 300),
    ("c", 178, 300, 200, 278, 200, 250),
    ("c", 200, 222, 178, 200, 150, 200),
    ("c", 122, 200, 100, 222, 100, 250),
]


@pytest.mark.parametrize("filled", [FILLED, STROKED])
@pytest.mark.parametrize("path", [rectangle(100, 200, 300, 300), ROUNDED])
def test_a_rectangle_is_a_box_filled_or_framed_with_or_without_corners(path: list[Any], *, filled: bool) -> None:
    found = drawn(path, filled=filled)
    assert (found.boxes, found.rules, found.pictures()) == ([Box(100, 500, 300, 600)], [], ())


@pytest.mark.parametrize(
    ("path", "filled"),
    [
        (outline((100, 200), (300, 200), closed=False), STROKED),
        (rectangle(100, 199, 300, 201), FILLED),
        (outline((100, 199), (300, 199), (299, 201), (101, 201)), FILLED),
        (outline((100, 200), (300, 200.3), closed=False), STROKED),
    ],
)
def test_a_line_is_a_rule_however_it_is_painted(path: list[Any], *, filled: bool) -> None:
    found = drawn(path, filled=filled)
    (rule,) = found.rules
    assert (rule.x0, rule.x1) == (100, 300)
    assert 599 <= rule.top <= rule.bottom <= 601
    assert (found.boxes, found.pictures()) == ([], ())


def test_strokes_in_one_path_are_rules_one_by_one() -> None:
    path = [*outline((100, 200), (300, 200), closed=False), *outline((100, 200), (100, 400), (300, 400), closed=False)]
    assert drawn(path, filled=STROKED).rules == [
        Rule(100, 600, 300, 600),
        Rule(100, 400, 100, 600),
        Rule(100, 400, 300, 400),
    ]


@pytest.mark.parametrize(
    ("inner", "rules"),
    [
        ((100, 202, 300, 300), [Rule(100, 598, 300, 600)]),
        ((100, 200, 300, 299), [Rule(100, 500, 300, 501)]),
        ((103, 200, 300, 300), [Rule(100, 500, 103, 600)]),
        ((100, 201, 300, 299), [Rule(100, 500, 300, 501), Rule(100, 599, 300, 600)]),
    ],
)
def test_a_border_on_some_sides_is_rules_and_no_box(
    inner: tuple[float, float, float, float], rules: list[Rule]
) -> None:
    outer = (100, 200, 300, 300)
    for first, second in ((outer, inner), (inner, outer)):
        found = drawn([*rectangle(*first), *rectangle(*second)])
        assert (found.rules, found.boxes) == (rules, [])


def test_a_border_all_around_is_a_box() -> None:
    found = drawn([*rectangle(100, 200, 300, 300), *rectangle(101, 201, 299, 299)])
    assert (found.rules, found.boxes) == ([], [Box(100, 500, 300, 600)])


def test_boxes_in_one_path_are_boxes_one_by_one() -> None:
    found = drawn([*rectangle(100, 200, 300, 300), *rectangle(150, 220, 200, 240), *rectangle(400, 200, 500, 300)])
    assert found.boxes == [Box(100, 500, 300, 600), Box(150, 560, 200, 580), Box(400, 500, 500, 600)]


def test_dots_are_no_rules() -> None:
    assert drawn(outline((100, 200), (104, 200), closed=False), filled=STROKED).rules == []


def test_curves_and_slopes_that_touch_are_one_picture() -> None:
    slope = outline((205, 200), (300, 300), closed=False)
    far = outline((400, 600), (500, 700), closed=False)
    assert drawn(CIRCLE, slope, far, filled=STROKED).pictures() == (Box(100, 500, 300, 600), Box(400, 100, 500, 200))


def test_parts_that_meet_later_are_one_picture() -> None:
    left, right = outline((100, 200), (140, 240)), outline((200, 200), (240, 240))
    between = outline((140, 200), (200, 240))
    assert drawn(left, right, between).pictures() == (Box(100, 560, 240, 600),)


def test_ornaments_are_no_pictures() -> None:
    assert drawn(CIRCLE, ctm=(0.1, 0, 0, 0.1, 0, 0)).pictures() == ()


def test_images_stand_where_their_matrix_puts_them() -> None:
    found = drawn()
    found.add_image((200, 0, 0, 100, 50, 300))
    found.add_image((900, 0, 0, 100, -50, 750))
    found.add_image((10, 0, 0, 10, 0, 0))
    found.add_image((100, 0, 0, 100, 700, 0))
    assert found.pictures() == (Box(50, 400, 250, 500), Box(0, 0, 600, 50))


def test_a_page_in_its_crop_box_has_its_own_origin() -> None:
    drawings = Drawings(PageFrame((20, 30, 620, 830), (70, 80, 570, 780), 0))
    drawings.add_path(rectangle(80, 700, 180, 750), (1, 0, 0, 1, -20, -30), filled=FILLED)
    assert drawings.boxes == [Box(10, 30, 110, 80)]


def test_countless_strokes_are_kept_to_their_limits() -> None:
    many = drawn(*(outline((9, n / 10), (99, n / 10), closed=False) for n in range(MAX_RULES + 9)), filled=STROKED)
    assert len(many.rules) == MAX_RULES
    scattered = drawn(*(outline((60.0 * (n % 9), 20 * n), (60 * (n % 9) + 9, 20 * n + 5)) for n in range(900)))
    assert len(scattered.pictures()) <= MAX_DRAWINGS
    outlined = drawn([("m", 0, 0), *(("l", n % 77, n % 55) for n in range(5000))])
    assert outlined.pictures() == (Box(0, 746, 76, 800),)


NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
STEPS = st.one_of(
    st.tuples(st.sampled_from("ml"), NUMBERS, NUMBERS), st.tuples(st.just("c"), *[NUMBERS] * 6), st.just(("h",))
)


@given(st.lists(STEPS, max_size=12), st.tuples(*[NUMBERS] * 6), st.booleans())
def test_whatever_is_painted_stays_on_the_page(
    path: list[Any],
    ctm: Any,
    filled: bool,
) -> None:
    found = drawn(path, filled=filled, ctm=ctm)
    found.add_image(ctm)
    for x0, top, x1, bottom in (*found.boxes, *found.rules, *found.pictures()):
        assert all(map(math.isfinite, (x0, top, x1, bottom)))
        assert 0 <= x0 <= x1 <= 600
        assert 0 <= top <= bottom <= 800


def test_an_image_stands_where_it_is_shown() -> None:
    drawings = Drawings(PageFrame(PAGE, PAGE, 0))
    drawings.clip_to(rectangle(100, 200, 300, 300), SAME)
    drawings.clip_to(rectangle(150, 100, 400, 400), SAME)  # within the clipping before
    drawings.add_image((300, 0, 0, 300, 50, 100))
    drawings.add_image((50, 0, 0, 50, 20, 20))  # outside: nobody sees it
    (top, bottom) = (PAGE[3] - 300, PAGE[3] - 200)
    assert drawings.pictures() == (Box(150, top, 300, bottom),)
    drawings.clip_to([*rectangle(0, 0, 9, 9), *rectangle(20, 0, 29, 9)], SAME)  # holes are left alone
    assert drawings.clip == Box(150, top, 300, bottom)
