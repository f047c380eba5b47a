"""A worker's row: fresh whatever happens to its connection, and there from its first session to its last."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from monitor.management.serving.worker_rows import Heart, LastingRows
from tests.postgres.site_processes import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

BEAT_S = 0.02


@pytest.fixture
def no_workers(transactional_db: None) -> Iterator[None]:
    """Empty the queue's table, which is not among those that Django empties after a test."""
    ask("delete from procrastinate_workers")
    yield
    # A heart that was just told to end may beat once more.
    assert eventually(lambda: not ask("delete from procrastinate_workers returning id") and not hearts())


def ask(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def workers() -> set[int]:
    return set(ask("select id from procrastinate_workers"))


def hearts() -> list[int]:
    """Return the server processes of connections on which hearts beat."""
    return ask(
        "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        " and query like '%%insert into procrastinate_workers%%'"
    )


def beats() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select last_heartbeat from procrastinate_workers")
        (row,) = cursor.fetchall()
    assert isinstance(row[0], datetime)
    return row[0]


@pytest.fixture
def heart(no_workers: None) -> Iterator[Heart]:
    beating = Heart(7, beat_s=BEAT_S)
    beating.begin()
    assert eventually(lambda: workers() == {7})
    yield beating
    beating.end()


def test_heart_keeps_its_row_fresh(heart: Heart) -> None:
    first = beats()
    assert eventually(lambda: beats() > first)


def test_heart_that_lost_its_connection_takes_another(heart: Heart) -> None:
    (lost,) = hearts()
    ask(f"select pg_terminate_backend({lost})")
    assert eventually(lambda: [pid for pid in hearts() if pid != lost] != [])
    first = beats()
    assert eventually(lambda: beats() > first)


def test_heart_whose_row_was_taken_for_dead_enters_it_again(heart: Heart) -> None:
    ask("delete from procrastinate_workers")
    assert eventually(lambda: workers() == {7})


def test_heart_that_has_ended_lets_its_connection_go(heart: Heart) -> None:
    heart.end()
    assert eventually(lambda: hearts() == [])
    last = beats()
    assert beats() == last


def in_sessions(*, stopping_after: int) -> list[set[int]]:
    """Register and leave as sessions do that end by themselves, the last one because it is told to; rows after each step."""
    sessions, seen = 0, []

    async def go() -> None:
        nonlocal sessions
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1)
        await connector.open_async()
        rows = LastingRows(connector, is_stopping=lambda: sessions == stopping_after)
        while sessions < stopping_after:
            worker_id = await rows.register_worker()
            seen.append(await asyncio.to_thread(_seen))
            sessions += 1
            await rows.unregister_worker(worker_id)
            seen.append(await asyncio.to_thread(_seen))
        await connector.close_async()

    def _seen() -> set[int]:
        try:
            return workers()
        finally:
            connection.close()

    asyncio.run(go())
    return seen


def test_row_of_a_session_stays_until_the_next_has_its_own(no_workers: None) -> None:
    first, first_left, second, second_left, third, told_to_stop = in_sessions(stopping_after=3)
    assert [len(rows) for rows in (first, second, third)] == [1, 1, 1]
    assert len(first | second | third) == 3
    assert (first_left, second_left, told_to_stop) == (first, second, set())


def test_job_of_an_earlier_row_belongs_to_nobody_and_can_be_taken_up(no_workers: None) -> None:
    ask("insert into procrastinate_workers (id) overriding system value values (5)")
    ask(
        "insert into procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
        " values ('default', 'read_file', '{}', 'doing', 5)"
    )

    async def go() -> list[int | None]:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1)
        await connector.open_async()
        rows = LastingRows(connector, is_stopping=lambda: False)
        await rows.unregister_worker(5)
        before = [job.id for job in await rows.get_stalled_jobs(seconds_since_heartbeat=30)]
        await rows.register_worker()
        after = [job.worker_id for job in await rows.get_stalled_jobs(seconds_since_heartbeat=30)]
        rows.end_heart()
        await connector.close_async()
        assert before == []
        return after

    assert asyncio.run(go()) == [None]
    ask("delete from procrastinate_jobs")
