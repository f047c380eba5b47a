"""Documentation under test: a setting or command that nobody can look up does not exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import CommandError, load_command_class

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT_NAME = re.compile(r"""(?:env\.\w+|environ(?:\.get)?|getenv)[(\[]\s*["']([A-Z][A-Z0-9_]+)["']""")
PRIVATE = {"DJANGO_SETTINGS_MODULE", "PATH", "HOME", "TERM", "LANG"}


def _settings_read() -> set[str]:
    files = [*(ROOT / "monitor").rglob("*.py")]
    names = {name for file in files for name in ENVIRONMENT_NAME.findall(file.read_text(encoding="utf-8"))}
    return {name for name in names - PRIVATE if not name.startswith("_")}


def _documented(page: str) -> set[str]:
    return set(
        re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_every_setting_is_documented() -> None:
    assert _settings_read() - _documented("settings.md") == set()


def test_every_documented_setting_is_read_somewhere() -> None:
    readers = [ROOT / "Makefile", *(ROOT / "scripts").iterdir(), *(ROOT / "tests").rglob("*.py"), ROOT / ".ci" / "run"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in readers if path.is_file())
    elsewhere = {name for name in _documented("settings.md") if re.search(rf"\b{name}\b", text)}
    assert _documented("settings.md") - _settings_read() - elsewhere == set()


@pytest.mark.parametrize(
    "command", sorted(p.stem for p in (ROOT / "monitor/management/commands").glob("*.py") if p.stem != "__init__")
)
def test_every_command_is_documented(command: str) -> None:
    assert f"`manage.py {command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
def test_every_make_target_is_documented(target: str) -> None:
    assert f"`make {target}`" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md"), key=str), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(((?!https?:|mailto:)[^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", ["tour.md", "architecture.md", "periodicals.md", "testing.md"])
def test_files_named_in_a_page_exist(page: str) -> None:
    path = ROOT / "docs" / page
    if not path.exists():
        pytest.fail(f"docs/{page} is missing")
    named = re.findall(
        r"`((?:monitor|templates|static|tests|samples|scripts|docs|bench)/[\w./-]+)`", path.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def _commands_shown() -> list[tuple[str, str]]:
    """Return the lines of blocks of code that call manage.py, each with its page."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    line = re.compile(r"^(?: {4})?(?:\w+=\S+ )*\.venv/bin/python manage\.py ([^|>#\n]+)", re.MULTILINE)
    return [(page.name, shown.strip()) for page in pages for shown in line.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize(("page", "shown"), _commands_shown())
def test_commands_that_a_page_shows_can_be_typed_so(page: str, shown: str) -> None:
    name, *words = shlex.split(re.sub(r"\$\([^)]*\)", "told-by-the-shell", shown))
    typed = [path for word in words for path in (sorted(map(str, ROOT.glob(word))) if "*" in word else [word])]
    parser = load_command_class("monitor", name).create_parser("manage.py", name)
    try:
        parser.parse_args(typed)
    except (CommandError, SystemExit) as refused:
        pytest.fail(f"docs/{page}: {shown}: {refused}")
