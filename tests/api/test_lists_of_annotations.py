"""Lists: filters, pages, fields, and what they cost; and that what the database writes is what the schema says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from monitor.annotations.actions import resolve_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.replies import reply_to
from monitor.api.links import Links
from monitor.api.rows.annotations import annotation_members, drawn, reply_members
from monitor.api.serializers.annotations import AnnotationShown, ReplyShown
from monitor.api.serializers.keeping import MeShown, SavedSearchShown, TagShown, TeamShown, TokenShown, WholeTeam
from monitor.search.resolving import Asked
from monitor.search.saving import save_search
from tests.api.stage import API, ask, set_stage
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from django.test import Client

    from tests.api.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest.fixture
def client(stage: Stage) -> Client:
    return stage.program("author")


def ids(client: Client, query: str = "") -> list[str]:
    answer = ask(client, "GET", f"annotations/{query}")
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["results"]]


def test_annotation_says_all_that_its_schema_says(stage: Stage, client: Client) -> None:
    tag = make_tag(name="water/weir", by=stage.house.author)
    mark = stage.keep("mark", comment="High", tags=(tag,), visibility="team", team=stage.house.team)
    resolve_annotation(mark=mark, by=stage.house.mate)
    mark.refresh_from_db()
    one = ask(client, "GET", f"annotations/{mark.uid}/").json()
    assert list(one) == list(AnnotationShown.names())
    assert ask(client, "GET", "annotations/").json()["results"] == [one]
    at = f"http://testserver/api/v1/annotations/{mark.uid}/"
    span = mark.spans.get()
    assert one == {
        "id": str(mark.uid),
        "url": at,
        "html_url": f"http://testserver/annotations/{mark.uid}/",
        "created": f"{mark.created:%Y-%m-%dT%H:%M:%S.%fZ}",
        "updated": f"{mark.updated:%Y-%m-%dT%H:%M:%S.%fZ}",
        "revision": 2,
        "owner": {"username": "author", "name": ""},
        "article": stage.house.article.pk,
        "issue": None,
        "visibility": "team",
        "team": str(stage.house.team.uid),
        "comment": "High",
        "colour": "yellow",
        "tags": ["water/weir"],
        "targets": [
            {
                "quote": "lamps",
                "prefix": span.prefix,
                "suffix": span.suffix,
                "start": span.start,
                "end": span.end,
                "note": None,
                "text_version": 1,
                "state": "exact",
                "score": 1,
            }
        ],
        "resolved": f"{mark.resolved:%Y-%m-%dT%H:%M:%S.%fZ}",
        "resolved_by": "mate",
        "hidden": None,
        "replies_url": f"{at}replies/",
    }


def test_written_rows_equal_what_the_serializers_make_of_them(stage: Stage) -> None:
    """The schema of the documentation is the serializer's; lists are written by the database."""
    links = Links("https://monitor.example/")
    mark = stage.keep("mark")
    assert list(annotation_members(stage.house.author, links)) == list(AnnotationShown.names())
    assert list(reply_members(links)) == list(ReplyShown.names())
    row = drawn(
        Annotation.objects.visible_to(stage.house.author), annotation_members(stage.house.author, links), None
    ).get()
    assert row["drawn"].startswith(
        f'{{"id" : "{mark.uid}", "url" : "https://monitor.example/api/v1/annotations/{mark.uid}/"'
    )


def test_small_resources_say_what_their_schemas_say(stage: Stage, client: Client) -> None:
    tag = make_tag(name="weir", by=stage.house.author)
    search = save_search(by=stage.house.author, name="Lamps", asked=Asked("lamps"))
    told: dict[str, Any] = {
        "me/": MeShown,
        f"teams/{stage.house.team.uid}/": WholeTeam,
        f"tags/{tag.uid}/": TagShown,
        f"saved-searches/{search.uid}/": SavedSearchShown,
    }
    for address, shown in told.items():
        assert set(ask(client, "GET", address).json()) == set(shown.names()), address
    lists: dict[str, Any] = {"teams/": TeamShown, "tags/": TagShown, "saved-searches/": SavedSearchShown}
    for address, shown in lists.items():
        assert set(ask(client, "GET", address).json()["results"][0]) == set(shown.names()), address
    [token] = ask(stage.browser("author"), "GET", "me/tokens/").json()["results"]
    assert set(token) == set(TokenShown.names())


