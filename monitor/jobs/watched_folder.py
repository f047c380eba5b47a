"""The watched folder: files that have come to rest are taken in, then put away as done or refused.

Only the scan moves files in the folder. A file on its way lies in `working/` under its row's id, so a scan that
was cut off goes on where it stopped.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files import File

from monitor.jobs.hand_in import ACCEPTED, hand_in
from monitor.jobs.models import Ingest

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

STILL_FOR = 5.0  # seconds in which neither size nor time of change may move
GOOD = (Ingest.State.STORED, Ingest.State.UPDATED, Ingest.State.UNCHANGED, Ingest.State.UNPACKED)


def scan(folder: str | Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Take in the files that are still, and put away those that were read since the last scan."""
    root = Path(folder)
    for name in ("working", "done", "refused"):
        (root / name).mkdir(parents=True, exist_ok=True)
    put_away(root)
    for path in _still_files(root, sleep):
        _take_in(root, path)


def _candidates(root: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of change of every file that may be an issue: no folders, no symlinks, no dot files."""
    found = {}
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file() or path.suffix.lower() not in ACCEPTED:
            continue
        facts = path.stat()
        found[path] = (facts.st_size, facts.st_mtime_ns)
    return found


def _still_files(root: Path, sleep: Callable[[float], None]) -> list[Path]:
    before = _candidates(root)
    if not before:
        return []
    sleep(STILL_FOR)
    after = _candidates(root)
    return [path for path, facts in before.items() if after.get(path) == facts]


def _take_in(root: Path, path: Path) -> None:
    try:
        with path.open("rb") as file:
            ingest = hand_in(file=File(file), name=path.name, by=None, watched=path.name)
    except OSError as error:
        log.warning("cannot take in %s from the watched folder: %s", path.name, error)
        return
    path.rename(root / "working" / f"{ingest.uid} {path.name}")


def put_away(root: Path) -> None:
    """Move what has been read out of `working/`; beside a refused file lies the reason."""
    for path in sorted((root / "working").iterdir()):
        uid, _, name = path.name.partition(" ")
        ingest = Ingest.objects.filter(uid=uid, watched=name).first()
        if ingest is None or ingest.is_open:
            continue
        place = _free_place(root / ("done" if ingest.state in GOOD else "refused"), name)
        path.rename(place)
        if ingest.state not in GOOD:
            place.with_name(place.name + ".reason.txt").write_text(f"{name}: {ingest.message}\n", encoding="utf-8")


def _free_place(folder: Path, name: str) -> Path:
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{Path(name).stem} ({number}){Path(name).suffix}", number + 1
    return place
