"""The field that suggests tags, by keys and pointer, and the codebook at a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from monitor.annotations.codebook import make_tag
from tests.annotations.people_and_texts import make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]


def test_tags_are_suggested_chosen_and_named_anew(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    for name in ("Prison break", "Violence/Prison riot", "Boats"):
        make_tag(name=name, by=house.curator)
    mark = house.mark(comment="Dusk.")
    page = open_page(house.author, f"/annotations/{mark.uid}/")
    field = page.get_by_role("combobox", name="Tags")
    options = page.locator(".tag-options [role=option]")
    field.press_sequentially("pri")
    expect(options).to_have_text(["Prison break", "violence / Prison riot", "New tag “pri”"])
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("tag-box [role=status]")).to_have_text("3 suggestions")
    field.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", str(options.nth(1).get_attribute("id")))
    field.press("Enter")
    expect(field).to_have_value("violence/prison-riot, ")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press_sequentially("boa")
    options.first.click()
    expect(field).to_have_value("violence/prison-riot, boats, ")
    expect(field).to_be_focused()
    field.press_sequentially("quiet harbour")
    expect(options).to_have_text(["New tag “quiet harbour”"])
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    field.press("Enter")
    page.wait_for_url(lambda url: "/change/" not in url)
    paths = mark.taggings.order_by("tag__path").values_list("tag__path", flat=True)
    expect(page.get_by_text("quiet harbour").first).to_be_visible()
    assert list(paths) == ["boats", "quiet-harbour", "violence/prison-riot"]


def test_the_codebook_fits_a_phone_and_is_found_by_typing(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    tag = make_tag(name="Violence/" + "Unparted" * 9, by=house.curator)
    make_tag(name="Boats", by=house.curator)
    house.mark(tags=(tag,), visibility="everyone")
    page = open_page(house.curator, "/tags/", width=320)
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    page.get_by_role("searchbox", name="Find a tag").fill("boat")
    expect(page.locator(".branch")).to_have_count(1)
    expect(page.locator("#tally")).to_have_text("3 tags; shown are those with “boat”")
    page.goto(f"/tags/{tag.path}/")
    assert not page.evaluate(wide)
    page.get_by_text("Rename").first.click()
    page.get_by_label("Name", exact=True).fill("Raid")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Raid")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unparted" * 9)
