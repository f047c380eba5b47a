"""Import files of annotations from a script; the notebook has a page for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.transaction import atomic

from monitor.accounts.logins import users_named
from monitor.interchange.import_formats import format_of
from monitor.interchange.import_rows import CannotRead, Outcome, Wishes
from monitor.interchange.iris import host_names

if TYPE_CHECKING:
    from monitor.accounts.models import User

AS_WISHED = {Outcome.IMPORTED, Outcome.CHANGED, Outcome.DUPLICATE}


class Command(BaseCommand):
    help = "Import annotations from FILEs for USER; a second import of a file changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument("--user", required=True, help="whose they will be, and whose eyes find the documents")
        parser.add_argument("--authors", action="store_true", help="give people who are here their own words back")

    def handle(self, *args: Any, **options: Any) -> None:
        user = users_named(options["user"]).filter(is_active=True).first()
        if user is None:
            raise CommandError("Nobody with an active account here has that user name.")
        ends = Counter(end for path in options["files"] for end in self._import(path, user, authors=options["authors"]))
        self.stdout.write(", ".join(f"{count} {end}" for end, count in sorted(ends.items())) or "nothing")
        if not {*ends} <= AS_WISHED:
            raise CommandError("Some rows could not be imported as they are.")

    def _import(self, path: Path, user: User, *, authors: bool) -> list[Outcome]:
        """Import one file, whole or not at all where it cannot be read; a line for each row that is not as wished."""
        hosts = host_names(settings.SITE_URL, *settings.ALLOWED_HOSTS)
        wishes = Wishes(user, settings.SITE_URL, hosts, authors_known=authors)
        try:
            content = path.read_bytes()
            form = format_of(path.name, content)
            rows = form.rows(content) if form else ()
        except (OSError, CannotRead) as error:
            raise CommandError(f"{path}: {error}") from error
        if form is None:
            raise CommandError(f"{path}: no format that is read here is like this file.")
        with atomic():
            reports = [form.keep(row, wishes) for row in rows]
        for report in reports:
            if report.outcome not in AS_WISHED:
                self.stderr.write(f"{report.outcome}: {report.label[:80]}: {report.why}")
        return [report.outcome for report in reports]
