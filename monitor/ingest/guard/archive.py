"""The files inside a `.zip`, one at a time, under caps that count what comes out, not what the headers promise.

Unlike a PDF, an archive is opened by the caller itself: inflating is a loop over 64 KB blocks whose memory does not
depend on the file, and a child that may not write files could not hand them over. What does grow with the file, its
list of entries, is bounded before `zipfile` sees it. See docs/decisions/0005-guarded-reader.md.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from monitor.ingest.guard.limits import MEGABYTE, Limits
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 5_000
MAX_LIST = 2 * MEGABYTE  # bytes of the list of entries: 400 for each
MAX_TOTAL = 1024 * MEGABYTE  # bytes that may come out of one archive
BLOCK = 64 * 1024
LONGEST_NAME = 200
READ_SUFFIXES = {".pdf", ".txt", ".text", ".md", ".markdown"}
ARCHIVE_SUFFIXES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others inflate without a bound on a block
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file taken out: `name` is its last part, `path` a temporary file that goes when the next one comes."""

    name: str
    path: Path


@contextlib.contextmanager
def open_archive(path: Path, *, limits: Limits | None = None) -> Iterator[Iterator[Member]]:
    """Give the readable files inside an archive, in order of their names; raise `Refusal` for the archive as a whole.

    What is no regular file or lies in it as another archive refuses all of it; pictures, hidden files and folders
    are passed over. Caps reached while inflating raise `Refusal` from the iteration.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            archive = stack.enter_context(zipfile.ZipFile(cast("BinaryIO", _ShortReads(file))))
        except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError) as error:
            raise _damaged() from error
        except OSError as error:
            raise Refusal("unreadable", f"It cannot be opened: {error.strerror or 'unknown error'}.") from error
        wanted = _wanted(archive)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="monitor-archive-")))
        yield _taken_out(archive, wanted, folder, limits or Limits())


class _ShortReads:
    """A file that refuses to give more at once than an honest list of entries holds.

    `zipfile` reads that list in one go, and as long as the archive says it is.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.close, self.seekable = file.seek, file.tell, file.close, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Return `size` bytes, or what is left."""
        if size > MAX_LIST:
            raise _too_many()
        return self._file.read(MAX_LIST if size < 0 else size)


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries to take out, or refuse the archive for what else it holds."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _too_many()
    wanted: list[zipfile.ZipInfo] = []
    for entry in entries:
        name = flat_name(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise Refusal("archive_links", "It holds links or devices: only files are taken out of an archive.")
        if entry.is_dir() or name.startswith(".") or "__MACOSX/" in entry.filename:
            continue
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in ARCHIVE_SUFFIXES:
            raise Refusal("archive_nested", f"It holds another archive, {name}: hand that in by itself.")
        if suffix in READ_SUFFIXES:
            _check_method(entry)
            wanted.append(entry)
    if not wanted:
        raise Refusal("archive_empty", "It holds no PDF, text or Markdown file.")
    return sorted(wanted, key=lambda entry: (flat_name(entry.filename), entry.filename))


def _check_method(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise Refusal("locked", "It is locked with a password: save it without one.")
    if entry.compress_type not in METHODS:
        raise Refusal("archive_method", "It is packed in a way that is not read: pack it as a plain zip.")


def flat_name(name: str) -> str:
    """Return the last part of an entry's name, whichever way its folders are written, fit to be shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(c for c in last if c.isprintable()).strip() or "unnamed"
    if len(clean) <= LONGEST_NAME:
        return clean
    suffix = PurePosixPath(clean).suffix[:10]
    return clean[: LONGEST_NAME - len(suffix)] + suffix


def _taken_out(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], folder: Path, limits: Limits
) -> Iterator[Member]:
    total = 0
    for number, entry in enumerate(wanted):
        # The name on the disk is ours: what the archive calls it never becomes a path.
        target = folder / f"{number}{PurePosixPath(flat_name(entry.filename)).suffix.lower()}"
        name = flat_name(entry.filename)
        total += _inflate(archive, entry, target, cap=min(limits.megabytes * MEGABYTE, MAX_TOTAL - total), name=name)
        try:
            yield Member(name, target)
        finally:
            target.unlink(missing_ok=True)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, *, cap: int, name: str) -> int:
    """Write one entry to `target`; return its size in bytes, refuse where it passes `cap`."""
    size = 0
    try:
        with archive.open(entry) as source, target.open("xb") as out:
            while block := source.read(BLOCK):
                size += len(block)
                if size > cap:
                    raise Refusal("archive_too_large", f"What it holds is too large once unpacked, from {name} on.")
                if shutil.disk_usage(target.parent).free < 2 * BLOCK:
                    raise Refusal("disk_full", "There is too little room on the disk to unpack it.")
                out.write(block)
    except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, EOFError, RuntimeError) as error:
        raise _damaged() from error  # RuntimeError also stands for methods that zipfile does not know
    return size


def _damaged() -> Refusal:
    return Refusal("damaged", "It is damaged or no zip archive: pack it again.")


def _too_many() -> Refusal:
    return Refusal("archive_too_many", f"It holds more than {MAX_ENTRIES:,} files, the limit.")
