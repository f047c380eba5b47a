"""One annotation over the protocol: made, read, replaced, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from monitor.annotations.actions import change_annotation
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.operations import undo
from monitor.annotations.replies import reply_to
from tests.anno.asking import ANNO, JSON_LD, SITE, annotation, asker, iri
from tests.anno.model import check_annotation
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.anno.asking import Asker

pytestmark = pytest.mark.django_db
LINKS = '<http://www.w3.org/ns/ldp#Resource>; rel="type", <http://www.w3.org/ns/oa#Annotation>; rel="type"'
ALLOW = "GET, HEAD, OPTIONS, PUT, DELETE"


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def author(house: House) -> Asker:
    return asker(house.author)


def code_of(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:monitor:problem:")


# -- Making ----------------------------------------------------------------------------------------------------------
def test_what_is_made_is_answered_in_whole_under_the_container(house: House, author: Asker) -> None:
    answer = author.post(annotation(house))
    mark = Annotation.objects.get()
    assert (answer.status_code, answer["Content-Type"], answer["ETag"]) == (201, JSON_LD, '"1"')
    assert answer["Location"] == answer.json()["id"] == f"{SITE}/anno/{mark.uid}"
    assert answer.json() == {
        "@context": ANNO,
        "id": f"{SITE}/anno/{mark.uid}",
        "type": "Annotation",
        "motivation": "commenting",
        "created": answer.json()["created"],
        "modified": answer.json()["modified"],
        "canonical": f"urn:uuid:{mark.uid}",
        "creator": {
            "id": f"{SITE}/account/people/author/", "type": "Person", "name": "author", "nickname": "author",
        },
        "generator": {"id": f"{SITE}/", "type": "Software", "name": "Monitor"},
        "body": {"type": "TextualBody", "value": "Why?", "purpose": "commenting"},
        "target": annotation(house)["target"],
    }  # fmt: skip
    span = mark.spans.get()
    assert (mark.owner, mark.comment, mark.visibility, span.quote, span.state) == (
        house.author, "Why?", "private", "lamps", "exact",
    )  # fmt: skip
    assert answer.json()["created"].endswith("Z")


def test_an_annotation_of_the_pages_has_both_selectors_in_code_points(house: House, author: Asker) -> None:
    mark = house.mark("lamps were lit", comment="Why?")
    found = author("GET", str(mark.uid)).json()
    check_annotation(found)
    start = house.body.index("lamps were lit")
    assert found["target"] == {
        "source": iri(house),
        "selector": [
            {"type": "TextQuoteSelector", "exact": "lamps were lit", "prefix": "The ", "suffix": house.body[start + 14 :][:32]},
            {"type": "TextPositionSelector", "start": start, "end": start + 14},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "comment", "tags", "motivation"),
    [
        ({"bodyValue": " As it is.\n"}, " As it is.\n", [], "commenting"),
        ({}, "", [], "highlighting"),
        ({"body": "https://elsewhere.example/picture.png"}, "", [], "highlighting"),
        ({"body": [{"type": "TextualBody", "value": "a/b", "purpose": "tagging"}]}, "", ["a/b"], "tagging"),
        ({"motivation": "tagging", "bodyValue": "weir"}, "", ["weir"], "tagging"),
        ({"motivation": ["assessing", "describing"], "bodyValue": "Good."}, "Good.", [], ["assessing", "describing"]),
        ({"body": {"value": "<b>x</b>", "format": "text/html", "language": "tr"}}, "<b>x</b>", [], "commenting"),
        (
            {"body": [{"value": "One."}, {"type": "Choice", "items": [{"value": "Two."}, {"value": "t", "purpose": ["tagging"]}]}]},
            "One.\n\nTwo.", ["t"], "commenting",
        ),
    ],
)  # fmt: skip
def test_bodies_come_back_as_they_were_and_are_read_into_words_and_tags(
    house: House, author: Asker, sent: dict[str, Any], comment: str, tags: list[str], motivation: Any
) -> None:
    asked = {name: value for name, value in annotation(house).items() if name != "body"} | sent
    made = author.post(asked)
    mark = Annotation.objects.get()
    assert (mark.comment, [use.tag.path for use in mark.taggings.select_related("tag")]) == (comment, tags)
    found = author("GET", made["Location"]).json()
    assert {name: found.get(name) for name in ("body", "bodyValue")} == {
        name: sent.get(name) for name in ("body", "bodyValue")
    }
    assert found["motivation"] == motivation


@pytest.mark.parametrize(
    "target",
    [
        "IRI",
        {"id": "IRI", "type": "Text", "format": "text/html", "language": ["en"]},
        {"source": "IRI", "selector": {"type": "XPathSelector", "value": "/html/body/p[2]", "refinedBy": {"type": "TextQuoteSelector", "exact": "gate"}}},
        {"source": "IRI#n1", "selector": {"type": "TextPositionSelector", "start": 0, "end": 8}},
        {"source": "IRI", "selector": {"type": "TextQuoteSelector", "exact": "nowhere in it at all", "prefix": "p"}, "x:y": [1, 2.5, None, {"z": True}]},
        {"source": "IRI", "n": [2**63, -(2**70), 10**300, 0.1, True]},
        {"source": "IRI", "selector": [{"type": "CssSelector", "value": ".prose"}], "state": {"type": "TimeState", "sourceDate": "2022-02-14T09:30:00Z"}},
        [{"source": "IRI", "selector": {"type": "TextQuoteSelector", "exact": "gate"}}, {"source": "IRI", "selector": {"type": "TextQuoteSelector", "exact": "dusk"}}],
        {"type": "Composite", "items": [{"source": "IRI", "selector": {"type": "TextQuoteSelector", "exact": "gate"}}, "IRI"]},
    ],
)  # fmt: skip
def test_targets_come_back_value_equal_whatever_selects(house: House, author: Asker, target: Any) -> None:
    def here(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: here(one) for name, one in value.items()}
        if isinstance(value, list):
            return [here(one) for one in value]
        return value.replace("IRI", iri(house)) if isinstance(value, str) else value

    made = author.post(annotation(house, target=here(target)))
    assert made.status_code == 201
    found = author("GET", made["Location"]).json()
    assert found["target"] == here(target)


def test_what_is_not_in_the_text_is_kept_as_lost(house: House, author: Asker) -> None:
    answer = author.post(annotation(house, "words that nobody wrote"))
    span = AnnotationSpan.objects.get()
    assert (answer.status_code, span.state, span.quote) == (201, "orphan", "words that nobody wrote")


def test_the_documents_address_counts_by_its_number_alone(house: House, author: Asker, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "old.example"]
    number = house.article.pk
    taken = [f"https://old.example/articles/{number}/another-slug/?q=x#p1", f"{SITE}/articles/{number}"]
    issue = f"{SITE}/issues/{house.article.issue_id}/"
    assert [author.post(annotation(house, target=one)).status_code for one in (*taken, issue)] == [201, 201, 201]
    assert Annotation.objects.filter(issue=house.article.issue).count() == 1


def test_what_cannot_be_kept_is_refused_with_the_reason_and_leaves_nothing(house: House, author: Asker) -> None:
    refused: list[tuple[dict[str, Any], int, str]] = [
        ({"@context": "https://evil.example/context.jsonld"}, 422, "unknown-context"),
        ({"@context": [ANNO, {"x": "https://x.example/"}]}, 422, "unknown-context"),
        ({"@context": "http://www.w3.org/ns/ldp.jsonld"}, 422, "unknown-context"),
        ({"@context": None}, 422, "unknown-context"),
        ({"body": {"@context": ANNO, "value": "x"}}, 422, "unknown-context"),
        ({"type": "Note"}, 422, "no-annotation"),
        ({"target": None}, 422, "no-target"),
        ({"target": []}, 422, "no-target"),
        ({"target": {"selector": {}}}, 422, "no-target"),
        ({"target": "https://elsewhere.example/articles/1/"}, 422, "unknown-target"),
        ({"target": f"{SITE}/articles/999999/x/"}, 422, "unknown-target"),
        ({"target": f"{SITE}/anno/{uuid4()}"}, 422, "unknown-target"),
        ({"target": [f"{SITE}/articles/1/", f"{SITE}/articles/2/"]}, 422, "unknown-target"),
        ({"bodyValue": "x"}, 422, "two-bodies"),
        ({"body": {"value": 7}}, 422, "no-text"),
        ({"body": {"value": "x" * 20_001}}, 422, "too-long"),
        ({"body": [{"value": f"t{n}", "purpose": "tagging"} for n in range(51)]}, 422, "too-many-tags"),
        ({"body": {"value": "x" * 201, "purpose": "tagging"}}, 422, "too-long"),
        ({"body": {"value": "a/b/c/d/e/f/g", "purpose": "tagging"}}, 422, "impossible"),
        ({"audience": {"id": f"{SITE}/teams/999999/", "type": "Audience"}}, 403, "permission-denied"),
    ]
    for change, status, code in refused:
        answer = author.post(annotation(house, **change))
        assert (answer.status_code, code_of(answer)) == (status, code), change
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Link"].startswith("<http://www.w3.org/ns/ldp#BasicContainer>")
    assert not Annotation.objects.exists()
    assert not ForeignMark.objects.exists()


def test_what_no_program_should_send_is_refused_before_it_is_read(author: Asker) -> None:
    bodies = {
        b"": 400, b"{": 400, b"[]": 422, b'"x"': 422, b'{"a":1,"a":2}': 400, b"\xff": 400, b"[" * 70 + b"]" * 70: 400,
        b'{"x": "\\u0000"}': 400, b'{"x": "\\ud800"}': 400, b'{"\\u0000": 1}': 400, b'{"x": [["\\udc00"]]}': 400,
        b'{"x": NaN}': 400, b'"' + b"x" * 1024 * 1024 + b'"': 413,
    }  # fmt: skip
    for body, status in bodies.items():
        answer = author.post(body)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), body[:20]


def test_other_media_types_are_refused(house: House, author: Asker) -> None:
    kinds = {"application/json": 201, "text/turtle": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415}
    for kind, status in kinds.items():
        assert author.post(annotation(house), Content_Type=kind).status_code == status, kind


def test_the_senders_id_becomes_via_and_its_canonical_address_stays(house: House, author: Asker) -> None:
    sent = annotation(house, id="https://a.example/1", via="https://b.example/2", canonical="urn:x-mine:1")
    found = author.post(sent).json()
    assert (found["via"], found["canonical"]) == (["https://a.example/1", "https://b.example/2"], "urn:x-mine:1")
    assert found["id"] == f"{SITE}/anno/{Annotation.objects.get().uid}"
    assert ForeignMark.objects.get().origin == "https://a.example/1"


def test_a_slug_makes_an_address_that_does_not_tell_of_others(house: House, author: Asker) -> None:
    first, second = (author.post(annotation(house), Slug="weir.notes") for _ in range(2))
    for answer in (first, second):
        assert answer["Location"].startswith(f"{SITE}/anno/weir.notes-")
        assert len(answer["Location"]) == len(f"{SITE}/anno/weir.notes-") + 6
        assert author("GET", answer["Location"]).json() == answer.json()
    assert first["Location"] != second["Location"]
    by_uid = author("GET", str(Annotation.objects.order_by("pk")[0].uid))
    assert (by_uid.status_code, by_uid["Location"]) == (301, first["Location"])
    for strange in ("x y", "a/b", "x" * 65, "ü"):
        uid = author.post(annotation(house), Slug=strange.encode().decode("latin-1"))["Location"].rpartition("/")[2]
        assert len(uid) == 36


def test_replies_answer_an_annotation_or_another_reply(house: House, author: Asker) -> None:
    mark = house.mark(visibility="everyone")
    target = f"{SITE}/anno/{mark.uid}"
    bare = {"@context": ANNO, "type": "Annotation", "motivation": "replying", "body": {"value": "Indeed."}}
    sent = bare | {"audience": {"id": f"{SITE}/", "type": "Audience"}}
    first = author.post(sent | {"target": target})
    second = asker(house.mate).post(sent | {"target": first["Location"]})
    assert (first.status_code, second.status_code, Reply.objects.filter(annotation=mark).count()) == (201, 201, 2)
    found = author("GET", second["Location"]).json()
    assert (found["target"], found["motivation"], found["body"]) == (
        first["Location"],
        "replying",
        {"value": "Indeed."},
    )
    empty = author.post({"@context": ANNO, "type": "Annotation", "motivation": "replying", "target": target})
    assert (empty.status_code, code_of(empty)) == (422, "impossible")
    # As with an annotation: for whom nobody says is for nobody else, until somebody says so.
    own = asker(house.mate).post(bare | {"target": target})["Location"]
    assert author("GET", own).status_code == 404
    asker(house.mate)("PUT", own, sent | {"target": target}, If_Match="*")
    assert author("GET", own).status_code == 200
    asker(house.mate)("PUT", own, bare | {"target": target}, If_Match="*")
    assert author("GET", own).status_code == 404


def test_a_reply_of_the_pages_has_its_parent_for_target(house: House, author: Asker) -> None:
    mark = house.mark(visibility="team", team=house.team)
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="So?")
    found = author("GET", str(reply.uid)).json()
    assert (found["target"], found["motivation"]) == (f"{SITE}/anno/{mark.uid}", "replying")
    assert found["body"] == [{"type": "TextualBody", "value": "So?", "format": "text/markdown", "purpose": "replying"}]
    assert found["audience"] == {"id": f"{SITE}/teams/{house.team.pk}/", "type": "Audience", "name": "Rivers"}


def test_the_audience_says_who_may_read_it(house: House, author: Asker) -> None:
    team = {"id": f"{SITE}/teams/{house.team.pk}/", "type": "Audience"}
    other = {"type": "schema:EducationalAudience", "name": "Students"}
    sent = {"team": team, "everyone": {"id": f"{SITE}/", "type": "Audience"}, "private": other}
    for visibility, audience in sent.items():
        found = author.post(annotation(house, audience=audience)).json()
        uid = found["id"].rpartition("/")[2]
        assert Annotation.objects.get(uid=uid).visibility == visibility
        named = {"name": "Rivers"} if visibility == "team" else {}
        assert found["audience"] == ([other] if visibility == "private" else audience | named)
    by_name = author.post(annotation(house, audience={"type": "Audience", "name": "Rivers"})).json()
    assert by_name["audience"]["id"] == team["id"]


# -- Reading ---------------------------------------------------------------------------------------------------------
def test_every_answer_bears_the_protocols_headers(house: House, author: Asker) -> None:
    uid = str(house.mark().uid)
    known = author("GET", uid)["ETag"]
    for method, headers, status in (
        ("GET", {}, 200), ("HEAD", {}, 200), ("OPTIONS", {}, 200), ("GET", {"If_None_Match": known}, 304),
        ("PUT", {}, 428), ("DELETE", {"If_Match": '"9"'}, 412), ("PATCH", {}, 405),
    ):  # fmt: skip
        answer = author(method, uid, **headers)
        assert (answer.status_code, answer["Allow"], answer["Link"]) == (status, ALLOW, LINKS), method
        assert answer["Vary"].startswith("Accept, Authorization, Cookie")
        assert "text/html" not in answer.get("Content-Type", "")
    assert author("HEAD", uid).content == b""
    assert author("GET", f"{uid}/").json() == author("GET", uid).json()


def test_four_media_types_are_spoken(house: House, author: Asker) -> None:
    uid = str(house.mark().uid)
    plain = author("GET", uid)
    for accept, kind in {
        "*/*": JSON_LD, JSON_LD: JSON_LD, "application/ld+json": JSON_LD, "application/json": "application/json",
    }.items():  # fmt: skip
        answer = author("GET", uid, Accept=accept)
        assert (answer["Content-Type"], answer.content, answer["ETag"]) == (kind, plain.content, plain["ETag"])
    turtle = author("GET", uid, Accept="text/turtle")
    known = turtle["ETag"]
    assert (turtle["Content-Type"], known) == ("text/turtle; charset=utf-8", f'{plain["ETag"][:-1]}-ttl"')
    assert f"<{SITE}/anno/{uid}> <http://www.w3.org/ns/oa#hasTarget> " in turtle.content.decode()
    assert author("GET", uid, Accept="text/turtle", If_None_Match=known).status_code == 304
    assert author("GET", uid, Accept="text/turtle", If_None_Match=plain["ETag"]).status_code == 200
    page = author("GET", uid, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status_code, page["Location"]) == (303, f"{SITE}/annotations/{uid}/")
    refused = author("GET", uid, Accept="image/png")
    assert (refused.status_code, refused["Content-Type"]) == (406, "application/problem+json")


def test_what_was_sent_is_given_back_until_it_is_edited_elsewhere(house: House, author: Asker) -> None:
    sent = annotation(
        house, motivation="commenting", body={"type": "TextualBody", "value": "Why?", "creator": "urn:me"}
    )
    address = author.post(sent)["Location"]
    mark = Annotation.objects.get()
    change_annotation(mark=mark, by=house.author, revision=1, comment="Because.")
    found = author("GET", address).json()
    assert found["body"] == [
        {"type": "TextualBody", "value": "Because.", "format": "text/markdown", "purpose": "commenting"}
    ]
    assert found["target"] == sent["target"]
    undo(house.author)
    assert author("GET", address).json()["body"] == sent["body"]
    mark.spans.update(start=5, end=10, quote="amps ")  # as a new reading of the file does
    assert author("GET", address).json()["target"]["selector"][1] == {
        "type": "TextPositionSelector",
        "start": 5,
        "end": 10,
    }


def test_the_tag_of_a_codebook_others_do_not_see_is_not_told_to_them(house: House, author: Asker) -> None:
    tagged = annotation(
        house, body=[{"value": "hush-hush", "purpose": "tagging"}], audience={"id": f"{SITE}/", "type": "Audience"}
    )
    address = author.post(tagged)["Location"]
    tag = Annotation.objects.get().taggings.get().tag
    tag.owner = house.author
    tag.save()
    assert b"hush" in author("GET", address).content
    assert b"hush" not in asker(house.outsider)("GET", address).content


# -- Replacing -------------------------------------------------------------------------------------------------------
def test_replacing_is_whole_and_keeps_what_is_ours(house: House, author: Asker) -> None:
    first = author.post(
        annotation(house, id="https://a.example/1", body=[{"value": "a", "purpose": "tagging"}, {"value": "Why?"}])
    )
    address, was = first["Location"], first.json()
    put = was | {
        "body": {"value": "How?"}, "creator": {"type": "Person", "name": "Somebody else"}, "created": "1999-01-01T00:00:00Z",
        "via": ["https://c.example/"], "target": {"source": iri(house), "selector": {"type": "TextQuoteSelector", "exact": "gate"}},
    }  # fmt: skip
    answer = author("PUT", address, put, If_Match=first["ETag"])
    now = answer.json()
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    same = ("id", "created", "creator", "via", "canonical", "generator")
    assert {name: now[name] for name in same} == {name: was[name] for name in same}
    assert (now["body"], now["target"]) == (put["body"], put["target"])
    assert now["modified"] > was["modified"]
    mark = Annotation.objects.get()
    assert (mark.comment, mark.taggings.count(), mark.spans.get().quote) == ("How?", 0, "gate")
    assert author("GET", address).json() == now


def test_a_change_is_under_the_condition_of_what_its_sender_knows(house: House, author: Asker) -> None:
    mark = house.mark(comment="Why?")
    put = annotation(house, body={"value": "How?"})
    assert author("PUT", str(mark.uid), put).status_code == 428
    for condition in ('"2"', "1", '"1-other"', ""):
        answer = author("PUT", str(mark.uid), put, If_Match=condition)
        assert (answer.status_code, answer["ETag"]) == (412, '"1"'), condition
    mark.refresh_from_db()
    assert (mark.comment, mark.revision) == ("Why?", 1)
    for revision, condition in enumerate(("*", '"2"', 'W/"3"', '"4-ttl"', '"9", "5"'), 2):
        assert author("PUT", str(mark.uid), put, If_Match=condition)["ETag"] == f'"{revision}"', condition
    assert author("DELETE", str(mark.uid)).status_code == 428
    assert [author("DELETE", str(mark.uid), If_Match=one).status_code for one in ('"1"', '"6"')] == [412, 204]


def test_what_never_changes_cannot_be_changed(house: House, author: Asker) -> None:
    uid = str(house.mark(comment="Why?").uid)
    was = author("GET", uid).json()
    other = house.mark("gate")
    for change, status in (
        ({"canonical": "urn:other"}, 409), ({"id": f"{SITE}/anno/{other.uid}"}, 409), ({"id": "https://a.example/"}, 409),
        ({"target": f"{SITE}/issues/{house.article.issue_id}/"}, 422), ({"target": f"{SITE}/anno/{other.uid}"}, 422),
        ({"@context": "urn:x"}, 422),
    ):  # fmt: skip
        assert author("PUT", uid, was | change, If_Match='"7"').status_code == status, change
    assert author("GET", uid).json() == was


def test_what_we_give_comes_back_unchanged(house: House, author: Asker) -> None:
    mark = house.mark(comment="Why?", visibility="team", team=house.team)
    was, span = author("GET", str(mark.uid)).json(), mark.spans.get()
    now = author("PUT", str(mark.uid), was, If_Match="*").json()
    assert {**now, "modified": ""} == {**was, "modified": ""}
    assert mark.spans.get() == span


def test_a_reply_can_be_replaced_and_stays_with_what_it_answers(house: House, author: Asker) -> None:
    mark, other = house.mark(visibility="everyone"), house.mark("gate")
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.author, comment="So?")
    was = author("GET", str(reply.uid)).json()
    moved = author("PUT", str(reply.uid), was | {"target": f"{SITE}/anno/{other.uid}"}, If_Match="*")
    now = author("PUT", str(reply.uid), was | {"body": {"value": "No."}}, If_Match='"1"')
    assert (moved.status_code, now.status_code, now["ETag"], now.json()["body"]) == (422, 200, '"2"', {"value": "No."})


# -- Deleting --------------------------------------------------------------------------------------------------------
def test_what_is_deleted_is_gone_for_its_owner_and_was_never_there_for_others(house: House, author: Asker) -> None:
    mark = house.mark(visibility="everyone")
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.author, comment="So?")
    for row in (reply, mark):
        uid = str(row.uid)
        answer = author("DELETE", uid, If_Match='"1"')
        assert (answer.status_code, answer.content) == (204, b"")
        assert (author("GET", uid).status_code, author("DELETE", uid, If_Match="*").status_code) == (410, 410)
        stranger = asker(house.mate)
        gone, never = stranger("GET", uid), stranger("GET", str(uuid4()))
        assert (gone.status_code, gone.content) == (404, never.content)
    assert Annotation.objects.in_trash_of(house.author).count() == 1


def test_a_retry_with_the_same_key_makes_one(house: House, author: Asker) -> None:
    first, second = (author.post(annotation(house), Idempotency_Key="k1") for _ in range(2))
    assert (first.status_code, second.status_code, first.content) == (201, 201, second.content)
    assert (second["Location"], second["Idempotent-Replayed"]) == (first["Location"], "true")
    other = author.post(annotation(house, bodyValue=None, body={"value": "x"}), Idempotency_Key="k1")
    assert (other.status_code, Annotation.objects.count()) == (422, 1)
