"""Actors, regions and names in texts in a browser: cards, keys, pictures without a script, and the queue without a mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.mention_models import Mention
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from monitor.accounts.models import User
    from monitor.library.models import Article

    OpenPage = Callable[..., Page]

TEXT = "The Lodge of Nine met at Vray.\n\nNobody saw the Nine, nor the Lodge.\n\nThe Nine left."


@pytest.fixture
def article(live_server: object) -> Article:
    asia = make_region("south-asia", "South Asia", "macro")
    land = make_region("PK", "Pakistan", "country", asia, countries=["PK"])
    facts: dict[str, Any] = {"lat": 25.5, "lon": 62.0, "coord_basis": "point", "countries": ["PK"]}
    vray = make_region("gn1", "Vray", "city", land, **facts)
    lodge = make_actor("Lodge of Nine", "LoN")
    relate(lodge, "member_of", make_actor("Great Lodge"), valid_to="2021")
    read = (
        make_read_article(TEXT, title="A Meeting", notes=()),
        make_read_article("The Lodge again.", title="Later", notes=()),
    )
    first: Article
    first, second = make_issue(*read, number=7).articles.order_by("position")
    name_in(first, {"Lodge of Nine": lodge, "Vray": vray}, about=True)
    name_in(first, {"the Nine": lodge}, status="suggested", score=0.4)
    name_in(first, {"the Lodge": lodge, "The Nine": lodge}, status="suggested", score=0.6)
    name_in(second, {"The Lodge": lodge}, status="suggested", score=0.6)
    return first


@pytest.fixture
def analyst(live_server: object) -> User:
    return make_user("analyst", name="oren")


def waiting() -> int:
    return Mention.objects.filter(status="suggested").count()


def test_queue_is_worked_through_without_a_mouse(article: Article, analyst: User, open_page: OpenPage) -> None:
    page = open_page(analyst, "/review/names/")
    now, tally, keys = page.locator(".proposal.now .surface"), page.locator("#queue-tally"), page.keyboard
    tally.evaluate("each => { each.dataset.same = 'yes'; }")
    expect(now).to_have_text("“the Nine”")
    expect(page.locator("#suggested")).to_have_text("the Nine")
    expect(page.locator('[data-review="accept"]')).to_be_focused()
    # `the Nine` and `The Nine` are one decision; accepted one by one, the other stays.
    keys.press("y")
    expect(tally).to_contain_text("Accepted: “the Nine”. 3 uncertain names in 2 articles")
    assert tally.get_attribute("data-same") == "yes"
    assert waiting() == 3
    keys.press("z")
    expect(tally).to_contain_text("Taken back: “the Nine” waits again. 4 uncertain names")
    assert waiting() == 4
    expect(now).to_have_text("“the Nine”")
    keys.press("Shift+A")
    expect(tally).to_contain_text("Accepted: “the Nine”, everywhere. 2 uncertain names")
    assert waiting() == 2
    # Rejected everywhere: n asks how far, Tab goes on, Enter decides.
    expect(now).to_have_text("“the Lodge”")
    keys.press("n")
    expect(page.get_by_role("button", name="Only here")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(page.get_by_role("button", name="Everywhere")).to_be_focused()
    keys.press("Enter")
    expect(tally).to_have_text(re.compile("Rejected: “the Lodge”, everywhere. Nothing waits for a decision. 2 decided"))
    assert waiting() == 0
    keys.press("z")
    expect(tally).to_contain_text("2 uncertain names in 2 articles")
    # Another: e leads into the field, Enter keeps it.
    keys.press("e")
    expect(page.locator("#relink-name")).to_be_focused()
    keys.type("Great Lodge")
    keys.press("Enter")
    expect(tally).to_contain_text("Put right: “the Lodge”. 1 uncertain name in 1 article")
    assert Mention.objects.filter(actor__slug="great-lodge", status="confirmed").count() == 1
    keys.press("s")
    # Pressed at once, a key waits for what it is meant for, and what is typed after it goes where it leads.
    keys.press("w")
    keys.type("x")
    expect(page.locator("#new-name")).to_be_focused()
    expect(page.locator("#new-name")).to_have_value("xThe Lodge")
    expect(now).to_have_text("“The Lodge”")
    expect(page).to_have_url(re.compile(r"\?at=\d*$"))


def slowed(page: Page, address: str) -> None:
    """Let the answers of this address come late, as from a busy site."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route(address, wait)


def test_keys_in_a_hurry_decide_one_after_the_other(article: Article, analyst: User, open_page: OpenPage) -> None:
    page = open_page(analyst, "/review/names/")
    tally, keys = page.locator("#queue-tally"), page.keyboard
    slowed(page, "**/review/names/*/")
    for key in ("y", "y", "n", "Tab", "Enter"):
        keys.press(key)
    said = re.compile("Rejected: “The Nine”, all in this article. 1 uncertain name in 1 article")
    expect(tally).to_have_text(said, timeout=20_000)  # three answers that come late, one after the other
    assert list(MentionJudgement.objects.order_by("pk").values_list("quote", "verdict")) == [
        ("the Nine", "confirm"), ("the Lodge", "confirm"), ("The Nine", "reject"),
    ]  # fmt: skip
    # What comes has the focus, so that Enter decides there too; what is typed elsewhere stays there.
    expect(page.locator('[data-review="accept"]')).to_be_focused()
    keys.press("Enter")
    page.locator("#find").press_sequentially("y?")
    expect(tally).to_contain_text("Accepted: “The Lodge”. Nothing waits")
    expect(page.locator("#find")).to_have_value("y?")


