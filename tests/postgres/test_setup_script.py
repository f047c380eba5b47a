"""The set-up script, in a copy of the checkout whose Python only writes down what it is asked to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# It answers questions about versions and modules with yes, makes a .venv that is a link to itself, and notes the rest.
PYTHON = """#!/bin/sh
case "$*" in
  *"import sys; sys.exit"* | *"import pip"*) exit 0 ;;
  --version) echo "Python 3.12.0" ;;
  "-m venv "*) mkdir -p .venv/bin && ln -s "$0" .venv/bin/python && echo "$*" >> asked ;;
  *) echo "$*" >> asked; exit "${PIP_EXIT:-0}" ;;
esac
"""
INSTALL = "-m pip install -qq --no-cache-dir --disable-pip-version-check --prefer-binary -r"


@dataclass(frozen=True)
class Checkout:
    folder: Path

    def set_up(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "scripts/setup", *arguments],
            env={"PATH": os.environ["PATH"], "PYTHON": str(self.folder / "python"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """Return what Python was asked to do since the last time."""
        path = self.folder / "asked"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / "Jürgen's copy"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "python").write_text(PYTHON, encoding="utf-8")
    (folder / "python").chmod(0o755)
    return Checkout(folder)


def test_first_set_up_makes_the_environment_and_installs(checkout: Checkout) -> None:
    done = checkout.set_up("requirements.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert checkout.asked() == ["-m venv .venv", f"{INSTALL} requirements.txt"]
    assert done.stdout.splitlines()[-1] == "Installing what requirements.txt lists …"


def test_second_set_up_does_and_says_nothing(checkout: Checkout) -> None:
    checkout.set_up("requirements.txt")
    checkout.asked()
    done = checkout.set_up("requirements.txt")
    assert (done.returncode, done.stdout, done.stderr, checkout.asked()) == (0, "", "", [])


def test_tools_include_what_the_site_needs(checkout: Checkout) -> None:
    checkout.set_up("requirements-dev.txt")
    checkout.asked()
    checkout.set_up("requirements.txt")
    assert checkout.asked() == []


def test_site_alone_does_not_include_the_tools(checkout: Checkout) -> None:
    checkout.set_up("requirements.txt")
    checkout.asked()
    checkout.set_up("requirements-dev.txt")
    assert checkout.asked() == [f"{INSTALL} requirements-dev.txt"]


def test_changed_requirements_are_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.set_up("requirements.txt")
    checkout.asked()
    with (checkout.folder / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("another==1.0\n")
    checkout.set_up("requirements.txt")
    assert checkout.asked() == [f"{INSTALL} requirements.txt"]


def test_failed_installation_is_told_and_tried_again(checkout: Checkout) -> None:
    failed = checkout.set_up("requirements.txt", PIP_EXIT="1")
    assert failed.returncode == 1
    assert "Installing requirements.txt failed" in failed.stderr
    checkout.asked()
    assert checkout.set_up("requirements.txt").returncode == 0
    assert checkout.asked() == [f"{INSTALL} requirements.txt"]


def test_environment_that_lost_its_python_is_made_again(checkout: Checkout) -> None:
    checkout.set_up("requirements.txt")
    checkout.asked()
    python = checkout.folder / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    checkout.set_up("requirements.txt")
    assert checkout.asked() == ["-m venv .venv", f"{INSTALL} requirements.txt"]


def test_chosen_chromium_is_used(checkout: Checkout) -> None:
    checkout.set_up("requirements-dev.txt")
    chosen = checkout.folder / "my chromium"
    chosen.write_text("#!/bin/sh\n", encoding="utf-8")
    chosen.chmod(0o755)
    environment = {**os.environ, "CHROMIUM": str(chosen)}
    found = subprocess.run(
        [checkout.folder / "scripts/chromium"], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout == f"{chosen}\n"
