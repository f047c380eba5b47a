"""Files on their way in: small ones at once, large ones by a worker, row by row with what became of each.

A job that is taken up again goes on after the rows that are done; a second import of a file finds its rows here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models.functions import Now
from django.db.transaction import atomic
from django.utils import timezone
from procrastinate.contrib.django import app

from monitor.interchange.import_formats import BY_SLUG, format_of
from monitor.interchange.import_models import FileImport
from monitor.interchange.import_rows import CannotRead, Wishes
from monitor.interchange.iris import host_names
from monitor.jobs.models import storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.accounts.models import Team, User
    from monitor.interchange.import_rows import ImportFormat

IMPORT_FILE = "import_file"
MOST_BYTES = 64 * 1024 * 1024
AT_ONCE = 50  # rows in one transaction; up to so many a file is imported before its sender gets an answer
KEPT_FOR, GIVEN_UP_AFTER = timedelta(days=7), timedelta(days=1)  # as files that are taken out
UNKNOWN_KIND = "No format that is read here is like this file."
BROKEN = "Something went wrong here. What was imported stays, and importing the file again goes on after it."
TEAM_GONE = "The team it was for is there no more, or is not yours any more. Nothing was imported."


def take_in(
    *, by: User, name: str, content: bytes, site: str, visibility: str = "", team: Team | None = None
) -> FileImport:
    """Keep a file to be imported for this person, and import it if it is small.

    `site` is the address it was handed in at, without a final slash. A blank `visibility` leaves to the file who may
    read each row. A file that cannot be read is refused on its row.
    """
    form = format_of(name, content)
    row = FileImport(
        person=by, format=form.slug if form else "", file_name=storable(name)[:255], content=content, site=site,
        visibility=visibility, team=team,
    )  # fmt: skip
    try:
        row.rows_total = len(_rows(form, content))
    except CannotRead as refused:
        _end(row, FileImport.State.REFUSED, str(refused))
        return row
    with atomic():
        row.save()
        if row.rows_total > AT_ONCE:
            app.configure_task(IMPORT_FILE, lock=f"import:{row.uid}").defer(import_id=row.pk)
    if row.rows_total <= AT_ONCE:
        try:
            go_on(row.pk)
        except Exception:
            give_up(row.pk)
            raise
        row.refresh_from_db()
    return row


def _rows(form: ImportFormat | None, content: bytes) -> Sequence[Any]:
    if form is None:
        raise CannotRead(UNKNOWN_KIND)
    return form.rows(content)


def go_on(import_id: int) -> None:
    """Import what is left of a file, some rows in each transaction."""
    row = (
        FileImport.objects.filter(pk=import_id, state=FileImport.State.WAITING).select_related("person", "team").first()
    )
    if row is None or row.content is None:
        return
    form = BY_SLUG[row.format]
    try:
        wishes, rows = _wishes(row), form.rows(bytes(row.content))
        while _import_some(import_id, form, rows, wishes):
            pass
    except CannotRead as refused:
        _end(row, FileImport.State.REFUSED, str(refused))


def _import_some(import_id: int, form: ImportFormat, rows: Sequence[Any], wishes: Wishes) -> bool:
    """Import the next rows; returns whether some are left. Whoever else is at the same file waits, and goes on after them."""
    with atomic():
        # The file was read before; it may be large.
        row = FileImport.objects.select_for_update(of=("self",)).defer("content").filter(pk=import_id).first()
        if row is None or row.state != FileImport.State.WAITING:
            return False
        for one in rows[row.rows_done : row.rows_done + AT_ONCE]:
            report = form.keep(one, wishes)
            row.report.append(report.as_json())
            if report.left is not None:
                row.left_over.append(report.left)
        row.rows_done = min(row.rows_done + AT_ONCE, row.rows_total)
        if row.rows_done < row.rows_total:
            row.save(update_fields=["report", "left_over", "rows_done"])
            return True
        _end(row, FileImport.State.DONE, "")
        return False


def _wishes(row: FileImport) -> Wishes:
    """Return what its owner wished, as far as it may still be."""
    if row.visibility == "team" and (row.team is None or not row.person.teams.filter(pk=row.team.pk).exists()):
        raise CannotRead(TEAM_GONE)
    hosts = host_names(row.site, settings.SITE_URL, *settings.ALLOWED_HOSTS)
    return Wishes(row.person, row.site, hosts, row.visibility, row.team)


def _end(row: FileImport, state: FileImport.State, message: str) -> None:
    row.state, row.message, row.content, row.finished = state, message, None, timezone.now()
    row.save()


def give_up(import_id: int) -> None:
    """Say that a file could not be imported to its end; what was imported of it stays."""
    waiting = FileImport.objects.filter(pk=import_id, state=FileImport.State.WAITING)
    waiting.update(state=FileImport.State.FAILED, message=BROKEN, content=None, finished=Now())


def forget_old_imports() -> int:
    """Delete files and reports that were kept long enough, after a word on those no worker ended; return how many."""
    now = timezone.now()
    for pk in FileImport.objects.filter(state=FileImport.State.WAITING, created__lt=now - GIVEN_UP_AFTER).values_list(
        "pk", flat=True
    ):
        give_up(pk)
    return FileImport.objects.filter(created__lt=now - KEPT_FOR).delete()[0]
