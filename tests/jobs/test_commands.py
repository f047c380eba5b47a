"""`ingest` and `parse` at a command line: one line a file, an exit code, and never a traceback."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic

from monitor.jobs.ingest_issue import UNSTORABLE
from monitor.library.models import Issue, Periodical
from tests.jobs.issue_files import archive, issue_bytes

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "issues").mkdir()
    return tmp_path / "issues"


@pytest.fixture
def issue_file(folder: Path) -> Path:
    path = folder / "tidewater.txt"
    path.write_bytes(issue_bytes())
    return path


def run(command: str, *arguments: Any, **options: Any) -> tuple[int, list[str]]:
    """Return a command's exit code and its lines, those of errors last."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as end:
        code = int(str(end.code))
    return code, [*out.getvalue().splitlines(), *err.getvalue().splitlines()]


def test_ingest_says_one_line_a_file_and_ends_well(issue_file: Path) -> None:
    assert run("ingest", issue_file) == (0, [f"{issue_file}: stored. Tidewater Letter XII:7: 2 articles, 1 finding."])
    assert run("ingest", issue_file) == (0, [f"{issue_file}: unchanged. Already here as Tidewater Letter XII:7."])


def test_ingest_ends_with_1_if_any_file_was_refused_and_stores_the_others(folder: Path, issue_file: Path) -> None:
    (folder / "page.pdf").write_bytes(b"<html>")
    code, lines = run("ingest", folder)
    assert code == 1
    assert (
        lines[0] == f"{folder}/page.pdf: refused. It is not a PDF, only named like one: ask for the file itself again."
    )
    assert lines[1].startswith(f"{issue_file}: stored. ")


def test_ingest_goes_into_folders_and_leaves_hidden_and_other_files(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / ".hidden").mkdir()
    for name in ("sub/b.txt", "a.md", ".c.txt", ".hidden/d.txt", "notes.docx"):
        (folder / name).write_bytes(issue_bytes())
    code, lines = run("ingest", folder)
    assert (code, [line.split(":")[0] for line in lines]) == (0, [f"{folder}/a.md", f"{folder}/sub/b.txt"])


def test_ingest_gives_one_object_a_line_in_json(issue_file: Path) -> None:
    code, lines = run("ingest", issue_file, issue_file.with_name("none.txt"), "--json")
    stored, missing = map(json.loads, lines)
    assert (code, stored["status"], stored["issue"]) == (1, "stored", Issue.objects.get().pk)
    assert missing == {
        "path": str(issue_file.with_name("none.txt")),
        "status": "refused",
        "message": "There is no such file.",
        "issue": None,
        "code": "missing",
    }


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.txt"))


def make_ring(path: Path) -> None:
    path.symlink_to(path)


ODD = [
    ("pipe.pdf", make_pipe, "It is a pipe or a device: only files are read."),
    ("gone.pdf", lambda path: None, "There is no such file."),
    ("broken.txt", make_broken_link, "There is no such file."),
    ("ring.txt", make_ring, "It cannot be opened: Too many levels of symbolic links."),
    ("n" * 300 + ".txt", lambda path: None, "It cannot be opened: File name too long."),
    ("deep/" * 900 + "x.txt", lambda path: None, "It cannot be opened: File name too long."),
]


@pytest.mark.parametrize(("name", "make", "sentence"), ODD, ids=[name[:10] for name, _, _ in ODD])
def test_what_is_no_file_is_refused_in_one_sentence(name: str, make: Any, sentence: str, folder: Path) -> None:
    path = folder / name
    make(path)
    assert run("ingest", path) == (1, [f"{path}: refused. {sentence}"])
    assert run("parse", path) == (1, [f"{path}: refused. {sentence}"])


def test_a_folder_is_gone_through_but_not_parsed(folder: Path) -> None:
    (folder / "x.pdf").mkdir()
    assert run("ingest", folder / "x.pdf") == (0, [])
    assert run("parse", folder / "x.pdf") == (1, [f"{folder}/x.pdf: refused. It is a folder: only files are read."])


