"""A job worker with one long job, started by tests: says `job began` when the job runs."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "monitor.settings"

import django
from procrastinate.contrib.django import app


@app.task(name="nap")
def nap(seconds: float) -> None:
    sys.stdout.write("job began\n")
    sys.stdout.flush()
    time.sleep(seconds)


if __name__ == "__main__":
    django.setup()
    # It names our models, which are there only now.
    from monitor.management.serving.job_worker import JobWorker

    app.configure_task("nap").defer(seconds=60)
    sys.exit(JobWorker().run())
