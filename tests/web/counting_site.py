"""A site with METRICS on in two processes: each answers some requests, then one is asked for all of them.

usage: counting_site.py DATABASE, with MONITOR_METRICS_TEST naming an empty folder. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "monitor.settings_test"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = os.environ["MONITOR_METRICS_TEST"]

import django
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connections


def main(database: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.METRICS = True
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.test import Client  # noqa: PLC0415 (after setup)

    from monitor.accounts.tokens import create_token  # noqa: PLC0415
    from monitor.jobs.hand_in import hand_in  # noqa: PLC0415
    from monitor.jobs.ingest_issue import ingest_file  # noqa: PLC0415
    from tests.factories import make_user  # noqa: PLC0415

    admin = make_user("admin", name="counter")
    connections.close_all()  # no two processes may speak on one
    child = os.fork()
    browser = Client()
    browser.force_login(admin)
    for _ in range(2 if child else 3):
        browser.get("/search/?q=canaryword")
        browser.get("/healthz")
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    hand_in(file=ContentFile(b"canaryword"), name="canaryword.exe", by=None)
    ingest_file(Path(__file__), name="canaryword.pdf")
    told: dict[str, Any] = {"session": browser.get("/metrics").content.decode()}
    token = create_token(user=admin, name="scraper", days=1)
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {token.secret}"})
    told |= {"token": answer.content.decode(), "token status": answer.status_code}
    told["others"] = {"nobody": Client().get("/metrics").status_code}
    for role in ("reader", "analyst", "curator"):
        browser.force_login(make_user(role, name=f"{role} who counts"))
        told["others"][role] = browser.get("/metrics").status_code
    browser.force_login(admin)
    told["after"] = browser.get("/metrics").content.decode()
    from monitor.metering import forget_processes  # noqa: PLC0415

    forget_processes()
    told["forgotten"] = len(list(Path(os.environ["MONITOR_METRICS_TEST"]).iterdir()))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
