from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from monitor.jobs.ingest_paths import ingest_paths
from monitor.library.models import Issue


class Command(BaseCommand):
    help = "Load the sample periodical into a library that has no issue yet."

    def handle(self, **options: Any) -> None:
        if Issue.objects.exists():
            return
        samples = sorted((settings.BASE_DIR / "samples").glob("*.pdf"))
        for result in ingest_paths(samples, periodical=None, issue_date=None, on_progress=lambda *_: None):
            self.stdout.write(str(result))
