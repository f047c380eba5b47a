"""Reading by keys alone, in a real browser: every key where it is valid, and dead where it is not."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from monitor.ingest.document import Article, Block, Region
from monitor.library.files import keep_picture
from monitor.library.models import Issue
from tests.factories import make_file_facts, make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Page
    from pytest_django import Settings

    OpenPage = Callable[..., Page]

PARAGRAPH = (
    "The lamps along the quay were lit before dusk, and nobody held the gate of the weir that night. " * 3
).strip()
LONG = ("The third group of captains has declared for neither of the two, and its boats lie idle. " * 60).strip()
STEADY = {"reduced_motion": "reduce"}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def issue(live_server: object) -> Issue:
    lamps = make_read_article(
        f"{PARAGRAPH}[1]\n\n## The Weir\n\n{PARAGRAPH}[2] (Ferry Post, January 21).\n\n{LONG}\n\n{PARAGRAPH}",
        title="Lamps on the Ardel",
        notes=("Assembly of the Ardel, Report on Dues, 2015.", "Harbour List, 2016."),
        cited={"Ferry Post, January 21": "2022-01-21"},
    )
    weir = make_read_article(PARAGRAPH, title="The Weir by Night", page_start=7, notes=(), cited={})
    return make_issue(lamps, weir, number=7, publication="Tidewater Letter")


@pytest.fixture
def lamps(issue: Issue) -> str:
    """Give the address of the issue's first article."""
    return str(issue.articles.get(position=0).get_absolute_url())


def ready(page: Page) -> Page:
    """Wait until the page hears keys."""
    page.locator("#said").wait_for(state="attached")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, key: str, head: str) -> None:
    """Press a key that leads to another page, and wait until that one, which has this head, hears keys."""
    press(page, key)
    expect(page.locator("h1")).to_have_text(head)
    ready(page)


