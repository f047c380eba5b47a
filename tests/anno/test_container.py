"""The container over HTTP: variants, pages, validators; and who may do what, to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.annotations.actions import delete_annotation, hide_annotation
from monitor.annotations.models import Annotation
from monitor.annotations.replies import delete_reply, reply_to
from monitor.interchange.web_annotation_container import DESCRIPTIONS, IRIS, MINIMAL
from tests.anno.asking import ANNO, JSON_LD, SITE, Asker, annotation, asker
from tests.anno.model import check_collection, check_page
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
LINKS = (
    '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type", '
    '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"'
)


@pytest.fixture
def house() -> House:
    return make_house()


def include(*iris: str) -> str:
    return f'return=representation;include="{" ".join(iris)}"'


def fill(house: House, count: int) -> list[str]:
    """Make so many annotations and replies; returns their addresses in the order of their making."""
    made = []
    mark = None
    for number in range(count):
        if mark and number % 3 == 2:
            row: Any = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment=f"Reply {number}.")[0]
        else:
            row = mark = house.mark("lamps", comment=f"Note {number}.", visibility="team", team=house.team)
        made.append(f"{SITE}/anno/{row.uid}")
    return made


def test_every_answer_bears_the_containers_headers(house: House) -> None:
    author = asker(house.author)
    known = author("GET")["ETag"]
    cases: list[tuple[str, dict[str, str], int]] = [
        ("GET", {}, 200), ("HEAD", {}, 200), ("OPTIONS", {}, 200), ("GET", {"If_None_Match": known}, 304), ("PUT", {}, 405),
        ("GET", {"Prefer": include(IRIS, DESCRIPTIONS)}, 400), ("GET", {"Accept": "image/png"}, 406), ("POST", {}, 400),
    ]  # fmt: skip
    for method, headers, status in cases:
        answer = author(method, "", **headers)
        assert (answer.status_code, answer["Link"]) == (status, LINKS), (method, headers)
        assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"
        assert answer["Accept-Post"] == JSON_LD
        assert answer["Vary"].startswith("Accept, Prefer, Authorization, Cookie")
        assert "text/html" not in answer.get("Content-Type", "")
    page = author("GET", "", Accept="text/html")
    assert (page.status_code, page["Location"]) == (303, f"{SITE}/notebook/")
    assert author("GET", "/anno").headers["Location"] == "/anno/"


def test_a_walk_over_the_pages_meets_each_once(house: House) -> None:
    made, author = fill(house, 41), asker(house.author)
    whole = author("GET").json()
    check_collection(whole)
    assert (whole["total"], whole["first"]["items"][0]["id"]) == (41, made[0])
    assert [len(whole["first"]["items"]), whole["last"]] == [20, f"{SITE}/anno/?iris=0&page=2"]
    for iris in (0, 1):
        met: list[str] = []
        address, last = f"{SITE}/anno/?iris={iris}&page=0", ""
        while address:
            answer = author("GET", address)
            page = answer.json()
            check_page(page)
            assert page["id"] == address == answer["Content-Location"]
            assert page["partOf"] == {"id": f"{SITE}/anno/", "total": 41, "modified": whole["modified"]}
            assert page["startIndex"] == len(met)
            assert page.get("prev", "") == last
            met += page["items"] if iris else [item["id"] for item in page["items"]]
            address, last = page.get("next", ""), address
        assert met == made
    assert author("GET", "?page=3").status_code == 404
    for query in ("?page=-1", "?page=x", "?page=00", "?iris=2", "?pages=1", "?page=0&page=1"):
        assert author("GET", query).status_code == 400, query
    empty = asker(house.outsider)
    assert empty("GET", "?page=0").json()["items"] == []
    assert empty("GET").json()["total"] == 0


def test_prefer_chooses_what_the_first_page_holds(house: House) -> None:
    made, author = fill(house, 3), asker(house.author)
    plain = author("GET")
    assert "Preference-Applied" not in plain
    assert plain["Content-Location"] == f"{SITE}/anno/"
    for wish, number, first in (
        (include(IRIS), 1, made), (include(DESCRIPTIONS), 0, made),
        (include(MINIMAL), 0, f"{SITE}/anno/?iris=0&page=0"), (include(MINIMAL, IRIS), 1, f"{SITE}/anno/?iris=1&page=0"),
    ):  # fmt: skip
        answer = author("GET", "", Prefer=wish)
        body = answer.json()
        assert (answer["Preference-Applied"], body["id"]) == (wish, f"{SITE}/anno/?iris={number}")
        assert answer["Content-Location"] == body["id"]
        assert answer["ETag"] != plain["ETag"]
        check_collection(body)
        items = body["first"] if isinstance(body["first"], str) else body["first"]["items"]
        assert (items if number or isinstance(items, str) else [one["id"] for one in items]) == first
        assert not {"items", "contains"} & body.keys()


def test_the_validator_changes_with_what_its_reader_sees_and_with_nothing_else(house: House) -> None:
    author, stranger = asker(house.author), asker(house.outsider)
    known = {author: "", stranger: ""}

    def changed(*, for_author: bool, for_stranger: bool = False) -> None:
        for who, expected in ((author, for_author), (stranger, for_stranger)):
            found = who("GET")["ETag"]
            assert (found != known[who]) == expected
            assert (who("GET", "", If_None_Match=known[who]).status_code == 304) != expected
            known[who] = found

    changed(for_author=True, for_stranger=True)
    mark = house.mark(comment="Mine.")
    changed(for_author=True)
    other = house.mark("gate", visibility="everyone")
    changed(for_author=True, for_stranger=True)
    reply, _ = reply_to(uid=uuid4(), mark=other, by=house.mate, comment="So?")
    changed(for_author=True, for_stranger=True)
    delete_reply(reply=reply, by=house.mate)
    changed(for_author=True, for_stranger=True)
    delete_annotation(mark=mark, by=house.author)
    changed(for_author=True)
    house.mark(by=house.mate)
    changed(for_author=False)


def test_a_page_costs_the_same_queries_however_many_stand_on_it(house: House) -> None:
    author, counted = asker(house.author), []
    for count in (3, 3, 12):
        fill(house, count)
        with CaptureQueriesContext(connection) as caught:
            author("GET")
        counted.append(len(caught))
    assert len(set(counted[1:])) == 1
    assert counted[1] <= 25


# -- Who may do what (SAFETY's matrix) -----------------------------------------------------------------------------------
PEOPLE = ("nobody", "reader", "author", "mate", "keeper", "outsider", "curator", "admin", "member_who_reads")
#                    nobody rd   au   tm   ta   out  cu   ad   member who reads
TABLE = """
private   read       401  404  200  404  404  404  404  404  404
private   replace    401  404  200  404  404  404  404  404  404
private   delete     401  404  204  404  404  404  404  404  404
private   reply      401  422  201  422  422  422  422  422  422
team      read       401  404  200  200  200  404  404  404  200
team      replace    401  404  200  403  403  404  404  404  403
team      delete     401  404  204  403  403  404  404  404  403
team      reply      401  422  201  201  201  422  422  422  403
everyone  read       401  200  200  200  200  200  200  200  200
everyone  replace    401  403  200  403  403  403  403  403  403
everyone  delete     401  403  204  403  403  403  403  403  403
everyone  reply      401  403  201  201  201  201  201  201  403
hidden    read       401  404  200  404  404  404  200  200  404
hidden    replace    401  404  403  404  404  404  403  403  404
hidden    delete     401  404  204  404  404  404  403  403  404
deleted   read       401  404  410  404  404  404  404  404  404
deleted   replace    401  404  410  404  404  404  404  404  404
never     read       401  404  404  404  404  404  404  404  404
none      private    401  201  201  201  201  201  201  201  201
none      team       401  403  201  201  201  403  403  403  403
none      everyone   401  403  201  201  201  201  201  201  403
"""


def stand(house: House, state: str) -> str:
    """Make an annotation in this state; returns its identity."""
    scope: dict[str, Any] = {"hidden": {"visibility": "everyone"}, "deleted": {"visibility": "everyone"}}.get(
        state, {"visibility": state, "team": house.team if state == "team" else None}
    )
    if state in {"never", "none"}:
        return str(uuid4())
    mark = house.mark("gate", comment="canary-word", **scope)
    if state == "hidden":
        hide_annotation(mark=mark, by=house.curator)
    if state == "deleted":
        delete_annotation(mark=mark, by=house.author)
    return str(mark.uid)


def act(house: House, who: Asker, uid: str, what: str) -> Any:
    audiences = {"team": f"{SITE}/teams/{house.team.pk}/", "everyone": f"{SITE}/"}
    if what == "read":
        return who("GET", uid)
    if what == "replace":
        audience = {"id": f"{SITE}/", "type": "Audience"}
        return who("PUT", uid, annotation(house, "gate", audience=audience), If_Match="*")
    if what == "delete":
        return who("DELETE", uid, If_Match="*")
    if what == "reply":
        return who.post(
            {
                "@context": ANNO,
                "type": "Annotation",
                "motivation": "replying",
                "bodyValue": "x",
                "target": f"{SITE}/anno/{uid}",
            }
        )
    audience = {"id": audiences[what], "type": "Audience"} if what in audiences else {}
    return who.post(annotation(house, "dusk", **({"audience": audience} if audience else {})))


def test_the_matrix_of_people_objects_and_acts_holds(house: House) -> None:
    admin = make_user("admin", name="admin")
    people: dict[str, Any] = {name: getattr(house, name) for name in PEOPLE[1:] if name != "admin"} | {"admin": admin}
    askers = {"nobody": asker(None), **{name: asker(user) for name, user in people.items()}}
    never = askers["author"]("GET", str(uuid4())).content
    for line in TABLE.strip().splitlines():
        state, what, *statuses = line.split()
        assert len(statuses) == len(PEOPLE)
        uid = ""
        for name, status in zip(PEOPLE, statuses, strict=True):
            uid = uid or stand(house, state)
            answer = act(house, askers[name], uid, what)
            assert answer.status_code == int(status), (state, what, name, answer.content)
            if status in {"200", "204"} and what != "read":
                uid = ""  # it is another by now
            if status == "404":
                assert answer.content == never
            if status in {"401", "403", "404", "410", "422"}:
                assert b"canary" not in answer.content
                assert answer["Content-Type"] == "application/problem+json"
            if status == "401":
                assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_that_may_only_read_changes_nothing(house: House) -> None:
    uid = str(house.mark(comment="Why?").uid)
    reader = asker(house.author, scope="read")
    assert reader("GET", uid).status_code == 200
    for what in ("replace", "delete", "reply", "private"):
        assert act(house, reader, uid, what).status_code == 403, what
    assert Annotation.objects.get().revision == 1


def test_words_of_others_stand_in_no_answer(house: House) -> None:
    house.mark("gate", comment="canary-private")
    mark = house.mark("dusk", comment="canary-team", visibility="team", team=house.team)
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="canary-reply")
    for person in (house.reader, house.outsider, house.curator):
        who = asker(person)
        for query in ("", "?iris=1", "?page=0"):
            for accept in ("application/ld+json", "text/turtle"):
                answer = who("GET", query, Accept=accept)
                assert answer.status_code == 200
                assert b"canary" not in answer.content
        assert who("GET").json()["total"] == 0


def test_a_reading_room_that_is_open_shows_visitors_an_empty_container(house: House, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    uid, nobody = str(house.mark(visibility="everyone").uid), asker(None)
    assert nobody("GET").json()["total"] == 0
    statuses = [nobody("GET", uid), nobody("DELETE", uid, If_Match="*"), nobody.post(annotation(house))]
    assert [answer.status_code for answer in statuses] == [404, 401, 401]
