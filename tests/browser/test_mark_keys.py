"""The keys for what is picked: its words as a tag, the tag used last, the annotations on it, the names in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

STEADY = {"reduced_motion": "reduce"}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tagged() -> list[tuple[str, list[str]]]:
    marks = Annotation.objects.order_by("created", "pk")
    return [(mark.spans.get().quote, [use.tag.name for use in mark.taggings.order_by("tag__name")]) for mark in marks]


def test_words_become_a_tag_which_then_is_one_key_away(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    page = open_page(house.author, house.article.get_absolute_url(), **STEADY)
    page.locator("#said").wait_for(state="attached")
    press(page, "ArrowDown", "q")  # nothing was used yet
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "i")
    tags = page.locator('mark-adder [name="tags"]')
    expect(tags).to_be_focused()
    expect(tags).to_have_value("The lamps")
    press(page, "Escape", "Escape")
    expect(page.locator("mark-adder form")).to_be_hidden()
    assert tagged() == []
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "i")
    expect(tags).to_be_focused()
    tags.fill("lamps")
    page.click('mark-adder button[type="submit"]')
    card = page.locator(".card")
    expect(card).to_have_count(1)
    press(page, "ArrowDown", "ArrowDown", "q")
    expect(card).to_have_count(2)
    assert tagged() == [
        ("The lamps", ["lamps"]),
        ("Nobody held the gate (Ferry Post, January 21).", ["lamps"]),
    ]
    # On a card it takes the tag off again.
    press(page, "j")
    expect(card.nth(1)).to_be_focused()
    press(page, "q")
    expect(card.nth(1).locator(".tags li")).to_have_count(0)
    assert [tags for _, tags in tagged()] == [["lamps"], []]


def test_annotations_on_what_is_picked_are_shown(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    for words in ("lamps", "lamps were lit", "gate"):
        house.mark(words)
    page = open_page(house.author, house.article.get_absolute_url(), **STEADY)
    page.locator("#said").wait_for(state="attached")
    press(page, "ArrowDown", "Shift+ArrowRight")  # "The" bears none
    press(page, "s")
    expect(page.locator(".chooser")).to_have_count(0)
    press(page, "Shift+ArrowRight", "s")
    expect(page.locator(".chooser li")).to_have_count(2)
    press(page, "1")
    expect(page.locator(".card.on .quote")).to_have_text("lamps")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('p1'))")
    button = page.locator('mark-adder [data-does="under"]')
    expect(button).to_have_text("Show 2 here s")
    button.click()
    expect(page.locator(".chooser li")).to_have_count(2)


def test_names_of_the_article_are_one_key_away_for_those_who_judge_them(
    live_server: object, open_page: OpenPage
) -> None:
    house = make_house()
    page = open_page(house.author, house.article.get_absolute_url(), **STEADY)
    page.locator("#said").wait_for(state="attached")
    press(page, "r")
    page.wait_for_url(f"**/review/names/?article={house.article.pk}")
    plain = open_page(house.reader, house.article.get_absolute_url(), **STEADY)
    expect(plain.locator('a[data-act="review-names"]')).to_have_count(0)
