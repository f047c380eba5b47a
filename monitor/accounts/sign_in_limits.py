"""How many wrong passwords an account and an address of the network may try.

The counts live in the database cache, so all processes share them; the rates are settings.ACCOUNT_RATE_LIMITS.
"""

from __future__ import annotations

import math
import time
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from monitor.accounts.logins import find_by_login
from monitor.accounts.models import User

APP, ACTION = "allauth.account", "login_failed"


def account_key(login: str) -> str:
    """Return one key per account, however it was named; allauth's has one per spelling and per host asked."""
    user = find_by_login(login)
    return f"account:{user.pk}" if user else f"nobody:{User.normalize_username(login.strip()).lower()}"


def count_try(request: HttpRequest, login: str) -> Any:
    """Count one try before it is made; None when there were too many. `rollback()` on the result takes it back."""
    return ratelimit.consume(request, app=APP, action=ACTION, key=account_key(login))


def seconds_to_wait(request: HttpRequest, login: str) -> int:
    """Return after how many seconds the next try is counted again; at least 1."""
    key, now, wait = account_key(login), time.time(), 1.0
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        tries = cache.get(ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=key), [])
        if len(tries) >= rate.amount:
            wait = max(wait, tries[-1] + rate.duration - now)  # the oldest stands last
    return math.ceil(wait)


def forget_tries_of(login: str) -> None:
    """Let this account try again at once; a network address that tried too much stays stopped."""
    key = account_key(login)
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        if rate.per == "key":
            # The request matters for rates per address only.
            cache.delete(ratelimit.get_cache_key(HttpRequest(), app=APP, action=ACTION, rate=rate, key=key))
