"""`manage.py doctor` and `manage.py reanchor`: silent about what is well, plain about each thing that is broken."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from monitor.annotations.models import AnnotationSpan
from monitor.library.files import original_name
from monitor.library.models import Article, ArticleText, Block, Issue
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_file_facts, make_issue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> House:
    settings.MEDIA_ROOT = tmp_path
    found = make_house()
    keep_file(found.article.issue)
    return found


def keep_file(issue: Issue) -> None:
    default_storage.save(original_name(issue.sha256, issue.file_type), ContentFile(b"x" * issue.file_bytes))


def run(command: str, *arguments: str) -> tuple[int, str]:
    out, code = io.StringIO(), 0
    try:
        call_command(command, *arguments, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue().strip()


def test_all_is_well(house: House) -> None:
    house.mark(visibility="everyone", comment="@mate")
    assert run("doctor") == (
        0,
        "All is well: migrations, texts, files, annotations, counts, actors and regions, search.",
    )
    code, told = run("doctor", "--json")
    assert (code, json.loads(told)["ok"], json.loads(told)["faults"]) == (0, True, [])


def change(model: Any, **facts: Any) -> Callable[[], object]:
    return lambda: model.objects.update(**facts)


def lose_file() -> None:
    issue = Issue.objects.get()
    default_storage.delete(original_name(issue.sha256, issue.file_type))


def forget_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'monitor' and name = '0011_tags_in_the_trash'")


BROKEN: dict[str, tuple[Callable[[], object], str]] = {
    "words": (change(AnnotationSpan, start=0, end=3), "other words stand at its place, and it is called exact"),
    "beyond": (change(AnnotationSpan, end=100_000), "its place lies beyond the end of the text"),
    "version": (change(AnnotationSpan, text_version=7), "it stands in text version 7, the article is at 1"),
    "note": (change(AnnotationSpan, note_number=4), "note 4 is not there, but it is not called lost"),
    "text": (change(ArticleText, version=3), "its text version 1 is missing"),
    "blocks": (change(Block, start=1), "its blocks are not its text"),
    "count": (change(Article, words=1), "1 words are counted and 16 are there"),
    "file": (lose_file, "is missing"),
    "size": (change(Issue, file_bytes=1), "bytes, not 1"),
    "pictures": (change(Issue, page_images=2), "2 pictures of pages are counted and 0 are there"),
    "migration": (forget_migration, "monitor 0011_tags_in_the_trash is not applied; run manage.py migrate"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_each_broken_thing_is_named(house: House, what: str) -> None:
    house.mark(comment="canary")
    broken, said = BROKEN[what]
    broken()
    code, told = run("doctor")
    assert code == 1
    assert said in told
    assert "canary" not in told


def test_passages_in_another_text_are_named(house: House) -> None:
    mark = house.mark()
    other = make_issue(file=make_file_facts()).articles.all()[0]
    AnnotationSpan.objects.update(note=other.notes.all()[0], note_number=1)
    assert f"annotation {mark.uid}: a passage of it stands in another text than it is about" in run("doctor")[1]


def test_moved_and_lost_passages_are_no_faults(house: House) -> None:
    house.mark()
    AnnotationSpan.objects.update(quote="camps", state="fuzzy")
    assert run("doctor")[0] == 0
    AnnotationSpan.objects.update(start=99_998, end=99_999, text_version=7, state="orphan")
    assert run("doctor")[0] == 0


def test_reanchor_mends_what_moved_and_says_how_many(house: House) -> None:
    mark = house.mark("Nobody held")
    house.mark("lamps")
    mark.spans.update(start=3, end=9, text_version=1, state="orphan")
    assert run("reanchor") == (0, "2 passages: 2 exact, 0 fuzzy, 0 orphan.")
    span = mark.spans.get()
    assert house.body[span.start : span.end] == "Nobody held"
    assert run("reanchor") == (0, "2 passages: 2 exact, 0 fuzzy, 0 orphan.")