def cursor(page: Page) -> str | None:
    """Return the id of the paragraph one is at, which must hold the focus too."""
    found: str | None = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("#text .cursor")];
          if (all.length > 1) throw new Error("more than one cursor");
          return all[0]?.matches(":focus") ? all[0].id : null;
        }"""
    )
    return found


def focused(page: Page) -> str:
    """Return the words of what holds the focus; of a field its id."""
    said: str = page.evaluate(
        "(document.activeElement.value === undefined ? document.activeElement.textContent : '#' + document.activeElement.id).trim()"
    )
    return said


def listed(page: Page) -> dict[str, str]:
    """Return what the open sheet lists: the act's name to what stands on its keys."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#keys[open] [data-act]")]
          .filter((row) => row.checkVisibility()).map((row) => [row.dataset.act, row.querySelector("dt").innerText]))"""
    )
    return found


def send(page: Page, **event: Any) -> bool:
    """Send a key press as a browser would for another keyboard; return whether the page made use of it."""
    used: bool = page.evaluate(
        "(given) => !document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true, composed: true, ...given}))",
        event,
    )
    return used


# -- Reading without a pointer ---------------------------------------------------------------------------------------


def test_whole_issue_is_read_from_the_shelf_and_back_by_keys_alone(
    open_page: OpenPage, issue: Issue, live_server: Any
) -> None:
    page = ready(open_page(make_user(), "/", **STEADY))
    press(page, "j")
    go(page, "Enter", "Volume XII, Issue 7")
    press(page, "j")
    go(page, "Enter", "Lamps on the Ardel")
    press(page, "ArrowDown", "ArrowDown")
    assert cursor(page) == "p2"
    go(page, ".", "The Weir by Night")
    go(page, ",", "Lamps on the Ardel")
    go(page, ".", "The Weir by Night")
    go(page, "u", "Volume XII, Issue 7")
    press(page, "k")  # goes on from the article one comes from
    assert focused(page) == "Lamps on the Ardel"
    go(page, "u", "The shelf")
    expect(page).to_have_url(f"{live_server.url}/?periodical=tidewater-letter")
    press(page, "u")
    expect(page).to_have_url(f"{live_server.url}/")
    assert send(ready(page), key="u", code="KeyU") is False  # there is nothing above


def test_rows_of_every_list_are_walked_and_opened(open_page: OpenPage, issue: Issue) -> None:
    admin = make_user("admin")
    admin.teams.create(name="Weir desk")
    page = open_page(admin, issue.get_absolute_url(), **STEADY)
    ready(page)
    seen = []
    for key in ("j", "j", "j", "k", "k"):
        press(page, key)
        seen.append(focused(page)[:5])
    assert seen == ["Lamps", "The W", "The W", "Lamps", "Lamps"]  # it stops at the ends
    assert page.locator(".cursor").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.cursor')).boxShadow") != "none"
    press(page, "d")
    expect(page.locator(".cursor button[id^=mark-]")).to_have_text("Mark unread")
    assert focused(page) == "Lamps on the Ardel"
    press(page, "Escape")
    assert page.locator(".cursor").count() == 0
    assert page.evaluate("document.activeElement === document.body")
    for address in ("/?view=list", "/articles/", "/sources/", "/authors/ines-varrow/", "/people/", "/teams/"):
        page.goto(address)
        ready(page)
        press(page, "j")
        href = page.evaluate("document.activeElement.href")
        press(page, "Enter")
        expect(page).to_have_url(href)


# -- The paragraph cursor --------------------------------------------------------------------------------------------


def test_paragraphs_are_walked_and_the_text_stays_as_it_is(open_page: OpenPage, issue: Issue, lamps: str) -> None:
    page = ready(open_page(make_user(), lamps, **STEADY))
    places = "[...document.querySelectorAll('#text > *')].map((each) => [each.offsetTop, each.offsetHeight, each.offsetWidth])"
    before = page.evaluate("document.getElementById('text').innerHTML"), page.evaluate(places)
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        press(page, key)
        seen.append(cursor(page))
        assert page.evaluate(places) == before[1]
    assert seen == ["p1", "p2", "p3", "p2"]
    assert (
        page.evaluate("document.getElementById('text').textContent") == issue.articles.get(position=0).texts.get().body
    )
    press(page, "Escape")
    assert page.evaluate("document.getElementById('text').innerHTML") == before[0]
    press(page, "ArrowDown", "ArrowDown", "ArrowDown", "Tab")
    assert focused(page) == "[2]"  # on from the paragraph
    press(page, "ArrowDown")
    assert cursor(page) == "p4"
    for repeat in (False, True, True):  # a key held down
        send(page, key="ArrowUp", code="ArrowUp", repeat=repeat)
    assert cursor(page) in {"p1", "p2"}


@pytest.mark.parametrize("width", [390, 1440])
def test_cursor_is_seen_in_every_theme_and_never_behind_bar_or_dock(
    width: int, open_page: OpenPage, lamps: str
) -> None:
    page = open_page(make_user(), lamps, width=width, **STEADY)
    ready(page)
    for theme in ("light", "sepia", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
            press(page, key)
            top, bottom, bar, end, shown = page.evaluate(
                """() => {
                  const block = document.querySelector("#text .cursor");
                  const box = block.getBoundingClientRect();
                  const dock = document.querySelector(".dock").getBoundingClientRect();
                  const before = getComputedStyle(block, "::before");
                  return [box.top, box.bottom, document.querySelector(".topbar").getBoundingClientRect().bottom,
                    dock.height ? dock.top : innerHeight,
                    (block.matches("p") && before.inlineSize === "3px") || getComputedStyle(block).boxShadow !== "none"];
                }"""
            )
            assert bar <= top < bottom <= end
            assert shown
        press(page, "Escape")


def test_paragraph_longer_than_the_window_is_scrolled_through(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(), f"{lamps}#p4", width=390, **STEADY))
    seen = []
    for _ in range(30):
        press(page, "ArrowDown")
        seen.append((cursor(page), page.evaluate("Math.round(scrollY)")))
        if cursor(page) == "p5":
            break
    places = [at for block, at in seen if block == "p4"]
    assert len(places) > 3
    assert places == sorted(set(places))  # on, each time
    assert max(b - a for a, b in pairwise(places)) < 600  # no line is jumped over
    press(page, "ArrowUp")
    assert cursor(page) == "p4"
    assert page.evaluate("document.getElementById('p4').getBoundingClientRect().top") < 0  # met at its end
    press(page, *["ArrowUp"] * 30)
    assert cursor(page) == "p1"
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    press(page, "ArrowDown")
    assert cursor(page) in {"p4", "p5"}  # begins again where one has scrolled to


def test_arrows_scroll_for_those_who_want_it(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(arrows_scroll=True, own_keys={"paragraph-up": "w"}), lamps, **STEADY))
    assert send(page, key="ArrowDown", code="ArrowDown") is False
    assert cursor(page) is None
    press(page, "w")
    assert cursor(page) == "p1"


# -- Jumps -----------------------------------------------------------------------------------------------------------


def test_markers_and_hits_are_walked_round_the_end(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(), f"{lamps}?q=captains", **STEADY))
    seen = []
    for key in ("m", "m", "m", "Shift+m"):
        press(page, key)
        seen.append((focused(page), page.locator("#said").text_content()))
    first, second = ("[1]", "Note marker 1 of 2"), ("[2]", "Note marker 2 of 2")
    assert seen == [first, second, first, second]
    press(page, "f", "f", "Shift+f")
    assert page.evaluate("document.activeElement.matches('mark.hit')")
    assert "hit=1" in page.url
    press(page, "ArrowDown")
    assert cursor(page) == "p4"  # on in the paragraph of the hit


def test_marker_opens_its_note_and_escape_comes_back(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(), lamps, width=390, **STEADY))
    card = page.locator("reading-card")
    press(page, "m", "Enter")
    expect(card).to_be_visible()
    press(page, "ArrowDown", "u")  # not while a card has the focus
    expect(card).to_be_visible()
    press(page, "Escape")
    expect(card).to_be_hidden()
    assert focused(page) == "[1]"
    assert page.locator("#text .cursor").count() == 1  # Escape closed the card alone
    press(page, "Escape")
    assert page.locator("#text .cursor").count() == 0


def test_article_is_marked_as_read_by_a_key(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(), lamps, **STEADY))
    press(page, "d")
    expect(page.locator("#mark-read")).to_have_text("Mark as unread")


@pytest.fixture
def paged(live_server: object) -> str:
    """Store an article on two pages whose pictures are there, and return its address."""
    blocks = tuple(
        Block("para", f"{n}. {PARAGRAPH}", regions=(Region(1 + n // 4, (60.0, 60.0 + 170 * (n % 4), 540.0, 210.0)),))
        for n in range(8)
    )
    article = Article(kind="article", title="Lamps", blocks=blocks, page_start=45)
    file = make_file_facts(name="a.pdf")
    issue = make_issue(article, file=file, pages=2, page_sizes=((600.0, 800.0),) * 2)
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "webp")
    for page in (1, 2):
        for size in ("small", "large"):
            keep_picture(issue.sha256, page, size, picture.getvalue())
    Issue.objects.filter(pk=issue.pk).update(page_images=2)
    return str(issue.articles.get().get_absolute_url())


def test_printed_page_opens_at_the_paragraph_one_is_at(paged: str, open_page: OpenPage) -> None:
    page = ready(open_page(make_user(), paged, **STEADY, **CLIPBOARD))
    press(page, *["ArrowDown"] * 6)
    assert cursor(page) == "p6"
    assert ", p. 46. " in copied(page, ["c"])[0]  # as it is printed, on the second page of the file
    press(page, "p")
    expect(page).to_have_url(re.compile(r"\?page=2#p6$"))
    expect(page.locator(".leaf:not([hidden])")).to_have_attribute("data-page", "2")
    ready(page)
    press(page, "p")
    expect(page.locator(".pane")).to_have_count(0)


# -- Where keys are dead, and on which keyboards they live -----------------------------------------------------------

PRESSES: list[tuple[dict[str, Any], bool]] = [
    ({"key": "j", "code": "KeyJ", "ctrlKey": True}, False),
    ({"key": "j", "code": "KeyJ", "altKey": True}, False),
    ({"key": "j", "code": "KeyJ", "metaKey": True}, False),
    ({"key": "j", "code": "KeyJ", "isComposing": True}, False),
    ({"key": "Process", "code": "KeyJ", "keyCode": 229}, False),
    ({"key": "Dead", "code": "KeyJ"}, False),
    ({"key": "J", "code": "KeyJ"}, True),  # the lock for capitals is on
    ({"key": "J", "code": "KeyJ", "shiftKey": True}, False),
    ({"key": "\u043e", "code": "KeyJ"}, True),  # a Russian keyboard
    ({"key": "\u03be", "code": "KeyJ"}, True),  # a Greek one
    ({"key": "j", "code": "KeyC"}, True),  # Dvorak: what is written on it counts
    ({"key": "h", "code": "KeyJ"}, False),
    ({"key": "@", "code": "KeyQ", "ctrlKey": True, "altKey": True, "modifierAltGraph": True}, True),  # a German one
    ({"key": "@", "code": "KeyQ", "ctrlKey": True, "altKey": True}, False),
    *(({"key": key}, False) for key in ("Home", "End", "PageUp", "PageDown", "Tab", " ", "ArrowDown", "x", "5")),
]
FIELDS = ("textarea", "select", "input", "input type=radio", "div contenteditable", "div role=textbox tabindex=0")


def test_presses_that_are_not_ours_are_left_alone(open_page: OpenPage, issue: Issue) -> None:
    page = ready(open_page(make_user(own_keys={"row-up": "@"}), issue.get_absolute_url(), **STEADY))
    assert [send(page, **event) for event, _ in PRESSES] == [wanted for _, wanted in PRESSES]
    press(page, "Escape")
    for field in FIELDS:
        page.evaluate(
            """(words) => {
              const [name, ...attributes] = words.split(" ");
              const field = document.createElement(name);
              for (const each of attributes) field.setAttribute(...(each.includes("=") ? each.split("=") : [each, ""]));
              document.querySelector("main").prepend(field);
              field.focus();
            }""",
            field,
        )
        assert send(page, key="j", code="KeyJ") is False
        assert page.locator(".cursor").count() == 0
    page.evaluate(
        "document.addEventListener('keydown', (event) => event.preventDefault(), { capture: true, once: true })"
    )
    press(page, "j")  # somebody else has made use of it
    assert page.locator(".cursor").count() == 0


def test_search_box_takes_what_is_typed_and_escape_goes_back(open_page: OpenPage, issue: Issue) -> None:
    page = ready(open_page(make_user(), "/sources/", **STEADY))
    press(page, "j")
    row = focused(page)
    press(page, "/", "Escape")
    assert focused(page) == row
    press(page, "/")
    page.keyboard.type("ju?/.")
    assert page.input_value("#name") == "ju?/."
    assert page.locator("#keys[open]").count() == 0


# -- The sheet -------------------------------------------------------------------------------------------------------

READER = {
    "paragraph-down": "↓",
    "paragraph-up": "↑",
    "marker-next": "m",
    "marker-back": "Shift M",
    "mark-read": "d",
    "sentence-more": "Shift ↓",
    "word-more": "Shift →",
    "panel": "t",
    "search": "/",
    "undo": "z",
    "redo": "Shift Z",
    "turn-on": ".",
    "up": "u",
    "back-out": "Esc",
    "sheet": "?",
}


def test_sheet_lists_the_keys_of_this_page_and_moment(open_page: OpenPage, issue: Issue, lamps: str) -> None:
    page = ready(open_page(make_user(own_keys={"row-down": "n", "row-up": ""}), lamps, **STEADY))
    press(page, "?")
    assert listed(page) == READER
    press(page, "u", "j")  # what stands behind it is not reached
    press(page, "?")
    expect(page.locator("#keys")).to_be_hidden()
    press(page, "ArrowDown", "?")
    # something to copy and to mark now
    assert listed(page) == READER | {
        "copy": "c",
        "sentence-next": "→",
        "highlight": "h",
        "comment": "n",
        "in-vivo": "i",
    }
    press(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert cursor(page) == "p1"  # the focus is back, and Escape closed the sheet alone
    page.goto(issue.get_absolute_url())
    ready(page)
    page.click("[data-keys]")
    assert listed(page) == {
        "row-down": "n",
        "row-open": "Enter",
        "search": "/",
        "up": "u",
        "back-out": "Esc",
        "sheet": "?",
    }
    page.click("#keys [aria-label=Close]")
    expect(page.locator("#keys")).to_be_hidden()


def test_sheet_and_settings_are_accessible(open_page: OpenPage, lamps: str) -> None:
    reader, found = make_user(own_keys={"copy": "y"}), []
    for scheme, width in (("light", 1440), ("dark", 390), ("light", 320)):
        page = open_page(reader, lamps, width=width, color_scheme=scheme, **STEADY)
        ready(page)
        press(page, "ArrowDown", "?")
        expect(page.locator("#keys")).to_be_visible()
        for address in ("", "/account/keys/", "/help/keyboard/"):
            if address:
                page.goto(address)
            report = Axe().run(page).response["violations"]
            found += [(address, scheme, each["id"]) for each in report if each["impact"] in {"serious", "critical"}]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    assert found == []


# -- A person's own keys ---------------------------------------------------------------------------------------------


def test_keys_switched_off_do_nothing(open_page: OpenPage, lamps: str) -> None:
    page = open_page(make_user(single_keys=False), lamps, **STEADY)
    page.locator(".notes li.placed").first.wait_for()  # scripts have run
    assert [send(page, key=key) for key in ("ArrowDown", "j", "m", "?", "u", ".")] == [False] * 6
    page.click("[data-keys]")
    assert page.url.endswith("/help/keyboard/")
    expect(page.locator("main")).to_contain_text("switched single keys off")


def test_keys_are_moved_in_the_settings_and_work_at_once(open_page: OpenPage, issue: Issue) -> None:
    page = open_page(make_user(), "/account/keys/", **STEADY)
    for field, key, wanted in (
        ("row-down", "N", "N"),
        ("row-up", "ArrowUp", "↑"),
        ("up", "U", "U"),
    ):
        page.focus(f"#id_{field}")
        press(page, key)
        assert page.input_value(f"#id_{field}") == wanted
    press(page, "Enter")
    expect(page.locator("passing-word")).to_have_text("Your keys are kept.")
    page.goto(issue.get_absolute_url())
    ready(page)
    assert send(page, key="j", code="KeyJ") is False
    press(page, "Shift+n", "Shift+n", "ArrowUp")
    assert focused(page) == "Lamps on the Ardel"


def test_keys_are_moved_without_script(open_page: OpenPage, live_server: object) -> None:
    page = open_page(make_user(), "/account/keys/", java_script_enabled=False)
    page.fill("#id_row-down", "k")
    page.click("text=Keep these keys")
    sentence = "“k” already means “Row before”. Give that another key, or choose a free one here."
    expect(page.locator("#id_row-down_error")).to_have_text(sentence)
    assert page.get_attribute("#id_row-down", "aria-invalid") == "true"
    page.fill("#id_row-down", "n")
    page.click("text=Keep these keys")
    assert page.input_value("#id_row-down") == "n"
    page.click("text=Back to the usual keys")
    assert page.input_value("#id_row-down") == "j"
    page.click("[data-keys]")
    expect(page.locator("main")).to_contain_text("Copy the paragraph")


def test_visitor_switches_keys_off_in_the_browser(open_page: OpenPage, issue: Issue, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    page = ready(open_page(None, issue.get_absolute_url(), **STEADY))
    press(page, "j", "?")
    page.click("text=Switch keys off in this browser")
    page.reload()
    ready(page)
    assert send(page, key="j", code="KeyJ") is False
    page.click("[data-keys]")
    page.click("text=Switch keys on in this browser")
    assert send(page, key="j", code="KeyJ") is True


# -- Copying with the citation ---------------------------------------------------------------------------------------


def copied(page: Page, keys: Sequence[str]) -> tuple[str, str]:
    """Press keys and return what lies on the clipboard then, as text and as HTML."""
    press(page, *keys)
    expect(page.locator("#said")).to_have_text("Copied with its citation")
    text, html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
        }"""
    )
    return text, html