def test_keys_pressed_before_the_scripts_come_act_when_they_do(
    article: Article, analyst: User, open_page: OpenPage
) -> None:
    page = open_page(analyst, "/help/")
    slowed(page, "**/js/site*.js")
    page.goto("/review/names/", wait_until="commit")
    expect(page.locator(".proposal.now .surface")).to_have_text("“the Nine”")
    page.keyboard.type("w?")
    expect(page.locator("#new-name")).to_have_value("?the Nine")
    assert waiting() == 4


def test_queue_works_without_a_script(article: Article, analyst: User, open_page: OpenPage) -> None:
    page = open_page(analyst, "/review/names/", java_script_enabled=False)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.locator("#queue-tally")).to_contain_text("Accepted: “the Nine”.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".proposal.now .surface")).to_have_text("“the Nine”")
    page.locator(".proposal.now summary", has_text="Reject").click()
    page.get_by_role("button", name="In this article").click()
    expect(page.locator("#queue-tally")).to_contain_text("Rejected: “the Nine”, all in this article.")
    assert waiting() == 2


def test_names_have_cards_and_are_walked_by_a_key(article: Article, analyst: User, open_page: OpenPage) -> None:
    page = open_page(analyst, article.get_absolute_url())
    names, card = page.locator("#text .entity"), page.locator("reading-card")
    expect(names).to_have_count(5)
    assert page.locator("#text").evaluate("each => each.textContent") == article.texts.get().body
    page.keyboard.press("e")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("e")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("Shift+E")
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    expect(card.locator("h3")).to_have_text("Lodge of Nine")
    expect(card).to_contain_text("until 2021")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(names.nth(0)).to_be_focused()
    names.nth(2).click()
    expect(card).to_contain_text("suggested: a known name, 0.40 sure")
    card.get_by_role("button", name="Right").click()
    expect(page.locator("#text .entity.maybe")).to_have_count(2)
    # The choice of look takes the lines away, at once and on the next page.
    page.get_by_role("button", name="How pages look").click()
    page.get_by_text("Plain", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-names", "hidden")
    assert names.first.evaluate("each => getComputedStyle(each).textDecorationLine") == "none"
    page.reload()
    expect(names).to_have_count(0)


def test_two_actors_are_compared_merged_and_parted(article: Article, open_page: OpenPage) -> None:
    page = open_page(make_user("curator", name="cora"), "/actors/lodge-of-nine/same/")
    field = page.get_by_label("The other actor, by any of its names")
    field.press_sequentially("gre")
    # The browser's own list: what it offers is there for it, as names with what they are.
    expect(page.locator("#actors-known option")).to_have_attribute("value", "Great Lodge")
    field.fill("Great Lodge")
    field.press("Enter")
    sides = page.locator(".sides > section")
    expect(sides).to_have_count(2)
    expect(sides.nth(1)).to_contain_text("has as member Lodge of Nine")
    page.wait_for_load_state()  # or the style sheet may still be on its way
    tops, lefts = (
        [sides.nth(number).evaluate(f"each => each.{at}") for number in (0, 1)] for at in ("offsetTop", "offsetLeft")
    )
    assert tops[0] == tops[1]
    assert lefts[0] < lefts[1]
    page.get_by_role("button", name="They are one").click()
    expect(page.locator("h1")).to_have_text("Lodge of Nine")
    expect(page.locator("#same")).to_contain_text("One with Great Lodge")
    page.get_by_role("button", name="Undo: Great Lodge").click()
    expect(page.locator("#same")).to_contain_text("taken back by cora")
    # Forms of the edit page in a narrow window: nothing is cut, and a name is looked at before it is added.
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(page.url.split("?")[0] + "edit/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#add-name > summary").click()
    page.get_by_label("Name", exact=True).first.fill("the Nine")
    page.get_by_role("button", name="What would change?").click()
    expect(page.locator("#looked")).to_contain_text("may stand in 1 article, with 2 mentions by now")


def test_pictures_stand_without_a_script(article: Article, analyst: User, open_page: OpenPage) -> None:
    page = open_page(analyst, "/regions/", java_script_enabled=False, color_scheme="dark")
    told = page.locator(".world path.told")
    expect(told).to_have_count(1)
    land = page.locator(".world .land").evaluate("each => getComputedStyle(each).fill")
    page.locator(".worldmap summary").click()
    expect(page.locator(".worldmap td").first).to_have_text("1")
    page.emulate_media(color_scheme="light")
    assert page.locator(".world .land").evaluate("each => getComputedStyle(each).fill") != land
    told.click()
    expect(page.locator("h1")).to_have_text("Pakistan")
    page.goto(page.url.replace("/regions/pakistan/", "/actors/lodge-of-nine/"))
    expect(page.locator(".graph .tie.ended")).to_have_count(1)
    page.locator(".graph a").click()
    expect(page.locator("h1")).to_have_text("Great Lodge")
    page.go_back()
    page.get_by_role("link", name="At the passage").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+/a-meeting/#p1$"))
