"""The container files agree with the code they stand for; no container engine is needed to see that."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from monitor.postgres.cluster import BUILTIN_LOCALE, LOCALE
from monitor.secret_key import SHORTEST_KEY

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_container_database_sorts_like_the_embedded_one() -> None:
    assert SERVICES["database"]["image"] == "postgres:18"
    assert SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"] == " ".join(LOCALE + BUILTIN_LOCALE)


def test_every_lasting_service_has_a_health_check() -> None:
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"setup"}
    assert "/healthz" in " ".join(SERVICES["web"]["healthcheck"]["test"])


def test_health_check_of_the_worker_is_a_program() -> None:
    compile(SERVICES["worker"]["healthcheck"]["test"][3], "healthcheck", "exec")


def test_site_runs_as_nobody_in_particular_on_a_read_only_disk() -> None:
    for name in ("setup", "web", "worker"):
        service = SERVICES[name]
        assert (service["user"], service["read_only"], service["cap_drop"]) == ("10001", True, ["ALL"])
        assert service["volumes"] == ["var:/srv/var"]
    assert "--uid 10001" in DOCKERFILE
    assert re.search(r"^USER monitor$", DOCKERFILE, re.MULTILINE)


def test_services_share_one_database_and_one_key_given_from_outside() -> None:
    environment = SERVICES["web"]["environment"]
    assert SERVICES["worker"]["environment"] == SERVICES["setup"]["environment"] == environment
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert f"{SHORTEST_KEY} characters" in environment["SECRET_KEY"]


def test_image_holds_only_what_the_site_needs() -> None:
    ignored, *kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    assert ignored == "*"
    assert {name.removeprefix("!") for name in kept if name.startswith("!")} == set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
