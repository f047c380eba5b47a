from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from monitor.jobs.ingest_issue import Verdict, ingest_file
from monitor.jobs.models import Ingest
from monitor.jobs.read_again import read_again
from monitor.jobs.read_file import read_file
from monitor.library.correction_models import Reading
from tests.factories import make_user

if TYPE_CHECKING:
    from pytest_django import Settings

    from monitor.library.models import Issue

SAMPLE = Path(settings.BASE_DIR, "samples", "issues", "ceasefire-quarterly-i-4.md")

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(settings: Settings, tmp_path: Path) -> Issue:
    settings.MEDIA_ROOT = tmp_path
    result = ingest_file(SAMPLE, name=SAMPLE.name)
    assert result.issue is not None
    return result.issue


def test_file_is_read_again_once_and_its_reading_kept(issue: Issue) -> None:
    Reading.objects.all().delete()
    curator = make_user("curator")
    first, second = read_again(issue, by=curator), read_again(issue, by=curator)
    assert first.pk == second.pk
    read_file(first.pk)
    assert Ingest.objects.get().state == "updated"
    assert Reading.objects.get().issue == issue


def test_reading_that_failed_is_tried_anew(issue: Issue) -> None:
    curator = make_user("curator")
    failed = read_again(issue, by=curator)
    failed.finish(Ingest.State.FAILED, "The disk is full.")
    again = read_again(issue, by=curator)
    assert (again.pk == failed.pk, again.state) == (False, "waiting")


def test_issue_with_a_kept_reading_is_not_read_again(issue: Issue) -> None:
    assert ingest_file(SAMPLE, name=SAMPLE.name).verdict is Verdict.UNCHANGED


def test_file_that_is_not_kept_cannot_be_read_again(issue: Issue) -> None:
    issue.sha256 = "f" * 64
    with pytest.raises(FileNotFoundError):
        read_again(issue, by=make_user("curator"))
