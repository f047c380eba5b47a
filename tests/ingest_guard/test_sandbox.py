"""The guard itself: what the child may do, how it ends, and what the parent makes of it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.guard import one_child as guard
from monitor.ingest.guard import sandbox
from monitor.ingest.guard.limits import MEGABYTE, Limits
from monitor.ingest.guard.one_child import ROOT, heard, resident_bytes
from monitor.ingest.guard.sandbox import inspect_file, read_guarded
from monitor.ingest.refusals import Refusal
from tests.ingest_guard.hostile import rotate_ring, too_many_pages
from tests.ingest_guard.memory import children
from tests.ingest_guard.raw_pdf import sound_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

SMALL = Limits(cpu_seconds=1, cpu_per_page=0.01, memory_megabytes=320, pages=200)
SENTENCE = "The ceasefire held through the winter, and the observers counted the weapons as they came in."


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.pdf"
    path.write_bytes(sound_pdf())
    return path


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    path = tmp_path / "endless.pdf"
    path.write_bytes(rotate_ring())
    return path


def text_of(document: IssueDocument) -> str:
    articles = document.articles
    return " ".join(part for a in articles for part in (a.title, *(block.text for block in a.blocks)))


def refusal_of(path: Path, limits: Limits = SMALL, name: str = "") -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_guarded(path, name=name or path.name, limits=limits)
    return refused.value


def while_reading(path: Path, limits: Limits, act: Callable[[int], None]) -> Refusal:
    """Return how the reading of `path` ends when `act` is done to the busy child."""
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_guarded, path, name=path.name, limits=limits)
        act(busy_child())
        error = reading.exception(timeout=60)
    assert isinstance(error, Refusal)
    return error


def busy_child() -> int:
    """Return the child's process id once it has confined itself and parses."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for pid in children():
            limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
            if "Max file size             0" in limits:
                return pid
        time.sleep(0.01)
    raise AssertionError("no child")


def test_a_sound_file_is_read(sound: Path) -> None:
    document = read_guarded(sound, name="sound.pdf", limits=Limits())
    assert text_of(document).count(SENTENCE) == 20
    assert document.issue.pages == 1
    assert document.issue.page_sizes == ((612.0, 792.0),)


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "five.pdf"
    path.write_bytes(too_many_pages(5))
    heard: list[tuple[int, int]] = []
    read_guarded(path, name="five.pdf", limits=SMALL, on_progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_giving_up_on_progress_ends_the_child(sound: Path) -> None:
    def give_up(done: int, total: int) -> None:
        raise InterruptedError("enough")

    with pytest.raises(InterruptedError, match="enough"):
        read_guarded(sound, name="sound.pdf", limits=SMALL, on_progress=give_up)
    assert children() == []


@pytest.mark.parametrize("name", ["a b.pdf", "Übersicht 2021.pdf", "$(touch x);'\".pdf", "-c.pdf", "\u202efdp.pdf"])
def test_awkward_names_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "ünter a folder" / name
    path.parent.mkdir()
    path.write_bytes(sound_pdf())
    assert read_guarded(path, name=name, limits=SMALL).issue.pages == 1


def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf"))
    path.write_bytes(sound_pdf())
    assert read_guarded(path, name="café.pdf", limits=SMALL).issue.pages == 1


def test_a_relative_path_is_read(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound.parent)
    assert read_guarded(Path("sound.pdf"), name="sound.pdf", limits=SMALL).issue.pages == 1


def test_threads_read_side_by_side(sound: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        documents = list(pool.map(lambda _: read_guarded(sound, name="sound.pdf", limits=SMALL), range(4)))
    assert documents == [documents[0]] * 4


def test_the_child_is_confined(endless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAP_PATH", "/tmp")  # noqa: S108 (a place pickles must not be loaded from)
    seen: dict[str, str] = {}

    def look(pid: int) -> None:
        process = Path(f"/proc/{pid}")
        seen["environment"] = process.joinpath("environ").read_text(encoding="utf-8")
        seen["limits"] = process.joinpath("limits").read_text(encoding="ascii")
        seen["folder"] = str(process.joinpath("cwd").readlink())
        seen["stdin"] = str(process.joinpath("fd", "0").readlink())
        seen["stat"] = process.joinpath("stat").read_text(encoding="utf-8").rsplit(")", 1)[1]
        seen["session"] = str(os.getsid(pid) == pid)

    assert while_reading(endless, SMALL, look).code == "too_slow"
    assert seen["environment"].strip("\0").split("\0") == ["LANG=C.UTF-8"]
    assert (seen["folder"], seen["stdin"], seen["session"]) == ("/", "/dev/null", "True")
    limits = {line[:26].strip(): line[26:].split()[:2] for line in seen["limits"].splitlines()}
    assert limits["Max address space"] == [str(320 * MEGABYTE)] * 2
    assert limits["Max cpu time"] == ["1", "3"]
    assert limits["Max file size"] == limits["Max core file size"] == limits["Max processes"] == ["0", "0"]
    assert limits["Max open files"] == ["64", "64"]
    assert int(seen["stat"].split()[16]) >= 10


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGKILL, "too_much_memory"), (signal.SIGSEGV, "crashed"), (signal.SIGXCPU, "too_slow")],
)
def test_every_death_of_the_child_is_a_sentence(endless: Path, number: signal.Signals, code: str) -> None:
    assert while_reading(endless, SMALL, lambda pid: os.kill(pid, number)).code == code
    assert children() == []


