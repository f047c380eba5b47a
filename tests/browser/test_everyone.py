"""For everyone: every page in every theme and width, by keyboard, without motion, colours or scripts, and on paper.

EVERYONE=all (`make everyone`) looks at each page with all rules in every theme, at every width of its own page load.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.every_page import Library, fill_library, pages_after_forms
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from monitor.accounts.models import User

    OpenPage = Callable[..., Page]

WIDTHS = (390, 768, 1200, 1440)
ALL_WIDTHS = (320, 390, 600, 700, 768, 899, 900, 1099, 1100, 1200, 1439, 1440, 1800, 1920)
WHOLE = os.environ.get("EVERYONE") == "all"
THEMES = ("light", "dark", "sepia")
MOST_SHIFT = 0.02
AXE = {"resultTypes": ["violations"]}
# All that a theme can change: the other rules do not look at colours.
COLOURS = AXE | {"runOnly": ["color-contrast", "link-in-text-block"]}
# What may be said of a page without looking at it: one of each landmark it must have, and the way past the bar.
PARTS = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const first = [...document.querySelectorAll("a[href], button, input, select")].find((each) => each.checkVisibility());
  const unnamed = (each) => !each.ariaLabel && !document.getElementById(each.getAttribute("aria-labelledby"));
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return {
    lang: document.documentElement.lang,
    titled: document.title.endsWith("Monitor"),
    h1: seen("h1").length,
    main: seen("main").length,
    skip: first?.className === "skip" && document.querySelector(first.hash)?.tagName,
    unnamed: seen("nav, aside, [role='region'], [role='complementary']").filter(unnamed).map((each) => each.className),
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
  };
}"""
RIGHT = {
    "lang": "en",
    "titled": True,
    "h1": 1,
    "main": 1,
    "skip": "MAIN",
    "unnamed": [],
    "twice": [],
    "axe": [],
    "themes": {},
    "moves": False,
    "too_wide": [],
}
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  const add = (list) => { for (const shift of list.getEntries()) sum += shift.hadRecentInput ? 0 : shift.value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 20);
})"""


@pytest.fixture
def library(live_server: object) -> Library:
    return fill_library()


def violations(page: Page, options: dict[str, Any] = AXE) -> list[tuple[str, list[str]]]:
    """Return what axe finds serious or critical, with the elements."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"]])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def too_wide(page: Page, turn: int) -> list[tuple[int, int]]:
    """Return the widths of window in which the page is wider than it: the narrowest, and a third of the others by turns."""
    found = []
    for width in ALL_WIDTHS if WHOLE else (ALL_WIDTHS[0], *ALL_WIDTHS[1 + turn % 3 :: 3]):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((width, wide))
    return found


def differing(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact != RIGHT[name]}


def all_pages(library: Library, open_page: OpenPage, width: int) -> Iterator[tuple[str, Page]]:
    """Give each page by its name, as those see it who may see most of it; `width` is that of the first one."""
    others: dict[str, User | None] = {
        "forbidden": make_user("reader"),
        "import": library.author,
        "exports": library.author,
        "large file": library.author,
        "sign in": None,
        "lost password": None,
    }
    admin = make_user("admin")
    page = open_page(admin, "/account/login/", reduced_motion="reduce", width=width)
    for name, address in library.addresses.items():
        if name not in others:
            page.goto(address)
            yield name, page
    for name in pages_after_forms(page):
        yield name, page
    for name, person in others.items():
        page = open_page(person, library.addresses[name], reduced_motion="reduce")
        yield name, page


