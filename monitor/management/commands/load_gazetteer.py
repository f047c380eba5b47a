"""`manage.py load_gazetteer`: actors, names and regions from the gazetteer's files into the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitor.entities.data_cells import DataFileError
from monitor.entities.data_files import FOLDER
from monitor.entities.loading import load_files
from monitor.entities.refusals import CannotJudge
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Load the gazetteer: new rows come in, changed ones change, rows that the files no longer have are retired. "
        "What people edited, retired or made here stays. Loading the same files again writes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="files of your own; otherwise those of the site")
        parser.add_argument("--again", action="store_true", help="look through files that have been loaded already")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or Path(settings.GAZETTEER_FOLDER or FOLDER)
        with plain_end(options["verbosity"]):
            try:
                loaded = load_files(folder, again=options["again"], tell=self._tell)
            except (DataFileError, CannotJudge, OSError) as error:
                raise CommandError(str(error)) from error
        self.stdout.write(str(loaded))

    def _tell(self, line: str) -> None:
        self.stdout.write(f"{line} Now the regions.")
        self.stdout.flush()  # at once, also into a log file
