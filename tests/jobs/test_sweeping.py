from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest
from monitor.jobs.sweeping import sweep_leftovers
from tests.jobs.issue_files import issue_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_sweep_leftovers_takes_uploads_whose_ingest_has_ended(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    waiting, ended = (
        hand_in(file=ContentFile(issue_bytes(number)), name="tidewater.txt", by=None) for number in (7, 8)
    )
    ended.finish(Ingest.State.FAILED, "It was given up.")
    two_hours_ago = time.time() - 7200
    for path in (tmp_path / "incoming").iterdir():
        os.utime(path, (two_hours_ago, two_hours_ago))
    assert sweep_leftovers() >= 1
    assert [path.name for path in (tmp_path / "incoming").iterdir()] == [str(waiting.uid)]
