"""What is counted and logged of answers: routes and numbers, never addresses or words. Counters need a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from monitor.accounts.models import Role, User
from monitor.jobs.measures import measures
from monitor.jobs.models import Ingest
from monitor.search.compiled import And, Annotated, Days, Ids, Kind, Lexeme, Text, Words
from monitor.search.engines.shapes import shape_of
from monitor.web.measured import MeasuredMiddleware
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[2]
COUNTING = Path(__file__).with_name("counting_site.py")


def test_middleware_is_not_there_unless_somebody_listens() -> None:
    with pytest.raises(MiddlewareNotUsed):
        MeasuredMiddleware(lambda request: HttpResponse())


@pytest.mark.django_db
def test_log_tells_route_and_numbers_and_never_the_address(
    settings: Settings, signed_in: Callable[[User | None], Client], caplog: pytest.LogCaptureFixture
) -> None:
    settings.LOG_FORMAT = "json"
    client = signed_in(make_user())
    client.get("/search/?q=canaryword")
    client.get("/tags/canaryword/")
    client.get("/canaryword/")

    facts: list[dict[str, Any]] = [vars(one)["facts"] for one in caplog.records if one.name == "monitor.requests"]
    assert [(one["route"], one["method"], one["status"]) for one in facts] == [
        ("search/", "GET", 200),
        ("tags/<path:path>/", "GET", 404),
        ("unknown", "GET", 404),
    ]
    assert all(one["ms"] > 0 and one["bytes"] > 100 for one in facts)
    assert facts[0]["round_trips"] >= 2
    assert "canaryword" not in json.dumps(facts)


def test_a_view_that_does_not_ask_the_database_took_no_round_trip(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LOG_FORMAT = "json"
    MeasuredMiddleware(lambda request: HttpResponse("ok"))(RequestFactory().generic("BREW", "/static/x.css"))

    (facts,) = [vars(one)["facts"] for one in caplog.records if one.name == "monitor.requests"]
    assert (facts["route"], facts["method"], facts["round_trips"], facts["bytes"]) == ("static", "other", 0, 2)


@pytest.mark.django_db
def test_every_wait_for_the_database_is_one_round_trip() -> None:
    connection.ensure_connection()
    before = connection.connection.round_trips
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute("select 1")

    assert connection.connection.round_trips - before == 3


@pytest.mark.django_db
def test_metrics_are_nowhere_while_they_are_off(signed_in: Callable[[User | None], Client]) -> None:
    assert signed_in(make_user(Role.ADMIN)).get("/metrics").status_code == 404


@pytest.mark.django_db
def test_measures_tell_of_jobs_files_workers_and_connections() -> None:
    Ingest.objects.create(file_name="a.pdf", file_bytes=1, state=Ingest.State.REFUSED)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now()), (now() - interval '1 hour')")
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('ingest', 't', 'todo') returning id"
        )
        job = cursor.fetchone()[0]
        cursor.execute("update procrastinate_events set at = now() - interval '90 seconds' where job_id = %s", [job])
    found = {measure.name: dict(measure.values) for measure in measures()}

    # Jobs that other tests left wait in other queues.
    assert found["monitor_jobs"]["ingest", "todo"] == 1
    assert found["monitor_oldest_job_seconds"]["ingest",] == 90
    assert found["monitor_workers"] == {(): 1}
    assert found["monitor_files"] == {("refused",): 1}
    assert found["monitor_database_connections"]["active",] >= 1


WORDS = Text(Words(((Lexeme("canaryword"),),)))


@pytest.mark.parametrize(
    ("tree", "shape"),
    [
        (And(()), "all"),
        (WORDS, "words"),
        (And((WORDS, WORDS, Ids(Kind.ACTOR, (7,)))), "actor+words"),
        (And((Days(None, None), Annotated(And(())))), "annotations+days"),
    ],
)
def test_shape_of_a_query_has_none_of_its_words(tree: Any, shape: str) -> None:
    assert shape_of(tree) == shape


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_two_processes_count_into_one_answer_for_an_administrator_or_a_token(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(COUNTING), str(connection.settings_dict["NAME"])],
        cwd=ROOT,
        env={**os.environ, "MONITOR_METRICS_TEST": str(tmp_path / "metrics")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    answered = 'monitor_request_seconds_count{method="GET",route="search/",status="200"} 5.0'
    assert answered in told["session"].splitlines()
    assert any(
        line.startswith('monitor_request_round_trips_bucket{le="1.0",route="healthz"}')
        for line in told["session"].splitlines()
    )
    assert 'monitor_searches_total{ended="exact",shape="words"} 5.0' in told["session"].splitlines()
    assert "canaryword" not in told["session"]
    assert told["token status"] == 200
    assert told["others"] == {"nobody": 401, "reader": 403, "analyst": 403, "curator": 403}
    assert "monitor_workers 0.0" in told["token"].splitlines()
    for of, reason in (("file", "unknown_kind"), ("file", "not_a_pdf")):
        assert f'monitor_refusals_total{{of="{of}",reason="{reason}"}} 1.0' in told["token"].splitlines()
    assert 'monitor_refusals_total{of="request",reason="not_allowed"} 3.0' in told["after"].splitlines()
    assert told["forgotten"] == 0