def themed_violations(page: Page) -> dict[str, list[tuple[str, list[str]]]]:
    """Return what axe finds in each theme that it does not find in the one of the page."""
    found = {}
    for theme in THEMES[1:]:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        if wrong := violations(page, AXE if WHOLE else COLOURS):
            found[theme] = wrong
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    return found


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(len(WIDTHS)) if WHOLE else [0])
def test_every_page_is_for_everyone(
    first: int, library: Library, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.exporting.AT_ONCE", {"articles": 5_000, "annotations": 0, "tags": 20_000})
    found: dict[str, Any] = {}
    for turn, (name, page) in enumerate(all_pages(library, open_page, WIDTHS[first]), first):
        facts = page.evaluate(PARTS) | {"moves": page.evaluate(SHIFTS) >= MOST_SHIFT}
        width = page.viewport_size["width"]  # type: ignore[index]
        found[f"{name}, {width}"] = facts | {
            "axe": violations(page), "themes": themed_violations(page), "too_wide": too_wide(page, turn),
        }  # fmt: skip
        page.set_viewport_size({"width": WIDTHS[(turn + 1) % len(WIDTHS)], "height": 900})
    assert len(found) == len(library.addresses) + 5
    assert {name: faults for name, facts in found.items() if (faults := differing(facts))} == {}


def test_article_is_accessible_in_every_width_and_theme(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["hits"], reduced_motion="reduce")
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
            found[width, theme] = violations(page)
    assert len(found) == len(WIDTHS) * len(THEMES)
    assert {where: what for where, what in found.items() if what} == {}


# Where the focus is: whether it shows, and what lies over the middle of it.
FOCUS = """() => {
  const now = document.activeElement;
  if (!now || now === document.body) return null;
  const shown = now.matches(".choice input, .drop input") ? now.closest("label, form") : now;
  const [box, style] = [now.getBoundingClientRect(), getComputedStyle(shown)];
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 10)];
  const over = document.elementFromPoint(x, y);
  const covered = shown === now && box.width > 0 && over !== null && over.closest(".topbar, .dock") !== now.closest(".topbar, .dock");
  now.dataset.passed = "yes";
  return {
    html: now.outerHTML.slice(0, 120),
    unseen: style.outlineStyle === "none" && style.boxShadow === "none" && (shown === now || style.borderStyle !== "solid"),
    outside: box.bottom < 0 || box.top > innerHeight,
    covered,
  };
}"""
LEFT_OUT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0 && !each.disabled)
  .filter((each) => !each.dataset.passed && each.type !== "hidden" && each.type !== "radio")
  .map((each) => each.outerHTML.slice(0, 120))"""


def tab_through(page: Page) -> list[dict[str, Any]]:
    """Press Tab through the page and return each place where the focus was."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 150:
        page.keyboard.press("Tab")
        if (stop := page.evaluate(FOCUS)) is None:
            break
        stops.append(stop)
    return stops


