"""In which order a request is looked at, and what hostile ones get: never 5xx, never HTML, never more than is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.api.stage import API, ask, program, set_stage

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.api.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest.fixture
def client(stage: Stage) -> Client:
    return stage.program("author")


def raw(client: Client, method: str, address: str, body: bytes, kind: str = "application/json", **headers: str) -> Any:
    return client.generic(
        method, API + address, body, kind, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_each_check_comes_before_the_next(stage: Stage, settings: Settings) -> None:
    """One request that is wrong in all ways, put right step by step."""
    mark, hidden = stage.keep("mark", visibility="everyone"), stage.keep("hidden")
    there, nowhere = f"annotations/{mark.uid}/", f"annotations/{hidden.uid}/"
    wrong, settings.API_PER_MINUTE = b"{", 0
    assert raw(Client(), "PATCH", nowhere, wrong, "text/plain").status_code == 401
    outsider, author = stage.program("outsider"), stage.program("author")
    assert raw(outsider, "PATCH", nowhere, wrong, "text/plain").status_code == 429
    settings.API_PER_MINUTE = 600
    assert raw(outsider, "PATCH", nowhere, wrong, "text/plain").status_code == 404
    assert raw(outsider, "PATCH", there, wrong, "text/plain").status_code == 403
    assert raw(author, "PATCH", there, wrong, "text/plain").status_code == 428
    stale = {"If_Match": '"9"'}
    assert raw(author, "PATCH", there, wrong, "text/plain", **stale).status_code == 415
    assert raw(author, "PATCH", there, wrong, **stale).status_code == 400
    assert raw(author, "PATCH", there, b'{"colour":"mud"}', **stale).status_code == 400
    impossible = json.dumps({"tags": ["weir [Nobody’s book]", "a/b/c/d/e/f/g"]}).encode()  # noqa: RUF001
    assert raw(author, "PATCH", there, impossible, **stale).status_code == 422
    assert raw(author, "PATCH", there, b'{"comment":"New"}', **stale).status_code == 412
    assert raw(author, "PATCH", there, b'{"comment":"New"}', If_Match='"1"').status_code == 200


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"comment",
    "half": b'{"comment": "a',
    "list": b"[]",
    "null": b"null",
    "number": b"1",
    "string": b'"comment"',
    "twice": b'{"article": 1, "article": 2, "comment": "a"}',
    "not a number": b'{"article": NaN, "comment": "a"}',
    "endless": b'{"article": 1e999, "comment": "a"}',
    "many digits": b'{"article": ' + b"9" * 5_000 + b', "comment": "a"}',
    "deep": b"[" * 100_000,
    "deep and closed": b'{"comment": ' + b"[" * 70 + b"]" * 70 + b"}",
    "nul": b'{"article": 1, "comment": "a\\u0000b"}',
    "nul in a key": b'{"a\\u0000": 1}',
    "nul in a list": b'{"article": 1, "tags": ["\\u0000"]}',
    "half a pair": b'{"article": 1, "comment": "\\ud800"}',
    "half a pair in a key": b'{"\\udfff": 1}',
    "half a pair in bytes": b'{"article": 1, "comment": "\xed\xa0\x80"}',
    "latin": b'{"article": 1, "comment": "\xe9"}',
    "bom": b'\xef\xbb\xbf{"article": 1, "comment": "a"}',
    "text for a number": b'{"article": "1", "comment": "a"}',
    "true for a number": b'{"article": true, "comment": "a"}',
    "float for a number": b'{"article": 1.5, "comment": "a"}',
    "number for text": b'{"article": 1, "comment": 0}',
    "false for text": b'{"article": 1, "comment": false}',
    "null for text": b'{"article": 1, "comment": null}',
    "text for a list": b'{"article": 1, "tags": "a,b"}',
    "numbers in a list": b'{"article": 1, "tags": [1]}',
    "object for a list": b'{"article": 1, "targets": {"quote": "lamps"}}',
    "unknown": b'{"article": 1, "comment": "a", "color": "red"}',
    "read-only": b'{"article": 1, "comment": "a", "owner": "admin"}',
    "revision": b'{"article": 1, "comment": "a", "revision": 7}',
    "unknown below": b'{"article": 1, "targets": [{"quote": "lamps", "x": 1}]}',
    "read-only below": b'{"article": 1, "targets": [{"quote": "lamps", "state": "exact"}]}',
    "colour": b'{"article": 1, "comment": "a", "colour": "mud"}',
    "number for a colour": b'{"article": 1, "comment": "a", "colour": 1}',
    "uuid": b'{"article": 1, "comment": "a", "uuid": "12345678123456781234567812345678"}',
    "number for a uuid": b'{"article": 1, "comment": "a", "uuid": 5}',
    "no end": b'{"article": 1, "targets": [{"quote": "lamps", "start": 4}]}',
    "backwards": b'{"article": 1, "targets": [{"quote": "lamps", "start": 9, "end": 4}]}',
    "negative": b'{"article": 1, "targets": [{"quote": "lamps", "start": -1, "end": 4}]}',
    "no quote": b'{"article": 1, "targets": [{"quote": ""}]}',
    "both": b'{"article": 1, "issue": 1, "comment": "a"}',
    "neither": b'{"comment": "a"}',
    "empty": b'{"article": 1}',
    "team without its scope": b'{"article": 1, "comment": "a", "team": "5b1f6a52-9d0f-4a0b-8a57-000000000001"}',
    "no team": b'{"article": 1, "comment": "a", "visibility": "team"}',
    "long comment": json.dumps({"article": 1, "comment": "a" * 20_001}).encode(),
    "many tags": json.dumps({"article": 1, "comment": "a", "tags": ["a"] * 51}).encode(),
    "long tag": json.dumps({"article": 1, "comment": "a", "tags": ["a" * 201]}).encode(),
}


# Each field is as its schema says, but together they say nothing.
CONTRADICTIONS = {"no end", "backwards", "both", "neither", "empty", "team without its scope", "no team"}


def test_hostile_bodies_are_refused_with_a_reason(client: Client) -> None:
    for name, body in BODIES.items():
        answer = raw(client, "POST", "annotations/", body)
        status = 422 if name in CONTRADICTIONS else 400
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), name
        assert answer.json()["detail"], name


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"owner": "x"}, ("/owner", "read_only")),
        ({"color": "x"}, ("/color", "unknown")),
        ({"colour": "mud"}, ("/colour", "invalid_choice")),
        ({"targets": [{"quote": "a"}, {"quote": "a", "n/o": 1}]}, ("/targets/1/n~1o", "unknown")),
        ({"tags": ["a", 1]}, ("/tags/1", "invalid")),
    ],
)
def test_error_points_at_what_it_is_about(client: Client, change: dict[str, Any], error: tuple[str, str]) -> None:
    told = ask(client, "POST", "annotations/", {"article": 1, "comment": "a", **change}).json()
    assert [(one["pointer"], one["code"]) for one in told["errors"]] == [error]
    assert told["type"] == "urn:monitor:problem:invalid"


def test_body_larger_than_a_mebibyte_is_refused(client: Client) -> None:
    answer = raw(client, "POST", "annotations/", b'{"comment": "' + b"a" * 1_048_576 + b'"}')
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:monitor:problem:too-large")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/ld+json"],
)
def test_only_json_is_taken(client: Client, kind: str) -> None:
    assert raw(client, "POST", "annotations/", b"comment=a", kind).status_code == 415


def test_text_is_kept_to_the_letter(client: Client, stage: Stage) -> None:
    words = "  e\u0301 🌊 \u202eabc\u202c \ufffd\uffff\t\n  "
    made = ask(client, "POST", "annotations/", {"article": stage.house.article.pk, "comment": words})
    assert (made.status_code, made.json()["comment"]) == (201, words)


ADDRESSES: dict[str, int] = {
    "annotations/?page_size=0": 400,
    "annotations/?page_size=101": 400,
    "annotations/?page_size=1e6": 400,
    "annotations/?page_size=-1": 400,
    "annotations/?page_size=%31%30": 200,
    "annotations/?page_size=1&page_size=2": 400,
    "annotations/?page=2": 400,
    "annotations/?cursor=x": 400,
    "annotations/?cursor=": 400,
    "annotations/?cursor=W10": 400,  # []
    "annotations/?cursor=WyJhZnRlciIsMV0": 400,  # ["after",1]
    "annotations/?cursor=WyJhZnRlciIsIjk5OTktMTItMzEiLDFd": 400,  # a moment without its zone
    "annotations/?cursor=" + "W" * 3_000: 400,
    "annotations/?count=yes": 400,
    "annotations/?fields=": 400,
    "annotations/?fields=id,secret": 400,
    "annotations/?sort=user__password": 400,
    "annotations/?article=x": 400,
    "annotations/?article=0": 400,
    "annotations/?article=" + "9" * 30: 400,
    "annotations/?article=9223372036854775807": 200,
    "annotations/?article=%D9%A1": 400,  # an Arabic digit
    "annotations/?visibility=all": 400,
    "annotations/?team=rivers": 400,
    "annotations/?state=lost": 400,
    "annotations/?updated_after=yesterday": 400,
    "annotations/?updated_after=2022-02-30T00:00:00Z": 400,
    "annotations/?updated_after=2022-02-14T09:30:00": 400,
    "annotations/?updated_after=2022-02-14T09:30:00%2B01:00": 200,
    "annotations/?q=%00": 400,
    "annotations/?q=%ff": 400,
    "annotations/?q=%ED%A0%80": 400,
    "annotations/?q=" + "a" * 401: 400,
    "annotations/?q=%25_%5C%27%22%28%5B": 200,
    "annotations/?%00=1": 400,
    "annotations/?tag=%25": 200,
    "annotations/?owner=nobody": 200,
    "annotations/%00/": 400,
    "annotations/%ff/": 400,
    "annotations/%ED%A0%80/": 400,
    "annotations/%C3%A9/": 404,
    "annotations/5b1f6a529d0f4a0b8a57000000000001/": 404,
    "annotations/1/": 404,
    "tags/?path=%00": 400,
    "teams/x/": 404,
}


def test_addresses_say_what_they_mean_or_are_refused(client: Client) -> None:
    told = {address: client.get(API + address) for address in ADDRESSES}
    assert {address: answer.status_code for address, answer in told.items()} == ADDRESSES
    assert {answer["Content-Type"] for answer in told.values() if answer.status_code >= 400} == {
        "application/problem+json"
    }


@pytest.mark.parametrize("name", ["If-Match", "Idempotency-Key", "Accept", "X-Anything"])
def test_nul_in_a_header_is_refused(client: Client, name: str) -> None:
    assert client.get(API + "me/", headers={name: "a\0b"}).status_code == 400


def test_every_answer_bears_what_all_bear(client: Client) -> None:
    for answer in (
        client.get(API + "me/"),
        client.head(API + "me/"),
        client.options(API + "me/"),
        client.get(API + "me/?x=1"),
    ):
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Accept", "Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
        assert answer["RateLimit-Policy"] == '"api";q=600;w=60'
        assert answer["RateLimit"].startswith('"api";r=')
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_final_slash_leads_on_or_is_named(client: Client) -> None:
    led = client.get(API + "annotations?page_size=5&owner=me")
    assert (led.status_code, led["Location"]) == (301, "/api/v1/annotations/?page_size=5&owner=me")
    told = ask(client, "POST", "annotations", {"comment": "a"})
    assert told.status_code == 404
    assert "/api/v1/annotations/" in told.json()["detail"]
    assert ask(client, "GET", "nothing").status_code == 404


def test_method_that_is_none_is_named_with_those_that_are(client: Client, stage: Stage) -> None:
    answer = ask(client, "PUT", "annotations/", {"comment": "a"})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")
    assert ask(program(stage.house.author, "read"), "PUT", "annotations/", {}).status_code == 403
    assert ask(client, "GET", "me/", Accept="text/html").status_code == 406
