"""A file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import IO


class NotAFile(Exception):
    """What stands at the path is a folder or a device, which a file must not replace."""


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write `pieces` as UTF-8 to `path`, which shows the old content or all of the new, never a part.

    A symbolic link stays and leads to the new content. Raises NotAFile, OSError, and whatever `pieces` raises.
    """
    write_whole_bytes(path, lambda file: file.writelines(piece.encode("utf-8", "replace") for piece in pieces))


def write_whole_bytes(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Let `write` write to `path`, in the same manner."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise NotAFile(f"{path} is not a file.")
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
