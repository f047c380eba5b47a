"""Where files lie: originals and the pictures of their pages under their sha256, uploads until they are read.

All through Django's storage API.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Container, Iterator
    from datetime import timedelta

CHUNK = 1024 * 1024
DRAFT = ".draft-"
COPY = "monitor-copy-"
INCOMING, ORIGINALS, PAGES, RECOGNISED = "incoming", "originals", "pages", "recognised"
EXPORTS = "exports"
PICTURE = re.compile(r"(\d{1,6})-([a-z]{1,10})\.webp")


class StorageAway(OSError):
    """Files lie elsewhere, and cannot be reached there just now."""


class DurableStorage(FileSystemStorage):
    """Files that are whole or not there: written under another name, synced, then renamed into place."""

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        self._make_folder(path.parent)
        handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks(CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(draft).unlink()
            raise
        _sync_folder(path.parent)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return `name` itself: it says what the file holds, so a file of that name is the same one."""
        return name

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it with our permissions, so that a loss of power does not take them back."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=self.directory_permissions_mode or 0o777)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def original_name(sha256: str, file_type: str) -> str:
    """Return the storage name of an original: never the name it was handed in under."""
    return f"{ORIGINALS}/{sha256[:2]}/{sha256}.{file_type}"


def keep_original(path: Path, *, sha256: str, file_type: str) -> bool:
    """Keep a file under its digest, and return whether it was not there yet. OSError if it was changed."""
    name = original_name(sha256, file_type)
    if sha256_of(path) != sha256:
        raise OSError("it was changed while it was being read")
    if default_storage.exists(name):
        return False
    with path.open("rb") as file:
        default_storage.save(name, File(file))
    return True


def drop_original(*, sha256: str, file_type: str) -> None:
    default_storage.delete(original_name(sha256, file_type))


@contextmanager
def original_copy(sha256: str, file_type: str) -> Iterator[Path]:
    """Give an original as a path on this machine; FileNotFoundError if it is gone."""
    with _copy_of(original_name(sha256, file_type)) as path:
        yield path


def _pictures_folder(sha256: str) -> str:
    return f"{PAGES}/{sha256[:2]}/{sha256}"


def picture_name(sha256: str, page: int, size: str) -> str:
    """Return the storage name of the picture of page `page` (from 1) of the file with this digest."""
    return f"{_pictures_folder(sha256)}/{page}-{size}.webp"


def keep_picture(sha256: str, page: int, size: str, data: bytes) -> None:
    """Keep a picture of a page, in the place of the one that may be there."""
    default_storage.save(picture_name(sha256, page, size), ContentFile(data))


def kept_pictures(sha256: str) -> set[tuple[int, str]]:
    """Return page and size of every picture that is kept of the file with this digest."""
    found = (PICTURE.fullmatch(name) for name in _files_in(_pictures_folder(sha256)))
    return {(int(match[1]), match[2]) for match in found if match}


def incoming_name(uid: uuid.UUID) -> str:
    return f"{INCOMING}/{uid}"


def keep_incoming(uid: uuid.UUID, file: File[Any]) -> None:
    """Keep an uploaded file until a worker, perhaps on another machine, has read it."""
    default_storage.save(incoming_name(uid), file)


def drop_incoming(uid: uuid.UUID) -> None:
    default_storage.delete(incoming_name(uid))


@contextmanager
def local_copy(uid: uuid.UUID) -> Iterator[Path]:
    """Give an uploaded file as a path on this machine; FileNotFoundError if it is gone."""
    with _copy_of(incoming_name(uid)) as path:
        yield path


@contextmanager
def _copy_of(name: str) -> Iterator[Path]:
    with (
        default_storage.open(name) as stored,
        tempfile.NamedTemporaryFile(prefix=COPY) as copy,
    ):
        shutil.copyfileobj(stored, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)


def sweep_incoming(*, kept: Container[str], older_than: timedelta) -> int:
    """Delete uploads that are not in `kept` (their uids), after some time; return how many."""
    names = [name for name in _files_in(INCOMING) if name not in kept]
    return sum(_sweep(f"{INCOMING}/{name}", older_than) for name in names)


def keep_export(uid: str, file: Any) -> None:
    """Keep a file that somebody asked for, in the place of the one that may be there."""
    default_storage.save(f"{EXPORTS}/{uid}", File(file))


def open_export(uid: str) -> File[Any]:
    """Return a kept file, to be read; FileNotFoundError if it is gone."""
    return default_storage.open(f"{EXPORTS}/{uid}")


def sweep_exports(*, kept: Container[str], older_than: timedelta) -> int:
    """Delete files that nobody may fetch any more (not in `kept`), after some time; return how many."""
    names = [name for name in _files_in(EXPORTS) if name not in kept]
    return sum(_sweep(f"{EXPORTS}/{name}", older_than) for name in names)


def sweep_drafts(*, older_than: timedelta) -> int:
    """Delete what was cut off while it was written: originals, pictures, recognised pages; return how many."""
    folders = [f"{ORIGINALS}/{name}" for name in _folders_in(ORIGINALS)]
    folders += [f"{kind}/{digest[:2]}/{digest}" for kind in (PAGES, RECOGNISED) for digest in _digests_in(kind)]
    drafts = [f"{folder}/{name}" for folder in folders for name in _files_in(folder) if name.startswith(DRAFT)]
    return sum(_sweep(name, older_than) for name in drafts)


def _digests_in(kind: str) -> list[str]:
    """Return the digests of the files of which something is kept in a folder such as `pages`."""
    return [sha256 for start in _folders_in(kind) for sha256 in _folders_in(f"{kind}/{start}")]


def sweep_pictures(*, unnamed: Callable[[list[str]], list[str]], older_than: timedelta) -> int:
    """Delete the pictures of files that no issue was read from, after some time; return how many.

    `unnamed` is asked which of some digests nothing names any more.
    """
    swept = 0
    for sha256 in unnamed(_digests_in(PAGES)):
        folder = _pictures_folder(sha256)
        swept += sum(_sweep(f"{folder}/{name}", older_than) for name in _files_in(folder))
        if not _files_in(folder):
            default_storage.delete(folder)
    return swept


def sweep_copies(*, older_than: timedelta) -> int:
    """Delete this machine's temporary copies whose process was killed; return how many."""
    before = time.time() - older_than.total_seconds()
    swept = 0
    for path in Path(tempfile.gettempdir()).glob(COPY + "*"):
        with suppress(OSError):  # another user's, or gone by now
            if path.lstat().st_mtime < before:
                path.unlink()
                swept += 1
    return swept


def _files_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _folders_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[0]
    except FileNotFoundError:
        return []


def _sweep(name: str, older_than: timedelta) -> bool:
    try:
        if timezone.now() - default_storage.get_modified_time(name) < older_than:
            return False
        default_storage.delete(name)
    except FileNotFoundError:
        return False
    return True
