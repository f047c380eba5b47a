from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pieces import NO_PAGES, PageFacts
from monitor.ingest.structure.page_numbers import printed_numbers, usual


def test_what_a_page_prints_itself_wins() -> None:
    pages = PageFacts(count=4, printed={1: 21, 2: 22, 4: 24})

    assert printed_numbers([1, 4], [1, 4], pages) == (21, 24)


def test_a_page_without_number_follows_the_others() -> None:
    pages = PageFacts(count=4, printed={2: 22, 3: 23})

    assert printed_numbers([1, 3, 4], [None, None, None], pages) == (21, 23, 24)


def test_without_printed_numbers_the_contents_tell_the_distance() -> None:
    assert printed_numbers([2, 5, 9], [14, 17, None], NO_PAGES) == (14, 17, 21)


def test_one_entry_alone_tells_no_distance() -> None:
    assert printed_numbers([2, 5], [14, None], NO_PAGES) == (2, 5)


def test_most_entries_agree_against_a_misprint() -> None:
    assert printed_numbers([2, 5, 9], [4, 70, 11], NO_PAGES) == (4, 7, 11)


def test_a_place_that_is_not_known_has_no_number() -> None:
    assert printed_numbers([None, 3], [5, 3], NO_PAGES) == (None, 3)


def test_no_page_has_a_number_below_one() -> None:
    pages = PageFacts(count=4, printed={3: 1, 4: 2})

    assert printed_numbers([1, 2, 3], [None, None, None], pages) == (1, 2, 1)


def test_the_smallest_of_equally_common_distances_is_usual() -> None:
    assert usual([3, 3, -1, -1]) == -1
    assert usual([]) is None
    assert usual([4], fewest=2) is None


@given(st.lists(st.integers(1, 40), min_size=2, unique=True), st.integers(0, 200))
def test_contents_that_agree_are_always_right(places: list[int], shift: int) -> None:
    announced = [place + shift for place in places]

    assert printed_numbers(places, announced, NO_PAGES) == tuple(announced)
