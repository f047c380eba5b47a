"""Annotating in a real browser: by keys alone, by mouse, by touch; and nothing lost when a session or the line is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from monitor.accounts.session_models import Session
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.passages import AskedPassage
from monitor.annotations.tag_models import PinnedTag
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from monitor.accounts.models import User
    from monitor.library.models import Article

    OpenPage = Callable[..., Page]

FIRST = "The lamps along the quay were lit before dusk. Nobody held the gate of the weir.[1] Gen. Smith slept 😀 well."
THIRD = "Two boats lay idle. A third was chained (Ferry Post, January 21). Its captain said nothing."
FOURTH = "In the morning the wardens counted the lamps again and found one missing."
STEADY = {"reduced_motion": "reduce"}


@pytest.fixture
def article(live_server: object) -> Article:
    lamps = make_read_article(
        f"{FIRST}\n\n## The Weir\n\n{THIRD}\n\n{FOURTH}",
        title="Lamps on the Ardel",
        notes=("Assembly of the Ardel, Report on Dues, 2015.",),
        cited={"Ferry Post, January 21": "2022-01-21"},
    )
    found: Article = make_issue(lamps, number=7, publication="Tidewater Letter").articles.get()
    return found


@pytest.fixture
def analyst(live_server: object) -> User:
    return make_user("analyst", name="hedda")


def body(article: Article) -> str:
    found: str = article.texts.get().body
    return found


def mark(article: Article, by: User, words: str, **facts: Any) -> Annotation:
    start = body(article).index(words)
    draft = Draft(article=article, passages=(AskedPassage(start, start + len(words)),), **facts)
    return create_annotation(uid=uuid4(), by=by, draft=draft)[0]


def ready(page: Page) -> Page:
    page.locator("#said").wait_for(state="attached")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def select(page: Page, start: tuple[str, int], end: tuple[str, int]) -> None:
    """Select from a place to a place, each an element's selector and a number of its letters, as a drag would."""
    page.evaluate(
        """([from, to]) => {
          const at = ([selector, letters]) => {
            const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
            let left = letters;
            while (walker.nextNode()) {
              if (left <= walker.currentNode.length) return [walker.currentNode, left];
              left -= walker.currentNode.length;
            }
          };
          getSelection().setBaseAndExtent(...at(from), ...at(to));
        }""",
        [start, end],
    )


def text_of(page: Page) -> str:
    found: str = page.evaluate("document.getElementById('text').textContent")
    return found


def quotes() -> list[list[str]]:
    return [[span.quote for span in mark.spans.all()] for mark in Annotation.objects.order_by("created")]


# -- By keys alone ---------------------------------------------------------------------------------------------------


