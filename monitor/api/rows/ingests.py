"""Files that were handed in, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from monitor.accounts.models import User
from monitor.api.rows.kinds import Kind, beginning, plain
from monitor.jobs.models import Ingest
from monitor.library.keyset import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said

OWN = ("pk", "uid", "created", "file_name", "file_bytes", "state", "pages_done", "pages_total", "message", "issue_id")


def hands_in(person: Person) -> bool:
    """Return whether this person may hand files in, and so sees what became of them."""
    return isinstance(person, User) and person.is_curator


def _seen(person: Person) -> Any:
    return Ingest.objects.all() if hands_in(person) else Ingest.objects.none()


def _columns(person: Person) -> Mapping[str, Any]:
    handed_in = plain("finished", "handed_in_by__username")
    return {**plain(*OWN), **handed_in, "updated": Coalesce("finished", F("created"))}


def _ingest(row: Row, links: Links) -> Said:
    issue = row["issue_id"]
    return {
        **beginning(row, links, "ingests", reverse("ingest")),
        "uid": str(row["uid"]),
        "file_name": row["file_name"],
        "file_bytes": row["file_bytes"],
        "state": row["state"],
        "is_open": row["state"] in Ingest.OPEN,
        "pages_done": row["pages_done"],
        "pages_total": row["pages_total"],
        "message": row["message"],
        "issue": {"id": issue, "url": links.api("issues", issue)} if issue else None,
        "handed_in_by": row["handed_in_by__username"],
    }


NEWEST = (Key("created", "moment", descending=True), Key("pk", "number", descending=True))
INGESTS = Kind("ingests", _seen, _columns, _ingest, order=NEWEST)