def test_passage_is_copied_with_its_citation(open_page: OpenPage, issue: Issue, lamps: str, live_server: Any) -> None:
    page = ready(open_page(make_user(), lamps, **STEADY, **CLIPBOARD))
    text, html = copied(page, ["ArrowDown", "c"])
    said = f"Ines Varrow, “Lamps on the Ardel”, Tidewater Letter {issue.label} (11 February 2022), p. 5."
    assert text == f"“{PARAGRAPH}[1]” {said} {live_server.url}{lamps}#p1"
    assert "<cite>Tidewater Letter</cite>" in html
    assert f'<a href="{live_server.url}{lamps}#p1">' in html
    page.evaluate(
        """() => {
          const [first, third] = ["p1", "p3"].map((id) => document.getElementById(id));
          const range = document.createRange();
          range.setStart(first.firstChild, first.firstChild.length - 20);
          range.setEnd(third.firstChild, 0);
          getSelection().addRange(range);
          document.getElementById("cite").dataset.pages = "5 5-6 6 6 6";
          document.getElementById("said").textContent = "";
        }"""
    )
    text = copied(page, ["c"])[0]
    # The paragraph at whose start the selection ends is not meant.
    assert text.startswith(f"“{PARAGRAPH[-20:]}[1]\n\nThe Weir” Ines Varrow, ")
    assert text.endswith(f", pp. 5\u20136. {live_server.url}{lamps}#p1")
    # What is selected in an endnote has its number; the style is chosen once, and kept.
    page.select_option("#citing-style", "author-date")
    page.reload()
    expect(page.locator("#citing-style")).to_have_value("author-date")
    page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector("#n1-text"));
          document.getElementById("said").textContent = "";
        }"""
    )
    text = copied(page, ["c"])[0]
    assert text.startswith(
        "“Assembly of the Ardel, Report on Dues, 2015.” (Varrow 2022, p. 5, n. 1)\n\nVarrow, Ines. 2022. "
    )
    assert text.endswith(f"{live_server.url}{lamps}#n1")


def test_passage_is_copied_where_the_browser_has_no_clipboard_for_scripts(open_page: OpenPage, lamps: str) -> None:
    page = ready(open_page(make_user(), lamps, **STEADY))
    page.evaluate(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.addEventListener("copy", (event) => {
            document.body.dataset.copied = event.clipboardData.getData("text/plain");
          });
        }"""
    )
    press(page, "ArrowDown", "c")
    expect(page.locator("#said")).to_have_text("Copied with its citation")
    assert page.get_attribute("body", "data-copied", timeout=1000) is not None