def test_two_sentences_are_marked_commented_undone_and_brought_back_without_a_pointer(
    open_page: OpenPage, article: Article, analyst: User
) -> None:
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    page.evaluate("document.documentElement.style.pointerEvents = 'none'")
    before = text_of(page)
    assert before == body(article)
    places = "[...document.querySelectorAll('#text > *')].map((each) => [each.offsetTop, each.offsetHeight])"
    laid = page.evaluate(places)
    press(page, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp")
    expect(page.locator("#said")).to_contain_text("Picked: The lamps along")
    assert page.evaluate("[...CSS.highlights.get('sentence')].map(String)") == [
        "The lamps along the quay were lit before dusk. Nobody held the gate of the weir.[1]"
    ]
    press(page, "h")
    card = page.locator(".card")
    expect(card).to_have_count(1)
    assert quotes() == [["The lamps along the quay were lit before dusk. Nobody held the gate of the weir.[1]"]]
    assert text_of(page) == before
    assert page.evaluate(places) == laid
    assert page.evaluate("document.activeElement.id") == "p1"  # one goes on reading where one was
    press(page, "n")
    field = card.locator("textarea")
    expect(field).to_be_focused()
    page.keyboard.type("Who lit them?")
    press(page, "Control+Enter")
    expect(card.locator(".body")).to_have_text("Who lit them?")
    press(page, "z")
    expect(card.locator(".body")).to_have_count(0)
    page.reload()
    ready(page)
    press(page, "z")
    expect(card).to_have_count(0)
    expect(page.locator("mark.a")).to_have_count(0)
    assert text_of(page) == before
    press(page, "Shift+Z")
    expect(card).to_have_count(1)
    press(page, "Shift+Z")
    expect(card.locator(".body")).to_have_text("Who lit them?")
    assert page.locator("mark.a").all_inner_texts()
    page.reload()
    expect(card.locator(".body")).to_have_text("Who lit them?")
    assert text_of(page) == before


def test_keys_go_from_annotation_to_annotation_edit_and_delete(
    open_page: OpenPage, article: Article, analyst: User
) -> None:
    other = make_user("analyst", name="oren")
    PinnedTag.objects.create(person=analyst, tag=make_tag(name="custody", by=analyst), digit=1)
    mark(article, analyst, "Two boats lay idle.", comment="First of mine")
    mark(article, other, "counted the lamps", comment="Oren's", visibility="everyone")
    mark(article, analyst, "lit before dusk", comment="Above all")
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    seen = []
    for key in ("j", "j", "j", "j", "k"):
        press(page, key)
        seen.append(page.evaluate("document.activeElement.querySelector('.body').textContent.trim()"))
    assert seen == ["Above all", "First of mine", "Oren's", "Oren's", "First of mine"]
    expect(page.locator("#said")).to_have_text("2 of 3: hedda, First of mine")
    assert page.locator("mark.on").all_text_contents() == ["Two boats lay idle."]
    press(page, "Enter")
    field = page.locator(".card.on textarea[name=comment]")
    expect(field).to_be_focused()
    expect(field).to_have_value("First of mine")
    press(page, "Escape")
    expect(field).to_have_count(0)
    press(page, "Delete")
    expect(page.locator(".card")).to_have_count(2)
    assert page.locator("mark.a").all_text_contents() == ["lit before dusk", "counted the lamps"]
    press(page, "j", "j", "j", "Delete")  # not ours
    expect(page.locator(".card")).to_have_count(2)
    press(page, "z")
    expect(page.locator(".card .body")).to_have_text(
        ["Above all", "First of mine", "Oren's"]
    )  # in the order of the page


# -- What a selection means ------------------------------------------------------------------------------------------


def test_selections_are_taken_as_they_are_meant(open_page: OpenPage, article: Article, analyst: User) -> None:
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    adder = page.locator("mark-adder")
    page.locator("#p3").scroll_into_view_if_needed()
    page.click("#p3", click_count=3, position={"x": 20, "y": 10})  # ends at the start of the next paragraph
    expect(adder).to_be_visible()
    assert page.evaluate("document.getElementById('text').contains(document.querySelector('mark-adder'))") is False
    adder.locator(".acts [data-colour=teal]").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(adder).to_be_hidden()
    select(page, ("#p1", len("The lamps along the quay were lit before dusk.")), ("#n1-text", len("Assembly of")))
    expect(adder).to_be_visible()
    adder.locator(".acts [data-colour=red]").click()
    expect(page.locator(".card")).to_have_count(2)
    assert quotes() == [
        [THIRD],
        [FIRST[47:], "The Weir", THIRD, FOURTH, "Assembly of"],
    ]
    assert page.locator("#n1-text mark").all_text_contents() == ["Assembly of"]
    select(page, ("#p4", 3), ("#p4", 7))
    expect(adder).to_be_visible()
    press(page, "Escape")
    expect(adder).to_be_hidden()
    assert page.evaluate("getSelection().isCollapsed")
    assert text_of(page) == body(article)


def test_click_on_overlapping_marks_asks_which_and_links_inside_are_followed(
    open_page: OpenPage, article: Article, analyst: User
) -> None:
    mark(article, analyst, THIRD, comment="All of it", colour="teal")
    mark(article, analyst, "chained (Ferry Post, January 21). Its captain", comment="Some of it", colour="red")
    mark(article, analyst, "Ferry Post, January 21). Its captain said", comment="Less of it")
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    page.locator("#p3 mark", has_text="Its captain").first.click()
    chooser = page.locator(".chooser")
    expect(chooser.locator("li")).to_have_count(3)
    assert chooser.locator(".quote").all_text_contents() == ["Less of it", "Some of it", "All of it"]
    press(page, "2")
    expect(chooser).to_have_count(0)
    assert page.evaluate("document.activeElement.querySelector('.body').textContent.trim()") == "Some of it"
    press(page, "o")
    expect(chooser.locator("li")).to_have_count(3)
    press(page, "ArrowDown", "ArrowDown", "Enter")
    assert page.evaluate("document.activeElement.querySelector('.body').textContent.trim()") == "All of it"
    press(page, "o", "Escape")
    expect(chooser).to_have_count(0)
    page.locator("#p3 .cite mark").first.click()
    expect(page.locator("reading-card")).to_be_visible()
    expect(chooser).to_have_count(0)


def test_overlapping_cards_stand_apart_and_filters_work_in_place(
    open_page: OpenPage, article: Article, analyst: User
) -> None:
    other = make_user("analyst", name="oren")
    for n, words in enumerate(("Two boats", "boats lay", "lay idle", "A third")):
        mark(
            article,
            analyst if n % 2 else other,
            words,
            comment=f"Card {n}",
            visibility="everyone" if n != 1 else "private",
        )
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    cards = page.locator(".card.placed")
    expect(cards).to_have_count(4)
    boxes = [box for each in cards.all() if (box := each.bounding_box())]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    page.select_option("#panel [name=by]", "Mine")
    expect(page.locator(".card:visible .body")).to_have_text(["Card 1", "Card 3"])
    assert page.locator("mark.a.out").all_text_contents()
    page.select_option("#panel [name=scope]", "Only me")
    expect(page.locator(".card:visible .body")).to_have_text(["Card 1"])
    page.select_option("#panel [name=by]", "")
    page.select_option("#panel [name=scope]", "")
    expect(page.locator(".card:visible")).to_have_count(4)
    assert page.locator("mark.a.out").count() == 0
    assert page.locator("svg.ruler .tick").count() >= 1


# -- Nothing is lost -------------------------------------------------------------------------------------------------


def sign_in_elsewhere(page: Page, person: User, address: str) -> None:
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def lose_answer(route: Route) -> None:
    """Let a request arrive, and its answer be lost."""
    route.fetch()
    route.abort()


def test_session_that_ends_while_one_writes_loses_nothing(
    open_page: OpenPage, article: Article, analyst: User, live_server: Any
) -> None:
    page = ready(open_page(analyst, article.get_absolute_url(), reported=True, **STEADY))
    adder = page.locator("mark-adder")
    press(page, "ArrowDown", "n")
    expect(adder.locator("textarea")).to_be_focused()
    page.keyboard.type("Half a thought")
    Session.objects.all().delete()
    adder.locator("[type=submit]").click()
    expect(adder.locator(".trouble")).to_contain_text("You were signed out")
    expect(adder.locator("textarea")).to_have_value("Half a thought")
    assert Annotation.objects.count() == 0
    sign_in_elsewhere(page, analyst, live_server.url)
    page.reload()
    ready(page)
    expect(page.locator(".toast.drafted")).to_be_visible()
    page.locator(".toast.drafted button").click()
    expect(adder.locator("textarea")).to_have_value("Half a thought")
    Session.objects.all().delete()
    adder.locator("[type=submit]").click()
    expect(adder.locator(".trouble")).to_contain_text("You were signed out")
    sign_in_elsewhere(page, analyst, live_server.url)
    adder.locator("[type=submit]").click()  # the same page, with the new session
    expect(page.locator(".card .body")).to_have_text("Half a thought")
    assert Annotation.objects.get().comment == "Half a thought"
    page.reload()
    ready(page)
    expect(page.locator(".draft, .toast.drafted")).to_have_count(0)


def test_line_that_is_down_makes_a_draft_and_a_lost_answer_no_second_mark(
    open_page: OpenPage, article: Article, analyst: User, live_server: Any
) -> None:
    page = ready(open_page(analyst, article.get_absolute_url(), reported=True, **STEADY))
    adder = page.locator("mark-adder")
    page.context.set_offline(offline=True)
    press(page, "ArrowDown", "Shift+ArrowDown", "h")
    expect(adder.locator(".trouble")).to_contain_text("cannot be reached")
    page.context.set_offline(offline=False)
    page.route("**/annotations/", lose_answer)
    adder.locator("[type=submit]").click()
    expect(adder.locator(".trouble")).to_contain_text("cannot be reached")
    page.unroute("**/annotations/")
    assert Annotation.objects.count() == 1
    adder.locator("[type=submit]").click()
    expect(page.locator(".card")).to_have_count(1)
    assert Annotation.objects.count() == 1
    sign_in_elsewhere(page, make_user("analyst", name="oren"), live_server.url)
    page.evaluate(
        "localStorage.setItem('draft:0:article-0:x', JSON.stringify({uid: 'x', at: Date.now(), comment: 'Not yours'}))"
    )
    page.reload()
    ready(page)
    expect(page.locator(".draft, .toast.drafted")).to_have_count(0)


# -- On a phone ------------------------------------------------------------------------------------------------------


def test_touch_selection_opens_a_sheet_and_the_panel_is_one(
    open_page: OpenPage, article: Article, analyst: User
) -> None:
    page = ready(open_page(analyst, article.get_absolute_url(), width=390, has_touch=True, is_mobile=True, **STEADY))
    adder = page.locator("mark-adder")
    select(page, ("#p3", 0), ("#p3", 19))
    expect(adder).to_be_visible()
    box = adder.bounding_box()
    assert box
    assert (round(box["x"]), round(box["width"]), round(box["y"] + box["height"])) == (0, 390, 844)
    small = adder.evaluate(
        """(adder) => [...adder.querySelectorAll("button, select, input")].filter((each) => each.checkVisibility())
          .filter((each) => each.offsetWidth < 44 || each.offsetHeight < 44).map((each) => each.outerHTML)"""
    )
    assert small == []
    adder.locator(".acts [data-colour=green]").tap()
    expect(page.locator("#p3 mark")).to_have_text("Two boats lay idle.")
    page.locator(".dock [data-opens=panel]").tap()
    expect(page.locator(".card")).to_be_visible()
    assert Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".panel .close").tap()
    expect(page.locator(".card")).to_be_hidden()
    page.locator("#p3 mark").tap()
    expect(page.locator(".card")).to_be_visible()


def test_page_with_panel_adder_and_forms_is_accessible(open_page: OpenPage, article: Article, analyst: User) -> None:
    mark(article, analyst, "Two boats", comment="A card", colour="red")
    page = ready(open_page(analyst, article.get_absolute_url(), **STEADY))
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    press(page, "j", "Enter")
    expect(page.locator(".card textarea")).to_be_focused()
    for theme in ("light", "sepia", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        assert Axe().run(page, options=rules).response["violations"] == []
    press(page, "Escape", "ArrowDown", "n")
    expect(page.locator("mark-adder textarea")).to_be_focused()
    assert Axe().run(page, options=rules).response["violations"] == []
