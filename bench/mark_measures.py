"""The measures of `bench.marks`. Django must be set up before this is imported.

Paint is the time from the answer's first byte until the page is drawn and quiet; adding one, from the press of a key until
the mark is drawn, of which the browser's own part begins when the answer has come; scrolling, the time between frames.
The processor time of the page's own thread says the same on a busy machine; that of adding one goes on until all is quiet.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from bench.goals import of_rounds
from bench.page_library import invented_article, invented_issue
from bench.page_site import served
from bench.page_weight import NAMES
from monitor.accounts.models import User
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.models import Colour
from monitor.annotations.passages import AskedPassage
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, CDPSession

    from monitor.library.models import Article

CHARACTERS = 35_000
PEOPLE = 20
STEPS = (0, 500, 2_000)
ROUNDS = 5
LONGEST = 240  # characters of a mark
QUIET_MS = 400  # after which all that follows from adding one is done
PAINTED, ADDED_WITHIN = 300, 100  # the goals at the most marks
COLUMNS = (
    *("annotations", "first byte", "paint", "over the bare page", "add one", "of which browser", "scroll p95"),
    *("processor: page", "processor: add one"),
)

DRAWN = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  const [page] = performance.getEntriesByType("navigation");
  done([page.responseStart - page.requestStart, performance.now() - page.responseStart]);
})))"""
ADDED = """() => new Promise((done) => {
  const before = document.querySelectorAll(".card").length;
  const begun = performance.now();
  new MutationObserver((_, watcher) => {
    if (document.querySelectorAll(".card").length === before) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const sent = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/annotations/")).at(-1);
      done([performance.now() - begun, performance.now() - sent.responseEnd]);
    }));
  }).observe(document.getElementById("cards"), { childList: true });
  dispatchEvent(new KeyboardEvent("keydown", { key: "h", code: "KeyH", bubbles: true }));
})"""
SCROLLED = """() => new Promise((done) => {
  const gaps = [];
  let last = performance.now();
  const step = (now) => {
    gaps.push(now - last);
    last = now;
    window.scrollBy(0, 60);
    if (gaps.length < 150) requestAnimationFrame(step);
    else done(gaps.slice(2));
  };
  requestAnimationFrame(step);
})"""


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        yield "No Chromium here: not measured."
        return
    article, people = _article(), [User.objects.create_user(f"person{n}", role="analyst") for n in range(PEOPLE)]
    client = Client(headers={"host": "localhost"})
    client.force_login(people[0])
    cookies = {name: one.value for name, one in client.cookies.items()}
    (var / "bench").mkdir()
    yield f"Load of the machine {os.getloadavg()[0]:.1f}.\n"
    yield f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"
    with served(var / "bench") as port, sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        bare = 0.0
        for made, wanted in zip((0, *STEPS), STEPS, strict=False):
            _annotate(article, people, wanted - made)
            measured = _measured(browser, f"http://localhost:{port}", article.get_absolute_url(), cookies)
            bare = bare or measured[1]
            first, paint, *rest = (f"{value:.0f} ms" for value in measured)
            yield f"| {wanted:,} | {' | '.join((first, paint, f'{measured[1] - bare:.0f} ms', *rest))} |"
        browser.close()
    over, own = measured[1] - bare, measured[3]
    yield ""
    yield str(of_rounds(f"{wanted:,} marks painted after the bare page", [over], PAINTED, unit="ms"))
    yield str(of_rounds(f"one more beside {wanted:,} drawn", [own], ADDED_WITHIN, unit="ms"))
    connections.close_all()


def _article() -> Article:
    words = {"title": "Marked by many", "author": "Ines Varrow", "source": "Ferry Post"}
    document = invented_issue(invented_article(CHARACTERS, **words), publication="Tidewater Letter", number=1)
    found: Article = store_issue(
        document=document, file=FileFacts("0" * 64, "invented.txt", "txt", 1)
    ).issue.articles.get()
    return found


def _annotate(article: Article, people: list[User], count: int) -> None:
    draw = random.Random(count)  # noqa: S311 - the same places each time
    body = article.texts.get().body
    for n in range(count):
        start = draw.randrange(len(body) - LONGEST)
        passage = AskedPassage(start, start + draw.randrange(20, LONGEST))
        colour = draw.choice(Colour.values)
        draft = Draft(article=article, passages=(passage,), comment=f"Word {n}", colour=colour, visibility="everyone")
        create_annotation(uid=uuid4(), by=people[n % PEOPLE], draft=draft)


def _measured(browser: Browser, site: str, address: str, cookies: dict[str, str]) -> list[float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(site + address)  # what all pages share is kept from now on
    # An address of its own each time, or the browser would show the page that it keeps.
    worked = _processor(context.new_cdp_session(page))
    paints = []
    for number in range(ROUNDS):
        page.goto(f"{site}{address}?round={number}")
        paints.append([*page.evaluate(DRAWN), worked()])
    page.keyboard.press("ArrowDown")
    added = []
    for _ in range(ROUNDS):
        before = worked()
        added.append([*page.evaluate(ADDED), worked(QUIET_MS) - before])
    gaps: Any = page.evaluate(SCROLLED)
    context.close()
    first, paint, page_work = (median(each) for each in zip(*paints, strict=True))
    whole, own, added_work = (median(each) for each in zip(*added, strict=True))
    return [first, paint, whole, own, quantiles(gaps, n=20)[-1], page_work, added_work]


def _processor(session: CDPSession) -> Callable[..., float]:
    """Return what gives the milliseconds of processor time that the page's thread has taken since the page came."""
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked(quiet: float = 0) -> float:
        time.sleep(quiet / 1000)
        told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(told["TaskDuration"]) * 1000

    return worked
