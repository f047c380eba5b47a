"""What is sent twice, or by many at the same moment, on real connections: one row, one winner, and everybody is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection

from monitor.annotations.codebook import make_tag, rename_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.tag_models import AnnotationTag
from monitor.api.models import KeptAnswer
from tests.api.stage import ask, program, set_stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.stage import Stage


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return set_stage()


def together(times: int, act: Callable[[int], Any]) -> list[Any]:
    """Do something that often at once, each on a connection of its own."""

    def once(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def test_twenty_posts_with_one_key_make_one_row_and_get_one_answer(stage: Stage) -> None:
    client, sent = stage.program("author"), stage.new_mark(comment="Once")
    del sent["uuid"]
    answers = together(20, lambda _: ask(client, "POST", "annotations/", sent, Idempotency_Key="key-1"))
    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({(answer.content, answer["Location"], answer["ETag"]) for answer in answers}) == 1
    assert [answer.get("Idempotent-Replayed") for answer in answers].count("true") == 19
    assert (Annotation._default_manager.count(), KeptAnswer.objects.count()) == (1, 1)


def test_twenty_posts_with_one_id_make_one_row(stage: Stage) -> None:
    client, sent = stage.program("author"), stage.new_mark(comment="Once", tags=["water/weir"])
    answers = together(20, lambda _: ask(client, "POST", "annotations/", sent))
    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({answer.content for answer in answers}) == 1
    assert (Annotation._default_manager.count(), AnnotationSpan.objects.count()) == (1, 1)


def test_of_sixteen_edits_of_one_state_one_wins(stage: Stage) -> None:
    mark, client = stage.keep("mark"), stage.program("author")

    def edit(number: int) -> Any:
        return ask(client, "PATCH", f"annotations/{mark.uid}/", {"comment": f"Words {number}"}, If_Match='"1"')

    answers = together(16, edit)
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 15
    assert {answer["ETag"] for answer in answers} == {'"2"'}
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
    mark.refresh_from_db()
    assert (mark.comment, mark.revision) == (f"Words {winner}", 2)


def test_edits_of_any_state_follow_each_other(stage: Stage) -> None:
    mark, client = stage.keep("mark"), stage.program("author")

    def edit(number: int) -> Any:
        return ask(client, "PATCH", f"annotations/{mark.uid}/", {"comment": f"Words {number}"}, If_Match="*")

    assert [answer.status_code for answer in together(4, edit)] == [200] * 4
    mark.refresh_from_db()
    assert mark.revision == 5


# -- One after the other: no connection of its own is needed -----------------------------------------------------------
@pytest.fixture
def quiet(db: None) -> Stage:
    return set_stage()


def test_key_belongs_to_one_request_of_one_person(quiet: Stage) -> None:
    client, sent = quiet.program("author"), quiet.new_mark()
    first = ask(client, "POST", "annotations/", sent, Idempotency_Key="k")
    other = ask(client, "POST", "annotations/", quiet.new_mark(), Idempotency_Key="k")
    elsewhere = ask(client, "POST", "tags/", {"name": "weir"}, Idempotency_Key="k")
    somebody = ask(quiet.program("mate"), "POST", "annotations/", quiet.new_mark(), Idempotency_Key="k")
    again = ask(program(quiet.house.author), "POST", "annotations/", sent, Idempotency_Key="k")
    assert [answer.status_code for answer in (first, other, elsewhere, somebody, again)] == [201, 422, 422, 201, 201]
    assert other.json()["type"] == "urn:monitor:problem:key-used"
    assert (again.content, again["Location"]) == (first.content, first["Location"])


def test_only_what_was_made_is_kept(quiet: Stage) -> None:
    client, sent = quiet.program("author"), quiet.new_mark(targets=[{"quote": "words that are not there"}])
    refused = ask(client, "POST", "annotations/", sent, Idempotency_Key="k")
    assert (refused.status_code, KeptAnswer.objects.count()) == (422, 0)
    made = ask(client, "POST", "annotations/", {**sent, "targets": [{"quote": "lamps"}]}, Idempotency_Key="k")
    assert made.status_code == 201


def test_key_of_yesterday_means_nothing_any_more(quiet: Stage) -> None:
    client = quiet.program("author")
    ask(client, "POST", "annotations/", quiet.new_mark(), Idempotency_Key="k")
    with connection.cursor() as cursor:
        cursor.execute("update monitor_keptanswer set made = now() - interval '25 hours'")
    assert ask(client, "POST", "annotations/", quiet.new_mark(), Idempotency_Key="k").status_code == 201
    assert KeptAnswer.objects.count() == 1


@pytest.mark.parametrize(("key", "status"), [("k" * 255, 201), ("k" * 256, 400), ("", 400), ("a b", 400), ("é", 400)])
def test_key_is_visible_ascii(quiet: Stage, key: str, status: int) -> None:
    answer = ask(quiet.program("author"), "POST", "annotations/", quiet.new_mark(), Idempotency_Key=key)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "change",
    [
        {"comment": "Other"},
        {"colour": "red"},
        {"tags": ["other"]},
        {"visibility": "everyone"},
        {"targets": [{"quote": "dusk"}]},
    ],
)
def test_same_id_with_another_body_is_refused(quiet: Stage, change: dict[str, Any]) -> None:
    client, sent = quiet.program("author"), quiet.new_mark(comment="First", tags=["weir"])
    first = ask(client, "POST", "annotations/", sent)
    assert ask(client, "POST", "annotations/", {**sent, **change}).status_code == 422
    again = ask(client, "POST", "annotations/", sent)
    assert (again.status_code, again.content, again["Idempotent-Replayed"]) == (201, first.content, "true")
    assert first.get("Idempotent-Replayed") is None


def test_id_of_somebody_else_is_a_conflict_that_tells_nothing(quiet: Stage) -> None:
    sent = quiet.new_mark(comment="Mine alone")
    ask(quiet.program("author"), "POST", "annotations/", sent)
    answer = ask(quiet.program("outsider"), "POST", "annotations/", sent)
    assert answer.status_code == 409
    assert "author" not in answer.content.decode()


def test_reply_sent_twice_is_one(quiet: Stage) -> None:
    mark, client, sent = quiet.keep("mark"), quiet.program("author"), {"uuid": str(uuid4()), "comment": "Yes"}
    answers = [ask(client, "POST", f"annotations/{mark.uid}/replies/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert ask(client, "POST", f"annotations/{mark.uid}/replies/", {**sent, "comment": "No"}).status_code == 422


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ('"1"', 200),
        ('W/"1"', 200),
        ('"7", "1"', 200),
        ("*", 200),
        ('"2"', 412),
        ("1", 412),
        ('"', 412),
        ("", 412),
        (None, 428),
    ],
)
def test_change_needs_to_know_the_state(quiet: Stage, told: str | None, status: int) -> None:
    mark, client = quiet.keep("mark"), quiet.program("author")
    headers = {} if told is None else {"If_Match": told}
    answer = ask(client, "PATCH", f"annotations/{mark.uid}/", {"comment": "New"}, **headers)
    assert answer.status_code == status
    mark.refresh_from_db()
    assert (mark.comment, mark.revision) == (("New", 2) if status == 200 else ("", 1))
    if status != 428:
        assert answer["ETag"] == f'"{mark.revision}"'


def test_a_tag_of_another_name_is_read_though_nobody_touched_what_bears_it(quiet: Stage) -> None:
    mark, client = quiet.keep("mark"), quiet.program("author")
    tag = make_tag(name="Weir", by=quiet.people["author"], private=True)
    AnnotationTag.objects.create(annotation=mark, tag=tag, added_by=mark.owner)
    known = ask(client, "GET", f"annotations/{mark.uid}/")["ETag"]
    rename_tag(tag=tag, by=quiet.people["author"], revision=tag.revision, name="Lock")
    answer = ask(client, "GET", f"annotations/{mark.uid}/", If_None_Match=known)
    assert (answer.status_code, answer.json()["tags"]) == (200, ["lock"])
    assert ask(client, "PATCH", f"annotations/{mark.uid}/", {"comment": "New"}, If_Match=known).status_code == 200


def test_state_that_is_known_is_not_sent_again(quiet: Stage) -> None:
    mark, client = quiet.keep("mark"), quiet.program("author")
    known = ask(client, "GET", f"annotations/{mark.uid}/")["ETag"]
    for told, status in ((known, 304), (f"W/{known}", 304), ('"1"', 200)):
        assert ask(client, "GET", f"annotations/{mark.uid}/", If_None_Match=told).status_code == status
    assert ask(client, "PATCH", f"annotations/{mark.uid}/", {"comment": "New"}, If_Match=known).status_code == 200
    answer = ask(client, "GET", f"annotations/{mark.uid}/", If_None_Match=known)
    assert (answer.status_code, answer["ETag"][:3], answer.json()["comment"]) == (200, '"2.', "New")
    gone = ask(client, "DELETE", f"annotations/{mark.uid}/", If_Match='"1"')
    assert (gone.status_code, gone["ETag"]) == (412, '"2"')
    assert ask(client, "DELETE", f"annotations/{mark.uid}/", If_Match='"2"').status_code == 204
