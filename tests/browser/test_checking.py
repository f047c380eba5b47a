"""A curator corrects a reading in the browser, and a newer parser keeps what was corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from monitor.ingest.document import Block, Finding, Region
from monitor.library.importing import store_issue
from monitor.library.models import Issue
from tests.factories import make_file_facts, make_read_article, make_read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.accounts.models import User
    from monitor.ingest.document import IssueDocument

    OpenPage = Callable[..., Page]

FILE = make_file_facts(name="tidewater-12-7.pdf")
TEXTS = ("The lamps were lit along", "the whole of the quay.", "A drawing of the weir.")


def read() -> IssueDocument:
    boxes = [(60.0, 60.0 + 90 * n, 300.0, 130.0 + 90 * n) for n in range(3)]
    blocks = tuple(Block("para", text, regions=(Region(1, box),)) for text, box in zip(TEXTS, boxes, strict=True))
    article = replace(make_read_article("x", title="Lamps on the Ard", notes=()), blocks=blocks)
    odd = [Finding("x", "Two paragraphs look like one.", article=0, block=n, start=0) for n in (0, 1)]
    return make_read_document(article, number=7, findings=odd, pages=1, page_sizes=((612.0, 792.0),))


def stored() -> Issue:
    return store_issue(document=read(), file=FILE).issue


def state(issue: Issue) -> tuple[str, list[tuple[str, str]]]:
    article = issue.articles.exclude(state="gone").get()
    body = article.texts.get(version=article.text_version).body
    return article.title, [(block.type, body[block.start : block.end]) for block in article.blocks.all()]


CORRECTED = (
    "Lamps on the Ardel",
    [("para", "The lamps were lit along the whole of the quay."), ("caption", "A drawing of the weir.")],
)


def correct_all(page: Page) -> None:
    row = page.locator(".proof-articles > li").first
    row.locator("summary").click()
    row.get_by_label("Title").fill("Lamps on the Ardel")
    row.get_by_role("button", name="Correct title").click()
    expect(page.locator(".proof-title")).to_have_text("Lamps on the Ardel")
    second = page.locator(".proof-block").nth(1)
    second.locator("summary").first.click()
    second.get_by_role("button", name="Join").click()
    expect(page.locator(".proof-block")).to_have_count(2)
    last = page.locator(".proof-block").nth(1)
    last.locator("summary").first.click()
    last.get_by_label("It is").select_option("caption")
    last.get_by_role("button", name="Change type").click()
    expect(page.locator(".proof-block").nth(1).locator(".badge")).to_have_text("caption")


def test_corrections_are_made_and_outlive_a_newer_parser(open_page: OpenPage, curator: User) -> None:
    issue = stored()
    page = open_page(curator, f"/issues/{issue.pk}/check/")
    correct_all(page)
    assert state(issue) == CORRECTED
    Issue.objects.update(parser_version=1)
    store_issue(document=read(), file=FILE)
    page.reload()
    assert state(issue) == CORRECTED
    expect(page.locator(".register li")).to_have_count(3)
    page.locator(".register").get_by_role("button", name="Undo: type").click()
    expect(page.locator(".proof-block").nth(1).locator(".badge")).to_have_text("paragraph")


def test_corrections_are_made_without_script(open_page: OpenPage, curator: User) -> None:
    issue = stored()
    correct_all(open_page(curator, f"/issues/{issue.pk}/check/", java_script_enabled=False))
    assert state(issue) == CORRECTED


def test_page_and_paragraphs_point_at_each_other(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, f"/issues/{stored().pk}/check/")
    page.locator("[data-frame]").nth(1).click()
    expect(page.locator(".proof-block").nth(1)).to_be_focused()
    page.locator(".proof-block summary").nth(4).focus()
    expect(page.locator("rect.region").nth(2)).to_have_class("region on")


def test_keys_walk_the_findings(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, f"/issues/{stored().pk}/check/")
    findings = page.locator("#findings .finding")
    for key, at in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(findings.nth(at)).to_be_focused()


def test_check_page_has_no_faults_of_access_and_no_sideways_scroll(open_page: OpenPage, curator: User) -> None:
    issue = stored()
    for width in (1440, 390):
        for scheme in ("light", "dark"):
            page = open_page(curator, f"/issues/{issue.pk}/check/", width=width, color_scheme=scheme)
            for summary in page.locator(".proof-block > details > summary").all():
                summary.click()
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
