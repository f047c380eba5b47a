"""`make serve` on a bare copy of the checkout until the site answers, and once more when it is warm."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300  # seconds
ADDRESS = re.compile(r"Monitor is at (http://\S+)")
CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith(("MONITOR_", "DATABASE_", "VIRTUAL_"))
}


def report() -> Iterator[str]:
    yield "Seconds by the clock until `/healthz` answers; the limits are 60 and 3.\n"
    yield "| start | seconds |\n|---|---|"
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        checkout = Path(folder) / "monitor"
        _copy_checkout(checkout)
        for name in ("on a bare checkout", "warm", "warm again"):
            yield f"| {name} | {_seconds_to_answer(checkout):.1f} |"


def _copy_checkout(target: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _seconds_to_answer(checkout: Path) -> float:
    started = time.perf_counter()
    site = subprocess.Popen(
        ["make", "serve"],  # noqa: S607
        cwd=checkout,
        env={**CLEAN, "PORT": "8700"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        with urllib.request.urlopen(_address(site) + "healthz", timeout=10) as answer:  # noqa: S310 (our own server)
            answer.read()
        return time.perf_counter() - started
    finally:
        os.killpg(site.pid, signal.SIGINT)
        site.wait(timeout=30)


def _address(site: subprocess.Popen[str]) -> str:
    said = []
    for line in site.stdout or ():
        said.append(line)
        if found := ADDRESS.search(line):
            return found[1]
    raise RuntimeError("make serve ended: " + "".join(said))
