"""An annotation is changed in its line of the notebook, and nothing is lost or overwritten by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from monitor.annotations.actions import change_annotation
from tests.annotations.people_and_texts import make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]


def test_an_entry_is_changed_in_its_line(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    mark = house.mark(comment="Before")
    house.mark("gate", comment="Another")
    page = open_page(house.author, "/notebook/", reported=True)
    page.locator("#said").wait_for(state="attached")
    entry = page.locator(f'.entry[data-uid="{mark.uid}"]')
    entry.get_by_role("link", name="Edit").click()
    field = entry.get_by_label("Comment")
    expect(field).to_be_focused()
    field.fill("Half a thought")
    page.keyboard.press("Escape")
    expect(entry.get_by_role("link", name="Edit")).to_be_focused()
    page.reload()
    page.locator("#said").wait_for(state="attached")
    entry.get_by_role("link", name="Edit").click()
    expect(field).to_have_value("Half a thought")  # a draft until it is saved
    field.fill("After")
    page.keyboard.press("Control+Enter")
    expect(entry.locator(".note")).to_have_text("After")
    expect(entry.locator(".editing")).to_have_count(0)
    page.locator("passing-word").get_by_role("button", name="Undo").click()
    page.reload()
    expect(entry.locator(".note")).to_have_text("Before")
    # Somebody was quicker, in another window.
    mark.refresh_from_db()
    page.locator("#said").wait_for(state="attached")
    entry.get_by_role("link", name="Edit").click()
    expect(field).to_have_value("Before")
    change_annotation(mark=mark, by=house.author, revision=mark.revision, comment="Of another window")
    field.fill("Mine")
    page.keyboard.press("Control+Enter")
    expect(entry.locator(".editing [role=alert]")).to_contain_text("changed since you opened it")
    expect(entry.get_by_label("Your words")).to_have_value("Mine")
    mark.refresh_from_db()
    assert mark.comment == "Of another window"
    entry.get_by_role("button", name="Save mine over it").click()
    expect(entry.locator(".note")).to_have_text("Mine")


def test_without_a_script_the_link_leads_to_the_form(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    house.mark(comment="Before")
    page = open_page(house.author, "/notebook/", java_script_enabled=False)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment").fill("After")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
