"""`make serve` on a bare copy of the checkout until the site answers, once more when it is warm, and what it holds at rest."""

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

from bench.goals import of_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
AT_REST = 20  # seconds
WHO = ("worker", "serve", "gunicorn")  # words of a command line
PSS = re.compile(r"^Pss: +([0-9]+) kB", re.MULTILINE)
ADDRESS = re.compile(r"Monitor is at (http://\S+)")
CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith(("MONITOR_", "DATABASE_", "VIRTUAL_"))
}


def report() -> Iterator[str]:
    yield "Seconds by the clock until `/healthz` answers; the limits are 60 and 3. Memory of all its processes after"
    yield f"{AT_REST} seconds of rest, pages that several share counted once (PSS); the limit is 250 MB.\n"
    yield "| start | seconds | MB at rest |\n|---|---|---|"
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        checkout = Path(folder) / "monitor"
        _copy_checkout(checkout)
        starts = []
        for name in ("on a bare checkout", "warm", "warm again"):
            seconds, held = _started(checkout)
            starts.append((seconds, sum(held.values())))
            yield f"| {name} | {seconds:.1f} | {sum(held.values()):.0f} ({', '.join(f'{who} {mb:.0f}' for who, mb in held.items())}) |"
    (bare, at_first), *warm = starts
    yield ""
    yield str(of_rounds("first start of a bare checkout", [bare], 60, unit="s"))
    yield str(of_rounds("start of a site that is set up", [seconds for seconds, _ in warm], 3, unit="s"))
    yield str(of_rounds("memory at rest after the first start", [at_first], 250, unit="MB"))
    yield str(of_rounds("memory at rest", [held for _, held in warm], 250, unit="MB"))


def _copy_checkout(target: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _started(checkout: Path) -> tuple[float, dict[str, float]]:
    """Return the seconds until a started site answered, and what its programs held some time later, in MB."""
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
        seconds = time.perf_counter() - started
        time.sleep(AT_REST)
        return seconds, _held(checkout)
    finally:
        os.killpg(site.pid, signal.SIGINT)
        site.wait(timeout=30)


def _held(checkout: Path) -> dict[str, float]:
    """Return what each program of this checkout holds, in MB; of postgres all its processes together."""
    held: dict[str, float] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            place = (process / "cwd").readlink()
            kilobytes = int(PSS.search((process / "smaps_rollup").read_text())[1])  # type: ignore[index]
        except (OSError, TypeError):
            continue  # it ended meanwhile, or is a kernel's
        if checkout in (place, *place.parents) or any(str(checkout) in word for word in words):
            who = "postgres" if "postgres" in words[0] else next((one for one in WHO if one in words), "others")
            held[who] = held.get(who, 0.0) + kilobytes / 1024
    return dict(sorted(held.items()))


def _address(site: subprocess.Popen[str]) -> str:
    said = []
    for line in site.stdout or ():
        said.append(line)
        if found := ADDRESS.search(line):
            return found[1]
    raise RuntimeError("make serve ended: " + "".join(said))
