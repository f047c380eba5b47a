"""Bugs planted in a copy of the checkout, one after the other: the proof that should see each must fail, and passes without it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.processes, pytest.mark.timeout(3000)]
FAILED = 1  # what pytest says when tests failed, and not that it could not run them


@dataclass(frozen=True, slots=True)
class Planted:
    """Words of a file, what a mistake makes of them, and the proof that must see it."""

    file: str
    words: str
    wrong: str
    proof: tuple[str, ...]


PLANTED = {
    "an issue that is stored in two transactions": Planted(
        "monitor/library/importing.py",
        "    issue.save()\n    spellings = ",
        '    issue.save()\n    __import__("django.db").db.connection.connection.commit()\n    spellings = ',
        ("tests/jobs/test_killed_ingest.py", "-k", "killed"),
    ),
    "a database that says saved before it is": Planted(
        "monitor/postgres/cluster.py",
        '    "listen_addresses": "",\n',
        '    "listen_addresses": "",\n    "synchronous_commit": "off",\n',
        ("tests/faults/test_writers.py",),
    ),
    "a forgotten filter in what one may see": Planted(
        "monitor/annotations/managers.py",
        "        return self.filter(is_seen_by(person))\n",
        "        return self.filter(deleted=None)\n",
        ("tests/annotations/test_visibility.py",),
    ),
    "an If-Match that nobody looks at": Planted(
        "monitor/api/written.py",
        "if self.condition is not None and not self.condition.is_met_by(current):",
        "if False:",
        ("tests/api/test_twice_and_at_once.py", "-k", "sixteen or needs_to_know"),
    ),
    "a page that looks at no revision": Planted(
        "monitor/annotations/actions.py",
        "    if revision is not None and held.revision != revision:",
        "    if False:",
        ("tests/web/test_many_editors.py",),
    ),
}


def prove(checkout_copy: Path, proof: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n0",
            "-x",
            "--reuse-db",
            "-p",
            "no:cacheprovider",
            "--timeout=1200",
            *proof,
        ],
        cwd=checkout_copy,
        env={
            **os.environ,
            "MONITOR_VAR": str(checkout_copy.parent / "var"),
            "FAULTS": "yes",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=1300,
        check=False,
    )


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_seen(name: str, checkout_copy: Path) -> None:
    bug = PLANTED[name]
    file = checkout_copy / bug.file
    right = file.read_text(encoding="utf-8")
    assert right.count(bug.words) == 1, f"{bug.file} reads otherwise by now: plant it anew"
    sound = prove(checkout_copy, bug.proof)
    assert sound.returncode == 0, sound.stdout
    file.write_text(right.replace(bug.words, bug.wrong), encoding="utf-8")
    try:
        seen = prove(checkout_copy, bug.proof)
    finally:
        file.write_text(right, encoding="utf-8")

    assert seen.returncode == FAILED, seen.stdout
    assert "AssertionError" in seen.stdout or "assert " in seen.stdout
