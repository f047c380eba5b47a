"""Files on the disk: who may open them, what is left of a killed process, and one name for one content."""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from monitor.library.files import (
    drop_incoming,
    keep_incoming,
    keep_original,
    local_copy,
    original_name,
    sha256_of,
    sweep_copies,
    sweep_drafts,
    sweep_incoming,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "var" / "files"
    return tmp_path / "var" / "files"


@pytest.fixture
def issue_file(tmp_path: Path) -> Path:
    path = tmp_path / "issue.txt"
    path.write_bytes(b"The lamps were lit.")
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_every_folder_made_for_a_file_is_closed_to_others(media: Path, issue_file: Path) -> None:
    digest = sha256_of(issue_file)
    keep_original(issue_file, sha256=digest, file_type="txt")
    folders = [media, media / "originals", media / "originals" / digest[:2]]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700] * 3


def test_a_file_kept_twice_is_one_file_under_its_digest(media: Path, issue_file: Path) -> None:
    digest = sha256_of(issue_file)
    for _ in range(2):
        keep_original(issue_file, sha256=digest, file_type="txt")
    assert names(media) == [original_name(digest, "txt")]


def test_a_file_saved_under_a_name_in_use_takes_that_name(media: Path) -> None:
    # Two processes that both saw no file of that name.
    for _ in range(2):
        assert default_storage.save("originals/aa/aa.txt", ContentFile(b"same")) == "originals/aa/aa.txt"
    assert names(media) == ["originals/aa/aa.txt"]


def test_a_file_changed_while_it_was_read_is_not_kept(media: Path, issue_file: Path) -> None:
    with pytest.raises(OSError, match="it was changed while it was being read"):
        keep_original(issue_file, sha256="0" * 64, file_type="txt")
    assert names(media) == []


def test_local_copy_gives_what_was_handed_in_and_goes() -> None:
    uid = uuid.uuid4()
    keep_incoming(uid, ContentFile(b"The lamps"))
    with local_copy(uid) as path:
        assert path.read_bytes() == b"The lamps"
    assert not path.exists()
    drop_incoming(uid)
    with pytest.raises(FileNotFoundError), local_copy(uid):
        pass


def test_sweep_incoming_takes_old_uploads_that_nobody_waits_for(media: Path) -> None:
    old, waiting, fresh = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for uid in (old, waiting, fresh):
        keep_incoming(uid, ContentFile(b"x"))
    (media / "incoming" / ".draft-abc").write_bytes(b"half")
    for name in (str(old), str(waiting), ".draft-abc"):
        age(media / "incoming" / name, hours=2)
    assert sweep_incoming(kept={str(waiting)}, older_than=HOUR) == 2
    assert names(media) == sorted([f"incoming/{waiting}", f"incoming/{fresh}"])


def test_sweep_drafts_takes_old_halves_and_leaves_originals(media: Path, issue_file: Path) -> None:
    digest = sha256_of(issue_file)
    keep_original(issue_file, sha256=digest, file_type="txt")
    folder = media / "originals" / digest[:2]
    for name in (".draft-old", ".draft-new"):
        (folder / name).write_bytes(b"half")
    for path in (folder / ".draft-old", media / original_name(digest, "txt")):
        age(path, hours=2)
    assert sweep_drafts(older_than=HOUR) == 1
    assert names(folder) == [".draft-new", f"{digest}.txt"]


@pytest.mark.parametrize("kind", ["pages", "recognised"])
def test_sweep_drafts_takes_old_halves_of_what_is_kept_page_by_page(kind: str, media: Path) -> None:
    folder = media / kind / "ab" / ("ab" * 32)
    folder.mkdir(parents=True)
    for name in (".draft-old", ".draft-new", "1.kept"):
        (folder / name).write_bytes(b"half")
    for name in (".draft-old", "1.kept"):
        age(folder / name, hours=2)
    assert sweep_drafts(older_than=HOUR) == 1
    assert names(folder) == [".draft-new", "1.kept"]


def test_sweeping_before_the_first_file_does_nothing() -> None:
    assert (sweep_incoming(kept=(), older_than=HOUR), sweep_drafts(older_than=HOUR)) == (0, 0)


def test_sweep_copies_takes_only_our_old_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("monitor-copy-old", "monitor-copy-new", "letter-old"):
        (tmp_path / name).write_bytes(b"x")
    for name in ("monitor-copy-old", "letter-old"):
        age(tmp_path / name, hours=2)
    assert sweep_copies(older_than=HOUR) == 1
    assert names(tmp_path) == ["letter-old", "monitor-copy-new"]
