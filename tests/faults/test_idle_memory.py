"""What a site holds when nobody asks it anything: all of its processes, the database among them."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.jobs.apart import PROGRAM, REST_S
from tests.faults.served import serve
from tests.postgres.conftest import make_home
from tests.postgres.site_processes import eventually

if TYPE_CHECKING:
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
MOST_MB = 250


def held_mb(home: Home) -> dict[str, float]:
    """Return what each process holds, in megabytes; of what several share each has its part (PSS)."""
    held = {}
    for pid, line in home.processes().items():
        with suppress(OSError):
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
            (kilobytes,) = [row.split()[1] for row in told.splitlines() if row.startswith("Pss:")]
            held[f"{pid} {line[:60]}"] = int(kilobytes) / 1024
    return held


def is_at_rest(home: Home) -> bool:
    """Tell whether all jobs are done and the process for large ones has ended."""
    return not any(PROGRAM[:-4] in line for line in home.processes().values())


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's account of shared memory")
def test_site_at_rest_fits_also_after_its_first_start() -> None:
    with make_home(None) as home:
        for start in ("first", "second"):
            rest(home, start)


def rest(home: Home, start: str) -> None:
    site = serve(home, ANONYMOUS_READ="true")
    # Each web process has answered: what it loads at its first request is held as well.
    assert eventually(lambda: [site.ask("/readyz").status for _ in range(8)] == [200] * 8)
    time.sleep(REST_S / 4)  # jobs that the start left are begun by now
    assert eventually(lambda: is_at_rest(home), within_s=10 * REST_S)
    held = held_mb(home)
    assert sum(held.values()) <= MOST_MB, (start, held)
    site.stop()
