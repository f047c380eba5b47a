"""How long a process waits for the database: a page gives up within seconds, a command or job takes minutes.

`MONITOR_PATIENCE=web` asks for the short limits; gunicorn's settings set it for its workers. The limits are read when
a connection is made, so a process can still choose after Django has read its settings.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

VARIABLE = "MONITOR_PATIENCE"


@dataclass(frozen=True)
class Patience:
    """Limits of one connection; the server keeps its own three, the client the first two also when the server cannot.

    `coming_up_s` is for an embedded server that reads its log after a crash and lets nobody in meanwhile.
    """

    connect_s: int
    deadline_s: float
    statement_ms: int
    lock_ms: int
    idle_in_transaction_ms: int
    coming_up_s: float

    def server_options(self) -> str:
        """Return the limits as libpq's `options`."""
        return (
            f"-c statement_timeout={self.statement_ms} -c lock_timeout={self.lock_ms} "
            f"-c idle_in_transaction_session_timeout={self.idle_in_transaction_ms}"
        )


# A frozen server costs a page its deadline and one vain attempt to connect: 7.5 s, below the promised 8.
WEB = Patience(
    connect_s=3, deadline_s=4.5, statement_ms=3_000, lock_ms=2_000, idle_in_transaction_ms=10_000, coming_up_s=3.0
)
WORK = Patience(
    connect_s=10,
    deadline_s=660.0,
    statement_ms=600_000,
    lock_ms=60_000,
    idle_in_transaction_ms=600_000,
    coming_up_s=90.0,
)


def current_patience() -> Patience:
    """Return the limits for connections that this process makes now."""
    return WEB if os.environ.get(VARIABLE) == "web" else WORK


def become_impatient() -> None:
    """Give up within seconds from now on, as a process that answers pages must."""
    os.environ[VARIABLE] = "web"
