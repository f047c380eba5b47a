"""Sixteen clients on one annotation at once: one is first, the others are told, and nothing is overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from monitor.annotations.models import Annotation, Reply
from tests.annotations.people_and_texts import House, make_house

CLIENTS, ROUNDS = 16, 2


@pytest.fixture
def house(transactional_db: None) -> House:
    return make_house()


def all_at_once(house: House, address: str, bodies: list[dict[str, Any]]) -> list[int]:
    """Send each body from a client of its own, at one moment; return the statuses."""
    clients = [Client() for _ in bodies]
    for client in clients:
        client.force_login(house.author)
    start = Barrier(len(bodies))

    def send(client: Client, body: dict[str, Any]) -> int:
        try:
            start.wait(timeout=30)
            return client.post(address, body, headers={"HX-Request": "true"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, clients, bodies))


def test_one_edit_wins_each_round_and_the_rest_are_told(house: House) -> None:
    mark = house.mark(comment="at first")
    address = reverse("change-mark", args=[mark.uid])
    for revision in range(1, ROUNDS + 1):
        bodies = [
            {"revision": revision, "comment": f"round {revision}, client {n}", "colour": "teal", "tags": ""}
            for n in range(CLIENTS)
        ]
        statuses = all_at_once(house, address, bodies)
        assert sorted(statuses) == [200] + [412] * (CLIENTS - 1)
        mark.refresh_from_db()
        assert (mark.comment, mark.revision) == (bodies[statuses.index(200)]["comment"], revision + 1)
    events: Any = Annotation.pgh_event_model  # type: ignore[attr-defined]
    assert events.objects.filter(uid=mark.uid).count() == ROUNDS + 1


def test_one_save_sent_sixteen_times_is_one_annotation_and_one_reply(house: House) -> None:
    body = {"uid": str(uuid4()), "article": house.article.pk, "quote": "lamps", "comment": "once"}
    assert all_at_once(house, reverse("mark-create"), [body] * CLIENTS) == [200] * CLIENTS
    mark = Annotation.objects.get()
    body = {"uid": str(uuid4()), "comment": "Once."}
    assert all_at_once(house, reverse("reply", args=[mark.uid]), [body] * CLIENTS) == [200] * CLIENTS
    assert Reply.objects.count() == 1
