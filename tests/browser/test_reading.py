from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from monitor.ingest.document import Article, Block, Region
from monitor.library.files import keep_picture
from monitor.library.models import Issue
from tests.factories import make_article, make_file_facts, make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    OpenPage = Callable[..., Page]

HOSTILE = (
    "The lamps < & > were \"lit\".[1] 'Twice'.[2] And “again”.[1]\n\n## The Weir\n\n### By night\n\n> Hold\tthe  gate!\n\n"
    '- One\n\n- Two\n\n| Port | 2021\nKessmouth | 14\n\n! Aside. Told.\n\n^ A map\n\n" Pulled\n\n'
    "\rNobody\r did (Ferry Post, January 21), says the site.[7] \U0001f30a a\u0301 \u202eabc\u202c \u00ad\u2060\u200b\ufeff"
    "\u0085\u2028 &amp; &lt;b&gt; </p><p> </div>\f \x0b \x7f \ufffe end "
)
CITED = {"Ferry Post, January 21": "2022-01-21"}
LONG_NOTE = "A note that says a great deal about the small matter it was attached to. " * 3


def long_text(paragraphs: int, markers: dict[int, str]) -> str:
    """Return paragraphs of ten lines or so; `markers` maps a paragraph's number to the markers at its end."""
    body = "Three groups of captains can be told apart, and the third has declared for neither of the two. " * 7
    return "\n\n".join(f"{body.strip()}{markers.get(n, '')}" for n in range(paragraphs))


def test_text_content_equals_the_canonical_text(open_page: OpenPage, live_server: object) -> None:
    article = make_article(HOSTILE, notes=("A.", "B."), cited=CITED, links={"site": "https://quay.example/"})
    page = open_page(make_user(), article.get_absolute_url())
    assert page.evaluate("document.getElementById('text').textContent") == article.texts.get().body


@pytest.mark.parametrize("width", [1100, 1440, 1920])
def test_sidenotes_stand_beside_their_markers(width: int, open_page: OpenPage, live_server: object) -> None:
    text = long_text(8, {0: "[1]", 1: "[2]", 4: "[3]", 6: "[4]"})
    article = make_article(text, notes=[LONG_NOTE, "Ibid.", "Short.", "Last."], resolves={2: 1}, cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=width)
    page.wait_for_selector(".notes li.placed")
    assert all(abs(distance) <= 40 for distance in distances(page))
    assert overlaps(page) == []
    assert page.evaluate("document.querySelector('.notes').getBoundingClientRect().left") > page.evaluate(
        "document.getElementById('text').getBoundingClientRect().right"
    )


def test_crowded_sidenotes_are_shortened_and_do_not_overlap(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1] Two.[2] Three.[3]", notes=[LONG_NOTE] * 3, cited={})
    page = open_page(make_user(), article.get_absolute_url())
    page.wait_for_selector(".notes li.short")
    assert overlaps(page) == []
    short = page.evaluate("document.getElementById('n1').offsetHeight")
    page.hover("#n1")
    assert page.evaluate("document.getElementById('n1').offsetHeight") > short


def distances(page: Page) -> list[float]:
    """Return how far each note stands from its first marker, in pixels."""
    found: list[float] = page.evaluate(
        """() => [...document.querySelectorAll(".notes li")].map((li) => {
          const ref = document.querySelector(li.querySelector("a.back").hash);
          return li.getBoundingClientRect().top - ref.getBoundingClientRect().top;
        })"""
    )
    return found


