"""The search page by keys alone, on a desk and on a phone: completing, chips, facets, going back, opening at the hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.annotations.people_and_texts import make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.accounts.models import User

    OpenPage = Callable[..., Page]


def fill() -> User:
    house = make_house()
    make_region("PK", "Pakistan", "country")
    wardens = make_actor("Wardens of the Weir", "WW", countries=["PK"])
    name_in(house.article, {"Nobody": wardens})
    texts = ("A lamp by the harbour. Another lamp.", "No lamps at all.")
    issue = make_issue(
        *(make_read_article(text, title=f"Harbour {n}", notes=()) for n, text in enumerate(texts)),
        publication="Harbour Notes",
        date="2020-05-02",
    )
    for article in issue.articles.all():
        name_in(article, {"lamp": wardens})
    return house.author


def troubles(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no way to {selector} by Tab")


@pytest.mark.parametrize("width", [1440, 390])
def test_one_searches_narrows_goes_back_and_reads_without_a_mouse(
    live_server: object, open_page: OpenPage, width: int
) -> None:
    page = open_page(fill(), "/articles/", width=width)
    keys, tally, results = page.keyboard, page.locator("#tally"), page.locator(".result")
    keys.press("/")
    if width < 1200:
        page.wait_for_url("**/search/")
        keys.press("/")
    else:
        expect(page.locator("#find")).to_be_focused()
        keys.type("dusk")
        keys.press("Enter")
        page.wait_for_url("**/search/?q=dusk")
        keys.press("/")
    box, options = page.locator("#q"), page.locator("#completions [role=option]")
    expect(box).to_be_focused()

    # A name is completed by another of its names.
    box.fill("")
    keys.type("lamp act")
    expect(options.first).to_contain_text("actor:")
    keys.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "completions-0")
    keys.press("Enter")
    expect(box).to_have_value("lamp actor:")
    keys.type("ww")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("Wardens of the Weir“WW”Pakistan")
    expect(page.locator("query-box [role=status]")).to_have_text("1 suggestion")
    keys.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(box).to_have_value('lamp actor:"Wardens of the Weir" ')
    keys.press("Enter")
    expect(page.locator(".readback")).to_contain_text("Wardens of the Weir")
    assert troubles(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    # A facet narrows, a chip takes it out again, and Back brings each state as it was.
    tab_to(page, "[name=periodical][value=harbour-notes]")
    keys.press("Space")
    expect(tally).to_have_text("2 articles")
    expect(page.locator("[name=periodical][value=harbour-notes]")).to_be_focused()
    narrowed = page.url
    assert "periodical=harbour-notes" in narrowed
    keys.press("/")
    tab_to(page, '[aria-label="Remove periodical Harbour Notes"]')
    keys.press("Enter")
    expect(tally).to_have_text("3 articles")
    page.go_back()
    expect(tally).to_have_text("2 articles")
    assert page.url == narrowed
    page.go_back()
    expect(tally).to_have_text("3 articles")
    expect(box).to_have_value('lamp actor:"Wardens of the Weir"')

    # A bar of the timeline is a link; the next one with Shift is a span.
    tab_to(page, "brush-timeline a")
    bars = page.locator("brush-timeline a").count()
    for _ in range(bars - 1):
        keys.press("Shift+ArrowRight")
    expect(page.locator("brush-timeline a.brushed")).to_have_count(bars)
    keys.press("Enter")
    expect(page.locator("#f-to")).to_have_value("2022-02-28")
    expect(tally).to_have_text("3 articles")
    page.wait_for_url("**&from=2020-05-01&to=2022-02-28")

    # A passage opens the article at its hit, and f goes on.
    keys.press("/")
    row = results.filter(has_text="Harbour 0")
    tab_to(page, f'.result .snippets a[href*="{row.locator("h2 a").get_attribute("href").split("?")[0]}"]')  # type: ignore[union-attr]
    keys.press("Enter")
    page.wait_for_url("**&hit=1#h1")
    expect(page.locator("mark.hit.now")).to_have_text("lamp")
    assert page.locator("#text").text_content() == "A lamp by the harbour. Another lamp."
    keys.press("f")
    expect(page.locator("[data-count]")).to_have_text("2 of 2")
    keys.press("Shift+f")
    expect(page.locator("[data-count]")).to_have_text("1 of 2")


def test_without_a_script_all_of_it_is_plain_links_and_a_form(live_server: object, open_page: OpenPage) -> None:
    page: Any = open_page(fill(), "/search/", width=390, java_script_enabled=False)
    page.fill("#q", "lamp")
    page.press("#q", "Enter")
    expect(page.locator("#tally")).to_have_text("3 articles")
    page.check("[name=periodical][value=harbour-notes]")
    page.click(".filters-do button")
    expect(page.locator("#tally")).to_have_text("2 articles")
    page.locator(".result", has_text="Harbour 0").locator(".snippets a").first.click()
    expect(page.locator("mark.hit.now").first).to_be_visible()
    page.click("[aria-label='Next hit']")
    assert "hit=2#h2" in page.url
