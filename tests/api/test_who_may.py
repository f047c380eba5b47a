"""People x things x acts over what people make in the API: the cells of SAFETY's matrix, for both scopes of tokens.

A number is the status that a token with the scope "write" gets; one that only reads gets 403 for whatever that one could
change. Every address and method must be in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import URLPattern, reverse

from monitor.accounts.token_models import Scope
from monitor.accounts.tokens import create_token
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Visibility
from monitor.annotations.replies import reply_to
from monitor.api import working_urls
from monitor.api.problems import NOT_HERE
from monitor.library.models import Article
from monitor.search.resolving import Asked
from monitor.search.saving import save_search
from tests.api.stage import API, PEOPLE, Stage, ask, set_stage

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

pytestmark = pytest.mark.django_db

# columns:                              anon dis  read inside author mate keeper outsider curator admin
TABLE = """
annotations          -         GET      401  401  200  200    200    200  200    200      200     200
annotations          private   POST     401  401  201  201    201    201  201    201      201     201
annotations          team      POST     401  401  403  403    201    201  201    403      403     403
annotations          everyone  POST     401  401  403  403    201    201  201    201      201     201
annotations          draft     POST     401  401  404  404    404    404  404    404      201     201
article-annotations  -         GET      401  401  200  200    200    200  200    200      200     200
article-annotations  draft     GET      401  401  404  404    404    404  404    404      200     200
annotation           private   GET      401  401  404  404    200    404  404    404      404     404
annotation           private   PUT      401  401  404  404    200    404  404    404      404     404
annotation           private   PATCH    401  401  404  404    200    404  404    404      404     404
annotation           private   DELETE   401  401  404  404    204    404  404    404      404     404
annotation           team      GET      401  401  404  200    200    200  200    404      404     404
annotation           team      PUT      401  401  404  403    200    403  403    404      404     404
annotation           team      PATCH    401  401  404  403    200    403  403    404      404     404
annotation           team      DELETE   401  401  404  403    204    403  403    404      404     404
annotation           everyone  GET      401  401  200  200    200    200  200    200      200     200
annotation           everyone  PUT      401  401  403  403    200    403  403    403      403     403
annotation           everyone  PATCH    401  401  403  403    200    403  403    403      403     403
annotation           everyone  DELETE   401  401  403  403    204    403  403    403      403     403
annotation           hidden-t  GET      401  401  404  404    200    404  200    404      404     404
annotation           hidden-t  PATCH    401  401  404  404    403    404  403    404      404     404
annotation           hidden-t  DELETE   401  401  404  404    204    404  403    404      404     404
annotation           hidden-e  GET      401  401  404  404    200    404  404    404      200     200
annotation           hidden-e  PATCH    401  401  404  404    403    404  404    404      403     403
annotation           hidden-e  DELETE   401  401  404  404    204    404  404    404      403     403
annotation           deleted   GET      401  401  404  404    410    404  404    404      404     404
annotation           deleted   PATCH    401  401  404  404    410    404  404    404      404     404
annotation           deleted   DELETE   401  401  404  404    410    404  404    404      404     404
annotation-replies   private   GET      401  401  404  404    200    404  404    404      404     404
annotation-replies   private   POST     401  401  404  404    201    404  404    404      404     404
annotation-replies   team      GET      401  401  404  200    200    200  200    404      404     404
annotation-replies   team      POST     401  401  404  403    201    201  201    404      404     404
annotation-replies   everyone  GET      401  401  200  200    200    200  200    200      200     200
annotation-replies   everyone  POST     401  401  403  403    201    201  201    201      201     201
annotation-resolve   private   POST     401  401  404  404    200    404  404    404      404     404
annotation-resolve   private   DELETE   401  401  404  404    200    404  404    404      404     404
annotation-resolve   team      POST     401  401  404  403    200    200  200    404      404     404
annotation-resolve   team      DELETE   401  401  404  403    200    200  200    404      404     404
annotation-resolve   everyone  POST     401  401  403  403    200    200  200    200      200     200
annotation-resolve   everyone  DELETE   401  401  403  403    200    200  200    200      200     200
reply                team      GET      401  401  404  200    200    200  200    404      404     404
reply                team      PUT      401  401  404  403    403    200  403    404      404     404
reply                team      PATCH    401  401  404  403    403    200  403    404      404     404
reply                team      DELETE   401  401  404  403    403    204  403    404      404     404
tags                 -         GET      401  401  200  200    200    200  200    200      200     200
tags                 shared    POST     401  401  403  403    201    201  201    201      201     201
tags                 mine      POST     401  401  201  201    201    201  201    201      201     201
tags                 team      POST     401  401  403  403    201    201  201    403      403     403
tag                  shared    GET      401  401  200  200    200    200  200    200      200     200
tag                  shared    PATCH    401  401  403  403    403    403  403    403      200     200
tag                  shared    DELETE   401  401  403  403    403    403  403    403      204     204
tag                  mine      GET      401  401  404  404    200    404  404    404      404     404
tag                  mine      PATCH    401  401  404  404    200    404  404    404      404     404
tag                  mine      DELETE   401  401  404  404    204    404  404    404      404     404
tag                  team      GET      401  401  404  200    200    200  200    404      404     404
tag                  team      PATCH    401  401  404  403    200    200  200    404      404     404
tag                  team      DELETE   401  401  404  403    204    204  204    404      404     404
teams                -         GET      401  401  200  200    200    200  200    200      200     200
team                 -         GET      401  401  404  200    200    200  200    404      404     200
saved-searches       -         GET      401  401  200  200    200    200  200    200      200     200
saved-searches       mine      POST     401  401  201  201    201    201  201    201      201     201
saved-searches       team      POST     401  401  403  201    201    201  201    403      403     403
saved-search         mine      GET      401  401  404  404    200    404  404    404      404     404
saved-search         mine      PUT      401  401  404  404    200    404  404    404      404     404
saved-search         mine      PATCH    401  401  404  404    200    404  404    404      404     404
saved-search         mine      DELETE   401  401  404  404    204    404  404    404      404     404
saved-search         team      GET      401  401  404  200    200    200  200    404      404     404
saved-search         team      PUT      401  401  404  403    200    403  403    404      404     404
saved-search         team      PATCH    401  401  404  403    200    403  403    404      404     404
saved-search         team      DELETE   401  401  404  403    204    403  403    404      404     404
me                   -         GET      401  401  200  200    200    200  200    200      200     200
"""
# The same for people in a browser: no token reaches these.
TOKENS = """
tokens               -         GET      401  401  200  200    200    200  200    200      200     200
token                author's  GET      401  401  404  404    200    404  404    404      404     200
token                author's  DELETE   401  401  404  404    204    404  404    404      404     204
"""


def rows_of(table: str) -> list[tuple[str, str, str, dict[str, int]]]:
    lines = [line.split() for line in table.strip().splitlines()]
    return [
        (name, thing, method, dict(zip(PEOPLE, map(int, cells), strict=True))) for name, thing, method, *cells in lines
    ]


ROWS, TOKEN_ROWS = rows_of(TABLE), rows_of(TOKENS)
NEW = {"comment": "New words", "visibility": "private", "tags": []}
SENT: dict[tuple[str, str], dict[str, Any]] = {
    ("annotation", "PUT"): NEW,
    ("annotation", "PATCH"): {"comment": "New words"},
    ("annotation-replies", "POST"): {"comment": "An answer"},
    ("reply", "PUT"): {"comment": "Another answer"},
    ("reply", "PATCH"): {"comment": "Another answer"},
    ("tag", "PATCH"): {"definition": "What it means"},
    ("saved-search", "PUT"): {"name": "Other lamps", "query": "lamps"},
    ("saved-search", "PATCH"): {"name": "Other lamps"},
}


def test_every_address_and_method_is_in_the_table() -> None:
    wanted = {
        (route.name, method)
        for route in working_urls.urlpatterns
        if isinstance(route, URLPattern)
        for method in route.callback.view_class().allowed_methods  # type: ignore[attr-defined]
        if method not in {"OPTIONS", "HEAD"}
    }
    assert {(name, method) for name, _, method, _ in ROWS + TOKEN_ROWS} == wanted


@pytest.fixture
def stage() -> Stage:
    found = set_stage()
    house = found.house
    found.keep("private")
    found.keep("team", visibility=Visibility.TEAM, team=house.team)
    found.keep("everyone", visibility=Visibility.EVERYONE)
    found.keep("hidden-t", visibility=Visibility.TEAM, team=house.team, hidden=True)
    found.keep("hidden-e", visibility=Visibility.EVERYONE, hidden=True)
    found.keep("deleted", deleted=True)
    return found


class Things:
    """What the rows name, by address and word."""

    def __init__(self, stage: Stage) -> None:
        self.stage, house = stage, stage.house
        team = house.team
        uid = stage.marks["everyone"].uid
        self.draft = Article.objects.create(
            issue=house.article.issue, position=99, kind="article", title="Unseen", slug="unseen", state="draft"
        )
        reply = reply_to(uid=_new(uid), mark=stage.marks["team"], by=house.mate, comment="Yes")[0]
        searches = {
            "mine": save_search(by=house.author, name="Lamps", asked=Asked("lamps")),
            "team": save_search(by=house.author, name="Our lamps", asked=Asked("lamps"), team=team),
        }
        tags = {
            "shared": make_tag(name="violence", by=house.author),
            "mine": make_tag(name="later", by=house.author, private=True),
            "team": make_tag(name="rivers", by=house.author, team=team),
        }
        token = create_token(user=house.author, name="Theirs").row
        self.uids: dict[tuple[str, str], UUID] = {
            ("team", "-"): team.uid,
            ("reply", "team"): reply.uid,
            ("token", "author's"): token.uid,
            **{("saved-search", word): search.uid for word, search in searches.items()},
            **{("tag", word): tag.uid for word, tag in tags.items()},
        }

    def address(self, name: str, thing: str) -> str:
        if name == "article-annotations":
            return reverse("api:" + name, args=[self.draft.pk if thing == "draft" else self.stage.house.article.pk])
        if name in {"annotation", "annotation-replies", "annotation-resolve"}:
            return reverse("api:" + name, args=[self.stage.marks[thing].uid])
        uid = self.uids.get((name, thing))
        return reverse("api:" + name, args=[uid] if uid else [])

    def sent(self, name: str, thing: str, method: str) -> dict[str, Any] | None:
        team = str(self.stage.house.team.uid)
        if (name, method) == ("annotations", "POST"):
            if thing == "draft":
                return {"article": self.draft.pk, "comment": "A word"}
            return self.stage.new_mark(visibility=thing, **({"team": team} if thing == "team" else {}))
        if (name, method) == ("tags", "POST"):
            return {"name": "fresh", "scope": thing, **({"team": team} if thing == "team" else {})}
        if (name, method) == ("saved-searches", "POST"):
            return {"name": "Fresh", "query": "lamps", "team": team if thing == "team" else None}
        return SENT.get((name, method))


def _new(uid: UUID) -> UUID:
    return type(uid)(int=uid.int ^ 1)


def status(client: Client, method: str, address: str, sent: Any) -> Any:
    """Ask and take everything back."""
    headers = {"If_Match": "*"} if method in {"PUT", "PATCH", "DELETE"} else {}
    with transaction.atomic():
        answer = ask(client, method, address, sent, **headers)
        transaction.set_rollback(True)
    if answer.status_code == 404:
        assert answer.json()["detail"] == NOT_HERE
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code


def tokens_of(stage: Stage, scope: str) -> dict[str, Client]:
    return {who: stage.program(who, scope) for who in PEOPLE}


def test_what_people_make_is_open_to_whom_it_should_be(stage: Stage) -> None:
    things, clients = Things(stage), tokens_of(stage, Scope.WRITE)
    wrong, strangers = {}, set()
    for name, thing, method, cells in ROWS:
        address, sent = things.address(name, thing), things.sent(name, thing, method)
        for who, cell in cells.items():
            # Who nobody knows is turned away before anything is looked for: once for each address and method is enough.
            if cell == 401 and (name, method, who) in strangers:
                continue
            strangers.add((name, method, who))
            if (found := status(clients[who], method, address, sent)) != cell:
                wrong[name, thing, method, who] = (found, cell)
    assert wrong == {}


def test_token_that_reads_changes_nothing_that_its_owner_could(stage: Stage) -> None:
    things, clients = Things(stage), tokens_of(stage, Scope.READ)
    wrong = {}
    for name, thing, method, cells in ROWS:
        if method == "GET":
            continue  # nothing asks for the scope there
        address, sent = things.address(name, thing), things.sent(name, thing, method)
        for who in [who for who, cell in cells.items() if cell in {200, 201, 204}]:
            if (found := status(clients[who], method, address, sent)) != 403:
                wrong[name, thing, method, who] = found
    assert wrong == {}


def test_tokens_are_for_people_alone(stage: Stage) -> None:
    things, programs = Things(stage), tokens_of(stage, Scope.WRITE)
    for name, thing, method, cells in TOKEN_ROWS:
        address = things.address(name, thing)
        for who, cell in cells.items():
            assert status(stage.browser(who), method, address, None) == cell, (name, method, who)
            barred = cell if cell in {401, 404} else 403
            assert status(programs[who], method, address, None) == barred, (name, method, who)


def test_hidden_things_are_told_like_those_that_never_were(stage: Stage) -> None:
    client = stage.program("outsider")
    unknown = ask(client, "GET", f"{API}annotations/{_new(stage.marks['private'].uid)}/")
    for name in ("private", "team", "hidden-t", "hidden-e", "deleted"):
        answer = ask(client, "GET", f"{API}annotations/{stage.marks[name].uid}/")
        assert (answer.status_code, answer.content) == (404, unknown.content)


@pytest.mark.parametrize("who", ["reader", "outsider", "curator", "admin"])
def test_words_of_others_are_in_no_list(stage: Stage, who: str) -> None:
    house = stage.house
    tag = make_tag(name="canary-tag", by=house.author, private=True)
    mark = stage.keep("canary", comment="canary-comment", tags=(tag,))
    reply_to(uid=_new(mark.uid), mark=mark, by=house.author, comment="canary-reply")
    save_search(by=house.author, name="canary-search", asked=Asked("lamps"))
    client = stage.program(who)
    lists = [reverse("api:" + name) for name in ("annotations", "tags", "teams", "saved-searches", "me")]
    lists += [reverse("api:article-annotations", args=[house.article.pk])]
    queries = ["", "?count=exact&q=canary" if who else "", "?owner=author&count=exact", "?tag=canary-tag&count=exact"]
    for address in lists:
        for query in queries:
            answer = ask(client, "GET", address + query)
            assert "canary" not in answer.content.decode().replace(query.lstrip("?"), "")
            if answer.status_code == 200 and "canary" in query:
                assert (answer.json()["total"], answer.json()["results"]) == (0, [])
