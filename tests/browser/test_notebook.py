"""The notebook by keys alone, without a script, and on a phone; and all occurrences of a selection tagged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]
SELECT = """words => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


def filled() -> House:
    house = make_house()
    for number in range(55):
        house.mark("gate" if number % 2 else "lamps", comment=str(number), colour="red" if number % 2 else "teal")
    house.mark(comment="foreign", by=house.mate, visibility="team", team=house.team)
    return house


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tags_of(house: House) -> list[int]:
    marks = Annotation.objects.filter(owner=house.author).order_by("pk")
    return [mark.taggings.count() for mark in marks]


def test_annotations_are_chosen_tagged_and_untagged_by_keys_alone(live_server: object, open_page: OpenPage) -> None:
    house = filled()
    page = open_page(house.author, "/notebook/?by=day", reduced_motion="reduce")
    page.locator("#said").wait_for(state="attached")
    said = page.locator("#said")
    press(page, "j", "j", "x")
    expect(said).to_have_text("1 annotation chosen")
    press(page, "j", "x")
    expect(said).to_have_text("2 annotations chosen")
    expect(page.locator("[data-count]")).to_have_text("2 ticked")
    press(page, "t")
    field = page.get_by_role("combobox", name="Tags")
    expect(field).to_be_focused()
    field.press_sequentially("Toll")
    field.press("Escape")
    field.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("2 annotations tagged.")
    assert sorted(tags_of(house))[-3:] == [0, 1, 1]
    # All that match, also beyond this page: one of them is a teammate's.
    page.locator("#said").wait_for(state="attached")
    press(page, "Shift+a")
    expect(page.locator("#said")).to_have_text("All 56 annotations that match are chosen, also those beyond this page")
    press(page, "t")
    field.press_sequentially("river")
    field.press("Escape")
    field.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("55 annotations tagged; 1 is not yours to change.")
    assert sorted(tags_of(house))[:53] == [1] * 53
    page.locator("#said").wait_for(state="attached")
    press(page, "z")
    expect(page.locator(".toast").first).to_contain_text("Undone: tagged 55 annotations.")
    assert sorted(tags_of(house)) == [0] * 53 + [1] * 2
    page.locator("#said").wait_for(state="attached")
    press(page, "a")
    expect(page.locator("#said")).to_have_text("50 annotations chosen")


def test_filters_are_quick_and_stand_in_the_address(live_server: object, open_page: OpenPage) -> None:
    page = open_page(filled().author, "/notebook/")
    page.get_by_role("checkbox", name="Teal").check()
    expect(page.locator("#tally")).to_have_text("28 annotations found")
    page.locator("#find-words").fill("lámps")
    expect(page).to_have_url(re.compile(r"\?q=l%C3%A1mps&colour=teal$"))
    expect(page.locator(".entry").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name="Teal")).to_be_checked()
    page.locator(".entry .quote a").first.click()
    expect(page.locator("#text")).to_be_visible()


def test_all_of_it_works_without_a_script_on_a_phone(live_server: object, open_page: OpenPage) -> None:
    house = filled()
    page = open_page(house.author, "/notebook/?colour=red", width=390, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator('input[name="marks"]').first.check()
    page.locator("#bulk summary", has_text="Colour").click()
    page.locator('select[name="colour"]').select_option("blue")
    page.get_by_role("button", name="Recolour").click()
    expect(page.locator(".toast")).to_contain_text("1 annotation recoloured.")
    assert Annotation.objects.filter(colour="blue").count() == 1
    page.get_by_label("All 26 that match").check()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".toast")).to_contain_text("26 annotations moved to your trash.")
    page.get_by_role("button", name="Undo").click()
    assert Annotation.objects.filter(deleted=None).count() == 56
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Trash").last.click()
    expect(page.get_by_role("heading", name="Trash")).to_be_visible()


def test_all_occurrences_of_a_selection_are_tagged(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    page = open_page(house.author, house.article.get_absolute_url())
    page.locator("#said").wait_for(state="attached")
    page.evaluate(SELECT, "the gate")
    page.get_by_role("link", name="Tag all").click()
    expect(page.get_by_role("searchbox", name="Phrase")).to_have_value("the gate")
    expect(page.locator(".entry.place mark")).to_have_text("the gate")
    page.locator("#places input[name=tags]").fill("Gates")
    page.get_by_role("button", name="Tag those ticked").click()
    expect(page.locator(".toast").first).to_contain_text("1 place tagged “Gates”.")
    expect(page.locator("#text mark")).to_have_text("the gate")
