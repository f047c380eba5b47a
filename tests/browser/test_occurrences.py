"""All occurrences of a phrase, from the search for it until they are tagged and that is taken back; wide and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import make_house
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

WIDE, PHONE = 1440, 390
LONG = "Long before the assembly met, "
SLUICES = f"{LONG * 20}a sluice held the river; {LONG * 20}and nobody sluices it.\n\nThe Sluice was mended, and the sluice stood."


def fits(page: Page, width: int) -> bool:
    return int(page.evaluate("document.documentElement.scrollWidth")) <= width


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_places_are_looked_at_chosen_tagged_and_taken_back(
    live_server: object, open_page: OpenPage, width: int
) -> None:
    house = make_house()
    sluices = make_issue(make_read_article(SLUICES, title="On sluices", cited={})).articles.get()
    make_tag(name="Water works", by=house.author)
    page = open_page(house.author, "/occurrences/", width=width)
    page.get_by_role("searchbox", name="Phrase").fill("sluice")
    page.keyboard.press("Enter")

    # Each place stands amid its own words, whole words alone, and those of another article under its title.
    expect(page.get_by_role("status").first).to_contain_text("3 places in 1 article")
    places = page.locator(".entry.place")
    expect(places).to_have_count(3)
    expect(places.locator("mark")).to_have_text(["sluice", "Sluice", "sluice"])
    expect(places.nth(0)).to_contain_text("the assembly met, a sluice held the river")
    expect(places.nth(1)).to_contain_text("The Sluice was mended")
    expect(page.get_by_role("heading", name="On sluices")).to_be_visible()
    assert fits(page, width)
    for place in places.all():
        mark = place.locator("mark").bounding_box()
        assert mark
        assert 0 <= mark["x"] <= width - mark["width"]

    # The one with a capital is left out, by its own name as a screen reader says it.
    page.get_by_role("checkbox", name="Tag this place").nth(1).uncheck()
    box = page.get_by_role("combobox", name="Tags")
    box.press_sequentially("wat")
    page.get_by_role("option", name="Water works").click()
    assert fits(page, width)
    page.get_by_role("button", name="Tag those ticked").click()
    expect(page).to_have_url(re.compile("/notebook/$"))
    said = page.locator(".toast").first
    expect(said).to_contain_text("2 places tagged “Water works”.")
    marks = Annotation.objects.visible_to(house.author).filter(article=sluices)
    assert [mark.spans.get().quote for mark in marks] == ["sluice", "sluice"]
    assert {mark.visibility for mark in marks} == {"private"}

    # Looked for again, what bears the tag cannot be ticked; what was left out can.
    page.goto("/occurrences/?phrase=sluice&tags=Water+works")
    expect(page.get_by_role("status").first).to_contain_text("2 bear the tag already")
    expect(page.get_by_role("checkbox", name="Tag this place")).to_have_count(1)
    expect(places.nth(0)).to_contain_text("bears it already")

    # One act, so one undo takes both back.
    page.goto("/notebook/")
    expect(page.locator(".entry")).to_have_count(2)
    page.locator("#said").wait_for(state="attached")
    page.keyboard.press("z")
    expect(page.locator(".entry")).to_have_count(0)
    assert not marks.all().exists()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_button_beside_the_message_takes_all_of_them_back(
    live_server: object, open_page: OpenPage, width: int
) -> None:
    house = make_house()
    page = open_page(
        house.author,
        f"/occurrences/?phrase=the&scope=article&article={house.article.pk}&tags=Lamps",
        width=width,
    )
    count = page.get_by_role("checkbox", name="Tag this place").count()
    assert count > 1
    page.get_by_role("button", name="Tag those ticked").click()
    said = page.locator(".toast").filter(has_text=f"{count} places tagged “Lamps”.")
    expect(said).to_be_visible()
    expect(page.locator("#text mark").first).to_be_visible()
    assert Annotation.objects.visible_to(house.author).count() == count
    said.get_by_role("button", name="Undo").click()
    expect(page.locator("#text mark")).to_have_count(0)
    assert not Annotation.objects.visible_to(house.author).exists()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_what_cannot_be_tagged_is_told_and_nothing_that_was_chosen_is_lost(
    live_server: object, open_page: OpenPage, width: int
) -> None:
    house = make_house()
    page = open_page(house.author, "/occurrences/?phrase=weirdly", width=width)
    expect(page.get_by_role("region", name="Nothing found")).to_contain_text("stands nowhere")
    page.get_by_role("searchbox", name="Phrase").fill("gate")
    page.get_by_role("button", name="Look", exact=True).click()
    page.get_by_role("checkbox", name="Tag this place").first.uncheck()
    page.locator("#places input[name=tags]").fill("Gates")
    page.get_by_role("button", name="Tag those ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("None of these places was left ticked")
    expect(page.locator("#places input[name=tags]")).to_have_value("Gates")
    assert fits(page, width)
    assert not Annotation.objects.exists()
