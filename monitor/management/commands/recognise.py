from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.ingest.guard.sandbox import TEXT_SUFFIXES
from monitor.ingest.refusals import Refusal
from monitor.jobs.ingest_issue import check_is_file, reading_limits
from monitor.jobs.reading import Recognition, Task, read_issue
from monitor.jobs.recognise_issue import recognised, source_text
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Show the actors and regions that a file mentions, without storing anything."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--json", action="store_true", help="every mention, and what each article is about")
        parser.add_argument("--source-offsets", action="store_true", help="offsets in the file (text files only)")
        parser.add_argument("--periodical", metavar="NAME")
        parser.add_argument("--date", metavar="YYYY-MM-DD")

    def handle(self, *, path: Path, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            try:
                _check_file(path, in_file=options["source_offsets"])
                task = Task(path, path.name, reading_limits(), options["periodical"], options["date"])
                issue = read_issue(task, recognition=Recognition.NOW)
            except Refusal as refusal:
                self.stderr.write(f"{path}: refused. {refusal}")
                sys.exit(1)
            found = recognised(issue, source_text(path) if options["source_offsets"] else None)
            if options["json"]:
                self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            else:
                for mention in found["mentions"]:
                    self.stdout.write("{article}\t{kind}\t{text}\t{name}\t{method}\t{status}".format(**mention))
            self.stdout.flush()


def _check_file(path: Path, *, in_file: bool) -> None:
    check_is_file(path)
    if in_file and path.suffix.lower() not in TEXT_SUFFIXES:
        raise Refusal("unreadable", "Only text files have offsets that can be told: leave --source-offsets out.")
