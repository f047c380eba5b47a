"""`manage.py reanchor`: finds the passages of all annotations in the texts as they stand; doing it again changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from monitor.annotations.reanchoring import reanchor_all
from monitor.management.plain_ends import plain_end


class Command(BaseCommand):
    help = "Find the passages of all annotations in the texts as they are read now, and say how many were found."

    def handle(self, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            tally = reanchor_all()
        states = ", ".join(f"{tally[state]:,} {state}" for state in ("exact", "fuzzy", "orphan"))
        self.stdout.write(f"{tally.total():,} passages: {states}.")
