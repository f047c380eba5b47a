from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import to_json
from monitor.jobs.ingest_issue import check_is_file, reading_limits
from monitor.jobs.reading import Recognition, Task, read_issue
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from monitor.ingest.document import IssueDocument


class Command(BaseCommand):
    help = "Show what the reader sees in a file, without storing anything."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--json", action="store_true", help="the whole issue, in the form monitor-issue/1")
        parser.add_argument("--periodical", metavar="NAME")
        parser.add_argument("--date", metavar="YYYY-MM-DD")
        parser.add_argument("--no-ocr", action="store_true", help="do not recognise pages that are pictures")

    def handle(self, *, path: Path, periodical: str | None, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            try:
                check_is_file(path)
                task = Task(path, path.name, reading_limits(), periodical, options["date"])
                document = read_issue(task, recognition=Recognition.NEVER if options["no_ocr"] else Recognition.NOW)
            except Refusal as refusal:
                self.stderr.write(f"{path}: refused. {refusal}")
                sys.exit(1)
            if options["json"]:
                self.stdout.write(json.dumps(to_json(document), ensure_ascii=False, indent=1))
            else:
                self.stdout.write(_summary(document))
            self.stdout.flush()


def _summary(document: IssueDocument) -> str:
    facts = document.issue
    lines = [f"{facts.publication}, volume {facts.volume}, issue {facts.number}, {facts.date or facts.date_range}"]
    lines += [
        f"  {a.kind}: {a.title} ({', '.join(a.authors)}): {len(a.blocks)} blocks, {len(a.notes)} notes, "
        f"{len(a.citations)} citations"
        for a in document.articles
    ]
    lines += [f"  {f.severity}: {f.message}" for f in document.findings if f.severity != "info"]
    return "\n".join(lines)
