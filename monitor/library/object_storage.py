"""Files in an object storage that speaks S3 (STORAGE_URL), for sites of several machines; loaded there alone.

Needs requirements-s3.txt. What `files.py` asks of a storage holds: a name is written whole or not at all, and says what
it holds, so that it may be written again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from monitor.library.files import StorageAway

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 2**20  # bytes of a file that is read; a larger one waits on this machine's disk
# A page must say within seconds that the storage is away.
CONNECT_S, READ_S, ATTEMPTS = 2, 10, 2
NOT_THERE = {"404", "NoSuchKey", "NotFound"}


class ObjectStorage(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """S3 by django-storages, whose failures are those of a disk: FileNotFoundError, or StorageAway for all others."""

    def __init__(self, *, path_style: bool = False, **options: Any) -> None:
        config = Config(
            connect_timeout=CONNECT_S,
            read_timeout=READ_S,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            s3={"addressing_style": "path" if path_style else "auto"},
            signature_version="s3v4",
            # Many that speak S3 do not know the checksums that Amazon's takes since 2025.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, max_memory_size=IN_MEMORY, file_overwrite=True, **options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_of_a_disk(name):
            opened = super()._open(name, mode)
            opened.open()  # fetched now: nothing of it can fail later, in the middle of an answer
            return opened

    def _save(self, name: str, content: Any) -> str:
        with _as_of_a_disk(name):
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        with _as_of_a_disk(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_of_a_disk(name):
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_of_a_disk(path):
            folders, files = super().listdir(path)
            return folders, files

    def size(self, name: str) -> int:
        with _as_of_a_disk(name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> Any:
        with _as_of_a_disk(name):
            return super().get_modified_time(name)


@contextmanager
def _as_of_a_disk(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in NOT_THERE:
            raise FileNotFoundError(name) from error
        raise StorageAway("The file storage refuses.") from error
    except BotoCoreError as error:
        raise StorageAway("The file storage does not answer.") from error
