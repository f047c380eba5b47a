"""Reading a stored file once more where its reading was not kept: corrections start from it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction

from monitor.ingest.document import PARSER_VERSION
from monitor.ingest.sandbox import read_guarded
from monitor.jobs.ingest_issue import reading_limits
from monitor.library.correction_models import Reading
from monitor.library.files import original_name
from monitor.library.importing import FileFacts, store_issue
from monitor.library.models import Issue
from monitor.library.readings import keep_reading

if TYPE_CHECKING:
    from monitor.ingest.document import IssueDocument


def ensure_reading(issue: Issue) -> None:
    """See to it that the reading of an issue is kept. Raises Refusal or OSError where its file cannot be read."""
    if Reading.objects.filter(issue=issue).exists():
        return
    document = _read(issue)
    with transaction.atomic():
        facts = FileFacts(sha256=issue.sha256, name=issue.file_name, type=issue.file_type, size=issue.file_bytes)
        if issue.parser_version != PARSER_VERSION:
            store_issue(document=document, file=facts)
        else:
            keep_reading(Issue.objects.select_for_update().get(pk=issue.pk), document)


def _read(issue: Issue) -> IssueDocument:
    with tempfile.TemporaryDirectory(prefix="monitor-again-") as folder:
        path = Path(folder, f"issue.{issue.file_type}")
        stored = original_name(issue.sha256, issue.file_type)
        with default_storage.open(stored) as original, path.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        return read_guarded(path, name=path.name, limits=reading_limits(), periodical=issue.periodical.name)
