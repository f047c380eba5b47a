from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage

from monitor.jobs.ingest_issue import Verdict, ingest_file
from monitor.library.files import original_name
from monitor.library.models import Issue
from tests.jobs.issue_files import issue_bytes

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def issue_file(tmp_path: Path) -> Path:
    path = tmp_path / "tidewater-12-7.txt"
    path.write_bytes(issue_bytes())
    return path


def kept_files(settings: Any) -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_ingest_file_stores_the_issue_and_keeps_the_file(issue_file: Path) -> None:
    result = ingest_file(issue_file, name=issue_file.name)
    assert (result.verdict, Issue.objects.get().articles.count()) == (Verdict.STORED, 2)
    assert result.message.startswith("Tidewater Letter XII:7: 2 articles")
    digest = hashlib.sha256(issue_bytes()).hexdigest()
    with default_storage.open(original_name(digest, "txt")) as kept:
        assert kept.read() == issue_bytes()


def test_ingest_file_keeps_originals_closed_to_others(issue_file: Path, settings: Settings) -> None:
    ingest_file(issue_file, name=issue_file.name)
    kept = next(path for path in Path(settings.MEDIA_ROOT).rglob("*.txt"))
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_ingest_file_twice_changes_nothing(issue_file: Path) -> None:
    ingest_file(issue_file, name=issue_file.name)
    again = ingest_file(issue_file, name="another-name.txt")
    assert (again.verdict, again.message) == (Verdict.UNCHANGED, "Already here as Tidewater Letter XII:7.")
    assert Issue.objects.get().file_name == "tidewater-12-7.txt"


def test_ingest_file_enters_a_date_given_by_hand(issue_file: Path) -> None:
    ingest_file(issue_file, name=issue_file.name)
    again = ingest_file(issue_file, name=issue_file.name, issue_date="2021-05-09")
    issue = Issue.objects.get()
    assert (again.verdict, str(issue.date), issue.date_basis) == (Verdict.UPDATED, "2021-05-09", "entered")


@pytest.mark.usefixtures("_own_media")
def test_an_entered_date_outlives_a_new_reading(issue_file: Path) -> None:
    ingest_file(issue_file, name=issue_file.name, issue_date="2021-05-09")
    Issue.objects.update(parser_version=0)
    assert ingest_file(issue_file, name=issue_file.name).verdict is Verdict.UPDATED
    assert str(Issue.objects.get().date) == "2021-05-09"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("page.pdf", b"<html></html>", "It is not a PDF, only named like one: ask for the file itself again."),
        ("empty.txt", b"", "It is empty."),
        ("picture.png", b"\x89PNG", "It is of a kind that is not read: PDF, text, Markdown and zip are."),
    ],
)
def test_a_refused_file_leaves_nothing_behind(
    name: str, data: bytes, sentence: str, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = ingest_file(path, name=name)
    assert (result.verdict, result.message) == (Verdict.REFUSED, sentence)
    assert (Issue.objects.count(), kept_files(settings)) == (0, [])


def test_a_full_disk_is_said_and_leaves_nothing(
    issue_file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = ingest_file(issue_file, name=issue_file.name)
    assert (result.verdict, result.message) == (Verdict.REFUSED, "The disk is full: make room and hand it in again.")
    assert (Issue.objects.count(), kept_files(settings)) == (0, [])


def test_progress_is_told_for_each_page(tmp_path: Path) -> None:
    sample = min((Path(__file__).resolve().parents[2] / "samples").glob("*.pdf"))
    heard: list[tuple[int, int]] = []
    result = ingest_file(sample, name=sample.name, on_progress=lambda done, total: heard.append((done, total)))
    assert result.verdict is Verdict.STORED
    assert [done for done, _ in heard] == list(range(1, heard[-1][1] + 1))


def test_a_text_that_is_no_issue_is_kept_from_readers_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "shopping.txt"
    path.write_text("Bread and milk.\n\nTwo lamps for the hall.\n")
    result = ingest_file(path, name=path.name)
    assert (result.verdict, Issue.objects.get().state) == (Verdict.STORED, "draft")
    assert result.message.endswith("Readers see it once a curator has published it.")
