"""What pages do in a browser: themes, filters, words said in passing, and what is said when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from monitor.jobs.models import Ingest
from monitor.library.models import Issue
from tests.browser.every_page import fill_library
from tests.factories import PASSWORD, make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FloatRect, Page, Route

    from monitor.accounts.models import User

    OpenPage = Callable[..., Page]


@pytest.fixture
def addresses(live_server: object) -> dict[str, str]:
    """Fill the library and return the address of every kind of page."""
    return fill_library().addresses


def test_skip_link_comes_first_and_leads_to_the_text(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, addresses["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_theme_is_shown_at_once_and_kept(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/")
    page.click('button[aria-label="How pages look"]')
    with page.expect_response("**/account/look/") as answer:
        page.click("label:has-text('Sepia')")
    assert answer.value.status == 204
    assert page.evaluate("document.documentElement.dataset.theme") == "sepia"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "sepia"
    curator.refresh_from_db()
    assert curator.theme == "sepia"


def test_theme_is_kept_without_script(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/help/", java_script_enabled=False)
    page.click('button[aria-label="How pages look"]')
    page.click("label:has-text('Dark')")
    page.click("text=Use this look")
    assert page.url.endswith("/help/")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_shelf_filters_in_place_and_back_undoes_it(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, "/")
    assert page.locator(".shelf li").count() == 2
    page.check("text=Canal Dispatches")
    page.wait_for_url("**/?*periodical=canal-dispatches")
    expect(page.locator(".shelf li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".shelf li")).to_have_count(2)


def boxes(page: Page, selector: str) -> list[FloatRect]:
    return [box for each in page.locator(selector).all() if (box := each.bounding_box())]


def test_short_volumes_share_a_row_and_long_ones_fill_theirs(live_server: object, open_page: OpenPage) -> None:
    for number in (1, 2, 3, 4):
        make_issue(publication="Weir Weekly", number=number, date=f"2021-0{number}-11")
    make_issue(publication="Canal Dispatches", number=1, date="2022-03-01")
    make_issue(publication="Tidewater Letter", number=1, date="2022-02-01")
    page = open_page(make_user("reader"), "/")
    lone, other, long = boxes(page, ".run")
    assert lone["y"] == other["y"] < long["y"]
    assert long["width"] == boxes(page, "#issues")[0]["width"] > 3 * lone["width"]
    page.set_viewport_size({"width": 390, "height": 844})
    assert {round(cover["width"]) for cover in boxes(page, ".shelf .cover")} == {171}


def test_words_run_in_the_direction_of_their_script(live_server: object, open_page: OpenPage) -> None:
    title = "\u0627\u0644\u0647\u062f\u0646\u0629"
    article = make_read_article(f"{title}.\n\nNobody held the gate.", title=title, notes=(), cited={})
    page = open_page(make_user("reader"), make_issue(article).articles.get().get_absolute_url())
    ends = """(element) => {
      const words = document.createRange();
      words.selectNodeContents(element);
      const [text, box] = [words.getBoundingClientRect(), element.getBoundingClientRect()];
      return [Math.round(text.left - box.left) > 40, Math.round(box.right - text.right) > 40];
    }"""
    assert page.eval_on_selector(".arthead h1", ends) == [True, False]
    assert page.eval_on_selector("#p1", ends) == [True, False]
    assert page.eval_on_selector("#p2", ends) == [False, True]


def test_administrators_find_people_and_teams_in_the_navigation(live_server: object, open_page: OpenPage) -> None:
    for width, name in ((1440, "Main"), (390, "More pages")):
        page = open_page(make_user("admin"), "/", width=width)
        if width < 900:
            page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("navigation", name=name, exact=True).get_by_role("link", name="People").click()
        assert page.inner_text("h1") == "People"
        page.get_by_role("navigation", name="People and teams").get_by_role("link", name="Teams").click()
        assert page.inner_text("h1") == "Teams"
        assert page.locator('nav [aria-current="page"]:visible').all_inner_texts() == (
            ["People", "Teams"] if width > 600 else ["Teams"]
        )
    page = open_page(make_user("curator"), "/")
    assert page.get_by_role("link", name="People").count() == 0


def test_shelf_filters_without_script(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/", java_script_enabled=False)
    page.check("text=Canal Dispatches")
    page.click("text=Show >> nth=-1")
    assert "periodical=canal-dispatches" in page.url
    assert page.locator(".shelf li").count() == 1


def test_source_is_found_while_typing(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/sources/")
    page.fill("#name", "nothing like it")
    page.wait_for_selector("text=No source is like that.")
    assert "q=nothing" in page.url


def test_what_was_done_is_said_and_passes(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, addresses["issue"])
    page.click("text=Withdraw")
    assert page.inner_text("passing-word").strip() == "Withdrawn: only curators see the issue now."
    assert Issue.objects.get(number=7).state == "withdrawn"
    page.wait_for_selector("passing-word", state="detached", timeout=9000)


def test_lost_session_is_said_and_the_page_stays(addresses: dict[str, str], curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/sources/", reported=True)
    page.context.clear_cookies()
    page.fill("#name", "dawn")
    expect(page.get_by_role("alert")).to_have_text(
        "You were signed out. Sign in again in another tab; nothing on this page is lost."
    )
    assert page.input_value("#name") == "dawn"


def test_what_went_wrong_is_said_once_and_inside_the_window(curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/ingest/", width=320, reported=True)
    Ingest.objects.create(file_name="a.pdf", file_bytes=10, state="waiting")
    page.reload()
    page.evaluate(
        """() => {
          globalThis.said = 0;
          new MutationObserver((changes) => {
            for (const change of changes) for (const node of change.addedNodes) if (node.id === "trouble") said += 1;
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    refused = 0

    def refuse(route: Route) -> None:
        nonlocal refused
        refused += 1
        route.fulfill(status=403, body="no")

    page.route("**/ingest/", refuse)
    while refused < 3:
        page.wait_for_timeout(100)
    assert page.evaluate("said") == 1
    (toast,) = boxes(page, "#trouble")
    assert 0 <= toast["x"] < toast["x"] + toast["width"] <= 320


def test_form_sent_without_a_session_is_said_at_sign_in(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, addresses["issue"], width=390, reported=True)
    page.context.clear_cookies(name="sessionid")
    page.click("text=Withdraw")
    sentence = page.get_by_role("status")
    expect(sentence).to_have_text("You were signed out before this was sent, and nothing was changed.")
    (toast,) = boxes(page, "passing-word")
    assert 0 <= toast["x"] < toast["x"] + toast["width"] <= 390
    page.fill("[name=login]", "hedda")
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in')")
    page.wait_for_url(f"**{addresses['issue']}")
    assert Issue.objects.get(number=7).state == "published"


def test_site_that_is_away_is_said_until_it_answers(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, "/sources/", reported=True)
    page.route("**/sources/?q=**", lambda route: route.abort())
    page.fill("#name", "dawn")
    expect(page.get_by_role("alert")).to_have_text("The site cannot be reached just now.")
    page.unroute("**/sources/?q=**")
    page.fill("#name", "ferry")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_page_kept_by_the_browser_is_asked_for_again(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, "/help/")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_lines_of_an_article_have_a_readers_measure(
    addresses: dict[str, str], curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, addresses["article"])
    letters = page.evaluate(
        """() => {
          const line = document.getElementById("p1").cloneNode();
          line.textContent = "Nobody held the gate when the river rose and the lamps were lit. ".repeat(20);
          document.getElementById("text").append(line);
          const range = document.createRange();
          range.selectNodeContents(line);
          const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
          line.remove();
          return (65 * 20) / lines;
        }"""
    )
    assert 60 <= letters <= 72
