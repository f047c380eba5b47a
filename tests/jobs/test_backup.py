"""Backup and restore: equal before and after, checked before anything is written, nobody else's to read."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from monitor.annotations.actions import Draft, create_annotation
from monitor.jobs.backing_up import NotEmpty, count_rows, kept_of, make_backup, stored_files
from monitor.jobs.backup_manifest import MANIFEST, NotABackup, read_manifest
from monitor.jobs.ingest_issue import ingest_file
from monitor.jobs.restoring import NotEmptyHere, restore_backup
from monitor.library.models import Article
from monitor.postgres.errors import PostgresError
from tests.factories import make_user
from tests.jobs.issue_files import issue_bytes
from tests.jobs.restoring_site import FORMATS
from tests.postgres.conftest import make_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
RESTORING = Path(__file__).with_name("restoring_site.py")


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> None:
    """Fill the library: an issue with its file, an upload that waits, a picture, an annotation of somebody's own."""
    # Emptying the database after an earlier test brought back Django's own rows of fewer tables than `migrate` does.
    call_command("migrate", verbosity=0)
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "tidewater-12-7.txt"
    file.write_bytes(issue_bytes())
    ingest_file(file, name=file.name)
    author = make_user("analyst", name="author")
    create_annotation(uid=uuid4(), by=author, draft=Draft(article=Article.objects.all()[0], comment="my own words"))
    default_storage.save("incoming/7d1f", ContentFile(b"an upload"))
    default_storage.save("originals/zz/.draft-half", ContentFile(b"half a fi"))


@pytest.fixture
def backup(site: None, tmp_path: Path) -> Path:
    make_backup(tmp_path / "nightly" / "monday", print)
    return tmp_path / "nightly" / "monday"


def exported(name: str) -> str:
    out = io.StringIO()
    call_command("export", "--format", name, "--user", "author", "--no-bom", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.processes
def test_a_backup_comes_back_on_another_cluster_as_it_was_also_from_an_older_monitor(
    backup: Path, tmp_path: Path
) -> None:
    with make_home(None) as home:
        process = home.start(str(RESTORING), str(backup), str(tmp_path / "second"))
        printed, _ = process.communicate(timeout=280)
    assert printed.startswith("{"), printed
    told: dict[str, Any] = json.loads(printed)

    assert "files that are not in the backup: originals/ab/stranger.txt" in told["beside a stranger"]
    assert "doctor found nothing wrong" in told["first"]
    assert "tables already" in told["again"]
    state = told["state"]
    assert state["rows"] == read_manifest(backup).rows == count_rows()
    assert state["files"] == {name: kept_of(Path(default_storage.path(name))).sha256 for name in stored_files()}
    assert state["modes"] == ["0o600"]
    assert state["exports"] == [exported(name) for name in FORMATS]
    assert all(len(export) > 100 for export in state["exports"])
    assert "newer migrations" in told["older"]
    assert "doctor found nothing wrong" in told["older"]
    # The exports that were compared above stand in the record of acts; nothing else is another.
    state["rows"]["monitor_auditentry"] += len(FORMATS)
    assert told["older state"] == state


def test_backup_says_what_it_holds_and_nobody_else_may_read_it(backup: Path) -> None:
    manifest = read_manifest(backup)

    assert manifest.rows["monitor_annotation"] == 1
    assert "monitor.0023_audit_log" in manifest.migrations
    assert manifest.server == connection.connection.info.server_version
    assert manifest.files["incoming/7d1f"].bytes == 9
    assert [name for name in manifest.files if "draft" in name] == []
    assert len(manifest.files) == 2
    found = {path.relative_to(backup): oct(path.stat().st_mode & 0o777) for path in backup.rglob("*")}
    assert {mode for path, mode in found.items() if (backup / path).is_file()} == {"0o600"}
    assert {mode for path, mode in found.items() if (backup / path).is_dir()} == {"0o700"}
    assert oct(backup.stat().st_mode & 0o777) == "0o700"


def test_backup_goes_into_a_folder_of_its_own(backup: Path) -> None:
    before = (backup / MANIFEST).read_bytes()
    with pytest.raises(NotEmpty, match="is not empty"):
        make_backup(backup, print)

    assert (backup / MANIFEST).read_bytes() == before


def test_backup_that_fails_leaves_nothing(site: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_database_of_that_name")
    with pytest.raises(PostgresError, match=r"pg_dump failed.*no_database_of_that_name"):
        make_backup(tmp_path / "nightly" / "monday", print)

    assert not (tmp_path / "nightly").exists()


def test_backup_command_says_in_a_sentence_why_there_is_none(backup: Path) -> None:
    with pytest.raises(CommandError, match=r"No backup was made: .* is not empty"):
        call_command("backup", str(backup), stdout=io.StringIO())


def test_restore_refuses_a_site_that_holds_something(backup: Path) -> None:
    before = count_rows()
    with pytest.raises(NotEmptyHere, match="tables already"):
        restore_backup(backup, print)

    assert count_rows() == before


def changed(backup: Path, change: Callable[[dict[str, Any]], None]) -> None:
    told = json.loads((backup / MANIFEST).read_text())
    change(told)
    (backup / MANIFEST).write_text(json.dumps(told))


def first_file(backup: Path) -> Path:
    return next(path for path in sorted((backup / "files").rglob("*")) if path.is_file())


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "not finished": (lambda backup: (backup / MANIFEST).unlink(), "it is no backup, or one that was not finished"),
    "no manifest of ours": (lambda backup: (backup / MANIFEST).write_text("[1]"), "not of the schema"),
    "no JSON": (lambda backup: (backup / MANIFEST).write_text("{"), "cannot be read"),
    "another schema": (lambda backup: changed(backup, lambda told: told.update(schema="x/9")), "not of the schema"),
    "a part missing": (lambda backup: changed(backup, lambda told: told.pop("rows")), "is damaged: KeyError"),
    "a file missing": (lambda backup: first_file(backup).unlink(), "is damaged: files/incoming/7d1f missing"),
    "a file changed": (lambda backup: first_file(backup).write_bytes(b"an uplead"), "is damaged: files/incoming"),
    "the dump cut off": (lambda backup: (backup / "database.dump").write_bytes(b"PGDMP"), "is damaged: database.dump"),
    "a name that leads out": (
        lambda backup: changed(backup, lambda told: told["files"].update({"../x": told["dump"]})),
        "is no name of a file",
    ),
    "a newer Monitor": (
        lambda backup: changed(backup, lambda told: told["migrations"].append("monitor.9999_later")),
        "newer Monitor (it knows monitor.9999_later",
    ),
    "a newer server": (lambda backup: changed(backup, lambda told: told.update(server=990001)), "by PostgreSQL 99"),
}


def test_restore_refuses_what_is_not_whole_before_it_writes(backup: Path, tmp_path: Path) -> None:
    said = {}
    for how, (spoil, _) in SPOILT.items():
        copy = shutil.copytree(backup, tmp_path / how)
        spoil(copy)
        with pytest.raises(NotABackup) as refusal:
            restore_backup(copy, print)
        said[how] = str(refusal.value)

    assert [how for how, (_, sentence) in SPOILT.items() if sentence not in said[how]] == []
