from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from monitor.jobs.ingest_paths import FileResult, ingest_paths
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Read issues from files and folders (.pdf .txt .md .zip) into the library. Exit 1 if any was refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--periodical", metavar="NAME", help="the periodical's name, whatever the masthead says")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day the issue came out")
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of sentences")

    def handle(self, *, paths: list[Path], periodical: str | None, json: bool, **options: Any) -> None:
        day = _valid_day(options["date"])
        show = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=json or not sys.stderr.isatty(),
        )
        refused = 0
        with plain_end(options["verbosity"]), show:
            bar = show.add_task("", total=None)
            for result in ingest_paths(
                paths,
                periodical=periodical,
                issue_date=day,
                on_progress=lambda name, done, total: show.update(
                    bar, description=name, completed=done, total=total or None
                ),
            ):
                refused += result.verdict == "refused"
                self.stdout.write(_as_json(result) if json else str(result))
        if refused:
            sys.exit(1)


def _valid_day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CommandError(f"--date {text}: write the day as YYYY-MM-DD, for example 2022-02-11.") from None


def _as_json(result: FileResult) -> str:
    return json.dumps(result.to_json())  # ASCII: any path, in any encoding of the terminal
