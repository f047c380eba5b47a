"""Settings are read in processes of their own, since they are read once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONG_KEY = "k" * 60


def python(code: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "monitor.settings", "MONITOR_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(name: str, var: Path, **environment: str) -> str:
    done = python(f"from django.conf import settings; print(settings.{name})", var, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_settings_and_setting_django_up_writes_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"
    done = python("import django; django.setup(); from django.conf import settings; settings.SECRET_KEY", var)
    assert (done.returncode, done.stderr, var.exists()) == (0, "", False)


def test_a_short_secret_key_is_refused(tmp_path: Path) -> None:
    done = python("import monitor.settings", tmp_path, SECRET_KEY="short")
    assert done.returncode == 1
    assert "SECRET_KEY must have at least 50 characters; leave it out to have one made." in done.stderr


def test_answering_to_any_host_is_refused(tmp_path: Path) -> None:
    done = python("import monitor.settings", tmp_path, ALLOWED_HOSTS="*")
    assert done.returncode == 1
    assert "ALLOWED_HOSTS=* lets anyone forge links; name the hosts this site answers to." in done.stderr


def test_answering_to_any_host_is_let_pass_while_debugging(tmp_path: Path) -> None:
    assert setting("ALLOWED_HOSTS", tmp_path, ALLOWED_HOSTS="*", DEBUG="true") == "['*']"


def test_a_key_that_django_made_for_an_example_is_refused(tmp_path: Path) -> None:
    done = python("import monitor.settings", tmp_path, SECRET_KEY="django-insecure-" + LONG_KEY)
    assert done.returncode == 1
    assert "SECRET_KEY is one that Django makes for examples" in done.stderr


@pytest.mark.parametrize(
    "reached", [{"SITE_URL": "https://monitor.example.org"}, {"ALLOWED_HOSTS": "localhost,monitor.example.org"}]
)
def test_debugging_where_others_reach_the_site_is_refused(reached: dict[str, str], tmp_path: Path) -> None:
    done = python("import monitor.settings", tmp_path, DEBUG="true", **reached)
    assert done.returncode == 1
    assert "DEBUG shows visitors the inside of the site" in done.stderr


def test_log_is_lines_or_json(tmp_path: Path) -> None:
    assert setting("LOG_FORMAT", tmp_path, LOG_FORMAT="json") == "json"
    assert "LOG_FORMAT is line or json." in python("import monitor.settings", tmp_path, LOG_FORMAT="xml").stderr


def test_metrics_and_maintenance_are_off_unless_asked_for(tmp_path: Path) -> None:
    assert (setting("METRICS", tmp_path), setting("READ_ONLY", tmp_path)) == ("False", "False")
    code = "import os; from django.conf import settings as s; s.METRICS; print(os.environ['PROMETHEUS_MULTIPROC_DIR'])"
    assert python(code, tmp_path / "var", METRICS="true").stdout.strip() == str(tmp_path / "var" / "metrics")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("url", "cookie", "hsts"),
    [("https://monitor.example.org/", "__Host-sessionid", "31536000"), ("http://localhost:8000", "sessionid", "0")],
)
def test_cookies_and_hsts_follow_the_site_url(url: str, cookie: str, hsts: str, tmp_path: Path) -> None:
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.SITE_URL)"
    assert python(code, tmp_path, SITE_URL=url).stdout.split() == [cookie, hsts, url.rstrip("/")]


def test_debug_and_anonymous_reading_are_off_unless_asked_for(tmp_path: Path) -> None:
    assert (setting("DEBUG", tmp_path), setting("ANONYMOUS_READ", tmp_path)) == ("False", "False")


def test_mail_is_not_sent_without_a_server(tmp_path: Path) -> None:
    assert setting("EMAIL_BACKEND", tmp_path) == "django.core.mail.backends.dummy.EmailBackend"
    assert setting("EMAIL_HOST", tmp_path, EMAIL_URL="smtp://me:pw@mail.example.org:587") == "mail.example.org"


def test_deployment_check_is_clean_with_a_production_environment(tmp_path: Path) -> None:
    check = "from django.core.management import execute_from_command_line as run; run(['', 'check', '--deploy', {0}])"
    done = python(
        check.format("'--fail-level', 'WARNING'"),
        tmp_path,
        SITE_URL="https://monitor.example.org",
        ALLOWED_HOSTS="monitor.example.org",
        SECRET_KEY="a-key-for-tests-of-fifty-or-more-different-0123456789-characters",
    )
    assert done.returncode == 0, done.stderr


def test_tests_do_not_see_what_a_developer_has_set(tmp_path: Path) -> None:
    done = python(
        "from django.conf import settings as s; print(s.INGEST_MAX_MB, s.INGEST_FOLDER, len(s.SECRET_KEY) >= 50)",
        tmp_path,
        DJANGO_SETTINGS_MODULE="monitor.settings_test",
        INGEST_MAX_MB="1",
        INGEST_FOLDER="/nowhere",
        SECRET_KEY="short",
    )
    assert (done.stdout.split(), done.stderr) == (["64", "True"], "")
