"""What a backup says of itself: `manifest.json`, written last, so that a folder without one is no backup."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "monitor-backup/1"
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
DIGEST_LETTERS = 64


class NotABackup(Exception):
    """A folder is no whole backup that this version can read; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a backup: its size in bytes and its sha256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When it was made and of what: rows by table, files by their name in the storage, the migrations that were applied."""

    made: str
    server: int  # PostgreSQL's version as a number: 180006
    migrations: tuple[str, ...]
    rows: dict[str, int]
    dump: Kept
    files: dict[str, Kept]

    def written(self) -> str:
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the backup in `folder`. Raises NotABackup."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotABackup(f"{folder} holds no {MANIFEST}: it is no backup, or one that was not finished.") from None
    except (OSError, ValueError) as error:
        raise NotABackup(f"{folder / MANIFEST} cannot be read: {error}") from error
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise NotABackup(f"{folder / MANIFEST} is not of the schema {SCHEMA}.")
    try:
        return _manifest(told)
    except (KeyError, TypeError, ValueError) as error:
        raise NotABackup(f"{folder / MANIFEST} is damaged: {error!r}") from error


def _manifest(told: dict[str, Any]) -> Manifest:
    return Manifest(
        made=str(told["made"]),
        server=int(told["server"]),
        migrations=tuple(str(name) for name in told["migrations"]),
        rows={str(table): int(count) for table, count in told["rows"].items()},
        dump=_kept(told["dump"]),
        files={_name(name): _kept(facts) for name, facts in told["files"].items()},
    )


def _kept(facts: dict[str, Any]) -> Kept:
    digest = str(facts["sha256"])
    if len(digest) != DIGEST_LETTERS:
        raise ValueError("a digest has 64 letters")
    return Kept(int(facts["bytes"]), digest)


def _name(name: str) -> str:
    """Return a file's name if it leads nowhere but into the storage."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file")
    return name
