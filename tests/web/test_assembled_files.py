"""The one style sheet and the one script, as Django and a browser get them."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from monitor.web import assembled_files
from monitor.web.assembled_files import SCRIPTS, STYLES, AssembledFinder, assembled
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

    from monitor.accounts.models import User


STORAGES = {**site.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.fixture
def sources(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one sheet and one module, of which the two files are made."""
    settings.VAR = tmp_path / "var"
    monkeypatch.setattr(assembled_files, "SOURCES", tmp_path)
    for name, text in {"css/tokens.css": ":root {}\n", "js/a.js": "a();\n"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_file_is_made_of_its_sources_and_follows_them(sources: Path) -> None:
    assert assembled(STYLES).read_text(encoding="utf-8") == "/* tokens.css */\n:root {}\n"
    (sources / "css/base.css").write_text("p {}\n", encoding="utf-8")
    assert assembled(STYLES).read_text(encoding="utf-8") == "/* tokens.css */\n:root {}\n/* base.css */\np {}\n"
    (sources / "css/base.css").unlink()
    assert assembled(STYLES).read_text(encoding="utf-8") == "/* tokens.css */\n:root {}\n"


def test_file_whose_sources_stay_is_not_written_again(sources: Path) -> None:
    os.utime(assembled(SCRIPTS), (1, 1))
    assert assembled(SCRIPTS).stat().st_mtime == 1


def test_many_may_make_it_at_once(sources: Path) -> None:
    seen: list[str] = []
    threads = [
        threading.Thread(target=lambda: seen.append(assembled(SCRIPTS).read_text(encoding="utf-8"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["// a.js\n(() => {\na();\n})();\n"] * 8
    assert sorted(path.name for path in (sources / "var/assembled/js").iterdir()) == ["site.js"]


def test_finder_knows_its_two_files_and_no_other(sources: Path) -> None:
    finder = AssembledFinder()
    target = str(sources / "var/assembled/js/site.js")
    assert (finder.find(SCRIPTS), finder.find(SCRIPTS, find_all=True)) == (target, [target])
    assert (finder.find("js/a.js"), finder.find("js/../../secret_key"), finder.find("")) == ([], [], [])
    assert [path for path, _ in finder.list(None)] == [STYLES, SCRIPTS]
    assert finder.check() == []


@pytest.mark.parametrize("address", ["/static/css/site.css", "/static/js/site.js"])
def test_site_serves_it_without_collecting(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert b"".join(answer) == assembled(address.removeprefix("/static/")).read_bytes()


def test_collected_file_has_a_digest_in_its_name_and_a_smaller_copy(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "collected", STORAGES=STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
    for path in (STYLES, SCRIPTS):
        stem, _, ending = path.rpartition(".")
        (hashed,) = (tmp_path / "collected").glob(f"{stem}.????????????.{ending}")
        assert hashed.read_bytes() == assembled(path).read_bytes()
        assert len(hashed.with_name(f"{hashed.name}.gz").read_bytes()) < len(hashed.read_bytes()) / 2


def test_all_that_a_first_view_fetches_beside_its_page_leaves_room_for_the_page(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "collected", STORAGES=STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
    compressed = [tmp_path / "collected" / f"{path}.gz" for path in (STYLES, SCRIPTS, "django_htmx/htmx-2.min.js")]
    assert sum(len(path.read_bytes()) for path in compressed) < 100_000  # of 150 kB in all


def test_every_source_is_in_it() -> None:
    for path, pattern in ((STYLES, "*.css"), (SCRIPTS, "*.js")):
        folder = assembled_files.SOURCES / path.partition("/")[0]
        heads = [f" {file.relative_to(folder).as_posix()}" for file in folder.rglob(pattern)]
        made = assembled(path).read_text(encoding="utf-8")
        left_out = [head.strip() for head in heads if made.count(head) == 0]
        assert [name for name in left_out if not name.startswith(assembled_files.NOT_SERVED)] == []
        assert [name for name in left_out if f" {name}" in made] == []
    assert finders.find("css/tokens.css")


@pytest.mark.parametrize("address", ["/", "/help/", "/nowhere/", "/account/"])
def test_page_names_one_sheet_and_three_scripts(address: str, signed_in: Callable[[User | None], Client]) -> None:
    page = signed_in(make_user()).get(address).content.decode()
    assert (page.count('rel="stylesheet"'), page.count("<script")) == (1, 3)
