"""Everything a site can set, read from the environment; docs/settings.md explains each name.

Importing this file changes nothing on disk: the embedded database wakes at the first connection, and the secret
key is kept by `secret_key.keep_secret_key`, which `serve` and `wsgi` call.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from monitor.library.storage_settings import file_storage
from monitor.postgres.settings import database_settings, replica_settings
from monitor.secret_key import SHORTEST_KEY, read_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# -- The site --------------------------------------------------------------------------------------------------------
VAR = Path(env.str("MONITOR_VAR", default=str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = read_secret_key(os.environ, VAR)
if len(SECRET_KEY) < SHORTEST_KEY:
    raise ImproperlyConfigured(
        f"SECRET_KEY must have at least {SHORTEST_KEY} characters; leave it out to have one made."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("SECRET_KEY is one that Django makes for examples; leave it out to have one made.")
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS=* lets anyone forge links; name the hosts this site answers to.")
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
if DEBUG and (HTTPS or not {*ALLOWED_HOSTS} <= {"localhost", "127.0.0.1", "[::1]", "*"}):
    raise ImproperlyConfigured("DEBUG shows visitors the inside of the site; switch it off where others reach it.")
if SITE_URL:
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
ANONYMOUS_READ = env.bool("ANONYMOUS_READ", default=False)
READ_ONLY = env.bool("READ_ONLY", default=False)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ROOT_URLCONF = "monitor.urls"
WSGI_APPLICATION = "monitor.wsgi.application"
LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
APPEND_SLASH = True

# -- Rooms and libraries ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "monitor",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "template_partials",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "monitor.web.asked.AskedMiddleware",
    "monitor.web.measured.MeasuredMiddleware",
    "monitor.web.outages.OutageMiddleware",
    "monitor.api.borders.BorderMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "monitor.web.compression.PageCompression",
    "monitor.web.policy.PolicyMiddleware",
    "monitor.web.headers.HeadersMiddleware",
    "monitor.web.read_only.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "monitor.web.known_people.PersonMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "monitor.web.access.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                name: f"monitor.web.templatetags.{name}"
                for name in ("constant", "entities", "keys", "marks", "menus", "pages", "search", "taking")
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "monitor.web.context.site",
            ],
        },
    }
]

# -- Database, cache, jobs -------------------------------------------------------------------------------------------
REPLICAS = replica_settings(os.environ)
DATABASES = {"default": database_settings(os.environ, VAR), **REPLICAS}
DATABASE_ROUTERS = ["monitor.postgres.replicas.ReplicaRouter"] if REPLICAS else []
# All that a replica is asked for: what was printed, what it names, and where its words are. Whatever people wrote, may
# or are doing is read where it is written, so that a right that was taken back is gone at once.
CATALOGUE_TABLES = frozenset(
    f"monitor_{name}"
    for name in (
        "actor", "actoralias", "actorrelation", "article", "articleactor", "articleregion", "articletext", "author",
        "authorship", "block", "citation", "gazetteerstamp", "issue", "librarystamp", "marker", "mention", "note",
        "periodical", "region", "regionalias", "regionclosure", "regionparent", "searchpiece", "searchrow", "source",
        "sourcegrade", "sourcejoin", "sourcespelling", "textlink", "vocabulary",
    )
)  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, not in a process: rate limits must count over all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "monitor_cache",
        # Django drops counters beyond 300 entries; many guessed names would push a real account's count out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["monitor.jobs.tasks", "monitor.interchange.import_tasks", "monitor.web.export_tasks"]

# -- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "monitor.web.assembled_files.AssembledFinder",
]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": file_storage(os.environ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What is compressed already, and maps of scripts, which nobody waits for: 2 MB would take seconds at the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "map")
INGEST_FOLDER = env.str("INGEST_FOLDER", default="")
INGEST_MAX_MB = env.int("INGEST_MAX_MB", default=64)
INGEST_CPU_S = env.int("INGEST_CPU_S", default=20)
INGEST_MEMORY_MB = env.int("INGEST_MEMORY_MB", default=1024)
OCR_LANGUAGES = env.str("OCR_LANGUAGES", default="eng")
GAZETTEER_FOLDER = env.str("GAZETTEER_FOLDER", default=str(BASE_DIR / "monitor" / "entities" / "data"))
# What searches: a name of `monitor.search.engines.chosen`.
SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="postgres")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# -- Accounts --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "monitor.User"
# Pages that only read write nothing that history would want to know an author of.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
AUTHENTICATION_BACKENDS = ["monitor.accounts.backend.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": "monitor.accounts.tokens.EndsTokens"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "monitor.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
# The address first: one that is stopped must not go on using up the tries of accounts.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,10/15m/key", "reset_password": "20/h/ip,3/h/key"}
# allauth's own copies the address into a table of its own, where it would outlive a change of address.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # Django keeps this session and ends all others
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
INVITATION_DAYS = 7

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20  # seconds that a silent mail server is waited for
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="monitor@localhost")

# -- Cookies and headers ---------------------------------------------------------------------------------------------
SESSION_ENGINE = "monitor.web.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# The proxy that holds the certificate redirects to https, and other names of the domain are not ours to speak for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# -- REST API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["monitor.api.sign_in.BearerToken", "monitor.api.sign_in.SessionSignIn"],
    "DEFAULT_RENDERER_CLASSES": ["monitor.api.json_answers.Json"],
    "DEFAULT_PARSER_CLASSES": ["monitor.api.strict_json.StrictJson"],
    "DEFAULT_SCHEMA_CLASS": "monitor.api.openapi.ApiSchema",
    "EXCEPTION_HANDLER": "monitor.api.problems.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Monitor",
    "DESCRIPTION": "Read, search and annotate analytical periodicals. How to begin: docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["monitor.api.openapi.own_endpoints"],
    "POSTPROCESSING_HOOKS": ["monitor.api.openapi.closed_requests"],
    "SWAGGER_UI_DIST": "SIDECAR",
}
KNOX_TOKEN_MODEL = "monitor.Token"  # noqa: S105 - the name of a table's model
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "mon_",  # by which scanners find one that was published by mistake
    "TOKEN_TTL": timedelta(days=90),
}
# Where a browser finds the unpacked npm package `hypothesis`; without it pages offer no sidebar of that make.
HYPOTHESIS_CLIENT_URL = env.str("HYPOTHESIS_CLIENT_URL", default="")
if HYPOTHESIS_CLIENT_URL and not HYPOTHESIS_CLIENT_URL.endswith("/"):
    HYPOTHESIS_CLIENT_URL += "/"
API_PER_MINUTE = env.int("API_PER_MINUTE", default=600)
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=120)
UPLOADS_PER_HOUR = env.int("UPLOADS_PER_HOUR", default=30)
# Web pages of other sites that may use the API with a token of their visitor's.
CORS_ORIGINS = env.list("CORS_ORIGINS", default=[])

# -- Serving and logs ------------------------------------------------------------------------------------------------
WEB_WORKERS = env.int("WEB_WORKERS", default=2)
METRICS = env.bool("METRICS", default=False)
if METRICS:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics"))
# Statements of pages that take longer are told in the log; 0: none are.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=300)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in {"line", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT is line or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "monitor.log_lines.DebuggingLine" if DEBUG else "monitor.log_lines.Line"},
        "json": {"()": "monitor.log_lines.JsonLine"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"monitor": {"level": "INFO"}},
}
