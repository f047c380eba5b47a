"""Pictures of pages: drawn after storing, once, whatever is killed on the way, and swept when nothing needs them."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from PIL import Image
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from monitor.jobs import queue, stalled
from monitor.jobs.ingest_issue import Verdict, ingest_file
from monitor.jobs.page_pictures import MOST_ATTEMPTS, draw_pages, take_up_undrawn
from monitor.jobs.sweeping import sweep_leftovers
from monitor.library.files import original_name, picture_name
from monitor.library.models import Issue
from monitor.library.page_pictures import UNDRAWN, Size
from tests.factories import make_issue
from tests.ingest_guard.raw_pdf import objects, write_pdf
from tests.jobs.issue_files import issue_bytes
from tests.jobs.pictured_issues import make_pictured_issue, pdf_of, pictures_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """Empty the queue's tables, which are not among those that Django empties after a test."""
    ProcrastinateJob.objects.filter().delete()
    yield
    ProcrastinateJob.objects.filter().delete()


def waiting() -> list[int]:
    jobs = ProcrastinateJob.objects.filter(task_name=queue.DRAW_PAGES, status="todo")
    return sorted(jobs.values_list("args__issue_id", flat=True))


def remarks(issue: Issue) -> list[tuple[int | None, str]]:
    return list(issue.findings.filter(code=UNDRAWN).values_list("page", "message"))


def one_damaged_page() -> bytes:
    bodies = objects(o2=b"<< /Type /Pages /Kids [3 0 R 77 0 R 6 0 R] /Count 3 >>", o6=objects()[3])
    return write_pdf(bodies)


def test_a_stored_pdf_waits_for_its_pictures_and_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(pdf_of(3))
    result = ingest_file(path, name="issue.pdf")
    assert (result.verdict, result.issue.page_images if result.issue else None) == (Verdict.STORED, 0)
    issue = Issue.objects.get()
    assert waiting() == [issue.pk]
    draw_pages(issue.pk)
    issue.refresh_from_db()
    assert (issue.page_images, issue.pages) == (3, 3)
    with default_storage.open(picture_name(issue.sha256, 2, Size.LARGE)) as file:
        assert Image.open(file).size == (1400, 1812)
    with default_storage.open(picture_name(issue.sha256, 3, Size.SMALL)) as file:
        assert Image.open(file).size == (360, 466)


def test_a_text_waits_for_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "issue.txt"
    path.write_bytes(issue_bytes())
    ingest_file(path, name="issue.txt")
    assert waiting() == []
    assert draw_pages(Issue.objects.get().pk) is None


