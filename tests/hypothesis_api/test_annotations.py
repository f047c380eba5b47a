"""Making, reading, changing and deleting annotations by the Hypothesis protocol, object by object."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.replies import reply_to
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article
from tests.hypothesis_api.speaking import HOST, Program, quote, uri_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def author(house: House) -> Program:
    return Program(house.author)


def test_an_object_is_exactly_of_the_protocols_shape(house: House, author: Program) -> None:
    target = quote("lamps", "The ", " were lit")
    made = author.make(house.article, text="Which?", tags=["Light", "water/Weir"], target=target, colour="#fff")
    mark = Annotation.objects.get()
    me = f"acct:author@{HOST}"
    assert made == {
        "id": str(mark.uid),
        "created": mark.created.isoformat(timespec="microseconds"),
        "updated": mark.updated.isoformat(timespec="microseconds"),
        "user": me,
        "uri": uri_of(house.article),
        "text": "Which?",
        "tags": ["Light", "water/Weir"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": [me], "delete": [me], "admin": [me]},
        "target": [{"source": uri_of(house.article), "selector": target[0]["selector"]}],
        "document": {"title": [house.article.title]},
        "links": {
            "html": f"{uri_of(house.article)}#a{mark.uid}",
            "incontext": f"{uri_of(house.article)}#a{mark.uid}",
            "json": f"http://{HOST}/hypothesis/api/annotations/{mark.uid}",
        },
        "hidden": False,
        "flagged": False,
        "user_info": {"display_name": "author"},
        "mentions": [],
        "actions": [],
        "moderation_status": "APPROVED",
        "colour": "#fff",
    }
    assert made["created"].endswith("+00:00")
    assert author.get(f"/annotations/{mark.uid}").json() == made
    assert author.get("/search").json() == {"total": 1, "rows": [made]}
    assert author.ask("HEAD", f"/annotations/{mark.uid}").status_code == 200
    assert mark.spans.get().quote == "lamps"


def test_a_mark_of_ours_is_told_by_words_and_utf_16_units() -> None:
    article = make_article("\U0001f30a The lamps \U0001f30a were lit before dusk, and nobody held the gate that night.")
    house_mark = Program(None)
    assert house_mark.get(f"/annotations/{uuid4()}").status_code == 401
    author = Program(make_house().author)
    made = author.make(article, target=quote("\U0001f30a were"))
    Annotation.objects.get().sent.all().delete()
    (target,) = author.get(f"/annotations/{made['id']}").json()["target"]
    assert target["selector"] == [
        {
            "type": "TextQuoteSelector",
            "exact": "\U0001f30a were",
            "prefix": "\U0001f30a The lamps ",
            "suffix": " lit before dusk, and nobody hel",
        },
        {"type": "TextPositionSelector", "start": 13, "end": 20},
    ]
    span = Annotation.objects.get().spans.get()
    assert (span.start, span.end) == (12, 18)


def test_a_position_is_believed_where_the_words_stand_at_it_and_never_else() -> None:
    article = make_article("\U0001f30a For one gate, two gates, one gate, and a gate more at the end.")
    author = Program(make_house().author)

    def place(start: int, end: int) -> tuple[int, int]:
        target = quote("one gate")
        target[0]["selector"].append({"type": "TextPositionSelector", "start": start, "end": end})
        span = Annotation.objects.get(uid=author.make(article, target=target)["id"]).spans.get()
        return span.start, span.end

    assert place(28, 36) == (27, 35)
    assert place(9_000, 9_008) == (6, 14)
    lonely = [{"source": "x", "selector": [{"type": "TextPositionSelector", "start": 7, "end": 15}]}]
    assert Annotation.objects.get(uid=author.make(article, target=lonely)["id"]).spans.get().quote == "one gate"


def test_words_that_are_not_there_are_kept_as_lost_and_given_back(house: House, author: Program) -> None:
    target = quote("a sentence that nobody ever printed in any issue of any year")
    made = author.make(house.article, target=target)
    assert Annotation.objects.get().spans.get().state == "orphan"
    assert made["target"][0]["selector"] == target[0]["selector"]
    assert author.found(quote="nobody printed") == [made["id"]]


def test_a_word_on_the_whole_page_has_no_selectors(house: House, author: Program) -> None:
    none: list[dict[str, Any]] = [
        {}, {"target": []}, {"target": [{"source": "x"}]}, {"target": [{"source": "x", "selector": []}]},
    ]  # fmt: skip
    for target in none:
        made = author.make(house.article, text="All of it.", **target)
        assert made["target"] == [{"source": uri_of(house.article)}]
    issue = house.article.issue
    made = author.ask("POST", "/annotations", {"uri": f"http://{HOST}{issue.get_absolute_url()}", "text": "x"}).json()
    assert made["uri"] == f"http://{HOST}/issues/{issue.pk}/"
    assert made["document"] == {"title": [f"{issue.periodical} {issue.label}"]}
    assert (Annotation.objects.filter(issue=issue).count(), made["permissions"]["read"]) == (1, [made["user"]])


def test_words_in_a_printed_note_are_found_there(house: House, author: Program) -> None:
    made = author.make(house.article, target=quote("Report on Dues"))
    span = Annotation.objects.get().spans.get()
    assert (span.note_number, span.quote, span.state) == (1, "Report on Dues", "exact")
    ForeignMark.objects.all().delete()
    (target,) = author.get(f"/annotations/{made['id']}").json()["target"]
    assert target["selector"][1] == {"type": "FragmentSelector", "value": "n1"}
    assert author.make(house.article, target=[target])["target"][0]["selector"] == target["selector"]
    assert [one.note_number for mark in Annotation.objects.all() for one in mark.spans.all()] == [1, 1]


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_patch_and_put_change_what_they_bring(house: House, author: Program, method: str) -> None:
    made = author.make(house.article, text="One.", tags=["Weir"], target=quote("lamps"), extra={"a": [1]})
    path = f"/annotations/{made['id']}"
    changed = author.ask(method, path, {"text": "Two.", "references": ["x"], "group": "elsewhere", "user": "x"}).json()
    assert changed == {**made, "text": "Two.", "updated": changed["updated"]}
    assert changed["updated"] > made["updated"]
    whole = {**changed, "tags": ["Weir", "Gate"], "more": 1}
    again = author.ask(method, path, whole).json()
    assert again == {**whole, "updated": again["updated"]}
    assert Annotation.objects.get().spans.count() == 1
    moved = author.ask(method, path, {"target": quote("dusk")}).json()
    assert moved["target"][0]["selector"] == quote("dusk")[0]["selector"]
    assert [span.quote for span in Annotation.objects.get().spans.all()] == ["dusk"]
    private = author.ask(method, path, {"permissions": {"read": [made["user"]]}}).json()
    assert (private["permissions"]["read"], private["group"]) == ([made["user"]], "__world__")
    assert private["moderation_status"] is None
    assert Annotation.objects.get().visibility == "private"


def test_what_was_edited_here_is_told_as_it_stands_here(house: House, author: Program) -> None:
    mark = house.mark("lamps", tags=(), comment="  Two blanks before.")
    made = author.get(f"/annotations/{mark.uid}").json()
    assert made["target"][0]["selector"][0]["exact"] == "lamps"
    assert made["text"] == "  Two blanks before."
    changed = author.ask("PATCH", f"/annotations/{mark.uid}", {"tags": ["Weir"]}).json()
    assert changed["target"] == made["target"]
    assert ForeignMark.objects.get().target is None


def test_a_mark_on_several_passages_keeps_them_when_its_words_change(house: House, author: Program) -> None:
    mark = house.mark("lamps")
    span = mark.spans.get()
    span.pk, span.position, span.start, span.end, span.quote = None, 1, 0, 3, "The"
    span.save()
    told = author.get(f"/annotations/{mark.uid}").json()
    author.ask("PUT", f"/annotations/{mark.uid}", {**told, "text": "Both."})
    assert [one.quote for one in mark.spans.order_by("position")] == ["lamps", "The"]


def test_deleting_puts_into_the_trash(house: House, author: Program) -> None:
    made = author.make(house.article)
    path = f"/annotations/{made['id']}"
    answer = author.ask("DELETE", path)
    assert (answer.status_code, answer.json()) == (200, {"id": made["id"], "deleted": True})
    assert author.get(path).status_code == 404
    assert Annotation.objects.get().deleted is not None


def test_replies_name_all_above_them_parent_last(house: House, author: Program) -> None:
    made = author.make(house.article, text="Why?")
    mate = Program(house.mate)
    said = {"text": " Because. ", "references": [made["id"]], "tags": ["odd"], "group": "nonsense"}
    reply = mate.make(house.article, **said)
    further = author.make(house.article, text="Yes.", references=["unknown", made["id"], reply["id"]])
    assert (reply["references"], reply["text"], reply["tags"]) == ([made["id"]], " Because. ", ["odd"])
    assert (reply["uri"], reply["group"], reply["target"]) == (made["uri"], "__world__", [{"source": made["uri"]}])
    assert further["references"] == [made["id"], reply["id"]]
    assert Reply.objects.count() == 2
    changed = mate.ask("PATCH", f"/annotations/{reply['id']}", {"text": "Since."}).json()
    assert changed == {**reply, "text": "Since.", "updated": changed["updated"]}
    assert author.found(references=made["id"], order="asc") == [further["id"], reply["id"]]
    assert author.found(references=reply["id"]) == [further["id"]]
    apart = author.get("/search", _separate_replies="true").json()
    assert (apart["total"], [row["id"] for row in apart["rows"]]) == (1, [made["id"]])
    assert [row["id"] for row in apart["replies"]] == [reply["id"], further["id"]]
    assert mate.ask("DELETE", f"/annotations/{reply['id']}").json() == {"id": reply["id"], "deleted": True}


def test_a_reply_for_oneself_is_read_by_nobody_else(house: House, author: Program) -> None:
    made = author.make(house.article)
    mate = Program(house.mate)
    mine = mate.make(house.article, text="Quietly.", references=[made["id"]], permissions={"read": ["acct:mate@x"]})
    assert author.get(f"/annotations/{mine['id']}").status_code == 404
    assert (Reply.objects.get().visibility, mine["moderation_status"]) == ("private", None)
    shared = mate.ask("PATCH", f"/annotations/{mine['id']}", {"permissions": {"read": ["group:__world__"]}}).json()
    assert shared["permissions"]["read"] == ["group:__world__"]
    assert author.get(f"/annotations/{mine['id']}").json()["text"] == "Quietly."


def test_replies_made_on_our_pages_are_objects_as_well(house: House, author: Program) -> None:
    mark = house.mark(visibility="team", team=house.team)
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Indeed.")
    told = author.get(f"/annotations/{reply.uid}").json()
    assert (told["references"], told["group"], told["text"]) == ([str(mark.uid)], str(house.team.uid), "Indeed.")
    assert told["links"]["html"] == f"http://{HOST}/annotations/{mark.uid}/#r{reply.uid}"


def test_a_private_one_stays_in_the_group_it_was_written_in(house: House, author: Program) -> None:
    team = str(house.team.uid)
    mine = author.make(house.article, group=team, permissions={"read": [f"acct:author@{HOST}"]})
    assert (mine["group"], mine["permissions"]["read"]) == (team, [f"acct:author@{HOST}"])
    assert author.found(group=team) == [mine["id"]]
    assert author.found(group="__world__") == []
    assert Program(house.mate).found(group=team) == []
    shared = author.ask("PATCH", f"/annotations/{mine['id']}", {"permissions": {"read": [f"group:{team}"]}}).json()
    assert (shared["group"], shared["permissions"]["read"]) == (team, [f"group:{team}"])
    assert Annotation.objects.get().team == house.team
    assert Program(house.mate).found(group=team) == [mine["id"]]
    again = author.ask("PATCH", f"/annotations/{mine['id']}", {"permissions": {"read": ["group:__world__"]}}).json()
    assert (again["group"], again["permissions"]["read"]) == (team, [f"acct:author@{HOST}"])


def test_a_shared_tag_stays_itself_when_an_object_comes_back(house: House, author: Program) -> None:
    made = author.make(house.article, tags=["Violence/Prison break"])
    shared = Annotation.objects.get().taggings.get().tag
    assert (shared.path, shared.owner, shared.team) == ("violence/prison-break", None, None)
    private = author.make(house.article, tags=["violence/prison break"], permissions={"read": ["acct:me"]})
    assert private["tags"] == ["violence/prison break"]
    back = author.ask("PUT", f"/annotations/{private['id']}", {**private, "text": "x"}).json()
    assert back["tags"] == private["tags"]
    assert {use.tag for mark in Annotation.objects.all() for use in mark.taggings.all()} == {shared}
    assert sorted(author.found(tag="VIOLENCE/prison break")) == sorted([made["id"], private["id"]])


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"uri": ""}, "uri: 'uri' is a required property"),
        ({"uri": 5}, "uri: 5 is not of type 'string'"),
        ({"uri": "https://elsewhere.example/articles/1/x/"}, "uri: this is no address of an article or issue here"),
        ({"uri": f"http://{HOST}/articles/99999999/x/"}, "uri: this is no address of an article or issue here"),
        ({"tags": "weir"}, "tags: 'weir' is not of type 'array'"),
        ({"tags": ["weir", 5]}, "tags.1: 5 is not of type 'string'"),
        ({"text": None}, "text: None is not of type 'string'"),
        ({"permissions": {}}, "permissions: 'read' is a required property"),
        ({"target": [{"selector": [{"exact": "x"}]}]}, "target.0.selector.0: 'type' is a required property"),
        ({"target": [5]}, "target.0: 5 is not of type 'object'"),
        ({"document": []}, "document: [] is not of type 'object'"),
        ({"more": "x" * 17_000}, "unknown properties have more than 16,384 bytes"),
        ({"references": [str(uuid4())]}, "references: the annotation that this answers is not here"),
        ({"tags": [f"t{n}" for n in range(51)]}, "An annotation has at most 50 tags."),
        ({"text": "x" * 20_001}, "A comment has at most 20,000 characters; this one has 20,001."),
    ],
)
def test_what_is_said_wrongly_is_refused_with_a_reason(
    house: House, author: Program, said: dict[str, Any], reason: str
) -> None:
    answer = author.ask("POST", "/annotations", {"uri": uri_of(house.article)} | said)
    assert (answer.status_code, answer.json()) == (400, {"status": "failure", "reason": reason})
    assert Annotation.objects.count() == 0


def test_bodies_that_are_no_json_and_addresses_that_are_none_are_told_in_json(author: Program) -> None:
    nul = b'{"uri": "\\u0000"}'
    there = "/hypothesis/api/annotations"
    answer = author.client.post(there, nul, content_type="application/json", headers=author.headers)
    assert (answer.status_code, answer.json()["status"]) == (400, "failure")
    form = author.client.post("/hypothesis/api/annotations", {"uri": "x"}, headers=author.headers)
    assert (form.status_code, form.json()["status"]) == (415, "failure")
    for path in ("/nothing", "/annotations/", f"/annotations/{uuid4()}", "/annotations/%00", "/groups/x"):
        assert author.ask("GET", path).json()["status"] == "failure"
    assert author.ask("GET", f"/annotations/{uuid4()}").content == author.ask("GET", "/nothing").content
    assert author.ask("GET", "/annotations").status_code == 405
