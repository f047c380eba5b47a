"""Notes beside their markers: near, apart, and all of them within reach however many crowd."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.library.models import Article

    OpenPage = Callable[..., Page]

NEAR = 40
LINE = "Three groups of captains can be told apart, and the third has declared for neither of the two. "
NOTE = "Assembly of the Ardel, Report on the River Dues, Vray, 2015, pp. 31 to 44, and what follows there. "


def make_crowded(markers: int) -> Article:
    """Return an article whose first paragraph is plain and whose second has so many markers, each with a long note."""
    crowd = "".join(f"Word.[{n}] " for n in range(1, markers + 1)).strip()
    return make_article("\n\n".join([LINE * 6, crowd, LINE * 6]), notes=[NOTE] * markers, cited={})


def standing(page: Page) -> list[list[float]]:
    """Return of each note that shows how far it stands from its marker, and its upper and lower edge, in pixels."""
    found: list[list[float]] = page.evaluate(
        """() => [...document.querySelectorAll(".notes li:not(.folded)")].map((li) => {
          const box = li.getBoundingClientRect();
          const ref = document.querySelector(li.querySelector("a.back").hash);
          return [box.top - ref.getBoundingClientRect().top, box.top, box.bottom];
        })"""
    )
    return found


def assert_near_and_apart(page: Page, least: int = 1) -> None:
    page.wait_for_timeout(150)  # a frame or two, in which the notes are placed anew
    notes = standing(page)
    assert len(notes) >= least
    assert all(abs(distance) <= NEAR for distance, _, _ in notes)
    assert all(one[2] <= other[1] + 0.5 for one, other in pairwise(notes))


@pytest.mark.parametrize("markers", [3, 5, 14, 60])
def test_crowded_notes_stay_near_and_apart(markers: int, open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_crowded(markers).get_absolute_url())
    page.wait_for_selector(".notes li.placed")
    assert_near_and_apart(page, least=3)
    folded, told = page.locator(".notes li.folded").count(), page.locator(".notes .more").all_inner_texts()
    assert sum(int(each) for each in told) == folded
    assert (folded > 0) == (markers > 3)


def test_note_left_out_is_opened_by_its_marker_and_by_the_button(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_crowded(14).get_absolute_url())
    folded = page.locator(".notes li.folded").first
    number = str(folded.get_attribute("id")).removeprefix("n")
    page.click(f"#r{number}")
    assert page.locator("reading-card .inside").inner_text().startswith("Assembly of the Ardel")
    page.keyboard.press("Escape")
    expect(page.locator(f"#r{number}")).to_be_focused()
    page.locator(".notes .more").first.click()
    assert page.locator(".notes li.folded").count() == 0
    assert page.locator(".notes .more").count() == 0
    notes = standing(page)
    assert len(notes) == 14
    assert all(one[2] <= other[1] + 0.5 for one, other in pairwise(notes))


def test_address_of_a_note_left_out_shows_it(open_page: OpenPage, live_server: object) -> None:
    article = make_crowded(14)
    page = open_page(make_user(), article.get_absolute_url())
    number = page.locator(".notes li.folded").first.get_attribute("id")
    page.goto(f"{article.get_absolute_url()}#{number}")
    page.reload()
    box = page.locator(f"#{number}").bounding_box()
    assert box is not None
    assert box["height"] > 20
    assert page.evaluate("document.activeElement.id") == number


def test_notes_follow_whatever_moves_their_markers(open_page: OpenPage, live_server: object) -> None:
    article = make_crowded(4)
    page = open_page(make_user(), article.get_absolute_url(), width=1440)
    page.wait_for_selector(".notes li.placed")
    page.set_viewport_size({"width": 1120, "height": 700})
    assert_near_and_apart(page, least=3)
    page.evaluate("document.documentElement.dataset.textSize = 'larger'")
    assert_near_and_apart(page, least=3)
    page.evaluate("location.hash = 'p99'")  # a line comes in above the text
    assert_near_and_apart(page, least=3)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    assert_near_and_apart(page, least=3)
    page.set_viewport_size({"width": 800, "height": 700})
    page.wait_for_timeout(100)
    assert page.evaluate("getComputedStyle(document.getElementById('n1')).position") == "static"
    assert page.locator(".notes li:is(.folded, .short, .brief)").count() == 0


def test_print_shows_every_note_whole(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_crowded(14).get_absolute_url())
    page.wait_for_selector(".notes li.folded", state="attached")
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('.notes li')].map((li) => li.offsetHeight)")
    assert len(set(heights)) == 1
    assert heights[0] > 15
    assert page.locator(".notes .more").first.is_hidden()