def test_a_new_reading_of_the_same_file_draws_nothing_again(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(pdf_of(2))
    ingest_file(path, name="issue.pdf")
    draw_pages(Issue.objects.get().pk)
    ProcrastinateJob.objects.filter().delete()
    Issue.objects.update(parser_version=0)
    assert ingest_file(path, name="issue.pdf").verdict is Verdict.UPDATED
    assert (waiting(), Issue.objects.get().page_images) == ([], 2)


def test_drawing_twice_changes_nothing(media: Path) -> None:
    issue = make_pictured_issue(pdf_of(2), pages=2)
    first = draw_pages(issue.pk)
    times = [path.stat().st_mtime_ns for path in media.rglob("*.webp")]
    second = draw_pages(issue.pk)
    assert (first and first.pages, second and second.pages, second and second.have) == (2, 0, 2)
    assert [path.stat().st_mtime_ns for path in media.rglob("*.webp")] == times
    assert str(second) == f"{issue}: 0 drawn, 2 of 2 pages have pictures."


def test_drawing_again_replaces_what_is_there(media: Path) -> None:
    issue = make_pictured_issue(pdf_of(1), pages=1)
    draw_pages(issue.pk)
    clean = pictures_in(media)
    for path in media.rglob("*.webp"):
        path.write_bytes(b"spoilt")
    draw_pages(issue.pk)
    assert pictures_in(media) != clean
    draw_pages(issue.pk, again=True)
    assert pictures_in(media) == clean


def test_only_the_page_that_lacks_a_picture_is_drawn(media: Path) -> None:
    issue = make_pictured_issue(pdf_of(3), pages=3)
    draw_pages(issue.pk)
    clean = pictures_in(media)
    default_storage.delete(picture_name(issue.sha256, 2, Size.SMALL))
    drawn = draw_pages(issue.pk)
    assert (drawn and drawn.pages, pictures_in(media)) == (1, clean)


def test_a_page_that_cannot_be_drawn_is_a_remark_and_the_others_have_pictures() -> None:
    issue = make_pictured_issue(one_damaged_page(), pages=3)
    drawn = draw_pages(issue.pk)
    issue.refresh_from_db()
    assert (issue.page_images, drawn and drawn.pages) == (2, 2)
    assert remarks(issue) == [(2, "Page 2 is damaged and cannot be drawn.")]
    assert take_up_undrawn() == 0


def test_a_page_that_the_file_lacks_is_a_remark() -> None:
    issue = make_pictured_issue(pdf_of(1), pages=2)
    draw_pages(issue.pk)
    assert remarks(issue) == [(2, "It cannot be found in the file, so it has no picture.")]


def test_a_file_that_cannot_be_opened_leaves_the_issue_as_it_was() -> None:
    issue = make_pictured_issue(b"%PDF-1.7\nnothing of use", pages=2)
    draw_pages(issue.pk)
    issue.refresh_from_db()
    ((page, message),) = remarks(issue)
    assert (issue.page_images, issue.state, page) == (0, "published", 1)
    assert message.startswith("2 of 2 pages have no picture, for instance page 1. Its pages cannot be drawn: Its ")


def test_a_file_that_is_gone_is_said() -> None:
    issue = make_pictured_issue(pdf_of(1), pages=1)
    default_storage.delete(original_name(issue.sha256, "pdf"))
    draw_pages(issue.pk)
    assert remarks(issue) == [(1, "The file it was read from is no longer there, so its pages cannot be drawn.")]


def test_a_disk_without_room_says_nothing_of_the_file_and_the_job_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = make_pictured_issue(pdf_of(1), pages=1)
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 0}))
        with pytest.raises(OSError, match="too little room on the disk"):
            draw_pages(issue.pk)
    assert (remarks(issue), take_up_undrawn()) == ([], 1)
    drawn = draw_pages(issue.pk)
    assert (drawn and drawn.have) == 1


def test_a_drawing_that_killed_its_workers_is_given_up() -> None:
    issue = make_pictured_issue(pdf_of(1), pages=1)
    draw_pages(issue.pk, attempts=MOST_ATTEMPTS)
    issue.refresh_from_db()
    assert (issue.page_images, remarks(issue)) == (0, [(1, "Drawing its pages was cut off 3 times.")])


def test_an_issue_that_is_gone_is_no_error() -> None:
    assert draw_pages(999_999) is None


def test_what_lacks_pictures_gets_one_job_each() -> None:
    lacking, drawn = (make_pictured_issue(pdf_of(1, mark=mark), pages=1) for mark in "ab")
    draw_pages(drawn.pk)
    make_issue()
    assert (take_up_undrawn(), waiting()) == (1, [lacking.pk])
    assert (take_up_undrawn(), waiting()) == (0, [lacking.pk])


def test_a_second_job_is_refused_without_undoing_what_came_before() -> None:
    with transaction.atomic():
        issue = make_issue()
        for _ in range(2):
            queue.defer_pages(issue.pk)
    assert (waiting(), Issue.objects.filter(pk=issue.pk).exists()) == ([issue.pk], True)


def test_reading_goes_before_drawing() -> None:
    queue.defer_pages(1)
    assert ProcrastinateJob.objects.get(task_name=queue.DRAW_PAGES).priority < 0


