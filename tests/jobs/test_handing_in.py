from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest
from monitor.jobs.read_file import GAVE_UP, read_file
from monitor.library.files import drop_incoming, incoming_name
from monitor.library.models import Issue
from tests.jobs.issue_files import archive, issue_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Overtaken(ContentFile):  # type: ignore[type-arg]
    """A file that somebody else hands in under the same uid while it is being kept."""

    uid = uuid.uuid4()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        hand_in(file=ContentFile(issue_bytes()), name="tidewater.txt", by=None, uid=self.uid)
        return super().chunks(chunk_size)


def test_a_file_handed_in_by_two_at_once_is_taken_in_once_and_kept(media: Path) -> None:
    ingest = hand_in(file=Overtaken(issue_bytes()), name="tidewater.txt", by=None, uid=Overtaken.uid)
    assert ingest == Ingest.objects.get()
    assert ProcrastinateJob.objects.count() == 1
    work()
    ingest.refresh_from_db()
    assert (ingest.state, incoming(media)) == ("stored", [])


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


def test_a_reading_that_ends_late_does_not_change_the_end() -> None:
    # Its worker was thought dead, and another has read the file meanwhile.
    late = handed_in()
    work()
    late.finish(Ingest.State.FAILED, "The uploaded file is no longer there: hand it in again.")
    late.refresh_from_db()
    assert (late.state, late.issue) == ("stored", Issue.objects.get())


def test_an_upload_left_over_after_the_end_is_removed_by_the_next_try(media: Path) -> None:
    ingest = handed_in()
    ingest.finish(Ingest.State.STORED, "Stored.")
    read_file(ingest.pk)
    assert incoming(media) == []


def test_tries_are_counted_and_progress_is_kept_to_the_end() -> None:
    sample = min((Path(__file__).resolve().parents[2] / "samples").glob("*.pdf"))
    ingest = handed_in(sample.name, sample.read_bytes())
    work()
    ingest.refresh_from_db()
    assert (ingest.state, ingest.attempts, ingest.pages_total) == ("stored", 1, ingest.issue.pages)  # type: ignore[union-attr]


def test_an_archive_cut_off_hands_nothing_in_twice() -> None:
    whole = handed_in("two.zip", archive(seven__txt=issue_bytes(7), eight__txt=issue_bytes(8)))
    upload = default_storage.path(incoming_name(whole.uid))
    packed = Path(upload).read_bytes()
    read_file(whole.pk)
    Ingest.objects.filter(pk=whole.pk).update(state="reading")
    Path(upload).write_bytes(packed)
    read_file(whole.pk)
    work()
    told = Ingest.objects.order_by("file_name").values_list("file_name", "state")
    assert list(told) == [("eight.txt", "stored"), ("seven.txt", "stored"), ("two.zip", "unpacked")]


def test_a_file_that_breaks_its_reading_fails_with_a_sentence() -> None:
    ingest = handed_in()
    with connection.cursor() as cursor:
        cursor.execute("alter table monitor_article rename to monitor_elsewhere")
        cursor.execute("create view monitor_article as select 1 as id")
    with transaction.atomic():
        read_file(ingest.pk)
    ingest.refresh_from_db()
    assert (ingest.state, ingest.message) == (
        "failed",
        "Something went wrong while it was read: please report it and keep the file.",
    )


def test_an_upload_that_cannot_be_kept_is_refused_with_the_reason(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "full"
    ingest = handed_in()
    assert (ingest.state, ingest.message) == ("refused", "It could not be opened or kept: File exists.")
    assert ProcrastinateJob.objects.count() == 0


def test_an_upload_on_a_full_disk_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert handed_in().message == "The disk is full: make room and hand it in again."


def test_a_message_keeps_no_characters_that_cannot_be_stored() -> None:
    ingest = handed_in()
    ingest.finish(Ingest.State.REFUSED, "a\x00b\ud800c")
    ingest.refresh_from_db()
    assert ingest.message == "a\ufffdb\ufffdc"
