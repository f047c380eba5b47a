from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.jobs import watched_folder
from monitor.jobs.models import Ingest
from monitor.jobs.read_file import read_file
from monitor.library.models import Issue
from tests.jobs.issue_files import issue_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def scan(folder: Path) -> None:
    watched_folder.scan(folder, sleep=lambda seconds: None)


def work() -> None:
    for ingest in Ingest.objects.filter(state__in=Ingest.OPEN):
        read_file(ingest.pk)


def content(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_still_file_is_read_and_put_away_as_done(folder: Path) -> None:
    (folder / "seven.txt").write_bytes(issue_bytes())
    scan(folder)
    ingest = Ingest.objects.get()
    assert content(folder) == [f"working/{ingest.uid} seven.txt"]
    work()
    scan(folder)
    assert content(folder) == ["done/seven.txt"]
    assert Issue.objects.count() == 1


def test_a_refused_file_lies_beside_its_reason(folder: Path) -> None:
    (folder / "page.pdf").write_bytes(b"<html>")
    scan(folder)
    work()
    scan(folder)
    assert content(folder) == ["refused/page.pdf", "refused/page.pdf.reason.txt"]
    reason = (folder / "refused/page.pdf.reason.txt").read_text()
    assert reason == "page.pdf: It is not a PDF, only named like one: ask for the file itself again.\n"


def test_a_file_that_still_grows_is_left_alone(folder: Path) -> None:
    path = folder / "seven.txt"
    path.write_bytes(b"half")

    def grow(seconds: float) -> None:
        path.write_bytes(b"half and more")

    watched_folder.scan(folder, sleep=grow)
    assert content(folder) == ["seven.txt"]
    assert Ingest.objects.count() == 0


def test_hidden_files_links_folders_and_other_kinds_are_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(issue_bytes())
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".part.txt").write_bytes(issue_bytes())
    (folder / "notes.docx").write_bytes(b"x")
    (folder / "sub.txt").mkdir()
    scan(folder)
    assert Ingest.objects.count() == 0


def test_a_scan_that_was_cut_off_goes_on(folder: Path) -> None:
    (folder / "seven.txt").write_bytes(issue_bytes())
    scan(folder)
    work()
    # The worker died before it put the file away; the next scan does it, and reads nothing twice.
    scan(folder)
    scan(folder)
    assert (content(folder), Ingest.objects.count()) == (["done/seven.txt"], 1)


def test_a_second_file_of_the_same_name_keeps_both(folder: Path) -> None:
    for number in (7, 8):
        (folder / "issue.txt").write_bytes(issue_bytes(number))
        scan(folder)
        work()
        scan(folder)
    assert content(folder) == ["done/issue (2).txt", "done/issue.txt"]
    assert Issue.objects.count() == 2