def test_filters_narrow_alone_and_together(stage: Stage, client: Client) -> None:
    house = stage.house
    tag = make_tag(name="water/weir", by=house.author)
    team = stage.keep("team", visibility="team", team=house.team, comment="Ärger am Wehr")
    tagged = stage.keep("tagged", tags=(tag,))
    theirs = stage.keep("theirs", by=house.mate, visibility="everyone")
    AnnotationSpan.objects.filter(annotation=theirs).update(state="fuzzy")
    whole = ask(client, "POST", "annotations/", {"issue": house.article.issue_id, "comment": "All of it"}).json()["id"]
    Annotation._default_manager.filter(pk=team.pk).update(updated=timezone.now() + timedelta(hours=1))
    names = {str(team.uid): "team", str(tagged.uid): "tagged", str(theirs.uid): "theirs", whole: "whole"}
    wanted = {
        "": ["team", "tagged", "theirs", "whole"],
        "?owner=me": ["team", "tagged", "whole"],
        "?owner=mate": ["theirs"],
        "?owner=mate&owner=me&visibility=everyone&visibility=team": ["team", "theirs"],
        f"?team={house.team.uid}": ["team"],
        f"?article={house.article.pk}": ["team", "tagged", "theirs"],
        f"?issue={house.article.issue_id}": ["whole"],
        "?tag=water": ["tagged"],
        "?tag=water/weir": ["tagged"],
        "?tag=wat": [],
        "?state=fuzzy": ["theirs"],
        "?state=exact": ["team", "tagged"],
        "?state=commented&state=fuzzy": ["team", "theirs", "whole"],
        "?q=arger": ["team"],
        "?q=lamps&owner=me": ["team", "tagged"],
        f"?updated_after={timezone.now() + timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}": ["team"],
    }
    found = {query: [names[uid] for uid in ids(client, query)] for query in wanted}
    assert found == wanted
    here = ask(client, "GET", f"articles/{house.article.pk}/annotations/?owner=me").json()["results"]
    assert [names[one["id"]] for one in here] == ["team", "tagged"]


def test_pages_meet_each_annotation_once_there_and_back(stage: Stage, client: Client) -> None:
    moment = timezone.now()
    marks = [stage.keep(f"mark {number}") for number in range(7)]
    Annotation._default_manager.update(created=moment)  # a bulk import shares one moment
    page = ask(client, "GET", "annotations/?page_size=3&count=exact").json()
    there, total = [page["results"]], page["total"]
    stage.keep("later")
    while page["next"]:
        page = ask(client, "GET", page["next"].removeprefix("http://testserver")).json()
        there.append(page["results"])
    back = [page["results"]]
    while page["previous"]:
        page = ask(client, "GET", page["previous"].removeprefix("http://testserver")).json()
        back.append(page["results"])
    assert total == 7
    assert [len(one) for one in there] == [3, 3, 2]
    assert [one["id"] for results in there for one in results][:7] == [str(mark.uid) for mark in marks]
    assert back[1:] == there[:-1][::-1]


def test_only_chosen_fields_are_said(stage: Stage, client: Client) -> None:
    mark = stage.keep("mark")
    chosen = {"id": str(mark.uid), "comment": ""}
    assert ask(client, "GET", "annotations/?fields=comment,id").json()["results"] == [chosen]
    assert ask(client, "GET", f"annotations/{mark.uid}/?fields=comment,id").json() == chosen
    assert ask(client, "GET", "teams/?fields=name").json()["results"] == [{"name": "Rivers"}]


