"""gunicorn's settings, for `serve` and for gunicorn started by hand: `gunicorn --config python:monitor.gunicorn`."""

from __future__ import annotations

import gc
import os
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from monitor.postgres.patience import become_impatient

wsgi_app = "monitor.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
# Django is imported once, before the workers are forked; no connection is open then.
preload_app = True
timeout = 60
# The longest a page takes with a frozen database is 8 s.
graceful_timeout = 10
keepalive = 5
# A search of some thousand letters is an address, and each letter beyond ASCII takes six to nine of its bytes.
limit_request_line = 8190  # the most that gunicorn can count
loglevel = "warning"
# It would put a socket under the home folder and listen on it.
control_socket_disable = True
# Whom to believe about https and addresses is Django's setting TRUSTED_PROXY_COUNT, not gunicorn's.
secure_scheme_headers: dict[str, str] = {}


def when_ready(server: object) -> None:
    """Load what every page needs before the workers are forked: they share it as long as none of them changes it."""
    get_resolver().url_patterns  # noqa: B018 - all views are imported by it
    gc.collect()
    gc.freeze()


def on_starting(server: object) -> None:
    """Count from nothing: what the processes of an earlier start left in the folder of the metrics is not ours."""
    if settings.METRICS:
        from monitor.metering import forget_processes  # noqa: PLC0415 - only where METRICS is on

        forget_processes()


def child_exit(server: object, worker: Any) -> None:
    """Keep what a worker that ended has counted, but not what it held."""
    if settings.METRICS:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def post_fork(server: object, worker: object) -> None:
    """Let the connections of a worker, which answers pages, give up within seconds."""
    become_impatient()
