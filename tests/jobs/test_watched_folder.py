from __future__ import annotations

import os
import uuid
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


def test_a_file_wrong_at_sight_is_put_away_at_once(folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    scan(folder)
    assert content(folder) == ["refused/empty.pdf", "refused/empty.pdf.reason.txt"]


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
    os.mkfifo(folder / "pipe.txt")
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


def test_a_scan_cut_off_before_it_made_the_row_takes_the_file_in_once(folder: Path) -> None:
    (folder / "seven.txt").write_bytes(issue_bytes())
    scan(folder)
    moved = next((folder / "working").iterdir())
    Ingest.objects.all().delete()
    scan(folder)
    scan(folder)
    assert (str(Ingest.objects.get().uid), content(folder)) == (moved.name[:36], [f"working/{moved.name}"])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("n" * 251 + ".txt", "n" * 196 + ".txt"),
        ("\u0436" * 120 + ".txt", "\u0436" * 98 + ".txt"),
        ("caf\udce9.txt", "caf\ufffd.txt"),
        ("\udce9.txt", "\ufffd.txt"),
        ("two\nlines.txt", "twolines.txt"),
    ],
    ids=["long", "long letters", "not UTF-8", "nothing else", "two lines"],
)
def test_an_odd_name_is_taken_in_once_and_put_away(name: str, kept: str, folder: Path) -> None:
    (folder / name).write_bytes(issue_bytes())
    scan(folder)
    scan(folder)
    work()
    scan(folder)
    assert (Ingest.objects.get().watched, content(folder)) == (kept, [f"done/{kept}"])


def test_a_refused_file_with_a_long_name_keeps_its_reason(folder: Path) -> None:
    for _ in range(2):
        (folder / ("n" * 251 + ".pdf")).write_bytes(b"")
        scan(folder)
    kept = "n" * 196
    assert content(folder) == [
        f"refused/{kept} (2).pdf",
        f"refused/{kept} (2).pdf.reason.txt",
        f"refused/{kept}.pdf",
        f"refused/{kept}.pdf.reason.txt",
    ]


def test_what_somebody_else_put_into_working_stops_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "working").mkdir()
    (folder / "working" / "mine.txt").write_bytes(b"x")
    (tmp_path / "secret.txt").write_bytes(issue_bytes())
    (folder / "working" / f"{uuid.UUID(int=1)} link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(folder / "working" / f"{uuid.UUID(int=2)} pipe.txt")
    (folder / "seven.txt").write_bytes(issue_bytes())
    scan(folder)
    assert [ingest.watched for ingest in Ingest.objects.all()] == ["seven.txt"]


def test_a_file_that_vanishes_stops_nothing(folder: Path) -> None:
    for name in ("six.txt", "seven.txt"):
        (folder / name).write_bytes(issue_bytes())
    watched_folder.scan(folder, sleep=lambda seconds: (folder / "six.txt").unlink())
    assert [ingest.watched for ingest in Ingest.objects.all()] == ["seven.txt"]


def test_a_folder_that_cannot_be_used_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    scan(tmp_path / "file" / "watched")
    assert Ingest.objects.count() == 0


def test_a_folder_that_takes_no_new_names_takes_nothing_in(folder: Path) -> None:
    # As with one that is read only: what cannot be put away would be read again and again.
    (folder / "seven.txt").write_bytes(issue_bytes())
    scan(folder)
    Ingest.objects.all().delete()
    for path in (folder / "working").iterdir():
        path.unlink()
    (folder / "working").rmdir()
    (folder / "seven.txt").write_bytes(issue_bytes())

    def close(seconds: float) -> None:
        (folder / "working").rmdir()

    watched_folder.scan(folder, sleep=close)
    assert (Ingest.objects.count(), content(folder)) == (0, ["seven.txt"])


def test_a_file_that_cannot_be_kept_waits_in_working(folder: Path, settings: Settings, tmp_path: Path) -> None:
    (folder / "seven.txt").write_bytes(issue_bytes())
    (tmp_path / "full").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "full"
    scan(folder)
    assert (Ingest.objects.count(), len(content(folder))) == (0, 1)
    settings.MEDIA_ROOT = tmp_path / "media"
    scan(folder)
    work()
    scan(folder)
    assert content(folder) == ["done/seven.txt"]
