"""An article with more annotations than its page carries cards: they come into sight, and nothing is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_article, make_user
from tests.web.crowds import crowd

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

PARAGRAPHS = "\n\n".join(f"The lamps of quay {n} were lit before dusk, and nobody saw it." for n in range(40))


@pytest.mark.usefixtures("live_server")
def test_cards_of_a_crowd_come_when_they_are_looked_at_gone_to_or_left_by_filters(open_page: OpenPage) -> None:
    article, hedda, oren = (
        make_article(PARAGRAPHS),
        make_user("analyst", name="hedda"),
        make_user("analyst", name="oren"),
    )
    theirs, mine = crowd(article, oren, 160), crowd(article, hedda, 8, colour="red")
    page = open_page(hedda, article.get_absolute_url(), reduced_motion="reduce")
    page.locator("#said").wait_for(state="attached")
    panel, cards, count = page.locator("#panel"), page.locator("#cards > .card"), page.locator("#mark-count")
    expect(cards).to_have_count(168)
    expect(count).to_have_text("168")
    assert page.locator("svg.ruler .tick").count() > 20
    expect(cards.first.locator(".body")).to_contain_text("Word")

    # Scrolled to: what comes into sight is brought.
    last: Any = cards.last
    assert "empty" in (last.get_attribute("class") or "")
    panel.hover()
    panel.evaluate("(panel) => { panel.scrollTop = panel.scrollHeight; }")
    expect(cards.last.locator(".body")).to_be_visible()
    assert page.locator(".card.empty").count() > 40  # and no more than that

    # Gone to: by its address, and by keys.
    middle = theirs[80]
    assert "empty" in (page.locator(f"#a{middle.uid}").get_attribute("class") or "")
    page.evaluate("(uid) => { location.hash = `a${uid}`; }", str(middle.uid))
    expect(page.locator(f"#a{middle.uid}")).to_be_focused()
    expect(page.locator(f"#a{middle.uid} .body")).to_have_text(middle.comment)
    page.keyboard.press("j")
    expect(page.locator("#said")).to_contain_text("of 168: ")

    # Few are left by a filter: they stand beside their passages, all of them whole.
    page.select_option("#panel [name=by]", "Mine")
    expect(page.locator(".card.placed:visible")).to_have_count(8)
    expect(page.locator(".card:visible .body")).to_have_text([mark.comment for mark in mine[::-1]])
    page.select_option("#panel [name=by]", "")
    expect(page.locator(".card.placed")).to_have_count(0)

    # Made: it counts at once, and goes to its place.
    page.locator("#p1").focus()
    page.evaluate("document.getElementById('cards').lastElementChild.dataset.was = 'last'")
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("h")
    expect(count).to_have_text("169")
    expect(page.locator("#cards > .card:last-child[data-was=last]")).to_have_count(1)
