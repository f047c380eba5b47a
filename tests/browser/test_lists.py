"""The list of articles in a browser: filters in place, marks with undo, and the same without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.accounts.models import User

    OpenPage = Callable[..., Page]


@pytest.fixture
def three_articles(live_server: object) -> None:
    make_issue(
        make_read_article(title="Weir", authors=["Ines Varrow"]),
        make_read_article(title="Lamps", authors=["Oren Blackwater"], kind="brief"),
        make_read_article(title="Gate", authors=["Ines Varrow"]),
        number=7,
    )


def test_filter_changes_the_list_its_tally_and_the_address(
    three_articles: None, curator: User, open_page: OpenPage
) -> None:
    page = open_page(curator, "/articles/")
    status = page.locator("#tally")
    status.evaluate("each => { each.dataset.same = 'yes'; }")
    page.check("#f-author-ines-varrow")
    expect(page.locator(".entries > li")).to_have_count(2)
    expect(status).to_have_text("2 articles found")
    assert status.get_attribute("data-same") == "yes"  # a live region that is replaced says nothing
    assert page.url.endswith("/articles/?author=ines-varrow")
    expect(page.locator("#f-author-ines-varrow")).to_be_focused()
    page.select_option("#sort", "title")
    expect(page.locator(".entry-head").first).to_have_text("Gate")
    assert page.url.endswith("/articles/?author=ines-varrow&sort=title")
    page.go_back()
    page.go_back()
    expect(page.locator(".entries > li")).to_have_count(3)


def test_mark_is_made_in_place_and_undone(three_articles: None, curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/articles/")
    row = page.locator(".entries > li", has_text="Lamps")
    row.get_by_role("button", name="Mark as read").click()
    expect(row.locator(".badge")).to_have_text("read")
    expect(page.locator("passing-word")).to_contain_text("The article is marked as read.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("passing-word")).to_contain_text("marked as unread")
    expect(page.locator(".entries > li", has_text="Lamps").locator(".badge")).to_have_text("unread")


def test_lists_work_without_a_script(three_articles: None, curator: User, open_page: OpenPage) -> None:
    page = open_page(curator, "/articles/", java_script_enabled=False)
    page.check("#f-kind-brief")
    page.select_option("#sort", "oldest")
    page.locator("#filters button").click()
    assert page.locator(".entry-head").all_inner_texts() == ["Lamps"]
    page.get_by_role("button", name="Mark as read").click()
    assert page.locator(".reading .badge").inner_text() == "read"
    assert "kind=brief" in page.url
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".reading .badge").inner_text() == "unread"
