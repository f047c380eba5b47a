"""`manage.py reindex`: brings the search index up to date while searches go on; doing it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.management.plain_ends import plain_end
from monitor.search.indexing import have_all_taken_up, rebuild_engine, reindex

if TYPE_CHECKING:
    from argparse import ArgumentParser

TOLD_EVERY = 1_000  # articles


class Command(BaseCommand):
    help = "Bring the search index up to date with the articles, and tell how far it has got."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="make every article's words anew")
        parser.add_argument("--later", action="store_true", help="leave it to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            if options["later"]:
                self.stdout.write(f"{have_all_taken_up():,} articles wait for the worker.")
                return
            done = told = 0
            for done, of in reindex(again=options["all"]):
                if done - told >= TOLD_EVERY and options["verbosity"] > 0:
                    self.stdout.write(f"{done:,} of {of:,} articles", ending="\n")
                    told = done
            rebuild_engine()
        self.stdout.write(f"{done:,} articles can be found.")
