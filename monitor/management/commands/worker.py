"""`manage.py worker`: a job worker alone; any number of them, on any host that reaches the database."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from monitor.management.serving.job_worker import JobWorker


class Command(BaseCommand):
    help = "Run jobs (reading issues, re-anchoring, alerts) until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(JobWorker().run())