def test_pipes_and_broken_links_in_a_folder_are_passed_over(folder: Path, issue_file: Path) -> None:
    make_pipe(folder / "pipe.pdf")
    make_broken_link(folder / "broken.txt")
    code, lines = run("ingest", folder)
    assert (code, len(lines), lines[0].split(":")[0]) == (0, 1, str(issue_file))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_closed_folder_is_said(folder: Path, issue_file: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    code, lines = run("ingest", folder)
    assert (code, lines[-1]) == (1, f"{closed}: refused. It cannot be opened: Permission denied.")


@pytest.mark.parametrize("name", ["caf\udce9.txt", "two\nlines.txt", "right\u202eleft.txt"])
def test_a_name_that_cannot_be_shown_is_shown_as_far_as_it_can(name: str, folder: Path) -> None:
    path = folder / name
    path.write_bytes(issue_bytes())
    code, lines = run("ingest", path)
    assert (code, len(lines)) == (0, 1)
    assert lines[0].encode("utf-8").startswith(str(folder).encode())
    assert Issue.objects.get().file_name.isprintable()
    told = json.loads(run("ingest", path, "--json")[1][0])
    assert (told["status"], told["path"]) == ("unchanged", str(path))


@pytest.mark.parametrize("day", ["yesterday", "2022-02-30", "11.2.2022", "", "99999-01-01"])
def test_a_date_that_is_none_is_said_before_anything_is_read(day: str, issue_file: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run("ingest", issue_file, "--date", day)
    assert str(refused.value) == f"--date {day}: write the day as YYYY-MM-DD, for example 2022-02-11."
    assert run("parse", issue_file, "--date", day) == (
        1,
        [f'{issue_file}: refused. "{day}" is not a date of the form YYYY-MM-DD.'],
    )


def test_an_archive_gives_a_line_for_each_file_inside(folder: Path) -> None:
    path = folder / "both.zip"
    path.write_bytes(archive(a__txt=issue_bytes(7), b__pdf=b"<html>"))
    code, lines = run("ingest", folder)
    assert (code, [line.split(".")[0:2] for line in lines]) == (
        1,
        [[f"{folder}/both", "zip/a"], [f"{folder}/both", "zip/b"]],
    )


def test_an_archive_whose_names_differ_inside_is_refused(folder: Path) -> None:
    packed = bytearray(archive(aaaa__txt=issue_bytes()))
    at = packed.index(b"aaaa")
    packed[at : at + 4] = b"\xff\xfe\xff\xfe"
    flags = packed.index(b"PK\x03\x04") + 6
    packed[flags + 1] |= 0x08  # "the name is UTF-8"
    (folder / "odd.zip").write_bytes(packed)
    code, lines = run("ingest", folder)
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(f"{folder}/odd.zip: refused. ")


def test_an_archive_that_points_beyond_itself_is_refused(folder: Path) -> None:
    packed = bytearray(archive(a__txt=issue_bytes()))
    header = packed.index(b"PK\x01\x02")
    packed[header + 42 : header + 46] = b"\xf0\xff\xff\x7f"
    (folder / "far.zip").write_bytes(packed)
    code, lines = run("ingest", folder)
    assert (code, len(lines)) == (1, 1)
    assert zipfile.is_zipfile(folder / "far.zip")


def test_what_does_not_fit_into_the_library_is_one_sentence_and_leaves_nothing(
    issue_file: Path, settings: Settings
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table monitor_article add constraint no_salt check (title not like 'Salt%')")
    assert run("ingest", issue_file) == (
        1,
        [
            f"{issue_file}: refused. {UNSTORABLE}",
        ],
    )
    assert (Issue.objects.count(), Periodical.objects.count()) == (0, 0)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_a_database_that_is_not_set_up_is_said(issue_file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table monitor_issue rename to monitor_elsewhere")
    # A savepoint, for the statement that finds no table spoils the transaction around it.
    with pytest.raises(CommandError, match=r"^The database is not set up, run `manage\.py migrate` first: "), atomic():
        run("ingest", issue_file)


def test_parse_stores_nothing(issue_file: Path) -> None:
    code, lines = run("parse", issue_file, "--json")
    assert (code, json.loads("\n".join(lines))["schema"], Issue.objects.count()) == (0, "monitor-issue/1", 0)


def test_load_samples_fills_an_empty_library_once() -> None:
    code, lines = run("load_samples")
    assert (code, Issue.objects.count()) == (0, len(lines))
    assert all(": stored. " in line for line in lines)
    assert run("load_samples") == (0, [])


def test_load_samples_goes_on_where_it_was_cut_off() -> None:
    sample = min((Path(__file__).resolve().parents[2] / "samples").glob("*.pdf"))
    run("ingest", sample)
    _, lines = run("load_samples")
    assert [": unchanged. " in line for line in lines] == [True] + [False] * (len(lines) - 1)
    assert Issue.objects.count() == len(lines) > 1


def test_load_samples_leaves_a_library_with_other_issues_alone(issue_file: Path) -> None:
    run("ingest", issue_file)
    assert (run("load_samples"), Issue.objects.count()) == ((0, []), 1)