def doing(issue_id: int) -> int:
    """Make a job whose worker died, and return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status) "
            "values ('default', %s, %s, %s, jsonb_build_object('issue_id', %s::int), 'doing') returning id",
            [queue.DRAW_PAGES, f"pages:{issue_id}", f"pages:{issue_id}", issue_id],
        )
        return int(cursor.fetchone()[0])


def take_up() -> int:
    async def taken_up() -> int:
        with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as jobs:
            async with jobs.open_async():
                return await stalled.take_up_stalled_jobs(jobs.job_manager)

    return asyncio.run(taken_up())


@pytest.mark.usefixtures("no_jobs")
def test_a_drawing_whose_worker_died_is_taken_up_and_counted() -> None:
    job = doing(7)
    take_up()
    assert list(ProcrastinateJob.objects.values_list("id", "status", "attempts")) == [(job, "todo", 1)]


@pytest.mark.usefixtures("no_jobs")
def test_a_dead_drawing_gives_way_to_the_one_that_waits() -> None:
    doing(7)
    queue.defer_pages(7)
    take_up()
    assert list(ProcrastinateJob.objects.values_list("status", "args__issue_id")) == [("todo", 7)]


def age(folder: Path) -> None:
    then = time.time() - 7200
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def test_pictures_of_issues_that_are_gone_are_swept(media: Path) -> None:
    kept, gone, fresh = (make_pictured_issue(pdf_of(1, mark=mark), pages=1) for mark in "abc")
    for issue in (kept, gone):
        draw_pages(issue.pk)
    age(media / "pages")
    draw_pages(fresh.pk)
    gone_folder = media / "pages" / gone.sha256[:2] / gone.sha256
    (gone_folder / ".draft-x").write_bytes(b"half")
    age(gone_folder)
    Issue.objects.filter(pk__in=[gone.pk, fresh.pk]).delete()
    sweep_leftovers()
    assert sorted(name.split("/")[1] for name in pictures_in(media)) == sorted([kept.sha256, fresh.sha256] * 2)
    assert not gone_folder.exists()


def run(*arguments: str) -> tuple[int, list[str]]:
    out, code = io.StringIO(), 0
    try:
        call_command("page_images", *arguments, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue().splitlines()


def test_the_command_draws_what_is_missing_a_line_an_issue() -> None:
    older, newer = (make_pictured_issue(pdf_of(1, mark=mark), pages=1) for mark in "ab")
    make_issue()
    assert run() == (0, [f"{issue}: 1 drawn, 1 of 1 pages have pictures." for issue in (newer, older)])
    assert run() == (0, [])
    assert len(run("--again")[1]) == 2


def test_the_command_ends_with_1_where_a_page_has_no_picture() -> None:
    issue = make_pictured_issue(one_damaged_page(), pages=3)
    line = f"{issue}: 2 drawn, 2 of 3 pages have pictures. Page 2 is damaged and cannot be drawn."
    assert run() == (1, [line])


DRAW = (
    "import sys, django\n"
    "from django.conf import settings\n"
    "settings.DATABASES['default']['NAME'], settings.MEDIA_ROOT = sys.argv[1:3]\n"
    "django.setup()\n"
    "from monitor.jobs.page_pictures import draw_pages\n"
    "draw_pages(int(sys.argv[3]))\n"
)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_drawing_killed_half_way_and_repeated_gives_the_same(media: Path) -> None:
    issue = make_pictured_issue(pdf_of(12), pages=12)
    command = [sys.executable, "-c", DRAW, str(connection.settings_dict["NAME"]), str(media), str(issue.pk)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "monitor.settings_test"})
    deadline = time.monotonic() + 60
    while not len(pictures_in(media)) >= 5 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    issue.refresh_from_db()
    half = pictures_in(media)
    assert (issue.page_images, 5 <= len(half) < 24) == (0, True)
    drawn = draw_pages(issue.pk)
    issue.refresh_from_db()
    assert (issue.page_images, drawn and drawn.pages) == (12, 12 - len(half) // 2)
    whole = pictures_in(media)
    draw_pages(issue.pk, again=True)
    assert (len(whole), pictures_in(media)) == (24, whole)


def test_pictures_are_closed_to_others(media: Path) -> None:
    draw_pages(make_pictured_issue(pdf_of(1), pages=1).pk)
    modes: dict[Any, int] = {path.is_file(): path.stat().st_mode & 0o777 for path in (media / "pages").rglob("*")}
    assert modes == {True: 0o600, False: 0o700}
