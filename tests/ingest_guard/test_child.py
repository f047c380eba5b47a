"""The child as its parent hears it: real processes, their lines, their exit codes, and what they may not do."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from monitor.ingest.guard.child import EXIT_CRASHED, EXIT_MEMORY, EXIT_REFUSED
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.one_child import ROOT, START
from tests.ingest_guard import hostile
from tests.ingest_guard.raw_pdf import sound_pdf

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Limits(cpu_seconds=2, cpu_per_page=0.05, memory_megabytes=320, pages=200)
TEXT = b"Lowland Review\nVOLUME IV | ISSUE 2\n\nA Truce on the Canals\nAna Rell\n\nThe truce held all winter.\n"
AFTER_LIMITS = (
    "import sys; sys.path.insert(0, {root!r})\n"
    "import json, os\n"
    "from monitor.ingest.guard import child, limits\n"
    "limits.confine_process(limits.Limits(**json.loads(sys.argv[1])))\n"
)


@dataclass(frozen=True)
class Ended:
    """How a child ended, and its lines."""

    code: int
    lines: list[dict[str, Any]]
    printed: str

    @property
    def kinds(self) -> list[str]:
        return [next(iter(line)) for line in self.lines]


def task_for(path: Path, kind: str, limits: Limits = SMALL, **changed: Any) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    task = {"job": "read", "parent": os.getpid(), "path": str(path), "kind": kind, "sha256": digest}
    return {**task, "limits": limits.to_json(), "periodical": None, "issue_date": None, **changed}


def run(task: dict[str, Any]) -> Ended:
    command = [sys.executable, "-I", "-B", "-c", START.format(root=str(ROOT)), json.dumps(task)]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        timeout=60,
        cwd="/",
        env={"LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
    )
    lines = [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]
    return Ended(done.returncode, lines, done.stderr.decode())


def confined(program: str, limits: Limits = SMALL) -> subprocess.CompletedProcess[str]:
    """Run Python lines in a process that has confined itself."""
    command = [sys.executable, "-I", "-B", "-c", AFTER_LIMITS.format(root=str(ROOT)) + program]
    return subprocess.run(
        [*command, json.dumps(limits.to_json())], capture_output=True, text=True, check=False, timeout=60, cwd="/"
    )


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "issue.txt"
    path.write_bytes(TEXT)
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "issue.pdf"
    path.write_bytes(sound_pdf())
    return path


def test_a_pdf_is_told_page_by_page_and_then_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "three.pdf"
    path.write_bytes(hostile.too_many_pages(3))
    ended = run(task_for(path, "pdf"))
    assert (ended.code, ended.kinds) == (0, ["pages", "page", "page", "page", "issue"])
    assert ended.lines[:4] == [{"pages": 3}, {"page": 1}, {"page": 2}, {"page": 3}]
    assert ended.lines[4]["issue"]["schema"] == "monitor-issue/1"


def test_a_text_is_told_at_once(text: Path) -> None:
    ended = run(task_for(text, "text", issue_date="2021-05-03"))
    assert (ended.code, ended.kinds, ended.printed) == (0, ["issue"], "")
    assert ended.lines[0]["issue"]["issue"]["date"] == "2021-05-03"


def test_a_refusal_is_one_line_and_an_exit_code_of_its_own(text: Path) -> None:
    ended = run(task_for(text, "text", issue_date="May 2021"))
    assert ended.code == EXIT_REFUSED == 65
    assert ended.lines == [
        {"refuse": {"code": "bad_date", "message": '"May 2021" is not a date of the form YYYY-MM-DD.'}}
    ]


def test_what_no_one_foresaw_is_a_crash_told_to_the_log_alone(sound: Path) -> None:
    ended = run(task_for(sound, "pdf", issue_date=20210503))
    assert (ended.code, ended.kinds) == (EXIT_CRASHED, ["crash"])
    assert ended.lines[0]["crash"].rstrip().splitlines()[-1].startswith("TypeError")
    assert ended.printed == ""


def test_a_file_that_needs_too_much_memory_ends_with_a_code_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    path.write_bytes(hostile.width_range())
    assert run(task_for(path, "pdf")).code == EXIT_MEMORY == 71


def test_a_child_whose_parent_is_another_ends_before_it_reads(text: Path) -> None:
    ended = run(task_for(text, "text", parent=os.getppid()))
    assert (ended.code, ended.lines) == (1, [])


def test_a_file_that_went_away_is_a_crash_and_not_a_hang(text: Path) -> None:
    task = task_for(text, "text")
    text.unlink()
    assert run(task).kinds == ["crash"]


def test_what_a_library_prints_is_no_answer() -> None:
    done = confined(
        "voice = child._own_voice()\nprint('noise')\nos.write(1, b'more noise')\n"
        "voice.write(b'{\"pages\": 1}\\n')\nvoice.flush()\n"
    )
    assert done.stdout == '{"pages": 1}\n'
    assert sorted(done.stderr.split("noise")) == ["", "\n", "more "]


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("os.write(os.open(path, os.O_CREAT | os.O_WRONLY), b'x')", "OSError"),
        ("[open('/dev/null') for _ in range(80)]", "OSError"),
        ("bytearray(400 * 2 ** 20)", "MemoryError"),
    ],
)
def test_a_confined_process_is_kept_from(tmp_path: Path, attempt: str, error: str) -> None:
    prelude = f"path = {str(tmp_path / 'kept')!r}\n"
    done = confined(f"{prelude}try:\n    kept = {attempt}\nexcept Exception as error:\n    print(type(error).__name__)")
    assert (done.stdout.strip(), done.returncode) == (error, 0)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may start as many processes as it likes")
def test_a_confined_process_starts_no_other() -> None:
    assert "BlockingIOError" in confined("os.fork()").stderr


def test_endless_computing_ends_at_the_soft_limit_the_pages_allow() -> None:
    limits = Limits(cpu_seconds=0.5, cpu_per_page=0.5, pages=3)
    done = confined("limits.allow_pages(limits.Limits(**json.loads(sys.argv[1])), 0)\nwhile True: pass", limits)
    assert done.returncode == -signal.SIGXCPU


def test_limits_only_ever_go_down() -> None:
    done = confined(
        "import resource\n"
        "wide = limits.Limits(cpu_seconds=500, memory_megabytes=9000)\n"
        "limits.confine_process(wide)\nlimits.allow_pages(wide, 10**9)\n"
        "print([resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NOFILE)])"
    )
    assert done.stdout.strip() == str([(12, 12), (320 * 2**20, 320 * 2**20), (64, 64)])


def test_the_child_imports_nothing_that_parses_before_the_limits_stand() -> None:
    loaded = "print(sorted(n for n in ('pdfplumber', 'pdfminer', 'django', 'PIL', 'pypdfium2', 'rapidfuzz') if n in sys.modules))"
    assert confined(loaded).stdout.strip() == "[]"
