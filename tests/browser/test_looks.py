"""How pages look where a rule of one page spoiled another, or an element was left as it is before any style."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from monitor.annotations.actions import Draft, create_annotation
from monitor.search.resolving import Asked
from monitor.search.saving import save_search
from tests.entity_rows import make_actor
from tests.factories import make_article, make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from playwright.sync_api import Locator, Page

    from monitor.accounts.models import User
    from monitor.library.models import Article

    OpenPage = Callable[..., Page]

COMMENT = "Compare:\n\n- the earlier issue\n- the map\n\n1. first\n\n> It was said so."


def commented(by: User) -> tuple[UUID, Article]:
    article, uid = make_article(), uuid4()
    create_annotation(uid=uid, by=by, draft=Draft(article=article, comment=COMMENT))
    return uid, article


def style(place: Locator, name: str) -> str:
    found: str = place.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return found


def bottoms(page: Page, selector: str) -> set[int]:
    return {round(box["y"] + box["height"]) for one in page.locator(selector).all() if (box := one.bounding_box())}


@pytest.mark.parametrize(
    "address", ["/notebook/", "/search/?q=note:compare&view=annotations", "mark", "article", "filed"]
)
def test_lists_and_quotations_in_comments_look_like_such(
    live_server: object, open_page: OpenPage, address: str
) -> None:
    person = make_user("analyst")
    uid, article = commented(person)
    own = {
        "mark": f"/annotations/{uid}/",
        "article": article.get_absolute_url(),
        "filed": article.get_absolute_url() + "?print=mine",
    }
    page = open_page(person, own.get(address, address))
    item = page.locator("li:visible", has_text="the earlier issue").last
    expect(item).to_be_visible()
    assert style(item, "listStyleType") == "disc"
    assert style(page.locator("li:visible", has_text="first").last, "listStyleType") == "decimal"
    assert style(page.locator("blockquote:visible", has_text="It was said so").last, "borderLeftWidth") == "2px"


def test_an_issue_s_contents_have_lines_between_articles_alone(live_server: object, open_page: OpenPage) -> None:
    issue = make_issue(make_read_article(title="Weir"), make_read_article(title="Gate"))
    page = open_page(make_user("reader"), issue.get_absolute_url())
    sides = page.locator(".contents .side")
    assert [style(one, "borderTopWidth") for one in sides.all()] == ["0px", "0px"]


def test_parts_of_the_page_of_tags_stand_apart(live_server: object, open_page: OpenPage) -> None:
    page = open_page(make_user("analyst"), "/tags/")
    above = page.get_by_role("button", name="Make it").bounding_box()
    below = page.locator("#codebook-files").bounding_box()
    assert above
    assert below
    assert below["y"] - (above["y"] + above["height"]) >= 32


def test_fields_and_button_over_the_record_stand_on_one_line(live_server: object, open_page: OpenPage) -> None:
    page = open_page(make_user("admin"), "/people/record/")
    assert len(bottoms(page, ".asked-of :is(select, input, button)")) == 1


def test_who_sees_a_saved_search_is_one_line(live_server: object, open_page: OpenPage) -> None:
    person = make_user("reader")
    save_search(by=person, name="Weirs", asked=Asked("weir"))
    page = open_page(person, "/saved/")
    words, icon = page.locator("text=Only you").bounding_box(), page.locator(".saved .parts .icon").bounding_box()
    assert words
    assert icon
    assert words["height"] < 2 * icon["height"]


def test_every_tab_is_seen_on_a_phone(live_server: object, open_page: OpenPage) -> None:
    person = make_user("analyst")
    for address in ("/notebook/import/", make_actor("Weir Guard").get_absolute_url()):
        page = open_page(person, address, width=390)
        boxes = [one.bounding_box() for one in page.locator("main .tabs a").all()]
        assert len(boxes) > 4
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_how_a_name_is_cited_stands_apart_from_the_list(live_server: object, open_page: OpenPage) -> None:
    make_issue(make_read_article(authors=["Ines Varrow"]))
    page = open_page(make_user("curator"), "/authors/ines-varrow/")
    above, below = page.locator(".cited-so").bounding_box(), page.locator("#f-read-unread").bounding_box()
    assert above
    assert below
    assert below["y"] - (above["y"] + above["height"]) >= 40
