"""What is taken out of an archive, and what never is."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.guard.archive import LONGEST_NAME, flat_name, open_archive
from monitor.ingest.guard.limits import Limits
from monitor.ingest.refusals import Refusal
from tests.ingest_guard.hostile_zips import MEGABYTE, ZIPS, HostileZip, packed
from tests.ingest_guard.memory import own_bytes
from tests.ingest_guard.raw_pdf import sound_pdf


def unpacked(path: Path, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    with open_archive(path, limits=limits) as members:
        return [(member.name, member.path.read_bytes()) for member in members]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give temporary files a folder of their own, to see what stays behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_readable_files_come_out_in_order_of_their_names(tmp_path: Path, temporary: Path) -> None:
    path = tmp_path / "two issues.zip"
    path.write_bytes(packed({"b/second.txt": b"Second", "first.pdf": sound_pdf(), "cover.jpg": b"\xff"}))
    assert unpacked(path) == [("first.pdf", sound_pdf()), ("second.txt", b"Second")]
    assert list(temporary.iterdir()) == []


def test_a_member_is_gone_when_the_next_one_comes(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(packed({"a.txt": b"A", "b.txt": b"B"}))
    with open_archive(path) as members:
        first = next(members).path
        assert first.read_bytes() == b"A"
        second = next(members).path
        assert not first.exists()
    assert not second.exists()


def test_folders_and_mac_droppings_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mac.zip"
    path.write_bytes(packed({"issues/": b"", "issues/one.md": b"One", "__MACOSX/._one.md": b"\0", ".x.pdf": b""}))
    assert unpacked(path) == [("one.md", b"One")]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/a.txt",
        "/etc/a.txt",
        "..\\..\\a.txt",
        "C:\\Windows\\a.txt",
        "x/../../../a.txt",
        "a\u202e/a.txt",
    ],
)
def test_names_are_flat_wherever_they_want_to_go(tmp_path: Path, temporary: Path, name: str) -> None:
    path = tmp_path / "away.zip"
    path.write_bytes(packed({name: b"Away"}))
    with open_archive(path) as members:
        for member in members:
            assert member.name == "a.txt"
            assert member.path.parent.parent == temporary
            assert member.path.name == "0.txt"


@pytest.mark.parametrize("hostile", ZIPS, ids=lambda hostile: hostile.name)
def test_hostile_archives_end_in_one_sentence(tmp_path: Path, temporary: Path, hostile: HostileZip) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make())
    before = own_bytes()
    with pytest.raises(Refusal) as refused:
        unpacked(path)
    assert refused.value.code == hostile.ends
    assert own_bytes() - before < 48 * MEGABYTE
    assert list(temporary.iterdir()) == []


def test_the_caps_count_what_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "three.zip"
    path.write_bytes(packed({f"{n}.txt": b" " * (2 * MEGABYTE) for n in range(3)}))
    assert [len(data) for _, data in unpacked(path, Limits(megabytes=2))] == [2 * MEGABYTE] * 3
    with pytest.raises(Refusal, match=r"too large once unpacked, from 0\.txt on"):
        unpacked(path, Limits(megabytes=1))


def test_all_members_together_have_a_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.ingest.guard.archive.MAX_TOTAL", 5 * MEGABYTE)
    path = tmp_path / "three.zip"
    path.write_bytes(packed({f"{n}.txt": b" " * (2 * MEGABYTE) for n in range(3)}))
    taken: list[str] = []
    with pytest.raises(Refusal, match=r"from 2\.txt on"), open_archive(path) as members:
        taken += [member.name for member in members]
    assert taken == []


def test_members_before_a_bad_one_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(packed({"a.txt": b"A", "b.txt": b" " * (2 * MEGABYTE)}))
    taken: list[str] = []

    def take() -> None:
        with open_archive(path, limits=Limits(megabytes=1)) as members:
            for member in members:
                taken.append(member.name)  # noqa: PERF401 (what was taken before the refusal counts)

    with pytest.raises(Refusal):
        take()
    assert taken == ["a.txt"]


def test_a_disk_that_fills_up_while_unpacking_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.zip"
    path.write_bytes(packed({"a.txt": b"A"}))
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 128 * 1024 - 1}))
    with pytest.raises(Refusal, match=r"^There is too little room on the disk to unpack it\.$") as refused:
        unpacked(path)
    assert refused.value.code == "disk_full"


def test_a_name_twice_gives_both_files_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    path.write_bytes(packed({"2021/issue.txt": b"Spring", "2022/issue.txt": b"Autumn", "issue.TXT": b"Loud"}))
    assert unpacked(path) == [("issue.TXT", b"Loud"), ("issue.txt", b"Spring"), ("issue.txt", b"Autumn")]


def test_a_torn_member_is_damage_and_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    data = bytearray(packed({"a.txt": bytes(range(256)) * 40}))
    data[60] ^= 0xFF
    path = tmp_path / "torn.zip"
    path.write_bytes(data)
    with pytest.raises(Refusal) as refused:
        unpacked(path)
    assert refused.value.code == "damaged"
    assert list(temporary.iterdir()) == []


def test_a_missing_archive_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be opened"), open_archive(tmp_path / "no.zip"):
        pass


def test_long_names_keep_their_ending() -> None:
    assert flat_name("a" * 300 + ".pdf") == "a" * (LONGEST_NAME - 4) + ".pdf"


@given(st.text(max_size=400))
def test_a_flat_name_is_never_a_path(name: str) -> None:
    flat = flat_name(name)
    assert 0 < len(flat) <= LONGEST_NAME
    assert not set(flat) & {"/", "\\", "\0", "\n", "\u202e"}


@given(st.binary(max_size=600))
def test_any_bytes_are_an_archive_or_a_sentence(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.zip"
        path.write_bytes(b"PK\x03\x04" + data + b"PK\x05\x06" + data[:30])
        with contextlib.suppress(Refusal):
            unpacked(path)
