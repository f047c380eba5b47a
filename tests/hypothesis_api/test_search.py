"""Searching by the Hypothesis protocol: filters, order, limits, and walking through everything once."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.replies import reply_to
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article
from tests.hypothesis_api.speaking import HOST, Program, quote, uri_of

pytestmark = pytest.mark.django_db
MANY = 450


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def author(house: House) -> Program:
    return Program(house.author)


def make_many(house: House, many: int) -> None:
    """Make annotations and replies by two statements, as an import does."""
    marks = Annotation.objects.bulk_create(
        Annotation(owner=house.author, article=house.article, comment=f"n{n}", visibility="everyone")
        for n in range(many)
    )
    Reply.objects.bulk_create(
        Reply(owner=house.mate, annotation=mark, comment="Yes.", visibility="everyone") for mark in marks[::3]
    )


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_search_after_meets_each_row_once_even_after_a_bulk_import(house: House, author: Program, order: str) -> None:
    make_many(house, MANY)
    met: list[str] = []
    asked: dict[str, Any] = {"limit": 200, "order": order}
    while rows := author.get("/search", **asked).json()["rows"]:
        met += [row["id"] for row in rows]
        asked["search_after"] = rows[-1]["updated"]
    everything = {str(uid) for kind in (Annotation, Reply) for uid in kind.objects.values_list("uid", flat=True)}
    assert len(met) == len(everything) == MANY + MANY // 3
    assert set(met) == everything


@pytest.mark.parametrize("sort", ["updated", "created", "group", "id", "user"])
def test_offset_meets_each_row_once_in_every_order(house: House, author: Program, sort: str) -> None:
    make_many(house, 6)
    house.mark("lamps")
    house.mark("dusk", visibility="team", team=house.team)
    found = [author.get("/search", sort=sort, order="asc", limit=3, offset=at).json()["rows"] for at in (0, 3, 6, 9)]
    rows = [row for page in found for row in page]
    assert len({row["id"] for row in rows}) == len(rows) == 10
    shown = [row[sort] for row in rows]
    # The database may order names by another alphabet than Python's; the same names stand together in any.
    assert shown == sorted(shown) if sort in {"updated", "created", "id"} else len(_runs(shown)) == len(set(shown))


def _runs(values: list[str]) -> list[str]:
    return [value for at, value in enumerate(values) if at == 0 or values[at - 1] != value]


def test_search_after_works_with_names_and_ids(house: House, author: Program) -> None:
    house.mark("lamps", visibility="everyone")
    house.mark("dusk", visibility="everyone", by=house.mate)
    for sort in ("user", "id", "group"):
        rows = author.get("/search", sort=sort, order="asc").json()["rows"]
        later = author.get("/search", sort=sort, order="asc", search_after=rows[0][sort]).json()["rows"]
        assert [row["id"] for row in later] == [row["id"] for row in rows if row[sort] != rows[0][sort]]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"limit": 201}, "limit: 201 is greater than maximum value 200"),
        ({"limit": -1}, "limit: -1 is less than minimum value 0"),
        ({"limit": "x"}, 'limit: "x" is not a number'),
        ({"offset": 9801}, "offset: 9801 is greater than maximum value 9800"),
        ({"sort": "colour"}, 'sort: "colour" is not one of updated, created, group, id, user'),
        ({"order": "up"}, 'order: "up" is not one of desc, asc'),
        (
            {"wildcard_uri": "http://*.example/x"},
            "wildcard_uri: Wildcards are not permitted within the domain of wildcard_uri",
        ),
        (
            {"search_after": "yesterday"},
            (
                "search_after: search_after must be a parsable date in the form yyyy-MM-dd'T'HH:mm:ss.SSX"
                " or time in miliseconds since the epoch."
            ),
        ),
    ],
)
def test_a_search_beyond_the_limits_is_refused(author: Program, asked: dict[str, Any], reason: str) -> None:
    answer = author.get("/search", **asked)
    assert (answer.status_code, answer.json()) == (400, {"status": "failure", "reason": reason})


def test_limits_count_and_unknown_parameters(house: House, author: Program) -> None:
    make_many(house, 23)
    assert author.get("/search", limit=0, colour="red").json() == {"total": 31, "rows": []}
    assert len(author.found()) == 20
    assert len(author.found(limit=200)) == 31
    assert len(author.found(limit=200, offset=30)) == 1
    assert author.found(limit=1, offset=9800) == []


def test_documents_are_found_by_any_way_of_writing_their_address(house: House, author: Program) -> None:
    other = make_article("Another text altogether, long enough to be marked by somebody.")
    here, there = house.mark(visibility="everyone"), author.make(other)["id"]
    reply, _ = reply_to(uid=uuid4(), mark=here, by=house.mate, comment="Indeed.")
    both = [str(reply.uid), str(here.uid)]
    pk = house.article.pk
    for uri in (
        uri_of(house.article),
        f"https://{HOST}/articles/{pk}",
        f"http://localhost/articles/{pk}/other/?q=x#p3",
    ):
        assert author.found(uri=uri) == both
        assert author.found(url=uri) == both
    assert author.found(uri=[uri_of(house.article), uri_of(other)]) == [str(reply.uid), there, str(here.uid)]
    assert author.found(uri="https://elsewhere.example/articles/1/x/") == []
    assert author.found(wildcard_uri=f"http://{HOST}/articles/{pk}/*") == both
    assert author.found(wildcard_uri=f"http://{HOST}/articles/*") == [str(reply.uid), there, str(here.uid)]
    assert author.found(wildcard_uri=f"http://{HOST}/articles/{pk}/%*") == []
    assert author.found(wildcard_uri="http://elsewhere.example/articles/*") == []


def test_words_are_whole_and_all_must_be_there(house: House, author: Program) -> None:
    made = {
        name: author.make(house.article, **said)["id"]
        for name, said in cast(
            "dict[str, dict[str, Any]]",
            {
                "n1": {"text": "n1 of the Weir"},
                "n11": {"text": "n11 of the weir, wéir"},
                "quoted": {"target": quote("lit before dusk"), "text": "Evening"},
                "tagged": {"tags": ["Prison break", "water"], "text": "x"},
            },
        ).items()
    }
    reply = Program(house.mate).make(house.article, text="n1, again", references=[made["n1"]])["id"]
    assert author.found(text="n1") == [reply, made["n1"]]
    assert author.found(text='"N1 weir"') == [made["n1"]]
    assert author.found(text=["n1", "weir"]) == [made["n1"]]
    assert author.found(text="WEIR") == [made["n11"], made["n1"]]
    assert author.found(text="wei") == []
    assert author.found(quote="dusk lit") == [made["quoted"]]
    assert author.found(quote="dus") == []
    assert author.found(any="evening dusk") == [made["quoted"]]
    assert author.found(any="prison") == [made["tagged"]]
    assert author.found(any="n1") == [reply, made["n1"]]
    assert author.found(tag="prison BREAK") == [made["tagged"]]
    assert author.found(tags=["Water", "prison break"]) == [made["tagged"]]
    assert author.found(tags="[water,Prison break]") == [made["tagged"]]
    assert author.found(tag=["water", "weir"]) == []
    assert author.found(tag="prison") == []
    for hostile in ("' or 1=1 --", "%", "\\", "(((", "[a]", "*" * 400, "\u202e"):
        for name in ("text", "quote", "any", "tag", "user", "group", "uri", "references"):
            assert author.get("/search", **{name: hostile}).status_code == 200


def test_people_and_groups_filter(house: House, author: Program) -> None:
    mine, theirs = house.mark(visibility="everyone"), house.mark("dusk", by=house.mate, visibility="everyone")
    team = house.mark("gate", visibility="team", team=house.team)
    assert author.found(user="MATE") == [str(theirs.uid)]
    assert author.found(user=f"acct:Mate@{HOST.upper()}") == [str(theirs.uid)]
    assert author.found(user="acct:mate@elsewhere.example") == []
    assert author.found(user=["mate", "author"]) == [str(team.uid), str(theirs.uid), str(mine.uid)]
    assert author.found(group=str(house.team.uid)) == [str(team.uid)]
    assert author.found(group="__world__") == [str(theirs.uid), str(mine.uid)]
    assert Program(house.outsider).found(group=str(house.team.uid)) == []


def test_a_page_of_rows_costs_the_same_however_many_they_are(house: House, author: Program) -> None:
    author.get("/search")  # which keeps, once a minute, when a token was used
    counts = []
    for many in (1, 2, 27):
        for _ in range(many):
            mark = house.mark(visibility="everyone", tags=())
            reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Yes.")
        with CaptureQueriesContext(connection) as queries:
            assert author.get("/search", limit=200).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert AnnotationSpan.objects.count() == 30
