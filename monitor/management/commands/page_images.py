from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.jobs.page_pictures import draw_library
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Draw the pictures of pages that are missing, one line an issue. Exit 1 if a page could not be drawn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="draw all pages anew, also those that have pictures")

    def handle(self, *, again: bool, **options: Any) -> None:
        failed = False
        with plain_end(options["verbosity"]):
            for drawn in draw_library(again=again):
                failed = failed or bool(drawn.failures)
                if drawn.pages or drawn.failures:
                    self.stdout.write(str(drawn))
        if failed:
            sys.exit(1)
