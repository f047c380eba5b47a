"""`manage.py worker`: a job worker alone; any number of them, on any host that reaches the database."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitor.error_reports import start_reports
from monitor.management.serving.job_worker import JobWorker


class Command(BaseCommand):
    help = "Run jobs (reading issues, re-anchoring, alerts) until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.READ_ONLY:
            raise CommandError("The site is read-only (READ_ONLY), so no jobs are done.")
        start_reports(settings.SENTRY_DSN)
        sys.exit(JobWorker().run())
