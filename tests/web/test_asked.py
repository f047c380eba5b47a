"""The number of a request: on its answer, in its error, believed from configured proxies alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from monitor.asking import Asking, asking, on_behalf_of
from monitor.web.asked import HEADER

if TYPE_CHECKING:
    from pytest_django import Settings

GIVEN = "7f9c2ba4-e88f-827d-616e"


def test_every_answer_bears_a_number_of_its_own() -> None:
    numbers = {Client().get("/healthz")[HEADER] for _ in range(3)}

    assert len(numbers) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)


@pytest.mark.parametrize(
    ("proxies", "given", "is_kept"),
    [
        (1, GIVEN, True),
        (0, GIVEN, False),
        (1, "short", False),
        (1, "forged\r\nline-123456", False),
        (1, "x" * 65, False),
    ],
)
def test_number_is_a_trusted_proxys_or_our_own(proxies: int, given: str, is_kept: bool, settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies

    assert (Client().get("/healthz", headers={HEADER: given})[HEADER] == given) is is_kept


def test_asking_is_empty_outside_of_a_request_and_after_one() -> None:
    inside = Asking("0123456789abcdef", "192.0.2.7")
    with on_behalf_of(inside):
        assert asking() == inside
    Client().get("/healthz")

    assert asking() == Asking("", "")
