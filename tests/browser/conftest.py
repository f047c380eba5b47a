"""A real Chromium against the real site. A page that reports a broken policy or an error fails its test."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from pytest_django.live_server_helper import LiveServer

    from monitor.accounts.models import User

# Playwright's own loop runs in this thread; Django must not take it for a view's.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def chromium() -> str | None:
    """Return the path of an installed Chromium; None leaves the choice to Playwright."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one Chromium to a module.

    Not to the whole run: while Playwright runs, its loop is this thread's running loop, so that other tests could
    not start one, and Django takes connections from another drawer. Both drawers are left empty.
    """
    connections.close_all()
    # As root, Chromium's own sandbox cannot be set up.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield started
        started.close()
        connections.close_all()


@pytest.fixture
def curator(live_server: LiveServer) -> User:
    return make_user("curator", name="hedda")


@pytest.fixture
def open_page(live_server: LiveServer, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a page as `person` sees it; what it reports is collected and asked for at the end.

    `reported` says that the test looks at the trouble itself.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A page that answers 403 or 404 is itself reported as a failed resource: that is what was asked for.
        is_the_page = message.page is not None and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not is_the_page:
            complaints.append(f"{message.type}: {message.text}")

    def open_one(
        person: User | None, address: str = "/", *, width: int = 1440, reported: bool = False, **options: Any
    ) -> Page:
        size: Any = {"width": width, "height": 900 if width > 600 else 844}
        context = browser.new_context(base_url=live_server.url, viewport=size, **options)
        contexts.append(context)
        if person is not None:
            context.add_cookies([_session_cookie(person, live_server.url)])
        page = context.new_page()
        if not reported:
            page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    _wait_for_quiet()
    assert complaints == []


def _wait_for_quiet() -> None:
    """Wait until the server's threads have let go of the database: it is emptied, and dropped, after the test."""
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    give_up = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)


def _session_cookie(person: User, url: str) -> Any:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
