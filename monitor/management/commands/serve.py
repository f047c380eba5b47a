"""`manage.py serve`: set the site up where needed, then run gunicorn and a job worker until stopped."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import NotSupportedError, OperationalError, connection, connections
from procrastinate.contrib.django import app

from monitor.error_reports import start_reports
from monitor.management.serving.address import listen, parse_port, site_address
from monitor.management.serving.children import Children, Task, done_apart, end_with_parent
from monitor.management.serving.job_worker import JobWorker
from monitor.management.serving.site_setup import prepare_site
from monitor.postgres.launcher import launcher_for
from monitor.secret_key import read_secret_key

if TYPE_CHECKING:
    import socket
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Set up the site, load the samples into an empty library and serve it. PORT and HOST say where."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-set-up", action="store_true", help="end when the site is set up, for those who serve it otherwise"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            if options["only_set_up"]:
                self._set_up()
            else:
                self._serve(parse_port(os.environ.get("PORT", "8000")), os.environ.get("HOST", "127.0.0.1"))
        except KeyboardInterrupt:
            sys.exit(0)

    def _serve(self, port: int, host: str) -> None:
        listener = listen(host, port)
        self._set_up_apart()
        # Both the worker and the web server need it: loaded before they part, it is held once.
        app.perform_import_paths()  # type: ignore[no-untyped-call]
        children = Children(before_exit=let_go)
        children.start(Task("web server", lambda lifeline: run_web(listener, lifeline)))
        if not settings.READ_ONLY:
            children.start(Task("job worker", run_jobs, restart=True))
        if listener.getsockname()[1] != port != 0:
            self._say(f"Port {port} is taken.")
        self._say(f"Monitor is at {site_address(listener)}   (Ctrl-C stops it)")
        listener.close()
        code = children.watch()
        let_go()
        sys.exit(code)

    def _set_up(self) -> None:
        self._must_have_database()
        prepare_site(self._say)

    def _must_have_database(self) -> None:
        try:
            connection.ensure_connection()
        except (OperationalError, NotSupportedError) as error:
            raise CommandError(f"The database cannot be used: {error}") from error

    def _set_up_apart(self) -> None:
        """Set the site up in a process that ends with it: what that took, 90 MB at a first start, would never come back."""
        self._must_have_database()
        connections.close_all()
        if done_apart(self._set_up, before_exit=let_go):
            sys.exit(1)
        # The key may be one that was just made, or another site's that was quicker.
        settings.SECRET_KEY = read_secret_key(os.environ, settings.VAR)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # at once, also into a log file


def run_web(listener: socket.socket, lifeline: int) -> int:
    """Be gunicorn's master on a socket that listens already."""
    threading.Thread(target=end_with_parent, args=(lifeline,), daemon=True).start()
    sys.argv = ["gunicorn", "--config", "python:monitor.gunicorn", "--bind", f"fd://{listener.detach()}"]
    runpy.run_module("gunicorn", run_name="__main__")
    return 0


def run_jobs(lifeline: int) -> int:
    threading.Thread(target=end_with_parent, args=(lifeline,), daemon=True).start()
    start_reports(settings.SENTRY_DSN)
    return JobWorker().run()


def let_go() -> None:
    """Close this process's connections and its hold on the embedded server."""
    connections.close_all()
    embedded = settings.DATABASES["default"].get("EMBEDDED")
    if embedded:
        launcher_for(embedded).release()
