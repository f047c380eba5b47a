"""What is deleted by one while another changes it, and what is sent again when its own doing took it away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from monitor.annotations.actions import delete_annotation
from monitor.entities.judgement_models import MentionJudgement
from monitor.jobs.models import Ingest
from tests.anno.asking import SITE, annotation, asker
from tests.api.described import make_archive
from tests.api.stage import ask, program, set_stage
from tests.entity_rows import name_in
from tests.factories import make_user
from tests.hypothesis_api.speaking import Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.annotations.models import Annotation
    from tests.api.stage import Stage

    Change = Callable[[Stage, Annotation], Any]

ACTS: dict[str, tuple[Change, int]] = {
    "rest PATCH": (
        lambda stage, mark: ask(
            stage.program("author"), "PATCH", f"annotations/{mark.uid}/", {"comment": "x"}, If_Match="*"
        ),
        404,
    ),
    "rest DELETE": (
        lambda stage, mark: ask(stage.program("author"), "DELETE", f"annotations/{mark.uid}/", If_Match="*"),
        404,
    ),
    "rest resolve": (
        lambda stage, mark: ask(stage.program("author"), "POST", f"annotations/{mark.uid}/resolve/", {}),
        404,
    ),
    "anno PUT": (
        lambda stage, mark: asker(stage.house.author)(
            "PUT", str(mark.uid), annotation(stage.house, id=f"{SITE}/anno/{mark.uid}"), If_Match="*"
        ),
        404,
    ),
    "anno DELETE": (
        lambda stage, mark: asker(stage.house.author)("DELETE", str(mark.uid), If_Match="*"),
        404,
    ),
    "sidebar PATCH": (
        lambda stage, mark: Program(stage.house.author).ask("PATCH", f"/annotations/{mark.uid}", {"text": "x"}),
        404,
    ),
    "sidebar DELETE": (  # both wanted it away
        lambda stage, mark: Program(stage.house.author).ask("DELETE", f"/annotations/{mark.uid}"),
        200,
    ),
}


def wait_until_somebody_waits() -> None:
    """Return when a statement on another connection waits for a row that is locked on this one."""
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute("select pg_stat_clear_snapshot(), pg_sleep(0.005)")
            cursor.execute(
                "select exists(select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("Nobody waited.")


@pytest.mark.django_db(transaction=True)
def test_what_goes_while_one_waits_to_change_it_is_gone() -> None:
    stage, told = set_stage(), {}

    def change(act: Change, mark: Annotation) -> Any:
        try:
            return act(stage, mark)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        for name, (act, _) in ACTS.items():
            mark = stage.house.mark()
            with transaction.atomic():
                delete_annotation(mark=mark, by=stage.house.author)
                answer = pool.submit(change, act, mark)
                wait_until_somebody_waits()
            told[name] = answer.result().status_code
            mark.refresh_from_db()
            assert (mark.comment, mark.deleted is not None) == ("", True)
    assert told == {name: status for name, (_, status) in ACTS.items()}


# -- Sent again -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_verdict_sent_again_with_its_key_gets_the_first_answer(verb: str) -> None:
    archive = make_archive()
    asked: dict[str, Any] = {"status": "suggested", "score": 0.5, "candidates": [[archive.guard.slug, 50]]}
    (waiting,) = name_in(archive.article, {"Nobody": archive.guard}, **asked)
    person = make_user("analyst")
    client, at = program(person), f"suggestions/{waiting.pk}/{verb}/"
    first = ask(client, "POST", at, {}, Idempotency_Key="k")
    again = ask(client, "POST", at, {}, Idempotency_Key="k")
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    assert (first.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert ask(client, "POST", at, {"scope": "article"}, Idempotency_Key="k").status_code == 422
    for headers in ({}, {"Idempotency_Key": "other"}):
        assert ask(client, "POST", at, {}, **headers).status_code == 404
    assert ask(program(make_user("analyst")), "POST", at, {}, Idempotency_Key="k").status_code == 404
    assert MentionJudgement.objects.count() == 1


@pytest.mark.django_db
def test_a_file_sent_again_with_its_key_is_one_file() -> None:
    client = program(make_user("curator"))

    def send(name: str = "a.txt", content: bytes = b"Tidewater Letter", key: str = "k") -> Any:
        file = SimpleUploadedFile(name, content)
        return client.post("/api/v1/ingests/", {"file": file}, headers={"Idempotency-Key": key})

    first, again = send(), send()
    assert (first.status_code, again.status_code) == (202, 202)
    assert (again.content, again["Location"]) == (first.content, first["Location"])
    assert again["Idempotent-Replayed"] == "true"
    others = [send(content=b"Tidewater Lettes"), send(content=b"Tide"), send(name="b.txt")]
    assert [answer.status_code for answer in others] == [422] * 3
    assert {answer.json()["type"] for answer in others} == {"urn:monitor:problem:key-used"}
    assert send(key="a b").status_code == 400
    assert Ingest.objects.count() == 1
    assert send(key="other").status_code == 202
    assert Ingest.objects.count() == 2
