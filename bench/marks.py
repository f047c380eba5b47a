"""An article with 2,000 annotations in Chromium: `python -m bench marks`, or `python -m bench.marks`, on a site of its own."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]


def report() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.marks"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as measures:
        yield from (line.rstrip("\n") for line in measures.stdout or ())
    if measures.returncode:
        raise RuntimeError(f"bench.marks ended with {measures.returncode}.")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as var:
        os.environ.update(DJANGO_SETTINGS_MODULE="monitor.settings", MONITOR_VAR=var, MONITOR_PG_DURABLE="0", DEBUG="0")
        Path(var, "static").mkdir()  # or whitenoise would complain before anything is collected
        importlib.import_module("monitor.wsgi")  # sets Django up, with a key that the served site signs with as well
        # The models can be imported only now.
        for line in importlib.import_module("bench.mark_measures").report(Path(var)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
