from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from monitor.interchange.whole_files import NotAFile, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def broken_off() -> Iterator[str]:
    yield "half"
    raise KeyboardInterrupt


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_write_whole_writes_utf_8_and_line_ends_as_given(tmp_path: Path) -> None:
    write_whole(tmp_path / "out.ris", ["TY  - \r\n", "é🏮\n"])
    assert (tmp_path / "out.ris").read_bytes() == "TY  - \r\né🏮\n".encode()
    assert names(tmp_path) == ["out.ris"]


def test_write_whole_takes_the_place_of_an_older_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    write_whole(tmp_path / "out", ["new"])
    assert (tmp_path / "out").read_text() == "new"


def test_write_whole_leaves_nothing_when_it_is_broken_off(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "out", broken_off())
    assert names(tmp_path) == []


def test_write_whole_keeps_the_older_file_when_it_is_broken_off(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "out", broken_off())
    assert (tmp_path / "out").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_write_whole_shows_the_older_file_until_it_is_done(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")

    def pieces() -> Iterator[str]:
        yield "new"
        assert (tmp_path / "out").read_text() == "old"

    write_whole(tmp_path / "out", pieces())
    assert (tmp_path / "out").read_text() == "new"


def test_write_whole_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "there" / "real")
    write_whole(tmp_path / "out", ["new"])
    assert (tmp_path / "there" / "real").read_text() == "new"
    assert (tmp_path / "out").is_symlink()


def test_write_whole_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotAFile, match="is not a file"):
        write_whole(tmp_path, ["new"])


def test_write_whole_needs_a_folder_to_write_in(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "missing" / "out", ["new"])


def test_write_whole_is_readable_as_the_umask_says(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", ["new"])
    (tmp_path / "other").write_text("made by others")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names(tmp_path)}
    assert len(modes) == 1


def test_write_whole_writes_a_name_of_any_length(tmp_path: Path) -> None:
    write_whole(tmp_path / ("n" * 255), ["new"])
    assert names(tmp_path) == ["n" * 255]
