"""Where the embedded server's files lie and which user runs it, worked out without touching the disk."""

from __future__ import annotations

import hashlib
import os
import pwd
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from monitor.postgres.errors import PostgresError

# Kept outside every home for root, whose server runs as another user and may not pass a closed one.
SYSTEM_FOLDER = Path("/var/lib/monitor")
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included; Postgres also makes "….lock".
LONGEST_SOCKET = 103


@dataclass(frozen=True)
class Place:
    """One cluster: its folder, the folder of its socket, and the user its processes become (None: stay who we are)."""

    folder: Path
    socket_folder: Path
    run_as: str | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket(self) -> Path:
        return self.socket_folder / SOCKET_NAME


def cluster_place(var: Path, name: str) -> Place:
    """Return the place of cluster `name` of the site whose folder is `var` (absolute)."""
    run_as = unprivileged_user() if os.geteuid() == 0 else None
    folder = var / name
    if run_as and not (folder / "data").exists():
        folder = _folder_for_root(folder)
    return Place(folder=folder, socket_folder=_socket_folder(folder), run_as=run_as)


def unprivileged_user() -> str:
    """Return the user whom root's server becomes: Postgres refuses to run as root."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise PostgresError("PostgreSQL refuses to run as root, and this machine has no user 'postgres' or 'nobody'.")


def open_to_others(path: Path) -> bool:
    """Tell whether every folder above `path` that exists can be passed by any user."""
    for folder in path.parents:
        with suppress(FileNotFoundError):
            if not folder.stat().st_mode & 0o001:
                return False
    return True


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _folder_for_root(folder: Path) -> Path:
    # A cluster once made stays where it is, also when the folders above it are opened or closed later.
    outside = SYSTEM_FOLDER / short_hash(str(folder))
    if (outside / "data").exists() or not open_to_others(folder):
        return outside
    return folder


def _socket_folder(folder: Path) -> Path:
    inside = folder / "sock"
    if len(os.fsencode(inside / f"{SOCKET_NAME}.lock")) <= LONGEST_SOCKET:
        return inside
    # Not $TMPDIR: every process of the site must come to the same answer.
    return Path("/tmp") / f"monitor-{os.geteuid()}-{short_hash(str(folder))}"  # noqa: S108
