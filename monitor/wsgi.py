"""The door for a web server: `gunicorn --config python:monitor.gunicorn monitor.wsgi`."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from monitor.error_reports import start_reports
from monitor.secret_key import keep_secret_key, read_secret_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
keep_secret_key(os.environ, settings.VAR)
# Of several processes that started at once the first one's key was kept: all must sign with that.
settings.SECRET_KEY = read_secret_key(os.environ, settings.VAR)
start_reports(settings.SENTRY_DSN)
application = get_wsgi_application()
