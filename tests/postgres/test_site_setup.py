"""What `serve` does before it serves: each step looks first and does nothing where nothing changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection

from monitor.accounts.models import User
from monitor.management.serving.site_setup import (
    SETUP_LOCK,
    _tell_first_password,
    collect_static_if_changed,
    migrate_if_behind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Give the one folder of static files of a site that has collected none yet."""
    folder = tmp_path / "static source"
    (folder / "css").mkdir(parents=True)
    (folder / "css/page.css").write_text("p {}", encoding="utf-8")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "collected"
    forget_finders()
    yield folder
    forget_finders()


def forget_finders() -> None:
    finders.get_finder.cache_clear()  # type: ignore[attr-defined]


def collected(source: Path) -> list[str]:
    root = source.parent / "collected"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_static_files_are_collected_once(source: Path) -> None:
    assert [collect_static_if_changed() for _ in range(3)] == [True, False, False]
    assert collected(source) == [".collected", "css/page.css"]


def test_a_changed_file_is_collected_again(source: Path) -> None:
    collect_static_if_changed()
    (source / "css/page.css").write_text("p { margin: 0 }", encoding="utf-8")
    assert collect_static_if_changed()
    assert (source.parent / "collected/css/page.css").read_text(encoding="utf-8") == "p { margin: 0 }"


def test_a_file_put_back_with_its_old_time_is_collected_too(source: Path) -> None:
    """As a deployment does that keeps the files' times: Django would call the newer copy up to date."""
    collect_static_if_changed()
    page = source / "css/page.css"
    page.write_text("p { margin: 1px }", encoding="utf-8")
    os.utime(page, (1_000_000_000, 1_000_000_000))
    assert collect_static_if_changed()
    assert (source.parent / "collected/css/page.css").read_text(encoding="utf-8") == "p { margin: 1px }"


@pytest.mark.parametrize("change", ["added", "renamed", "touched"])
def test_any_change_of_the_files_is_seen_without_reading_them(source: Path, change: str) -> None:
    collect_static_if_changed()
    page = source / "css/page.css"
    if change == "added":
        (source / "empty.js").touch()
    elif change == "renamed":
        page.rename(source / "css/sheet.css")
    else:
        found = page.stat()
        os.utime(page, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
    assert collect_static_if_changed()
    assert not collect_static_if_changed()


def test_old_files_stay_for_the_pages_that_people_have_open(source: Path) -> None:
    collect_static_if_changed()
    (source / "css/page.css").rename(source / "css/sheet.css")
    collect_static_if_changed()
    assert collected(source) == [".collected", "css/page.css", "css/sheet.css"]


def test_a_collection_that_was_cut_off_is_made_whole(source: Path) -> None:
    """The stamp is written last: what has no stamp is collected."""
    collect_static_if_changed()
    (source.parent / "collected/css/page.css").unlink()
    (source.parent / "collected/.collected").unlink()
    assert collect_static_if_changed()
    assert collected(source) == [".collected", "css/page.css"]


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone() -> None:
    with connection.execute_wrapper(_only_reading):
        assert not migrate_if_behind()


def _only_reading(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
    assert sql.lstrip().split(maxsplit=1)[0] in {"SELECT", "select"}, sql
    return execute(sql, parameters, many, context)


@pytest.mark.django_db
def test_the_first_password_is_told_once_and_kept(tmp_path: Path, settings: Settings) -> None:
    settings.VAR = tmp_path
    told: list[str] = []
    _tell_first_password(told.append)
    _tell_first_password(told.append)
    kept = tmp_path / "first-password"
    password = kept.read_text(encoding="utf-8").strip()
    assert told == [f"Sign in as 'admin' with the password {password} (kept in {kept}; change it)."]
    assert User.objects.get(username="admin").check_password(password)


def test_the_lock_of_the_set_up_fits_what_postgres_takes() -> None:
    assert 0 < SETUP_LOCK < 2**63
