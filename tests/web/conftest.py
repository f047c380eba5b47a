from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Keep files in a folder of the test's own: by their digests, rows of two tests could share one."""
    settings.MEDIA_ROOT = tmp_path
