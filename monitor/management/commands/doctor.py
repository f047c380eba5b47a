"""`manage.py doctor [--json]`: proves the promises on the live data; exit 1 with a plain list of what is broken."""

from __future__ import annotations

import json as json_format
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.jobs.doctor import PROMISES, find_faults
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Prove that texts, files, annotations and counts are what they should be. Exit 1 with a list of what is not."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *, json: bool, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            faults = list(find_faults())
        if json:
            told = {"ok": not faults, "checked": list(PROMISES), "faults": [asdict(fault) for fault in faults]}
            self.stdout.write(json_format.dumps(told, ensure_ascii=False, indent=1))
        else:
            lines = [str(fault) for fault in faults] or [f"All is well: {', '.join(PROMISES)}."]
            self.stdout.write("\n".join(lines))
        if faults:
            sys.exit(1)
