"""The Hypothesis project's own sidebar, as its npm package brings it, on a page of ours."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tarfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from monitor.annotations.models import Annotation
from tests.factories import make_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
PACKAGE = "hypothesis@1.1766.0"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files to another origin and says nothing of it."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *said: Any) -> None:
        pass


@pytest.fixture(scope="module")
def client_folder() -> Path:
    """Give the unpacked package, fetched once and kept beside the test files."""
    folder: Path = settings.VAR / "hypothesis-client"
    if not (folder / "package" / "build" / "boot.js").exists():
        _fetch(folder)
    return folder / "package"


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    loud = f"######## npm cannot deliver {PACKAGE}: the Hypothesis sidebar is NOT tested ########"
    if npm is None:
        pytest.skip(loud)
    folder.mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(
        [npm, "pack", PACKAGE, "--silent"], cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    if packed.returncode:
        pytest.skip(loud)
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")


@pytest.fixture
def client_url(client_folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(client_folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_word_is_annotated_in_the_sidebar_and_marked_again_after_a_reload(
    curator: User, client_url: str, open_page: Callable[..., Page], settings: Any
) -> None:
    settings.HYPOTHESIS_CLIENT_URL = client_url
    article = make_article("\U0001f30a The lamps were lit before dusk.\n\nNobody held the gate that evening.")
    page = open_page(curator, article.get_absolute_url() + "?sidebar=hypothesis", reported=True)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    sidebar = page.frame_locator("hypothesis-sidebar iframe")
    # Signed in by the page's grant: it knows the groups.
    expect(sidebar.get_by_role("button", name="Public")).to_be_visible()
    page.locator("#text").get_by_text("Nobody held the gate").dblclick(position={"x": 10, "y": 10})
    page.get_by_role("button", name="Annotate").click()
    sidebar.get_by_role("textbox", name="Enter comment").fill("Not even the keeper?")
    sidebar.get_by_role("button", name="Post to Public").first.click()
    expect(sidebar.get_by_text("Not even the keeper?")).to_be_visible()
    expect(sidebar.get_by_role("button", name="Edit")).to_be_visible()
    mark = Annotation.objects.get()
    span = mark.spans.get()
    assert (mark.owner, mark.visibility, mark.comment) == (curator, "everyone", "Not even the keeper?")
    assert (span.quote, span.start, span.state) == ("Nobody", 35, "exact")
    page.reload()
    expect(page.locator("#text hypothesis-highlight")).to_have_text("Nobody")
    expect(sidebar.get_by_text("Not even the keeper?")).to_be_visible()
    assert refused == []
