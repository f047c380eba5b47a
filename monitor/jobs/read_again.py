"""Having a stored file read once more where its reading was not kept: corrections start from it."""

from __future__ import annotations

import uuid
from itertools import count
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from monitor.ingest.document import PARSER_VERSION
from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest
from monitor.library.files import original_name

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Issue


def read_again(issue: Issue, *, by: User) -> Ingest:
    """Hand the file of an issue in again: reading takes too long for a page to wait for it.

    One that is under way is returned; one that failed is tried anew. Raises FileNotFoundError where the file is not
    kept.
    """
    for tries in count():
        # The same name for whoever asks at the same moment, so that the file is taken in once.
        uid = uuid.uuid5(issue.uid, f"read again by parser {PARSER_VERSION}, try {tries}")
        before = Ingest.objects.filter(uid=uid).first()
        if before is None:
            break
        if before.is_open:
            return before
    with default_storage.open(original_name(issue.sha256, issue.file_type)) as original:
        return hand_in(file=original, name=issue.file_name, by=by, uid=uid)