def overlaps(page: Page) -> list[int]:
    """Return the numbers of the notes that cover a part of the next one."""
    found: list[int] = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(".notes li:not(.folded)")].map((li) => li.getBoundingClientRect());
          return boxes.flatMap((box, i) => (i && boxes[i - 1].bottom > box.top + 0.5 ? [i] : []));
        }"""
    )
    return found


def test_notes_are_a_list_below_the_text_on_a_phone(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1]", notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=390)
    assert page.evaluate("getComputedStyle(document.getElementById('n1')).position") == "static"
    assert page.is_visible("#n1")
    page.click("#r1")
    page.click("reading-card >> text=Among the notes")
    assert page.url.endswith("#n1")
    page.click("#n1 .back")
    assert page.url.endswith("#r1")
    page.go_back()
    assert page.url.endswith("#n1")


def test_markers_are_links_without_script(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1]", notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=390, java_script_enabled=False)
    assert page.locator("reading-card").is_hidden()
    page.click("#r1")
    assert page.url.endswith("#n1")


def test_jump_to_a_note_and_back_leaves_both_ends_in_sight(open_page: OpenPage, live_server: object) -> None:
    article = make_article(long_text(8, {6: "[1]"}), notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=390, reduced_motion="reduce")
    sight = """(id) => {
      const box = document.getElementById(id).getBoundingClientRect();
      const [bar, dock] = [".topbar", ".dock"].map((name) => document.querySelector(name).getBoundingClientRect());
      return box.top >= bar.bottom && box.bottom <= dock.top;
    }"""
    page.click("#r1")
    page.click("reading-card >> text=Among the notes")
    assert page.evaluate(sight, "n1")
    page.click("#n1 .back")
    assert page.url.endswith("#r1")
    assert page.evaluate(sight, "r1")


@pytest.mark.parametrize("fragment", ["p1", "p2", "p3", "n1"])
def test_what_an_address_points_at_has_a_bar_beside_it(fragment: str, open_page: OpenPage, live_server: object) -> None:
    article = make_article("The lamps.[1]\n\n## The Weir\n\n> Hold the gate!", notes=["A."], cited={})
    page = open_page(make_user(), f"{article.get_absolute_url()}#{fragment}", width=390)
    marked = page.evaluate(
        """() => [...document.querySelectorAll("#text > *, .notes li")]
          .filter((each) => getComputedStyle(each).boxShadow !== "none").map((each) => each.id)"""
    )
    assert marked == [fragment]


def test_text_does_not_move_while_the_page_settles(open_page: OpenPage, live_server: object) -> None:
    text = long_text(8, {0: "[1]", 1: "[2]", 4: "[3]"})
    page = open_page(make_user(), make_article(text, notes=[LONG_NOTE] * 3, cited={}).get_absolute_url())
    page.wait_for_selector(".notes li.placed")
    shifted = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 300);
        })"""
    )
    assert shifted < 0.02


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_on_a_page_that_comes_bit_by_bit(width: int, open_page: OpenPage, live_server: object) -> None:
    text = long_text(8, {0: "[1]", 1: "[2]", 4: "[3]"})
    address = make_article(text, notes=[LONG_NOTE] * 3, cited={}).get_absolute_url()
    page = open_page(make_user(), "/help/", width=width)
    slow = {"offline": False, "latency": 0, "downloadThroughput": 15_000, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    shifted = {}
    for each in ("/", address):
        page.goto(each)
        moved = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().map(
          (entry) => [entry.value, ...entry.sources.map(({ node }) => node?.className ?? "")])))
            .observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => resolve([]), 300))"""
        shifted[each] = page.evaluate(moved)
    assert {each: moves for each, moves in shifted.items() if sum(move[0] for move in moves) >= 0.02} == {}


def test_rail_follows_the_section_that_is_read(open_page: OpenPage, live_server: object) -> None:
    body = long_text(4, {})
    article = make_article(f"{body}\n\n## The Weir\n\n{body}\n\n## Outlook\n\n{body}", notes=(), cited={})
    page = open_page(make_user(), article.get_absolute_url())
    assert page.locator('.toc [aria-current="true"]').count() == 0
    page.click("text=Outlook >> nth=0")
    page.wait_for_selector('.toc [aria-current="true"] >> text=Outlook')


def test_article_without_script_has_its_notes_below(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1]", notes=["Said so."], cited={})
    page = open_page(make_user(), article.get_absolute_url(), java_script_enabled=False)
    assert page.locator("#n1").bounding_box()["y"] > page.locator("#text").bounding_box()["y"]  # type: ignore[index]
    assert page.locator("#n1").is_visible()
    assert page.locator(".rail").is_visible()


def test_print_shows_text_notes_and_citation_alone(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1]", notes=["Said so."], cited={})
    page = open_page(make_user(), article.get_absolute_url())
    page.emulate_media(media="print")
    hidden = [name for name in (".topbar", ".rail", ".dock", ".copies") if page.locator(name).is_visible()]
    assert hidden == []
    for name in ("#text", "#n1", ".citation"):
        assert page.locator(name).is_visible()


def test_citation_is_copied_whole(open_page: OpenPage, live_server: object) -> None:
    article = make_article()
    page = open_page(make_user(), article.get_absolute_url(), permissions=["clipboard-read", "clipboard-write"])
    page.click("copy-line button")
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Ines Varrow, “Lamps on the Ardel,” Tidewater Letter ")
    assert copied.endswith(article.get_absolute_url())


def test_ten_thousand_accents_leave_the_page_usable(open_page: OpenPage, live_server: object) -> None:
    article = make_article("Before.\n\na" + "\u0301" * 10_000 + "\n\n" + "x" * 5000 + "\n\nAfter.", notes=(), cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("text=How to cite", trial=True)


def line_of(page: Page) -> dict[str, float]:
    """Return the size, the line height and the width of the text, in pixels, and how wide the page scrolls."""
    found: dict[str, float] = page.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector("#text p"));
          return {
            size: parseFloat(style.fontSize), lead: parseFloat(style.lineHeight),
            width: document.getElementById("text").clientWidth, over: document.body.scrollWidth - innerWidth,
          };
        }"""
    )
    return found


