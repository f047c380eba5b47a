"""An article as it is filed: one chooses whose annotations are on the paper, with a script and without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
from playwright.sync_api import expect

from tests.annotations.people_and_texts import make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]


def on_paper(page: Page) -> str:
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as sheets:
        words = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets)
    return re.sub(r"(?<=\w)(?=A\d)", " ", words)


def test_chosen_annotations_are_numbered_on_paper(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    house.mark("gate", comment="Mine alone")
    house.mark("lamps", by=house.mate, visibility="everyone", comment="Theirs as well")
    page = open_page(house.author, house.article.get_absolute_url())
    page.click("text=Print or file it")
    expect(page.locator(".switch [aria-current]")).to_have_text("Mine")
    paper = on_paper(page)
    assert [words in paper for words in ("gate A1", "Mine alone", "Theirs as well", "Assembly of the Ardel")] == [
        True,
        True,
        False,
        True,
    ]
    page.click("text=All I may read")
    expect(page.locator(".switch [aria-current]")).to_have_text("All I may read")
    paper = on_paper(page)
    assert [words in paper for words in ("lamps A1", "gate A2", "Theirs as well", "Print", "No annotations")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert page.inner_text(".citation a") in paper
    page.click("text=No annotations")
    expect(page.locator("mark.a, .filed-marks")).to_have_count(0)


def test_printing_is_asked_for_by_the_button_and_needs_no_script(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    house.mark("gate", comment="Mine alone")
    address = f"{house.article.get_absolute_url()}?print=mine"
    page = open_page(house.author, address)
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.click("[data-prints]")
    expect(page).to_have_title("printed")
    plain = open_page(house.author, address, java_script_enabled=False)
    expect(plain.locator("[data-prints]")).to_be_hidden()
    expect(plain.locator(".filed-marks li")).to_have_count(1)