def test_tab_leads_through_the_page_and_is_always_seen(library: Library, open_page: OpenPage) -> None:
    page = open_page(make_user("admin"), "/account/login/", reduced_motion="reduce")
    for name, width in (
        ("hits", 390),
        ("hits", 1440),
        ("shelf", 1440),
        ("issue", 768),
        ("source", 1200),
        ("ingest", 390),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(library.addresses[name])
        stops = tab_through(page)
        assert len(stops) > 10
        assert "skip" in stops[0]["html"]
        assert [stop for stop in stops if stop["unseen"] or stop["outside"] or stop["covered"]] == []
        if page.evaluate(LEFT_OUT):  # a part that was brought anew meanwhile has not been passed yet
            tab_through(page)
        assert page.evaluate(LEFT_OUT) == []


def test_nothing_moves_for_those_who_ask_for_stillness(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["article"], reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((each) => {
          const style = getComputedStyle(each);
          const slow = style.transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
          return slow || style.animationName !== "none" || style.scrollBehavior === "smooth";
        }).map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_states_show_where_colours_are_forced(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["hits"], forced_colors="active")
    styles = page.evaluate(
        """() => {
          const of = (selector) => getComputedStyle(document.querySelector(selector));
          const chosen = of(".choice label:has(:checked)");
          return {
            marked: of("#text mark.a").textDecorationLine,
            chosen: chosen.forcedColorAdjust === "none" && chosen.backgroundColor !== of("body").backgroundColor,
            hit: of("#text mark.hit:not(.now)").backgroundColor !== of("#text").backgroundColor,
          };
        }"""
    )
    assert styles == {"marked": "underline", "chosen": True, "hit": True}


def test_all_can_be_read_and_done_without_a_script(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["article"], width=390, java_script_enabled=False)
    text = page.request.get(f"/api/v1/articles/{library.article.pk}/text").text()
    assert page.text_content("#text") == text
    page.click("#text .ref >> nth=0")
    assert page.url.endswith("#n1")
    assert "Reads as note 1: Report, 2015." in page.inner_text("#n2")
    page.click("#n1 .back")
    assert page.url.endswith("#r1")
    assert "Who held it before?" in page.inner_text("#panel")
    page.click("#text .cite")
    page.wait_for_url("**/sources/ferry-post/**")
    page.goto(library.addresses["article"])
    page.click("summary:has-text('Annotate')")
    page.fill("[name=quote]", "Twice.")
    page.fill("[name=comment]", "And then?")
    page.click("#new-mark button[type=submit]")
    page.goto(library.addresses["article"])
    assert page.locator("#p1 mark.a").all_inner_texts() == ["Twice."]
    assert "And then?" in page.inner_text("#panel")
    page.click('button[aria-label="How pages look"]')
    page.click("label:has-text('Sepia')")
    page.click("text=Use this look")
    assert page.get_attribute("html", "data-theme") == "sepia"


def test_right_to_left_is_set_at_its_own_side(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["right to left"])
    sides = page.evaluate(
        """() => {
          const of = (selector) => getComputedStyle(document.querySelector(selector));
          const [first, second] = [...document.querySelectorAll("#text td")].map((td) => td.getBoundingClientRect().left);
          const line = document.createRange();
          line.selectNodeContents(document.getElementById("n1-text"));
          const [words, box] = [line.getBoundingClientRect(), document.querySelector("#n1 > div").getBoundingClientRect()];
          const [marker, paragraph] = [".ref", "#p1"].map((one) => document.querySelector(one).getBoundingClientRect());
          return {
            title: of(".arthead h1").unicodeBidi,
            blocks: [...document.querySelectorAll("#text [id^=p]")].map((each) => getComputedStyle(each).direction),
            rule: [of("#text blockquote").borderRightWidth, of("#text blockquote").borderLeftWidth],
            table: first > second,
            note: box.right - words.right < 2,
            marker: marker.left - paragraph.left < paragraph.right - marker.right,
          };
        }"""
    )
    assert sides == {
        "title": "plaintext",
        "blocks": ["rtl"] * 4,
        "rule": ["1px", "0px"],
        "table": True,
        "note": True,
        "marker": True,
    }


def printed(page: Page) -> list[str]:
    """Return the text of each sheet of the page on paper, its blanks made one."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as sheets:
        return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]


def test_article_on_paper_has_all_that_is_filed_and_no_controls(library: Library, open_page: OpenPage) -> None:
    page = open_page(library.author, library.addresses["hits"])
    expect(page.locator(".notes li.placed").first).to_be_visible()
    sheets = printed(page)
    paper = " ".join(sheets)
    wanted = ["Lamps on the Ardel", "Ines Varrow", "THE WEIR", "Kessmouth", "NOTES", "Report, 2015.", "Reads as note 1"]
    wanted += ["river law", "Who held it before?", "water / weir", page.inner_text(".citation a")]
    assert [words for words in wanted if words.upper() not in paper.upper()] == []
    buttons = page.locator("button:not([data-tag]), a.button, .dock a, summary, label").all_text_contents()
    ours = {" ".join(words.split()) for words in buttons} | {"hits for", "Skip to", "In this issue", "For reference"}
    assert [words for words in sorted(ours) if len(words) > 3 and words in paper] == []
    assert [f"{n} / {len(sheets)}" in sheet for n, sheet in enumerate(sheets, 1)] == [True] * len(sheets)
    assert all(len(sheet) > 40 for sheet in sheets)


def test_no_head_stands_at_the_foot_of_a_sheet(live_server: object, open_page: OpenPage) -> None:
    words = "Three groups of captains can be told apart, and the third has declared for neither of the two. "
    blocks = [f"## Head {n}\n\n{words * (3 + n % 4)}" for n in range(40)]
    page = open_page(make_user(), make_article("\n\n".join(blocks), notes=(), cited={}).get_absolute_url())
    sheets = printed(page)
    assert len(sheets) > 3
    foots = [sheet.removesuffix(f"{n} / {len(sheets)}").strip() for n, sheet in enumerate(sheets, 1)]
    assert [foot[-30:] for foot in foots if re.search(r"Head \d+$", foot)] == []
