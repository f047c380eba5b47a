"""How often a token or a person may ask: counted in the database, so that all processes count together."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import InternalError, connection

from monitor.asking import asking
from monitor.sqlstates import only_reads

if TYPE_CHECKING:
    from rest_framework.request import Request

log = logging.getLogger(__name__)

_COUNT = """
    insert into monitor_asked as asked (who, began, times) values (%(who)s, clock_timestamp(), 1)
    on conflict (who) do update set
        times = case when asked.began > excluded.began - make_interval(secs => %(window)s) then asked.times + 1 else 1 end,
        began = case when asked.began > excluded.began - make_interval(secs => %(window)s) then asked.began else excluded.began end
    returning times, extract(epoch from began - clock_timestamp()) + %(window)s"""
# A visitor who begins a new window takes a few forgotten ones along.
_FORGET = """
    delete from monitor_asked where who in (
        select who from monitor_asked where began < clock_timestamp() - interval '1 day' limit 20 for update skip locked)"""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds; how many is a setting, so that it can be changed while nothing runs."""

    name: str
    setting: str
    seconds: int

    @property
    def most(self) -> int:
        return int(getattr(settings, self.setting))

    @property
    def policy(self) -> str:
        return f'"{self.name}";q={self.most};w={self.seconds}'


API = Rate("api", "API_PER_MINUTE", 60)
SEARCH = Rate("search", "SEARCHES_PER_MINUTE", 60)
UPLOAD = Rate("upload", "UPLOADS_PER_HOUR", 3600)


@dataclass(frozen=True, slots=True)
class Spent:
    """What is left of a rate after this request; `wait` are whole seconds until it counts anew."""

    rate: Rate
    times: int
    wait: int

    @property
    def is_over(self) -> bool:
        return self.times > self.rate.most

    @property
    def told(self) -> str:
        return f'"{self.rate.name}";r={max(self.rate.most - self.times, 0)};t={self.wait}'


def spend(rate: Rate, request: Request) -> Spent:
    """Count this request; a database that only reads counts nothing, for reading goes on there."""
    values: dict[str, Any] = {"who": f"{rate.name} {_asker(request)}", "window": rate.seconds}
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
            times, left = cursor.fetchone()
            if times == 1:
                cursor.execute(_FORGET)
    except InternalError as error:
        if not only_reads(error):
            raise
        times, left = 1, rate.seconds
    return Spent(rate, times, max(1, math.ceil(left)))


def _asker(request: Request) -> str:
    token: Any = request.auth
    if token is not None:
        return f"token {token.uid}"
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return f"address {asking().address}"
