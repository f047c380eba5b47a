"""What Chromium fetches for the first view of an article, with nothing kept: requests, bytes on the wire, shifts."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.goals import of_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from http.cookies import Morsel

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
KB = 1000
WEIGHT, REQUESTS = 150, 6


def weigh(port: int, articles: Mapping[int, str], cookies: Mapping[str, Morsel[str]]) -> Iterator[str]:
    yield f"First view in Chromium, its cache empty; the limits are {REQUESTS} requests and {WEIGHT} kB.\n"
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        yield "No Chromium here: not measured."
        return
    site = f"http://localhost:{port}"
    yield "| characters | requests | kB | of which the page | style sheet | scripts |\n|---|---|---|---|---|---|"
    goals = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        for length, address in articles.items():
            sizes = first_view(browser, site + address, {name: one.value for name, one in cookies.items()}, site)
            kinds = [
                sum(size for kind, size in sizes if kind == wanted) for wanted in ("Document", "Stylesheet", "Script")
            ]
            total = sum(size for _, size in sizes)
            yield f"| {length:,} | {len(sizes)} | {' | '.join(f'{size / KB:.0f}' for size in (total, *kinds))} |"
            goals.append(of_rounds(f"first view of {length:,}", [total / KB], WEIGHT, unit="kB"))
            goals.append(of_rounds(f"requests of {length:,}", [len(sizes)], REQUESTS, unit="requests"))
        browser.close()
    yield ""
    yield from map(str, goals)


def first_view(browser: Browser, address: str, cookies: Mapping[str, str], site: str) -> list[tuple[str, float]]:
    """Return the kind of each thing that was fetched, and its bytes on the wire with its headers."""
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network = context.new_cdp_session(page)

    def begun(event: Any) -> None:
        kinds[event["requestId"]] = event["type"]

    def ended(event: Any) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.requestWillBeSent", begun)
    network.on("Network.loadingFinished", ended)
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    return [(kind, sizes.get(one, 0.0)) for one, kind in kinds.items()]
