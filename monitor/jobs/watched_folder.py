"""The watched folder: files that have come to rest are taken in, then put away as done or refused.

Only the scan moves files in the folder. A file on its way lies in `working/` under its row's id from before the row
is made, so a scan that was cut off goes on where it stopped and takes nothing in twice.
"""

from __future__ import annotations

import logging
import os
import stat
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.core.files import File

from monitor.ingest.guard.archive import flat_name
from monitor.jobs.hand_in import ACCEPTED, hand_in
from monitor.jobs.models import Ingest, storable

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

STILL_FOR = 5.0  # seconds in which neither size nor time of change may move
GOOD = (Ingest.State.STORED, Ingest.State.UPDATED, Ingest.State.UNCHANGED, Ingest.State.UNPACKED)
# A disk takes names of 255 bytes; an id comes before this one, or ` (2)` and `.reason.txt` after it.
LONGEST_NAME = 200


def scan(folder: str | Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Take in the files that are still, and put away those that were read since the last scan."""
    root = Path(folder)
    try:
        for name in ("working", "done", "refused"):
            (root / name).mkdir(parents=True, exist_ok=True)
        for path in _still_files(root, sleep):
            _quietly(_begin, root, path)
        for path in sorted((root / "working").iterdir()):
            _quietly(_go_on, root, path)
    except OSError as error:
        log.warning("the watched folder %s cannot be used: %s", root, error)


def _quietly(step: Callable[[Path, Path], None], root: Path, path: Path) -> None:
    """Do one step with one file; what the disk does not allow for it must not keep the others out."""
    try:
        step(root, path)
    except OSError as error:
        log.warning("the watched folder has trouble with %r: %s", path.name, error)


def _candidates(root: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of change of every file that may be an issue: no folders, no symlinks, no dot files."""
    found = {}
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.suffix.lower() not in ACCEPTED:
            continue
        try:
            facts = path.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISREG(facts.st_mode):
            found[path] = (facts.st_size, facts.st_mtime_ns)
    return found


def _still_files(root: Path, sleep: Callable[[float], None]) -> list[Path]:
    before = _candidates(root)
    if not before:
        return []
    sleep(STILL_FOR)
    after = _candidates(root)
    return [path for path, facts in before.items() if after.get(path) == facts]


def _begin(root: Path, path: Path) -> None:
    path.rename(root / "working" / f"{uuid.uuid4()} {_kept_name(path.name)}")


def _kept_name(name: str) -> str:
    """Return a file's name as text that a database, a page and, with what is added to it, a disk can take."""
    path = Path(flat_name(storable(name)))
    stem = path.stem
    while len((stem + path.suffix).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + path.suffix


def _go_on(root: Path, path: Path) -> None:
    """Hand a file in `working/` in, or put it away if it has been read."""
    uid, _, name = path.name.partition(" ")
    try:
        ingest = Ingest.objects.filter(uid=uuid.UUID(uid)).first()
    except ValueError:
        return  # somebody else's
    if ingest is None:
        with _opened(path) as file:
            ingest = hand_in(file=File(file), name=name, by=None, watched=name, uid=uuid.UUID(uid))
    if not ingest.is_open:
        _put_away(root, path, name, ingest)


def _opened(path: Path) -> BinaryIO:
    """Open a regular file, no link: who may write here must not have us read what only we may."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("it is no file")
    return os.fdopen(handle, "rb")


def _put_away(root: Path, path: Path, name: str, ingest: Ingest) -> None:
    """Move a file out of `working/`; beside a refused one lies the reason."""
    place = _free_place(root / ("done" if ingest.state in GOOD else "refused"), name)
    if ingest.state not in GOOD:
        place.with_name(place.name + ".reason.txt").write_text(f"{name}: {ingest.message}\n", encoding="utf-8")
    path.rename(place)


def _free_place(folder: Path, name: str) -> Path:
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{Path(name).stem} ({number}){Path(name).suffix}", number + 1
    return place
