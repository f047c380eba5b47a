"""Places of a file turned into places of its page, whatever its boxes and its /Rotate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.frame import LETTER, MAX_SIDE, PageFrame, ordered_rect, transformed, usable_page

if TYPE_CHECKING:
    from monitor.ingest.pdf.frame import Rect

MEDIA = (20.0, 30.0, 620.0, 830.0)
CROP = (70.0, 130.0, 570.0, 730.0)
TURNS = (0, 90, 180, 270)


@pytest.mark.parametrize(
    ("turn", "size", "mark"),
    [
        (0, (500, 600), (10, 580, 30, 590)),
        (90, (600, 500), (10, 10, 20, 30)),
        (180, (500, 600), (470, 10, 490, 20)),
        (270, (600, 500), (580, 470, 590, 490)),
    ],
)
def test_a_mark_near_the_lower_left_corner_turns_with_the_page(
    turn: int, size: tuple[float, float], mark: Rect
) -> None:
    frame = PageFrame(MEDIA, CROP, turn)
    assert (frame.width, frame.height) == size
    assert frame.placed((80, 140, 100, 150)) == mark


@pytest.mark.parametrize("turn", TURNS)
def test_the_visible_box_is_the_whole_frame(turn: int) -> None:
    frame = PageFrame(MEDIA, CROP, turn)
    assert frame.placed(CROP) == (0, 0, frame.width, frame.height)


def test_an_odd_turn_is_none() -> None:
    assert PageFrame(MEDIA, CROP, 45).placed((80, 140, 100, 150)) == PageFrame(MEDIA, CROP, 0).placed(
        (80, 140, 100, 150)
    )


@pytest.mark.parametrize(
    ("crop", "size"),
    [
        (MEDIA, (600, 800)),
        ((570, 730, 70, 130), (500, 600)),
        ((-50, 100, 9999, 400), (600, 300)),
        ((620, 30, 700, 830), (600, 800)),
        ((20, -70, 620, 30), (600, 800)),
        ((619.5, 30, 700, 830), (600, 800)),
        ((0, 0, 0, 0), (600, 800)),
        (("a", "b", "c", "d"), (600, 800)),
        (None, (600, 800)),
    ],
)
def test_a_crop_box_shows_only_what_lies_on_the_page(crop: Any, size: tuple[float, float]) -> None:
    frame = PageFrame(MEDIA, crop, 0)
    assert (frame.width, frame.height) == size


@pytest.mark.parametrize(
    ("rect", "usable"),
    [
        ((0, 0, 612, 792), LETTER),
        ((612, 792, 0, 0), LETTER),
        ((Decimal(0), 0, Decimal("612.0"), 792), LETTER),
        ((0, 0, 1, 1), (0, 0, 1, 1)),
        ((0, 0, 0.99, 792), None),
        ((0, 0, MAX_SIDE, MAX_SIDE), (0, 0, MAX_SIDE, MAX_SIDE)),
        ((0, 0, MAX_SIDE + 1, 792), None),
        ((0, 0, float("inf"), 792), None),
        ((0, 0, float("nan"), 792), None),
        ((0, 0, 10**400, 792), None),
        ((0, 0, 612), None),
        ((0, 0, 612, 792, 9), None),
        (None, None),
        (["a", 0, 1, 2], None),
    ],
)
def test_a_page_has_four_sides_that_paper_could_have(rect: Any, usable: Rect | None) -> None:
    assert usable_page(rect) == usable


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 2, 3, 4, 5], ["a", 0, 1, 2], [0, 0, float("inf"), 9]])
def test_a_rectangle_of_anything_but_four_numbers_is_refused(values: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"unpack|convert|beyond all numbers"):
        ordered_rect(values)


PLACES = st.integers(-1000, 1000)
RECTS = st.tuples(PLACES, PLACES, PLACES, PLACES)
PAGES = st.tuples(PLACES, PLACES, st.integers(1, 2000), st.integers(1, 2000)).map(
    lambda box: (float(box[0]), float(box[1]), float(box[0] + box[2]), float(box[1] + box[3]))
)


@given(PAGES, PAGES, st.sampled_from(TURNS), RECTS)
def test_a_frame_moves_things_and_never_stretches_them(media: Rect, crop: Rect, turn: int, rect: Rect) -> None:
    x0, y0, x1, y1 = ordered_rect(list(rect))
    left, top, right, bottom = PageFrame(media, crop, turn).placed((x0, y0, x1, y1))
    sides = (x1 - x0, y1 - y0)
    assert (right - left, bottom - top) == (sides if turn in {0, 180} else sides[::-1])


@given(PAGES, PAGES, st.sampled_from(TURNS))
def test_a_frame_is_a_part_of_the_media_box(media: Rect, crop: Rect, turn: int) -> None:
    frame = PageFrame(media, crop, turn)
    left, top, right, bottom = frame.placed(media)
    assert left <= 0
    assert top <= 0
    assert right >= frame.width >= 1
    assert bottom >= frame.height >= 1


@given(PAGES, PAGES, RECTS)
def test_four_quarter_turns_are_none(media: Rect, crop: Rect, rect: Rect) -> None:
    """The page as turned by 90 has its corner where the page turned by 270 has the opposite one."""
    box = ordered_rect(list(rect))
    quarter, three = PageFrame(media, crop, 90), PageFrame(media, crop, 270)
    left, top, right, bottom = quarter.placed(box)
    assert three.placed(box) == (three.width - right, three.height - bottom, three.width - left, three.height - top)


@given(st.tuples(*[st.integers(-9, 9)] * 6), RECTS)
def test_a_moved_rectangle_holds_all_its_corners(matrix: tuple[int, ...], rect: Rect) -> None:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = transformed((a, b, c, d, e, f), rect)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in rect[::2] for y in rect[1::2]]
    assert {x for x, _ in corners} >= {x0, x1}
    assert {y for _, y in corners} >= {y0, y1}
    assert all(x0 <= x <= x1 and y0 <= y <= y1 for x, y in corners)