def test_text_is_set_as_its_reader_chose(open_page: OpenPage, live_server: object) -> None:
    article = make_article(long_text(2, {0: "[1]"}), notes=[LONG_NOTE], cited={})
    plain = line_of(open_page(make_user(), article.get_absolute_url()))
    chosen = make_user(text_size="larger", text_width="narrow", text_leading="loose")
    page = open_page(chosen, article.get_absolute_url())
    line = line_of(page)
    assert line["size"] == pytest.approx(plain["size"] * 1.3, rel=0.01)
    assert line["lead"] == pytest.approx(plain["lead"] * 1.3 * 1.16, rel=0.01)
    assert line["width"] == pytest.approx(plain["width"] * 1.3 * 0.88, rel=0.01)


def test_choice_of_text_shows_at_once_and_moves_the_sidenotes_along(open_page: OpenPage, live_server: object) -> None:
    article = make_article(long_text(6, {5: "[1]"}), notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url())
    page.wait_for_selector(".notes li.placed")
    before = line_of(page)["size"]
    page.click('button[aria-label="How pages look"]')
    with page.expect_response("**/account/look/"):
        page.click("label:has-text('Larger')")
    assert line_of(page)["size"] > before
    page.wait_for_timeout(200)  # a frame or two, in which the notes are placed anew
    assert all(abs(distance) <= 40 for distance in distances(page))
    page.reload()
    assert line_of(page)["size"] > before


@pytest.mark.parametrize("width", [320, 390, 768, 1100, 1440, 1920])
def test_the_widest_text_never_scrolls_sideways(width: int, open_page: OpenPage, live_server: object) -> None:
    article = make_article(long_text(2, {0: "[1]"}), notes=[LONG_NOTE], cited={})
    wide = make_user(text_size="larger", text_width="wide", text_leading="loose")
    assert line_of(open_page(wide, article.get_absolute_url(), width=width))["over"] <= 0


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.localName")
    return found


@pytest.mark.parametrize("width", [390, 768, 1099])
def test_card_of_a_note_opens_by_click_and_by_enter_and_escape_gives_the_focus_back(
    width: int, open_page: OpenPage, live_server: object
) -> None:
    article = make_article("One.[1] Two.[2]", notes=["Varrow, Lamps.", "Ibid."], resolves={2: 1}, cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=width)
    card = page.locator("reading-card")
    page.click("#r1")
    assert card.inner_text().split("\n")[0] == "Varrow, Lamps."
    assert focused(page) == "reading-card"
    page.keyboard.press("Escape")
    assert (card.is_hidden(), focused(page)) == (True, "r1")
    page.focus("#r2")
    page.keyboard.press("Enter")
    assert "Reads as note 1: Varrow, Lamps." in card.inner_text()
    assert card.get_attribute("aria-label") == "Note 2"
    page.keyboard.press("Escape")
    assert focused(page) == "r2"


