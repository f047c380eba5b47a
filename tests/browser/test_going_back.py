"""Back twice in a row, and several things said at once: the page is the one of its address, and each Undo undoes its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    OpenPage = Callable[..., Page]


def test_back_twice_in_a_row_gives_the_page_of_the_address(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    for number in range(6):
        house.mark(("gate", "lamps")[number % 2], colour=("red", "teal")[number % 2], comment=str(number))
    page = open_page(house.author, "/notebook/")
    for colour, left in (("Teal", 3), ("Red", 6)):
        page.get_by_role("checkbox", name=colour).check()
        expect(page.locator("#tally")).to_have_text(f"{left} annotations found")
    expect(page).to_have_url(re.compile("colour=red"))
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.headers.get("hx-history-restore-request") and "colour" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/notebook/**", hold_the_first)
    page.evaluate("() => { history.back(); setTimeout(() => history.back(), 50); }")
    expect(page).to_have_url(re.compile(r"/notebook/$"))
    expect(page.get_by_role("checkbox", name="Teal")).not_to_be_checked()
    for route in held:  # the first answer comes last: nobody waits for it any more
        route.continue_()
    expect(page.get_by_role("checkbox", name="Teal")).not_to_be_checked()
    # And the page works as ever: keys, live region, filters.
    page.locator("#said").wait_for(state="attached")
    page.keyboard.press("a")
    expect(page.locator("#said")).to_have_text("6 annotations chosen")
    page.get_by_role("checkbox", name="Red").check()
    expect(page.locator("#tally")).to_have_text("3 annotations found")


def test_back_to_a_page_after_the_session_ended_asks_to_sign_in(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    house.mark(colour="teal")
    house.mark("gate", colour="red")
    page = open_page(house.author, "/notebook/", reported=True)
    page.get_by_role("checkbox", name="Teal").check()
    expect(page).to_have_url(re.compile("colour=teal"))
    page.context.clear_cookies()
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"/account/login/\?next=/notebook/"))


def toast(page: Page, words: str) -> Any:
    return page.locator("passing-word", has_text=words)


def test_each_undo_takes_back_what_it_stands_beside(live_server: object, open_page: OpenPage) -> None:
    house = make_house()
    first, second = house.mark(colour="teal"), house.mark("gate", colour="red")
    page = open_page(house.author, house.article.get_absolute_url())
    page.locator("#said").wait_for(state="attached")
    page.evaluate("uid => htmx.ajax('POST', `/annotations/${uid}/delete/`, { swap: 'none' })", str(first.uid))
    expect(toast(page, "Undo")).to_have_count(1)
    page.evaluate("uid => htmx.ajax('POST', `/annotations/${uid}/resolve/`, { swap: 'none' })", str(second.uid))
    expect(toast(page, "Undo")).to_have_count(2)
    ends = "[...document.querySelectorAll('passing-word')].flatMap((each) => { const { top, bottom } = each.getBoundingClientRect(); return [top, bottom]; })"
    edges = page.evaluate(ends)
    assert edges == sorted(edges)  # one above the other
    # Something else is done in another tab meanwhile.
    house.mark("Nobody")
    page.locator("passing-word").first.get_by_role("button", name="Undo").click()
    expect(toast(page, "Undone: deleted an annotation.")).to_have_count(1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.deleted, second.resolved is not None, Annotation.objects.filter(deleted=None).count()) == (
        None,
        True,
        3,
    )
    toast(page, "Undone: deleted an annotation.").get_by_role("button", name="Redo").click()
    expect(toast(page, "Done again: deleted an annotation.")).to_have_count(1)
    first.refresh_from_db()
    assert first.deleted is not None
    expect(page.locator("passing-word")).to_have_count(2)


def test_the_same_words_are_said_once_and_never_more_than_three(live_server: object, open_page: OpenPage) -> None:
    page = open_page(make_house().author, "/notebook/")
    for words in ("One", "Two", "Two", "Three", "Four"):
        page.evaluate(
            """words => {
              const said = document.createElement("passing-word");
              said.className = "toast";
              said.textContent = words;
              document.body.append(said);
            }""",
            words,
        )
    assert page.locator("passing-word").all_text_contents() == ["Two", "Three", "Four"]
