"""Settings of the test suite: a cluster of its own that may lose everything, plain static files, quick passwords."""

from __future__ import annotations

import os

os.environ.setdefault("MONITOR_PG_NAME", "pg-test")
os.environ.setdefault("MONITOR_PG_DURABLE", "0")
# A developer's own environment must not decide what the tests see.
for name in (
    "ANONYMOUS_READ",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "INGEST_FOLDER",
    "INGEST_MAX_MB",
    "INGEST_CPU_S",
    "INGEST_MEMORY_MB",
    "OCR_LANGUAGES",
    "GAZETTEER_FOLDER",
    "SEARCH_ENGINE",
    "SECRET_KEY",
    "TRUSTED_PROXY_COUNT",
    "API_PER_MINUTE",
    "HYPOTHESIS_CLIENT_URL",
    "SEARCHES_PER_MINUTE",
    "UPLOADS_PER_HOUR",
    "CORS_ORIGINS",
    "DEBUG",
    "READ_ONLY",
    "METRICS",
    "LOG_FORMAT",
    "SENTRY_DSN",
    "REPLICA_URLS",
    "SLOW_QUERY_MS",
    "STORAGE_URL",
):
    os.environ.pop(name, None)

from monitor.settings import *  # noqa: E402, F403
from monitor.settings import STORAGES, VAR  # noqa: E402

STORAGES = {
    "default": {**STORAGES["default"]},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files-test"
GAZETTEER_FOLDER = ""  # a hundred thousand rows that no test asks for
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
