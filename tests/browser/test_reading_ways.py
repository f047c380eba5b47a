"""Ways through an article in a real browser: places, hits, jumps and Back, the contents over the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from monitor.library.keeping_places import keep_place
from monitor.library.models import Finding
from monitor.library.place_models import ReadingPlace
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.library.models import Article

    OpenPage = Callable[..., Page]

WIDTHS = (390, 768, 1200, 1440)
LINE = "Three groups of captains can be told apart, and the third has declared for neither of the two. "


def make_long(paragraphs: int = 14) -> Article:
    """Return an article of long paragraphs with a head in the middle, notes, and "lamp" in every fourth paragraph."""
    blocks = [f"{LINE * 5}{'A lamp.' if n % 4 == 0 else ''}".strip() for n in range(paragraphs)]
    blocks[1] += "[1]"
    blocks[-2] += " It was said (Ferry Post, January 21).[2]"
    blocks.insert(paragraphs // 2, "## The Weir")
    return make_article(
        "\n\n".join(blocks),
        notes=["On the lamp.", "Ibid."],
        resolves={2: 1},
        cited={"Ferry Post, January 21": "2022-01-21"},
    )


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.localName")
    return found


def top_of(page: Page, selector: str) -> float:
    """Return how far below the bar, or the line of hits, an element begins; in pixels."""
    found: float = page.evaluate(
        """(selector) => {
          const over = document.querySelector(".hits") ?? document.querySelector(".topbar");
          return document.querySelector(selector).getBoundingClientRect().top - over.getBoundingClientRect().bottom;
        }""",
        selector,
    )
    return found


def text_content(page: Page) -> str:
    found: str = page.evaluate("document.getElementById('text').textContent")
    return found


def scroll_to(page: Page, selector: str) -> None:
    page.evaluate("(selector) => document.querySelector(selector).scrollIntoView({ block: 'start' })", selector)


# -- Places ------------------------------------------------------------------------------------------------------------
def test_place_is_kept_when_the_reader_leaves_and_offered_when_they_return(
    open_page: OpenPage, live_server: object
) -> None:
    article, hedda = make_long(), make_user(name="hedda")
    page = open_page(hedda, article.get_absolute_url(), width=390)
    with page.expect_response("**/places/**") as told:
        scroll_to(page, "#p9")
    assert told.value.status == 204
    scroll_to(page, "#p6")
    page.wait_for_timeout(1300)  # a place counts once the text has stood still for a second
    page.goto("/help/")
    kept = ReadingPlace.objects.get()
    assert (kept.paragraph, kept.furthest, kept.paragraphs, kept.read) == (6, 9, 15, None)
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Resume at paragraph 6").click()
    assert page.url.endswith("#p6")
    assert 0 <= top_of(page, "#p6") < 120


def test_reaching_the_end_marks_as_read_and_the_reader_may_say_otherwise(
    open_page: OpenPage, live_server: object
) -> None:
    article, hedda = make_long(), make_user(name="hedda")
    page = open_page(hedda, article.get_absolute_url())
    expect(page.get_by_role("button", name="Mark as read")).to_be_attached()
    page.keyboard.press("End")
    expect(page.locator("#read-state")).to_contain_text("You read this on")
    assert ReadingPlace.objects.get().read is not None
    page.get_by_role("button", name="Mark as unread").press("Enter")
    expect(page.get_by_role("button", name="Mark as read")).to_be_focused()
    scroll_to(page, "#p2")
    page.keyboard.press("End")
    page.wait_for_timeout(1300)
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
    assert ReadingPlace.objects.get().read is None


def test_page_that_was_only_opened_keeps_no_place(open_page: OpenPage, live_server: object) -> None:
    article = make_long()
    page = open_page(make_user(), article.get_absolute_url())
    page.wait_for_timeout(1300)
    page.goto("/help/")
    assert not ReadingPlace.objects.exists()


def test_mark_as_read_and_resume_without_script(open_page: OpenPage, live_server: object) -> None:
    article, hedda = make_long(), make_user(name="hedda")
    keep_place(person=hedda, article=article, paragraph=9)
    page = open_page(hedda, article.get_absolute_url(), width=390, java_script_enabled=False)
    page.click("text=Resume at paragraph 9")
    assert page.url.endswith("#p9")
    page.get_by_role("link", name="Contents").click()
    page.click(".toc >> text=The Weir")
    assert page.url.endswith("#p8")
    page.click("button:has-text('Mark as read')")
    assert page.url.endswith("#read-state")
    assert "You read this on" in page.inner_text("#read-state")
    assert "Resume" not in page.inner_text("main")


# -- Hits --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", WIDTHS)
def test_hits_are_walked_and_back_walks_the_other_way(width: int, open_page: OpenPage, live_server: object) -> None:
    article = make_long()
    page = open_page(make_user(), f"{article.get_absolute_url()}?q=lamp&hit=2#h2", width=width)
    count = page.locator("hit-walk [data-count]")
    expect(count).to_have_text("2 of 5")
    assert text_content(page) == article.texts.get().body
    assert 0 <= top_of(page, "#h2") < 600
    page.get_by_role("link", name="Next hit").click()
    expect(count).to_have_text("3 of 5")
    assert page.url.endswith("?q=lamp&hit=3#h3")
    assert (focused(page), page.locator("mark.now").get_attribute("id")) == ("h3", "h3")
    page.get_by_role("link", name="Next hit").press("Enter")
    expect(count).to_have_text("4 of 5")
    page.go_back()
    expect(count).to_have_text("3 of 5")
    expect(page.get_by_role("link", name="Next hit")).to_be_focused()
    page.go_back()
    expect(count).to_have_text("2 of 5")
    page.get_by_role("link", name="Previous hit").click()
    page.get_by_role("link", name="Previous hit").click()
    expect(count).to_have_text("5 of 5")  # round the corner, to the one in a note
    assert page.evaluate("document.body.scrollWidth - innerWidth") <= 0


def test_hits_are_walked_without_script(open_page: OpenPage, live_server: object) -> None:
    article = make_long()
    page = open_page(make_user(), f"{article.get_absolute_url()}?q=lamp", width=390, java_script_enabled=False)
    assert page.inner_text("hit-walk .found") == "5 hits for lamp"
    page.click("#hit-next")
    page.click("#hit-next")
    assert page.url.endswith("?q=lamp&hit=2#h2")
    assert page.inner_text("hit-walk .found") == "2 of 5 for lamp"
    page.click("[aria-label='Show the text without hits']")
    assert page.locator("mark").count() == 0


# -- Jumps and Back ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("fragment", "focus"), [("p9", "p9"), ("n2", "n2"), ("r2", "r2"), ("cite", "cite")])
def test_address_with_a_fragment_brings_the_focus_below_the_bar(
    fragment: str, focus: str, width: int, open_page: OpenPage, live_server: object
) -> None:
    page = open_page(make_user(), f"{make_long().get_absolute_url()}#{fragment}", width=width)
    assert focused(page) == focus
    assert top_of(page, f"#{fragment}") >= 0
    assert page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top < innerHeight", fragment)


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("p999", "This address means paragraph 999; the text has 15. It may have been read anew since."),
        ("n9", "This address means note 9, which this article does not have."),
        ("%E0%A4%A", "What this address means is not on this page."),
    ],
)
def test_unknown_fragment_says_so(fragment: str, sentence: str, open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), f"{make_long().get_absolute_url()}#{fragment}", width=390)
    line = page.get_by_text(sentence)
    expect(line).to_be_visible()
    assert line.get_attribute("role") == "status"
    page.evaluate("location.hash = 'p2'")
    expect(line).to_be_hidden()


def test_back_returns_to_the_marker_a_card_was_opened_from(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_long().get_absolute_url(), width=390)
    scroll_to(page, "#p2")
    page.click("#r1")
    before = page.evaluate("scrollY")
    page.click("reading-card >> text=Among the notes")
    assert (focused(page), page.evaluate("scrollY") > before) == ("n1", True)
    page.click("#n2 .back")
    assert focused(page) == "r2"
    page.go_back()
    expect(page.locator("#n2 .back")).to_be_focused()
    page.go_back()
    expect(page.locator("#r1")).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 3


def test_back_from_a_source_returns_to_its_citation(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_long().get_absolute_url())
    cite = page.locator(".cite")
    cite.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    cite.click()
    page.click("reading-card h3 a")
    page.wait_for_url("**/sources/**")
    page.go_back()
    expect(page.locator(".cite")).to_be_focused()
    expect(page.locator(".notes li.placed").first).to_be_attached()
    assert abs(page.evaluate("scrollY") - before) < 3


# -- The contents ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [390, 768, 1200])
def test_contents_open_over_the_text_and_give_the_focus_back(
    width: int, open_page: OpenPage, live_server: object
) -> None:
    page = open_page(make_user(), make_long().get_absolute_url(), width=width)
    opener = page.locator("[data-opens=rail]:visible")
    opener.click()
    expect(page.locator(".rail")).to_be_visible()
    assert opener.get_attribute("aria-expanded") == "true"
    expect(page.locator(".rail .close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".rail")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.click(".toc >> text=The Weir")
    expect(page.locator(".rail")).to_be_hidden()
    assert page.url.endswith("#p8")
    assert focused(page) == "p8"
    assert float(page.locator(".passed .part").get_attribute("width") or 0) > 20


def test_contents_tell_what_is_left(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), make_long().get_absolute_url())
    left = page.locator("[data-left]")
    expect(left).to_have_text("About 6 minutes")
    scroll_to(page, "#p8")
    expect(left).to_have_text(re.compile("About [23] minutes left"))
    page.keyboard.press("End")
    expect(left).to_have_text("Read to the end")
    assert page.locator(".progress .part").get_attribute("width") == "100.0"


# -- Everyone ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1200, "sepia"), (1440, "light")])
def test_all_that_stands_beside_the_text_is_accessible(
    width: int, theme: str, open_page: OpenPage, live_server: object
) -> None:
    article, hedda = make_long(), make_user("curator", theme=theme)
    Finding.objects.create(issue=article.issue, article=article, code="x", message="Note 9 is odd.", start=3)
    keep_place(person=hedda, article=article, paragraph=9)
    page = open_page(hedda, f"{article.get_absolute_url()}?q=lamp&hit=2#n9", width=width)
    expect(page.get_by_text("This address means note 9")).to_be_visible()
    expect(page.get_by_text("Resume at paragraph 9")).to_be_visible()
    if width < 1440:
        page.locator("[data-opens=rail]:visible").click()
    report = Axe().run(page)
    serious = [found for found in report.response["violations"] if found["impact"] in {"serious", "critical"}]
    assert [(found["id"], found["nodes"][0]["html"]) for found in serious] == []
    assert page.evaluate("document.body.scrollWidth - innerWidth") <= 0


def test_controls_on_a_phone_are_large_enough_for_a_thumb(open_page: OpenPage, live_server: object) -> None:
    article, hedda = make_long(), make_user()
    page = open_page(hedda, f"{article.get_absolute_url()}?q=lamp", width=390, has_touch=True)
    page.locator("[data-opens=rail]:visible").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll("hit-walk a, .read-state button, .dock > *, .rail .close, .toc a")]
          .filter((each) => each.getClientRects().length)
          .map((each) => [each.textContent.trim() || each.ariaLabel, each.offsetWidth, each.offsetHeight])
          .filter(([, width, height]) => width < 44 || height < 44)"""
    )
    assert small == []
