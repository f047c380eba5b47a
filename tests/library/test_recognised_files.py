"""Recognised pages beside the originals: kept at once, page by page, and swept when no issue came of them."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.scans.recognised import RecognisedPage
from monitor.ingest.scans.recognising import recognised_pages
from monitor.library.recognised_files import RecognisedShelf, sweep_recognised
from tests.factories import make_issue
from tests.ingest_scans.scans import bound
from tests.ingest_scans.test_tesseract import inked, pretended

if TYPE_CHECKING:
    from pytest_django import Settings

DIGEST = "ab" * 32
WEEK = timedelta(days=7)
# What Tesseract says of a page, and what becomes of a worker that has one page and asks for the next.
ANSWER = """\
[ -e {folder}/worker ] && [ -e {folder}/kept ] && kill -9 $(cat {folder}/worker) && exec sleep 30
cat <<'HOCR'
<span class='ocr_line' id='l' title="bbox 10 10 90 40; baseline 0 0; x_size 30; x_descenders 8">
<span class='ocrx_word' id='w' title='bbox 10 10 90 40; x_wconf 95'>Lamplighters</span>
HOCR"""


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def age(folder: Path, days: float) -> None:
    then = time.time() - days * 24 * 3600
    for path in folder.rglob("*.json"):
        os.utime(path, (then, then))


def test_a_page_is_kept_under_the_digest_and_found_again(media: Path) -> None:
    shelf = RecognisedShelf(DIGEST, "eng")
    assert shelf.pages() == {}
    page = RecognisedPage(7, 100, 200, languages="eng")
    shelf.keep(page)
    shelf.keep(page)
    assert [path.relative_to(media).as_posix() for path in media.rglob("*.json")] == [f"recognised/ab/{DIGEST}/7.json"]
    assert shelf.pages() == {7: page}


def test_failures_are_forgotten_and_pages_kept() -> None:
    shelf = RecognisedShelf(DIGEST, "eng")
    shelf.keep(RecognisedPage(1, 10, 10, languages="eng"))
    shelf.keep(RecognisedPage(2, 10, 10, languages="eng", failure="Page 2 took too long."))
    assert list(shelf.pages()) == [1, 2]
    shelf.forget_failures()
    assert list(shelf.pages()) == [1]


@pytest.mark.processes
def test_a_worker_killed_over_one_page_keeps_those_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bound([inked()] * 3))
    tesseract = pretended(tmp_path, ANSWER.format(folder=tmp_path), monkeypatch)
    shelf = RecognisedShelf(DIGEST, "eng")

    seen: list[tuple[int, int]] = []

    def keep(page: RecognisedPage) -> None:
        shelf.keep(page)
        (tmp_path / "kept").touch()

    def recognise() -> dict[int, RecognisedPage]:
        return recognised_pages(
            path,
            [1, 2, 3],
            tesseract=tesseract,
            limits=Limits(),
            known=shelf.pages(),
            keep=keep,
            on_page=lambda done, total: seen.append((done, total)),
        )

    worker = os.fork()
    if worker == 0:
        (tmp_path / "worker").write_text(str(os.getpid()), encoding="ascii")
        recognise()
        os._exit(0)
    _, status = os.waitpid(worker, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert list(shelf.pages()) == [1]
    (tmp_path / "worker").unlink()
    again = recognise()
    assert {number: page.words[0].text for number, page in again.items()} == dict.fromkeys([1, 2, 3], "Lamplighters")
    assert seen == [(1, 3), (2, 3), (3, 3)]
    _gone_within(5, f"{tmp_path}/tesseract")


def _gone_within(seconds: float, command: str) -> None:
    """Wait until no process of this command is left: what a killed worker had started ends with it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(command in told for told in _commands()):
            return
        time.sleep(0.1)
    raise AssertionError(f"{command} is still running")


def _commands() -> list[str]:
    told = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told.append(place.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return told


@pytest.mark.django_db
def test_pages_of_no_issue_are_swept_after_a_week(media: Path) -> None:
    issue = make_issue()
    for digest in (issue.sha256, DIGEST):
        for number in (1, 2):
            RecognisedShelf(digest, "eng").keep(RecognisedPage(number, 10, 10, languages="eng"))
    assert sweep_recognised(older_than=WEEK) == 0
    age(media, 8)
    RecognisedShelf(DIGEST, "eng").keep(RecognisedPage(3, 10, 10, languages="eng"))
    assert sweep_recognised(older_than=WEEK) == 0  # somebody is still at it
    age(media, 8)
    assert sweep_recognised(older_than=WEEK) == 3
    assert list(RecognisedShelf(issue.sha256, "eng").pages()) == [1, 2]
    assert not (media / "recognised" / "ab" / DIGEST).exists()
    assert RecognisedShelf(DIGEST, "eng").pages() == {}
