"""Archives that want more than to be unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.ingest_guard.raw_pdf import sound_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class HostileZip:
    """One archive, and the code of the refusal it ends in."""

    name: str
    make: Callable[[], bytes]
    ends: str


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_mode(name: str, mode: int, data: bytes = b"/etc/passwd") -> bytes:
    """Return an archive of a sound PDF and of one entry with a Unix file mode."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("sound.pdf", sound_pdf())
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, data)
    return out.getvalue()


def ratio_bomb() -> bytes:
    """Return 80 MB of blanks in 80 kB."""
    return packed({"bomb.txt": b" " * (80 * MEGABYTE)})


def lying_size() -> bytes:
    """Return the same bomb, whose headers promise ten bytes."""
    data = bytearray(ratio_bomb())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def many_entries() -> bytes:
    """Return sixty thousand empty files."""
    return packed({f"{n}.txt": b"" for n in range(60_000)}, zipfile.ZIP_STORED)


def few_too_many_entries() -> bytes:
    """Return one file more than allowed, in a list that is short enough to be read."""
    return packed({f"{n}.txt": b"" for n in range(5_001)}, zipfile.ZIP_STORED)


def locked() -> bytes:
    """Return an archive whose entry says it is encrypted."""
    data = bytearray(packed({"secret.txt": b"hidden words"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def wrong_checksum() -> bytes:
    """Return an archive whose text was changed after it was packed."""
    data = packed({"a.txt": b"the truce held " * 9}, zipfile.ZIP_STORED)
    return data.replace(b"truce held", b"truce hold", 1)


def overlapping() -> bytes:
    """Return an archive of two names for the same bytes."""
    data = bytearray(packed({"a.txt": b"x" * 500, "b.txt": b"y" * 500}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


ZIPS = (
    HostileZip("link.zip", lambda: with_mode("link.pdf", stat.S_IFLNK | 0o777), "archive_links"),
    HostileZip("device.zip", lambda: with_mode("device.pdf", stat.S_IFCHR | 0o666), "archive_links"),
    HostileZip("ratio.zip", ratio_bomb, "archive_too_large"),
    HostileZip("lying.zip", lying_size, "damaged"),
    HostileZip("many.zip", many_entries, "archive_too_many"),
    HostileZip("few too many.zip", few_too_many_entries, "archive_too_many"),
    HostileZip("nested.zip", lambda: packed({"a.pdf": sound_pdf(), "b.zip": packed({})}), "archive_nested"),
    HostileZip("lzma.zip", lambda: packed({"a.txt": b"a" * 999}, zipfile.ZIP_LZMA), "archive_method"),
    HostileZip("bzip2.zip", lambda: packed({"a.txt": b"a" * 999}, zipfile.ZIP_BZIP2), "archive_method"),
    HostileZip("locked.zip", locked, "locked"),
    HostileZip("checksum.zip", wrong_checksum, "damaged"),
    HostileZip("overlapping.zip", overlapping, "damaged"),
    HostileZip("truncated.zip", lambda: packed({"a.txt": b"truce " * 999})[:90], "damaged"),
    HostileZip("noise.zip", lambda: b"PK\x03\x04" + b"noise" * 99, "damaged"),
    HostileZip("nothing inside.zip", lambda: packed({}), "archive_empty"),
    HostileZip("pictures.zip", lambda: packed({"a.jpg": b"\xff\xd8", ".hidden.pdf": b"%PDF-"}), "archive_empty"),
)