def test_lists_cost_the_same_with_one_with_three_and_with_many(stage: Stage, client: Client) -> None:
    """Token with its owner, the count of requests, and one statement for the page."""
    house, counts = stage.house, []
    addresses = ["annotations/", f"articles/{house.article.pk}/annotations/", "tags/", "teams/", "saved-searches/"]
    mark = stage.keep("first")
    addresses.append(f"annotations/{mark.uid}/replies/")
    for many in (1, 3, 9):
        for number in range(many):
            tag = make_tag(name=f"tag {many}-{number}", by=house.author)
            stage.keep(f"{many}-{number}", tags=(tag,))
            save_search(by=house.author, name=f"Lamps {many}-{number}", asked=Asked("lamps"))
            reply_to(uid=stage.house.mark(by=house.mate).uid, mark=mark, by=house.author, comment="Yes")
        counts.append([queries_for(client, API + address) for address in addresses])
    assert counts == [[3, 4, 3, 3, 3, 4]] * 3


def test_note_of_an_article_can_be_marked(stage: Stage, client: Client) -> None:
    sent = stage.new_mark(targets=[{"quote": "Report on Dues", "note": 1}, {"quote": "lamps"}])
    made = ask(client, "POST", "annotations/", sent)
    assert made.status_code == 201
    assert [(one["quote"], one["note"]) for one in made.json()["targets"]] == [("lamps", None), ("Report on Dues", 1)]
    assert (
        ask(client, "POST", "annotations/", stage.new_mark(targets=[{"quote": "lamps", "note": 9}])).status_code == 422
    )


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ({"quote": "lamps", "start": 4, "end": 9}, 201),
        ({"quote": "lamps", "start": 400, "end": 409}, 201),
        ({"quote": "the", "prefix": "held ", "suffix": " gate"}, 201),
        ({"quote": "amp"}, 201),
        ({"quote": "e", "prefix": "th", "suffix": " gat"}, 201),
        ({"quote": "no such words"}, 422),
        ({"quote": "no such words", "start": 4, "end": 9}, 422),
    ],
)
def test_words_are_found_or_nothing_is_made(stage: Stage, client: Client, target: dict[str, Any], status: int) -> None:
    answer = ask(client, "POST", "annotations/", stage.new_mark(targets=[target]))
    assert answer.status_code == status
    if status == 201:
        [found] = answer.json()["targets"]
        assert found["quote"] == stage.house.body[found["start"] : found["end"]]
        assert target["quote"] in found["quote"]
    else:
        assert Annotation._default_manager.count() == 0


def test_what_is_sent_back_changes_nothing_but_what_is_meant(stage: Stage, client: Client) -> None:
    shared, own = (make_tag(name="weir", by=stage.house.author, private=private) for private in (False, True))
    mark = stage.keep("mark", tags=(shared,))
    sent = {"comment": "New", "colour": "red", "visibility": "private", "team": None, "tags": ["weir"]}
    answer = ask(client, "PUT", f"annotations/{mark.uid}/", sent, If_Match="*")
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in sent} == sent
    assert list(mark.taggings.values_list("tag", flat=True)) == [shared.pk]  # not one's own of that name
    assert own.path == shared.path


def test_sharing_is_a_change_as_well(stage: Stage, client: Client) -> None:
    mark, team = stage.keep("mark"), str(stage.house.team.uid)
    shared = ask(client, "PATCH", f"annotations/{mark.uid}/", {"visibility": "team", "team": team}, If_Match="*").json()
    assert (shared["visibility"], shared["team"]) == ("team", team)
    foreign = {"visibility": "team", "team": "5b1f6a52-9d0f-4a0b-8a57-000000000001"}
    assert ask(client, "PATCH", f"annotations/{mark.uid}/", foreign, If_Match="*").status_code == 403
    back = ask(client, "PATCH", f"annotations/{mark.uid}/", {"visibility": "private"}, If_Match="*").json()
    assert (back["visibility"], back["team"]) == ("private", None)