def test_card_of_a_note_opens_on_hover_and_stays_while_the_mouse_is_in_it(
    open_page: OpenPage, live_server: object
) -> None:
    article = make_article(long_text(1, {0: "[1]"}), notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=1000)
    card = page.locator("reading-card")
    page.hover("#r1")
    card.wait_for(state="visible")
    assert focused(page) == "body"
    card.hover()
    page.wait_for_timeout(600)
    assert card.is_visible()
    page.mouse.move(2, 2)
    card.wait_for(state="hidden")
    page.hover("#r1")
    card.wait_for(state="visible")
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_sidenotes_need_no_card(open_page: OpenPage, live_server: object) -> None:
    article = make_article("One.[1]", notes=[LONG_NOTE], cited={})
    page = open_page(make_user(), article.get_absolute_url(), width=1440)
    page.click("#r1")
    assert page.url.endswith("#n1")
    assert page.locator("reading-card").is_hidden()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_card_of_a_citation_lies_inside_the_window(width: int, open_page: OpenPage, live_server: object) -> None:
    text = long_text(2, {0: " It was said (Ferry Post, January 21)."})
    article = make_article(text, notes=(), cited=CITED)
    page = open_page(make_user(), article.get_absolute_url(), width=width)
    page.click(".cite")
    card = page.locator("reading-card")
    card.locator("text=January 21, 2022").wait_for()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert card.get_attribute("aria-label") == "Source: Ferry Post, January 21"
    assert page.evaluate("document.getElementById('text').textContent") == article.texts.get().body
    page.mouse.click(5, 120)
    assert card.is_hidden()


TWO_CITED = {"Ferry Post, January 21": "2022-01-21", "Quay Herald, March 3": "2022-03-03"}
TWO_REPORTS = "It was said (Ferry Post, January 21). It was denied (Quay Herald, March 3)."


@pytest.fixture
def held_back(open_page: OpenPage, live_server: object) -> tuple[Page, list[Route]]:
    """Give an article with two citations, and the requests for their cards, which wait to be let through."""
    article = make_article(TWO_REPORTS, notes=(), cited=TWO_CITED)
    page = open_page(make_user(), article.get_absolute_url(), reported=True)
    waiting: list[Route] = []

    def hold_back(route: Route) -> None:  # Playwright marks what it is given, which a built-in method does not bear
        waiting.append(route)

    page.route("**/citations/**", hold_back)
    return page, waiting


def wait_for_requests(page: Page, waiting: list[Route], number: int) -> None:
    for _ in range(60):
        if len(waiting) == number:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(waiting)} cards were asked for")


@pytest.mark.parametrize("leave", ["move", "Escape", "click"])
def test_card_that_comes_after_its_reader_has_gone_on_stays_closed(
    leave: str, held_back: tuple[Page, list[Route]]
) -> None:
    page, waiting = held_back
    if leave == "move":
        page.hover(".cite >> nth=0")
    else:
        page.click(".cite >> nth=0")
    wait_for_requests(page, waiting, 1)
    if leave == "Escape":
        page.keyboard.press("Escape")
    else:
        page.mouse.move(2, 120)
        if leave == "click":
            page.mouse.click(2, 120)
        page.wait_for_timeout(500)
    with page.expect_response("**/citations/**"):
        waiting[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator("reading-card").is_hidden()


def test_card_holds_the_citation_that_was_asked_for_last(held_back: tuple[Page, list[Route]]) -> None:
    page, waiting = held_back
    page.click(".cite >> nth=0")
    wait_for_requests(page, waiting, 1)
    page.click(".cite >> nth=1")
    wait_for_requests(page, waiting, 2)
    waiting[1].continue_()
    card = page.locator("reading-card")
    card.wait_for(state="visible")
    assert card.get_attribute("aria-label") == "Source: Quay Herald, March 3"
    assert card.locator("h3").inner_text() == "Quay Herald"


@pytest.mark.parametrize("answer", [404, 0])
def test_card_that_does_not_come_shows_no_other_and_says_why(answer: int, held_back: tuple[Page, list[Route]]) -> None:
    page, waiting = held_back
    card = page.locator("reading-card")
    page.click(".cite >> nth=0")
    wait_for_requests(page, waiting, 1)
    waiting[0].continue_()
    card.wait_for(state="visible")
    page.click(".cite >> nth=1")
    wait_for_requests(page, waiting, 2)
    if answer:
        waiting[1].fulfill(status=answer)
    else:
        waiting[1].abort()
    page.wait_for_selector("#trouble")
    card.wait_for(state="hidden")
    assert page.inner_text("#trouble") in {"This is not there any more.", "The site cannot be reached just now."}


def test_citation_leads_to_its_source_without_script(open_page: OpenPage, live_server: object) -> None:
    article = make_article("It was said (Ferry Post, January 21).", notes=(), cited=CITED)
    page = open_page(make_user(), article.get_absolute_url(), java_script_enabled=False)
    page.click(".cite")
    assert page.url.endswith("/sources/ferry-post/")


@pytest.fixture
def paged(live_server: object) -> str:
    """Store an article on two pages whose pictures are there, and return its address."""
    text = [f"Paragraph {n}. " + "The captains of the upper river came down with the flood. " * 12 for n in range(8)]
    blocks = tuple(
        Block(
            "para",
            each.strip(),
            regions=(Region(1 + n // 4, (60.0, 60.0 + 170 * (n % 4), 540.0, 210.0 + 170 * (n % 4))),),
        )
        for n, each in enumerate(text)
    )
    issue = make_issue(
        Article(kind="article", title="Lamps", blocks=blocks),
        file=make_file_facts(name="a.pdf"),
        pages=2,
        page_sizes=((600.0, 800.0),) * 2,
    )
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "webp")
    for page in (1, 2):
        for size in ("small", "large"):
            keep_picture(issue.sha256, page, size, picture.getvalue())
    Issue.objects.filter(pk=issue.pk).update(page_images=2)
    return str(issue.articles.get().get_absolute_url())


def framed(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('.region.on')].map((each) => each.dataset.for)")
    return found


def test_printed_page_follows_the_reading(paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), paged)
    page.click("text=See the page")
    page.wait_for_selector(".region.on", state="attached")
    assert page.url.endswith("?page=1#p1")
    assert framed(page) == ["p1"]
    page.evaluate("document.getElementById('p6').scrollIntoView({ block: 'start' })")
    page.wait_for_selector(".region.on[data-for=p6]", state="attached")
    assert "?page=2" in page.url
    assert page.is_visible("section[data-page='2']")
    assert page.is_hidden("section[data-page='1']")


@pytest.mark.parametrize("name", ["Close the page", "PDF"])
def test_focus_is_not_lost_when_the_printed_page_turns_under_it(name: str, paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), f"{paged}?page=1")
    page.wait_for_selector(".region.on", state="attached")
    page.locator("section[data-page='1']").get_by_role("link", name=name).focus()
    page.evaluate("document.getElementById('p6').scrollIntoView({ block: 'start' })")
    page.wait_for_selector("section[data-page='2']", state="visible")
    held = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    assert page.evaluate(held) == name
    assert page.evaluate("document.activeElement.closest('.leaf')?.dataset.page") == "2"