def test_a_child_that_stands_still_is_ended_by_the_clock(endless: Path) -> None:
    limits = Limits(cpu_seconds=2, wall_per_cpu=0.5, pages=1)
    started = time.monotonic()
    assert while_reading(endless, limits, lambda pid: os.kill(pid, signal.SIGSTOP)).code == "too_slow"
    assert time.monotonic() - started < 5
    assert children() == []


def test_memory_is_watched_where_the_system_does_not(endless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "resident_bytes", lambda pid: 400 * MEGABYTE)
    assert refusal_of(endless).code == "too_much_memory"
    assert children() == []


def test_resident_memory_is_that_of_the_process() -> None:
    assert 4 * MEGABYTE < resident_bytes(os.getpid()) < 4096 * MEGABYTE
    assert resident_bytes(2**22 + 1) == 0


def test_an_answer_beyond_the_cap_is_refused(sound: Path) -> None:
    assert refusal_of(sound, Limits(answer_megabytes=0)).code == "too_much_text"
    assert children() == []


def test_too_little_memory_to_begin_with_is_a_sentence(sound: Path) -> None:
    refusal = refusal_of(sound, Limits(memory_megabytes=24))
    assert refusal.code in {"too_much_memory", "crashed"}
    assert "\n" not in str(refusal)


def test_a_file_changed_meanwhile_is_refused(sound: Path) -> None:
    facts = sandbox.FileFacts("pdf", sound.stat().st_size, "0" * 64)
    task = sandbox.child_task("read", sound, facts, SMALL) | {"periodical": None, "issue_date": None}
    with pytest.raises(Refusal) as refused:
        list(heard(task, SMALL))
    assert refused.value.code == "changed"


def test_reading_imports_no_django(sound: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from monitor.ingest import pdf_issue, reading\n"
        "from monitor.ingest.guard import child, sandbox\n"
        "from pathlib import Path\n"
        "from monitor.ingest.guard.limits import Limits\n"
        f"pdf_issue.read_pdf_issue(Path({str(sound)!r}).read_bytes(), limits=Limits())\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django'], 'django'\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


READ_ONE = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    "from pathlib import Path\n"
    "from monitor.ingest.guard.limits import Limits\n"
    "from monitor.ingest.guard.sandbox import read_guarded\n"
    "print(read_guarded(Path(sys.argv[1]), name='sound.pdf', limits=Limits()).issue.pages)\n"
)


