"""A virtual environment for each peer, with every release in it pinned; made when it is first asked for."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).resolve().parent / "pins"
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.!+_-]+)")
LINES_SHOWN = 8
LONGEST_INSTALL_S = 1_800


class PeerFailedError(Exception):
    """A peer that cannot be installed, started or driven: one sentence, and the last lines that it said."""

    def __init__(self, sentence: str, log: Path | None = None) -> None:
        super().__init__(sentence)
        self.said = last_lines(log.read_text(errors="replace")) if log and log.exists() else []


def last_lines(text: str) -> list[str]:
    """Return what a log ends with, without empty lines."""
    return [line.rstrip() for line in text.splitlines() if line.strip()][-LINES_SHOWN:]


def pinned(text: str) -> dict[str, str]:
    """Return the releases of a pin file by their names in lower case. Raises ValueError for a line that pins none."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        wanted = line.partition("#")[0].strip()
        if not wanted:
            continue
        pin = PIN.fullmatch(wanted)
        if pin is None:
            raise ValueError(f"“{line}” pins no release.")
        found[pin["name"].lower().replace("_", "-")] = pin["version"]
    return found


def version_of(name: str) -> str:
    return pinned((PINS / f"{name}.txt").read_text())[name]


def installed(name: str, home: Path) -> Path:
    """Return the folder of a peer's programs, installing it if it is not there as it is pinned."""
    pins, environment, log = PINS / f"{name}.txt", home / "venv", home / "install.log"
    wanted = f"{platform.python_version()} {hashlib.sha256(pins.read_bytes()).hexdigest()}"
    done = home / "installed"
    if not (done.exists() and done.read_text() == wanted):
        home.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(environment, ignore_errors=True)
        done.unlink(missing_ok=True)
        python = environment / "bin" / "python"
        with log.open("w") as said:
            for command in (
                [sys.executable, "-m", "venv", str(environment)],
                [str(python), "-m", "pip", "install", "--no-input", "--requirement", str(pins)],
            ):
                _run(command, said.fileno(), name, log)
        done.write_text(wanted)
    return environment / "bin"


def _run(command: list[str], said: int, name: str, log: Path) -> None:
    variables = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE")}
    try:
        subprocess.run(command, stdout=said, stderr=said, env=variables, timeout=LONGEST_INSTALL_S, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise PeerFailedError(f"{name} could not be installed.", log) from error
