"""An ingest that is killed leaves nothing, and a second try gives what one clean run gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from monitor.jobs.ingest_issue import Verdict, ingest_file
from monitor.library.models import Article, ArticleText, Author, Block, Issue, Marker, Note, Periodical
from monitor.library.source_models import Citation, Source, SourceSpelling
from tests.jobs.issue_files import issue_bytes

if TYPE_CHECKING:
    from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[2]
STORED, UNCHANGED = list(Verdict).index(Verdict.STORED), list(Verdict).index(Verdict.UNCHANGED)

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issue_file(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    path = tmp_path / "tidewater-12-7.txt"
    path.write_bytes(issue_bytes())
    return path


def dying_ingest(file: Path, *what: str) -> dict[str, Any]:
    database = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.jobs.dying_ingest", database, str(file.parent / "media"), str(file), *what],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "monitor.settings_test"},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def fingerprint() -> list[Any]:
    """Return everything stored that does not depend on when it was stored."""
    return [
        list(
            Issue.objects.values_list(
                "periodical__name", "volume", "number", "sha256", "contents", "state", "file_name"
            )
        ),
        list(Article.objects.values_list("position", "title", "slug", "kind", "bio", "words", "text_version", "state")),
        list(ArticleText.objects.values_list("article__position", "version", "body")),
        list(Block.objects.values_list("article__position", "position", "type", "start", "end")),
        list(Note.objects.values_list("article__position", "number", "text", "kind", "resolves_to__number")),
        list(Marker.objects.values_list("article__position", "number", "start", "note__number")),
        list(Citation.objects.values_list("article__position", "start", "end", "printed", "date", "spelling__printed")),
        list(Source.objects.order_by("name").values_list("name", "slug", "spellings__printed", "spellings__key")),
        list(Article.objects.values_list("position", "authors__name").order_by("position", "authors__name")),
    ]


def empty_library() -> None:
    for model in (Issue, SourceSpelling, Source, Author, Periodical):
        model.objects.all().delete()


def files_kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_ingest_killed_before_any_of_its_statements_leaves_nothing_and_a_retry_is_clean(issue_file: Path) -> None:
    assert ingest_file(issue_file, name=issue_file.name).verdict is Verdict.STORED
    clean, kept = fingerprint(), files_kept(issue_file.parent / "media")
    empty_library()
    told = dying_ingest(issue_file, "kill")
    # No row is to be seen up to the kill right before the commit; from then on all of them are.
    everything = Issue.objects.count() + Periodical.objects.count() + Article.objects.count() + Source.objects.count()
    killed_early = told["left_behind"].count(0)
    assert killed_early > 30
    assert told["left_behind"] == [0] * killed_early + [everything] * (told["killed"] - killed_early)
    assert fingerprint() == clean
    assert files_kept(issue_file.parent / "media") == kept


@pytest.mark.parametrize("number", [2, 8])
def test_concurrent_ingests_of_one_file_give_one_issue(issue_file: Path, number: int) -> None:
    told = dying_ingest(issue_file, "race", str(number))
    assert told["ends"] == sorted([STORED] + [UNCHANGED] * (number - 1))
    assert Issue.objects.count() == 1
    raced = fingerprint()
    Issue.objects.update(parser_version=0)
    assert ingest_file(issue_file, name=issue_file.name).verdict is Verdict.UPDATED
    assert fingerprint() == raced
