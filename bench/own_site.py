"""Measures that need a site of their own: settings are read once in a process, so they run in another than the bench's."""

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


def report_of(module: str, *arguments: str) -> Iterator[str]:
    """Yield the lines that `python -m MODULE ARGUMENTS` prints. Raises RuntimeError if it does not end well."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as measures:  # noqa: S603 (our own)
        yield from (line.rstrip("\n") for line in measures.stdout or ())
    if measures.returncode:
        raise RuntimeError(f"{module} ended with {measures.returncode}.")


def print_report(measures: str, *, durable: bool = False) -> None:
    """Print what the `report` of this module gives, on a new site in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as var:
        os.environ.update(DJANGO_SETTINGS_MODULE="monitor.settings", MONITOR_VAR=var, DEBUG="0")
        os.environ["MONITOR_PG_DURABLE"] = str(int(durable))
        Path(var, "static").mkdir()  # or whitenoise would complain before anything is collected
        importlib.import_module("monitor.wsgi")  # sets Django up, with a key that the served site signs with as well
        # The models can be imported only now.
        for line in importlib.import_module(measures).report(Path(var)):
            print(line, flush=True)
