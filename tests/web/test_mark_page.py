"""The page of one annotation: passage, replies, forms and history; and what is refused comes back as it was typed."""

from __future__ import annotations

import json
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import reverse

from monitor.annotations.actions import (
    change_annotation,
    delete_annotation,
    hide_annotation,
    share_annotation,
)
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.replies import change_reply, reply_to
from monitor.annotations.tag_models import AnnotationTag
from monitor.web.mark_passages import AROUND, amid
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db
CLOSED_BY = {"p": {"form", "p", "ul", "ol", "div", "section", "blockquote", "details", "dl", "article"}}
VOID = {"input", "br", "meta", "link", "img", "hr", "use", "rect", "path", "circle", "line"}


@pytest.fixture
def house() -> House:
    return make_house()


class Nesting(HTMLParser):
    """Gathers what a browser would silently mend: blocks inside paragraphs, forms inside forms, ids given twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [f"{tag} in {at}" for at in self.open if tag in CLOSED_BY.get(at, ())]
        self.wrong += ["form in form"] if tag == "form" and "form" in self.open else []
        identity = dict(attrs).get("id") or ""
        self.wrong += [f"#{identity} twice"] if identity and identity in self.ids else []
        self.ids.add(identity)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> out of place")


def faults_of(html: str) -> list[str]:
    page = Nesting()
    page.feed(html)
    return page.wrong + page.open


def page_of(client: Client, mark: Annotation) -> str:
    answer = client.get(reverse("mark", args=[mark.uid]))
    assert answer.status_code == 200
    html: str = answer.content.decode()
    assert faults_of(html) == []
    return html


def test_the_page_shows_the_passage_amid_the_text(house: House, signed_in: SignIn) -> None:
    mark = house.mark("Nobody held", visibility="everyone", comment="A *gate*.", colour="teal")
    html = page_of(signed_in(house.mate), mark)
    assert '<mark class="a">Nobody held</mark> the gate (Ferry Post, January 21).' in html
    assert "lamps were lit" not in html.partition("<main")[2]  # the paragraph before is not its context
    assert "<p>A <em>gate</em>.</p>" in html
    assert f'href="{house.article.get_absolute_url()}#a{mark.uid}"' in html
    assert "for everyone signed in" in words(html)


def test_long_surroundings_are_cut_at_words() -> None:
    text = "word " * 200
    shown = amid(text, 500, 504)
    assert shown is not None
    assert (shown.before[:6], shown.after[-6:]) == ("… word", "word …")
    assert len(shown.before) <= AROUND + 2
    assert amid(text, 990, 1001) is None
    assert amid("one two", 0, 3) == amid("one two\n\nthree", 0, 3)


def test_forms_stand_for_what_one_may_do(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="team", team=house.team)
    found = {}
    for who in ("author", "mate", "keeper", "member_who_reads"):
        html = page_of(signed_in(getattr(house, who)), mark)
        acts = ("change", "share", "reply", "resolve", "hide", "delete")
        found[who] = {act for act in acts if f'action="/annotations/{mark.uid}/{act}/"' in html}
    assert found == {
        "author": {"change", "share", "reply", "resolve", "delete"},
        "mate": {"reply", "resolve"},
        "keeper": {"reply", "resolve", "hide"},
        "member_who_reads": set(),
    }


def test_a_wider_scope_says_who_will_see_it(house: House, signed_in: SignIn) -> None:
    said = words(page_of(signed_in(house.author), house.mark()))
    assert "All its members will see the marked words" in said
    assert "All who can sign in here will see the marked words" in said
    reader = words(page_of(signed_in(house.reader), house.mark(by=house.reader)))
    assert "All who can sign in" not in reader


def test_own_words_on_a_withdrawn_text_stay_and_the_text_does_not(house: House, signed_in: SignIn) -> None:
    mark = house.mark("Nobody held", comment="mine")
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    said = words(page_of(signed_in(house.author), mark))
    assert "Nobody held" in said
    assert "the gate" not in said
    assert house.article.title not in said


def test_the_owner_of_a_deleted_one_is_told_that_it_is_gone(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone", comment="canary")
    delete_annotation(mark=mark, by=house.author)
    address = reverse("mark", args=[mark.uid])
    own = signed_in(house.author)
    gone = own.get(address)
    assert (gone.status_code, faults_of(gone.content.decode())) == (410, [])
    assert "in your trash" in words(gone.content.decode())
    assert f"{address}restore/" in gone.content.decode()
    assert signed_in(house.mate).get(address).status_code == 404
    back = own.post(f"{address}restore/", headers={"Referer": f"http://testserver{address}"})
    assert (back.status_code, back["Location"]) == (302, address)
    assert own.get(address).status_code == 200


def test_what_lies_in_the_trash_is_not_changed_there(house: House, signed_in: SignIn) -> None:
    mark = house.mark(comment="before")
    delete_annotation(mark=mark, by=house.author)
    client = signed_in(house.author)
    data = {"revision": 2, "comment": "typed in vain", "colour": "teal", "tags": ""}
    answer = client.post(reverse("change-mark", args=[mark.uid]), data)
    assert answer.status_code == 422
    assert "Restore it first" in answer.content.decode()
    mark.refresh_from_db()
    assert mark.comment == "before"


# -- What is refused comes back as it was typed --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"quote": "dragons"}, 422, "not in the text as it stands now"),
        ({"quote": "lamps", "tags": ",".join(f"t{n}" for n in range(51))}, 422, "at most 50 tags"),
        ({"quote": "lamps", "visibility": "team", "team": str(uuid4())}, 403, "not one of your teams"),
        ({"quote": "lamps", "uid": "nonsense"}, 422, "Uid"),
        ({"quote": "lamps", "colour": "mauve"}, 422, "mauve"),
    ],
)
def test_a_refused_form_is_shown_with_its_words(
    house: House, signed_in: SignIn, fields: dict[str, str], status: int, said: str
) -> None:
    data = {
        "uid": str(uuid4()),
        "article": house.article.pk,
        "comment": "many hours' <work>",
        "paragraph": "1",
        **fields,
    }
    answer = signed_in(house.author).post(reverse("mark-create"), data)
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (status, [])
    assert said in words(html)
    assert "many hours&#x27; &lt;work&gt;</textarea>" in html
    assert f">\n{fields['quote']}</textarea>" in html
    assert f'value="{data["uid"]}"' in html
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("quote", "paragraph", "kept"),
    [
        ("dy held the ga", "", "Nobody held the gate"),
        ("Nobody held", "1", "Nobody held"),
        ("before dusk.[1]\r\n\r\nThe Weir", "", "before dusk.[1]\n\nThe Weir"),
    ],
)
def test_words_of_a_form_are_found_where_they_stand(
    house: House, signed_in: SignIn, quote: str, paragraph: str, kept: str
) -> None:
    data = {"uid": str(uuid4()), "article": house.article.pk, "quote": quote, "paragraph": paragraph}
    assert signed_in(house.author).post(reverse("mark-create"), data).status_code == 302
    assert AnnotationSpan.objects.get().quote == kept


def test_a_second_note_from_a_page_of_one_id_is_a_note_of_its_own(house: House, signed_in: SignIn) -> None:
    client, uid = signed_in(house.author), str(uuid4())
    for quote, comment in (("lamps", "one"), ("lamps", "one"), ("lamps", "two"), ("Nobody held", "one")):
        data = {"uid": uid, "article": house.article.pk, "quote": quote, "comment": comment}
        assert client.post(reverse("mark-create"), data).status_code == 302
    kept = {(mark.spans.get().quote, mark.comment) for mark in Annotation.objects.all()}
    assert kept == {("lamps", "one"), ("lamps", "two"), ("Nobody held", "one")}
    assert Annotation.objects.count() == 3


def test_a_script_that_sends_another_passage_under_a_used_id_is_told(house: House, signed_in: SignIn) -> None:
    client, uid = signed_in(house.author), str(uuid4())
    codes = []
    for one in ("lamps", "lamps", "Nobody held"):
        start = house.body.index(one)
        passages = json.dumps([{"start": start, "end": start + len(one), "quote": one}])
        data = {"uid": uid, "article": house.article.pk, "passages": passages}
        codes.append(client.post(reverse("mark-create"), data, headers={"HX-Request": "true"}).status_code)
    assert (codes, Annotation.objects.count()) == ([200, 200, 422], 1)


def test_a_refused_change_is_shown_with_its_words(house: House, signed_in: SignIn) -> None:
    mark = house.mark(comment="before")
    data = {"revision": 1, "comment": "y" * 20_001, "colour": "mauve", "tags": "kept/tag"}
    answer = signed_in(house.author).post(reverse("change-mark", args=[mark.uid]), data)
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (422, [])
    assert "y" * 20_001 in html
    assert 'value="kept/tag"' in html
    other = house.mark(visibility="everyone")
    forbidden = signed_in(house.mate).post(reverse("change-mark", args=[other.uid]), {**data, "colour": "teal"})
    assert forbidden.status_code == 403


def test_the_second_editor_finds_all_that_was_typed(house: House, signed_in: SignIn) -> None:
    mark = house.mark(comment="first")
    change_annotation(mark=mark, by=house.author, revision=1, comment="of another window")
    data = {"revision": 1, "comment": "my words", "colour": "teal", "tags": "my/tag"}
    answer = signed_in(house.author).post(reverse("change-mark", args=[mark.uid]), data)
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (412, [])
    for kept in (
        "of another window",
        "my words",
        'value="my/tag"',
        'value="teal" selected',
        'name="revision" value="2"',
    ):
        assert kept in html


# -- Replies -----------------------------------------------------------------------------------------------------------
def test_replies_are_written_changed_and_deleted_on_the_page(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone")
    client, page = signed_in(house.mate), reverse("mark", args=[mark.uid])
    here = {"Referer": f"http://testserver{page}"}
    sent = {"uid": str(uuid4()), "comment": "Indeed."}
    for _ in range(2):  # a retry is the same reply
        answer = client.post(reverse("reply", args=[mark.uid]), sent, headers=here)
        assert (answer.status_code, answer["Location"]) == (302, page)
    reply = Reply.objects.get()
    assert f'id="r{reply.uid}"' in page_of(client, mark)
    change = {"revision": 1, "comment": "Rather."}
    assert client.post(reverse("change-reply", args=[reply.uid]), change, headers=here).status_code == 302
    assert "Rather." in page_of(client, mark)
    assert "Change or delete" not in page_of(signed_in(house.author), mark)
    assert client.post(reverse("delete-reply", args=[reply.uid]), headers=here).status_code == 302
    assert "Rather." not in page_of(client, mark)


def test_another_reply_from_a_page_of_one_id_is_a_reply_of_its_own(house: House, signed_in: SignIn) -> None:
    mark, uid = house.mark(visibility="everyone"), str(uuid4())
    client = signed_in(house.mate)
    for comment in ("One.", "Two."):
        client.post(reverse("reply", args=[mark.uid]), {"uid": uid, "comment": comment})
    assert {reply.comment for reply in Reply.objects.all()} == {"One.", "Two."}


def test_refused_replies_come_back_as_typed(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone")
    client = signed_in(house.mate)
    empty = client.post(reverse("reply", args=[mark.uid]), {"comment": " "})
    endless = client.post(reverse("reply", args=[mark.uid]), {"uid": str(uuid4()), "comment": "z" * 20_001})
    assert (empty.status_code, endless.status_code) == (422, 422)
    assert "z" * 20_001 in endless.content.decode()
    assert faults_of(endless.content.decode()) == []
    as_script = client.post(reverse("reply", args=[mark.uid]), {"comment": " "}, headers={"HX-Request": "true"})
    assert (as_script.status_code, as_script["X-Refused"]) == (422, "422")


def test_two_windows_on_one_reply_show_both_texts(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone")
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="One.")
    change_reply(reply=reply, by=house.mate, revision=1, comment="Of another window.")
    client = signed_in(house.mate)
    sent = {"revision": 1, "comment": "Mine."}
    answer = client.post(reverse("change-reply", args=[reply.uid]), sent)
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (412, [])
    assert "Of another window." in html
    assert "Mine.</textarea>" in html
    assert 'name="revision" value="2"' in html
    assert client.post(reverse("change-reply", args=[reply.uid]), {**sent, "revision": 2}).status_code == 302
    reply.refresh_from_db()
    assert reply.comment == "Mine."


# -- History -----------------------------------------------------------------------------------------------------------
def a_minute_later() -> None:
    """Let what happened so far have happened earlier: in a test all of it is one transaction, at one moment."""
    models: tuple[Any, ...] = (Annotation, AnnotationTag)
    for model in models:
        model.pgh_event_model.objects.update(pgh_created_at=F("pgh_created_at") - timedelta(minutes=1))


def happenings(client: Client, mark: Annotation) -> list[str]:
    html = page_of(client, mark)
    rows = html.partition('<ol class="happenings">')[2].partition("</ol>")[0].split("<li>")[1:]
    return [words(row).partition(" ")[2] for row in rows]


def told(rows: list[str]) -> list[str]:
    """Return the rows without their clock."""
    return [row.partition(", ")[2].partition(" ")[2] for row in rows]


def test_history_says_who_did_what(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone", comment="one")
    client = signed_in(house.author)
    a_minute_later()
    client.post(
        reverse("change-mark", args=[mark.uid]), {"revision": 1, "comment": "two", "colour": "teal", "tags": "raid"}
    )
    a_minute_later()
    signed_in(house.mate).post(reverse("act-on-mark", args=[mark.uid, "resolve"]))
    a_minute_later()
    signed_in(house.curator).post(reverse("act-on-mark", args=[mark.uid, "hide"]))
    assert told(happenings(client, mark)) == [
        "curator hid it from view",
        "mate resolved it",
        "author changed the words, made it teal, added the tag “raid” Words before one",
        "author made it, for everyone",
    ]


def test_what_was_private_stays_its_authors(house: House, signed_in: SignIn) -> None:
    mark = house.mark(comment="canary one")
    a_minute_later()
    change_annotation(mark=mark, by=house.author, revision=1, comment="canary two")
    a_minute_later()
    change_annotation(mark=mark, by=house.author, revision=2, comment="fit for all")
    a_minute_later()
    share_annotation(mark=mark, by=house.author, revision=3, visibility="team", team=house.team)
    a_minute_later()
    change_annotation(mark=mark, by=house.author, revision=4, comment="shown to the team")
    a_minute_later()
    share_annotation(mark=mark, by=house.author, revision=5, visibility="everyone", team=None)
    own = happenings(signed_in(house.author), mark)
    assert [sum("canary" in row for row in own), len(own)] == [2, 6]
    of_mate = page_of(signed_in(house.mate), mark)
    assert "canary" not in of_mate
    assert told(happenings(signed_in(house.mate), mark))[1:] == [
        "author changed the words Words before fit for all",
        "author let it be read, for the team Rivers",
    ]
    assert told(happenings(signed_in(house.outsider), mark)) == ["author let it be read, for everyone"]


def test_history_while_hidden_is_its_keepers(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone")
    hide_annotation(mark=mark, by=house.curator)
    assert "hid it from view" in words(page_of(signed_in(house.curator), mark))
    assert signed_in(house.mate).get(reverse("mark", args=[mark.uid])).status_code == 404


def test_the_page_costs_the_same_queries_however_long_its_history(
    house: House, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    mark = house.mark(visibility="everyone")
    client = signed_in(house.author)
    counts = []
    for rounds in (1, 4):
        for _ in range(rounds):
            mark.refresh_from_db()
            change_annotation(mark=mark, by=house.author, revision=mark.revision, comment=f"at {mark.revision}")
            reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Yes.")
        with django_assert_max_num_queries(16) as caught:
            page_of(client, mark)
        counts.append(len(caught))
    assert counts[0] == counts[1]