@pytest.mark.parametrize("script", [True, False])
def test_click_on_the_printed_page_goes_to_the_paragraph(script: bool, paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), f"{paged}?page=2", java_script_enabled=script)
    page.click("rect[data-for='p7']")
    assert page.url.endswith("?page=2#p7")


@pytest.mark.parametrize("width", [320, 390, 768, 1199, 1200, 1440])
def test_printed_page_stands_beside_the_text_or_below_it(width: int, paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), f"{paged}?page=1", width=width)
    pane, text = page.locator(".pane").bounding_box(), page.locator("#text").bounding_box()
    assert pane is not None
    assert text is not None
    beside = pane["x"] >= text["x"] + text["width"]
    assert beside == (width >= 1200)
    assert page.evaluate("document.body.scrollWidth - innerWidth") <= 0
    assert page.locator(".pane").get_by_role("link", name="Close the page").is_visible()


def test_picture_of_a_page_that_does_not_come_says_so(paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), paged, reported=True, width=390)
    page.route("**/pages/1/large.webp*", lambda route: route.abort())
    page.goto(f"{paged}?page=1")
    expect(page.get_by_text("The picture of page 1 did not come.")).to_be_visible()
    assert page.get_by_role("link", name="Open the file").get_attribute("href", timeout=1000).endswith("/file/#page=1")  # type: ignore[union-attr]
    assert page.locator("section[data-page='1'] .frames").is_hidden()


def test_next_page_is_fetched_while_one_is_read_and_the_others_are_not(paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), f"{paged}?page=1")
    assert page.locator("section[data-page='1'] .scan").get_attribute("loading") is None
    expect(page.locator("section[data-page='2'] .scan")).to_have_attribute("loading", "eager")


def test_printed_page_keeps_the_hits(paged: str, open_page: OpenPage) -> None:
    page = open_page(make_user(), f"{paged}?q=flood")
    page.click("text=See the page")
    assert page.url.endswith("?q=flood&page=1#p1")
    page.click("#hit-next")
    assert page.url.endswith("?q=flood&page=1&hit=1#h1")
    page.locator("section[data-page='1']").get_by_role("link", name="Close the page").click()
    assert page.url.endswith("?q=flood#p1")
    expect(page.locator("mark.hit").first).to_be_visible()
