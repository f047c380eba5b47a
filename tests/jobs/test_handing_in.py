from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest
from monitor.jobs.read_file import GAVE_UP, read_file
from monitor.library.files import drop_incoming
from monitor.library.models import Issue
from tests.jobs.issue_files import archive, issue_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def handed_in(name: str = "tidewater.txt", data: bytes | None = None) -> Ingest:
    return hand_in(file=ContentFile(issue_bytes() if data is None else data), name=name, by=None)


def work() -> None:
    """Do what waits in the queue, as a worker would."""
    while waiting := Ingest.objects.filter(state__in=Ingest.OPEN).order_by("id").first():
        read_file(waiting.pk)


def incoming(media: Path) -> list[Path]:
    return [path for path in (media / "incoming").glob("*") if path.is_file()]


def test_hand_in_keeps_the_file_and_queues_its_job(media: Path) -> None:
    ingest = handed_in()
    job = ProcrastinateJob.objects.get()
    assert (ingest.state, job.task_name, job.args) == ("waiting", "read_file", {"ingest_id": ingest.pk})
    assert [path.name for path in incoming(media)] == [str(ingest.uid)]


def test_a_handed_in_file_is_stored_and_its_upload_removed(media: Path) -> None:
    ingest = handed_in()
    work()
    ingest.refresh_from_db()
    assert (ingest.state, ingest.issue, ingest.is_open) == ("stored", Issue.objects.get(), False)
    assert ingest.finished is not None
    assert incoming(media) == []


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.pdf", b"", "It is empty."),
        ("letter.docx", b"PK", "Only files ending in .pdf, .txt, .text, .md, .markdown, .zip are read here."),
        ("noending", b"x", "Only files ending in .pdf, .txt, .text, .md, .markdown, .zip are read here."),
    ],
)
def test_a_file_wrong_at_sight_is_refused_without_a_job(name: str, data: bytes, sentence: str, media: Path) -> None:
    ingest = handed_in(name, data)
    assert (ingest.state, ingest.message) == ("refused", sentence)
    assert (ProcrastinateJob.objects.count(), incoming(media)) == (0, [])


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings: Settings) -> None:
    settings.INGEST_MAX_MB = 1
    assert handed_in(data=b"x" * 2_500_000).message == "It has 2 MB, and the limit is 1 MB."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\x.txt", "x.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("a\x00b\u202e.txt", "ab.txt"),
        ("n" * 300 + ".txt", "n" * 196 + ".txt"),
        ("   ", "unnamed"),
    ],
)
def test_a_shown_name_has_no_folders_and_no_tricks(name: str, shown: str) -> None:
    assert handed_in(name).file_name == shown


def test_an_archive_hands_in_what_it_holds() -> None:
    handed_in("two.zip", archive(seven__txt=issue_bytes(7), eight__txt=issue_bytes(8), page__pdf=b"<html>"))
    work()
    told = dict(Ingest.objects.values_list("file_name", "state"))
    assert told == {"two.zip": "unpacked", "seven.txt": "stored", "eight.txt": "stored", "page.pdf": "refused"}
    assert Issue.objects.count() == 2


def test_the_same_file_handed_in_twice_is_one_issue() -> None:
    first, second = handed_in(), handed_in("copy.txt")
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.issue) == ("stored", "unchanged", first.issue)


def test_a_file_that_cuts_its_reading_off_three_times_is_given_up(media: Path) -> None:
    ingest = handed_in()
    Ingest.objects.update(attempts=3, state="reading")
    read_file(ingest.pk)
    ingest.refresh_from_db()
    assert (ingest.state, ingest.message, incoming(media)) == ("failed", GAVE_UP, [])


def test_a_job_run_again_after_its_end_changes_nothing() -> None:
    ingest = handed_in()
    work()
    before = list(Ingest.objects.values())
    read_file(ingest.pk)
    assert list(Ingest.objects.values()) == before


def test_an_upload_that_vanished_is_said() -> None:
    ingest = handed_in()
    drop_incoming(ingest.uid)
    read_file(ingest.pk)
    ingest.refresh_from_db()
    assert (ingest.state, ingest.message) == ("failed", "The uploaded file is no longer there: hand it in again.")