@pytest.mark.skipif(os.geteuid() != 0, reason="without privileges every test here is this one")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed")
def test_reading_needs_no_privileges(sound: Path) -> None:
    """A process without capabilities may lower its limits and move the soft one, and that is all it takes."""
    without = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    done = subprocess.run(
        [*without, sys.executable, "-I", "-B", "-c", READ_ONE, str(sound)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"<html>", "not_a_pdf"),
        ("a.PDF", b"PK\x03\x04", "not_a_pdf"),
        ("a.pdf", b" " * 1024 + b"%PDF-1.7", "not_a_pdf"),
        ("a.txt", b"PK\x03\x04", "not_text"),
        ("a.txt", b"text\0text", "not_text"),
        ("a.jpg", b"\xff\xd8\xff", "unknown_kind"),
        ("a", b"words", "unknown_kind"),
        ("a.txt", b" " * (2 * MEGABYTE), "too_large"),
    ],
)
def test_what_is_wrong_at_a_glance_starts_no_child(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(Refusal) as refused:
        inspect_file(path, name=name, limits=Limits(megabytes=1))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.txt", b" " * 1000 + b"%PDF-1.7", "pdf"),
        ("a.md", b"# Words", "text"),
        ("a.txt", "Words".encode("utf-16"), "text"),
    ],
)
def test_the_kind_goes_by_content_first(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    facts = inspect_file(path, name=name, limits=Limits())
    assert (facts.kind, facts.size) == (kind, len(data))
    assert len(facts.sha256) == 64


def test_a_size_is_told_with_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(65 * MEGABYTE)
    assert str(refusal_of(path, Limits())) == "It has 65 MB; the limit is 64 MB."


def test_a_full_disk_is_told(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 3 * sound.stat().st_size - 1})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert refusal_of(sound).code == "disk_full"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "none.pdf").code == "unreadable"
    assert str(refusal_of(tmp_path, name="folder.pdf")) == "It cannot be opened: Is a directory."


LINES = [
    ({"pages": 3}, b""),
    ({"page": 1}, b""),
    ({"noise": [1, None], "bytes": 5}, b"a\n{}\n"),
    ({"page": 3, "bytes": 0}, b""),
    ({"refuse": {"code": "damaged", "message": "Its structure is damaged."}}, b""),
    ({"issue": {"é": "\u2028"}, "bytes": 1}, b"\n"),
]
SAID = b"".join(json.dumps(line).encode() + b"\n" + data for line, data in LINES)


def all_heard(said: bytes, cuts: list[int], *, page_by_page: bool = False) -> list[tuple[dict[str, Any], bytes]]:
    """Return what an ear makes of `said`, cut at `cuts`."""
    ear = guard._Ear(SMALL, page_by_page)
    pieces = (said[start:end] for start, end in itertools.pairwise([0, *sorted(cuts), len(said)]))
    return [(heard.line, heard.data) for piece in pieces for heard in ear.take(piece)]


@given(st.lists(st.integers(0, len(SAID)), max_size=12), st.booleans())
def test_lines_and_bytes_are_heard_however_they_are_cut(cuts: list[int], page_by_page: bool) -> None:
    assert all_heard(SAID, cuts, page_by_page=page_by_page) == LINES


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=4))
def test_any_words_of_the_child_are_heard_or_a_crash(said: bytes, cuts: list[int]) -> None:
    ended = ""
    try:
        assert all(isinstance(line, dict) for line, _ in all_heard(said + b"\n", cuts))
    except Refusal as refusal:
        ended = refusal.code
    assert ended in {"", "crashed"}


