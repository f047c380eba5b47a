"""What a first view takes and how still it stands, and the text root against the API, on the sample issues."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.library.importing import store_issue
from monitor.library.models import Article
from tests.factories import make_file_facts, make_user
from tests.samples.issues import SLUGS, committed_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Request

    from monitor.ingest.document import IssueDocument

    OpenPage = Callable[..., Page]

WIDTHS = (390, 768, 1200, 1440)
MOST_REQUESTS = 6
MOST_SHIFT = 0.02
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  const add = (list) => { for (const shift of list.getEntries()) sum += shift.hadRecentInput ? 0 : shift.value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 250));
})"""


@cache
def sample_document(slug: str) -> IssueDocument:
    return read_pdf_issue(committed_pdf(slug), limits=Limits())


@pytest.fixture
def samples(live_server: object) -> list[Article]:
    """Give the articles of all sample issues, the longest first."""
    for slug in SLUGS:
        store_issue(document=sample_document(slug), file=make_file_facts(name=f"{slug}.pdf"))
    return list(Article.objects.select_related("issue").order_by("-words", "pk"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_text_root_is_what_the_api_gives(script: bool, samples: list[Article], open_page: OpenPage) -> None:
    page = open_page(make_user(), "/help/", java_script_enabled=script)
    root = page.locator("#text")
    differing = []
    for article in samples:
        text = page.request.get(f"/api/v1/articles/{article.pk}/text").text()
        searched = next(word for word in text.split() if word.isalpha() and len(word) > 5)
        for query in ("", f"?q={searched}"):
            page.goto(article.get_absolute_url() + query, wait_until="load" if script else "commit")
            if root.text_content() != text:
                differing.append(f"{article.title}{query}")
        expect(root.locator("mark").first).to_be_attached()
    assert differing == []


def test_first_view_takes_few_requests(samples: list[Article], open_page: OpenPage) -> None:
    page = open_page(make_user(), "/help/")
    asked: set[tuple[str, str]] = set()  # the page before may still ask for the icon, too

    def note(request: Request) -> None:
        asked.add((request.resource_type, request.url))

    page.on("request", note)
    page.goto(samples[0].get_absolute_url(), wait_until="networkidle")
    assert len(asked) <= MOST_REQUESTS, asked
    assert [url for kind, url in asked if kind == "image" and not url.endswith("mark.svg")] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_stand_still_while_they_load(width: int, samples: list[Article], open_page: OpenPage) -> None:
    moved = {}
    page = open_page(make_user("curator"), "/", width=width)
    for address in ("/", samples[0].issue.get_absolute_url(), *(one.get_absolute_url() for one in samples[:3])):
        page.goto(address)
        shift = page.evaluate(SHIFTS)
        if shift >= MOST_SHIFT:
            moved[address] = shift
    assert moved == {}
