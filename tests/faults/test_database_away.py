"""A database that is stopped, killed or frozen: 503 with a sentence within eight seconds, then as before, without a restart."""

from __future__ import annotations

import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import Answer, Served, busy_s, serve, tokens_for, url_of
from tests.postgres.site_processes import eventually, signal_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
AT_ONCE = 8
LONGEST_S = 8.0
PATHS = ("/api/v1/articles/", "/api/v1/me/", "/account/login/", "/readyz", "/api/v1/search/?q=the")


def ask_all(site: Served, token: str) -> list[Answer]:
    """Ask several addresses at once, as many times as there are threads in both processes."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(
            pool.map(lambda n: site.ask(PATHS[n % len(PATHS)], Authorization=f"Bearer {token}"), range(AT_ONCE))
        )


def are_well(answers: list[Answer]) -> bool:
    return {answer.status for answer in answers} == {200}


def test_site_says_so_and_recovers_by_itself(home: Home, other_home: Home) -> None:
    host = other_home.hold(MONITOR_PG_DURABLE="1")
    elsewhere = {"DATABASE_URL": url_of(other_home)}
    site = serve(home, **elsewhere)
    (token,) = tokens_for(home, 1, **elsewhere)
    assert eventually(lambda: are_well(ask_all(site, token)))

    for away, back in (stopped(other_home), killed(other_home), frozen(other_home)):
        longest_s = LONGEST_S + busy_s(ask_all(site, token))
        away()
        seen = [answer for _ in range(3) for answer in ask_all(site, token)]
        statuses = Counter(answer.status for answer in seen)
        assert 503 in statuses
        assert statuses.keys() <= {200, 503}, statuses  # the sign-in page asks nothing
        assert max(answer.seconds for answer in seen) < longest_s
        assert all(
            answer.headers.get("retry-after")
            for answer in seen
            if answer.status == 503 and "database:" not in answer.text
        )
        assert site.ask("/healthz").status == 200
        back()
        assert host.ask().startswith(("found 1", "OperationalError"))
        assert eventually(lambda: host.ask().startswith("found 1"))
        assert eventually(lambda: are_well(ask_all(site, token)))
        later = [answer for _ in range(3) for answer in ask_all(site, token)]
        assert [(answer.status, answer.text[:200]) for answer in later if answer.status != 200] == []
    site.stop()
    host.leave()


Fault = tuple["Callable[[], object]", "Callable[[], object]"]


def stopped(home: Home) -> Fault:
    return (lambda: _end(home, signal.SIGINT)), (lambda: None)


def killed(home: Home) -> Fault:
    return home.kill_server, lambda: None


def frozen(home: Home) -> Fault:
    held: list[int] = []

    def freeze() -> None:
        held.extend(home.server_processes())
        signal_all(held, signal.SIGSTOP)

    return freeze, lambda: signal_all(held, signal.SIGCONT)


def _end(home: Home, number: signal.Signals) -> None:
    os.kill(home.postmaster(), number)
    assert eventually(lambda: not home.server_processes())