@pytest.mark.parametrize("said", [b"[]\n", b"no json\n", b'{"bytes": -1}\n', b'{"bytes": "9"}\n', b"\xff\n", b"\n"])
def test_words_that_are_no_lines_of_ours_are_a_crash(said: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        all_heard(said, [])
    assert refused.value.code == "crashed"


def test_the_cap_holds_for_the_answer_or_for_each_thing_said() -> None:
    megabyte = json.dumps({"bytes": MEGABYTE}).encode() + b"\n" + bytes(MEGABYTE)
    pieces = [megabyte] * 3
    small = Limits(answer_megabytes=2, picture_megabytes=2)
    each = guard._Ear(small, True)
    assert sum(len(said.data) for piece in pieces for said in each.take(piece)) == 3 * MEGABYTE
    whole = guard._Ear(small, False)
    with pytest.raises(Refusal) as refused:
        [said for piece in pieces for said in whole.take(piece)]
    assert refused.value.code == "too_much_text"


def test_more_than_the_cap_is_refused_before_it_is_complete() -> None:
    ear = guard._Ear(Limits(picture_megabytes=1), True)
    announced = json.dumps({"bytes": 10**12}).encode() + b"\n"
    with pytest.raises(Refusal):
        [said for piece in [announced, *[bytes(1 << 16)] * 17] for said in ear.take(piece)]
    assert len(ear._open) <= MEGABYTE + len(announced)


@pytest.mark.parametrize("issue", [None, {}, {"schema": "monitor-issue/2"}, {"issue": 1, "articles": "x"}])
def test_an_answer_that_is_no_issue_is_a_crash(issue: dict[str, object] | None) -> None:
    with pytest.raises(Refusal) as refused:
        sandbox._checked(issue)
    assert refused.value.code == "crashed"


def test_a_child_cannot_claim_more_pages_than_allowed() -> None:
    watch = guard._Watch(SMALL, False)
    watch.hear({"pages": 1_000_000_000})
    assert watch.pages == SMALL.pages


def test_the_clock_stands_still_while_the_caller_works() -> None:
    watch = guard._Watch(Limits(cpu_seconds=0.05, wall_per_cpu=1, memory_megabytes=4096), False)
    with watch.stopped():
        time.sleep(0.1)
    watch.check(os.getpid())
    time.sleep(0.1)
    with pytest.raises(Refusal) as refused:
        watch.check(os.getpid())
    assert refused.value.code == "too_slow"


def test_limits_grow_with_the_pages() -> None:
    limits = Limits(cpu_seconds=20, cpu_per_page=0.2, pages=2000)
    assert [limits.cpu_for(pages) for pages in (-1, 0, 10, 2000, 9999)] == [20, 20, 22, 420, 420]
    assert limits.wall_for(10) == 88
    assert Limits(**limits.to_json()) == limits


def test_the_parent_waits_in_its_own_thread_only(endless: Path) -> None:
    """A slow file must not hold up another thread's reading."""
    slow = threading.Thread(target=refusal_of, args=(endless,))
    slow.start()
    quick = endless.with_name("quick.pdf")
    quick.write_bytes(sound_pdf())
    assert read_guarded(quick, name="quick.pdf", limits=SMALL).issue.pages == 1
    slow.join(timeout=30)
    assert not slow.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_child_goes_with_a_killed_parent(endless: Path) -> None:
    reading = f"""
from pathlib import Path
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.sandbox import read_guarded
read_guarded(Path({str(endless)!r}), name="x.pdf", limits=Limits())
"""
    parent = subprocess.Popen([sys.executable, "-c", reading], cwd=ROOT)
    child = _waited_for(lambda: next(iter(children(parent.pid)), None))
    parent.kill()
    parent.wait()
    assert _waited_for(lambda: not Path(f"/proc/{child}/cmdline").exists() or _is_ended(child))


def _is_ended(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_bytes() == b""


def _waited_for(look: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 10
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "issue.pdf")
    with pytest.raises(Refusal, match="a pipe, a folder or a device") as refused:
        inspect_file(tmp_path / "issue.pdf", name="issue.pdf", limits=Limits())
    assert refused.value.code == "unreadable"
