"""Where files lie: originals under their sha256, uploads until they are read. All through Django's storage API."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

CHUNK = 1024 * 1024


class DurableStorage(FileSystemStorage):
    """Files that are whole or not there: written under another name, synced, then renamed into place."""

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=self.directory_permissions_mode or 0o777)
        handle, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
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
    return f"originals/{sha256[:2]}/{sha256}.{file_type}"


def keep_original(path: Path, *, sha256: str, file_type: str) -> None:
    """Keep a file under its digest; a file that is there already is the same one. OSError if it was changed."""
    name = original_name(sha256, file_type)
    if sha256_of(path) != sha256:
        raise OSError("it was changed while it was being read")
    if not default_storage.exists(name):
        with path.open("rb") as file:
            default_storage.save(name, File(file))


def incoming_name(uid: uuid.UUID) -> str:
    return f"incoming/{uid}"


def keep_incoming(uid: uuid.UUID, file: File[Any]) -> None:
    """Keep an uploaded file until a worker, perhaps on another machine, has read it."""
    default_storage.save(incoming_name(uid), file)


def drop_incoming(uid: uuid.UUID) -> None:
    default_storage.delete(incoming_name(uid))


@contextmanager
def local_copy(uid: uuid.UUID) -> Iterator[Path]:
    """Give an uploaded file as a path on this machine; FileNotFoundError if it is gone."""
    with (
        default_storage.open(incoming_name(uid)) as stored,
        tempfile.NamedTemporaryFile(prefix="monitor-") as copy,
    ):
        shutil.copyfileobj(stored, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)
