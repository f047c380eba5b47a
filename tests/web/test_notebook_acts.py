"""What the notebook's forms do: to whom, with which words, and how it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Role
from monitor.annotations import bulk
from monitor.annotations.codebook import make_tag
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from monitor.web.notebook_urls import urlpatterns
from monitor.web.views.notebook_acts import ACTS, sentence
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user
from tests.web.pages import words

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator", "admin")
SENT: dict[str, dict[str, str]] = {
    "tag": {"tags": "raid"},
    "untag": {"tags": "boats"},
    "colour": {"colour": "teal"},
    "share": {"readers": "private"},
    "delete": {},
}


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(person: User, act: str, **facts: Any) -> tuple[int, str]:
    """Return the status and what the page then says."""
    client = sign_in(person)
    answer = client.post(reverse("notebook-act"), {"act": act, **facts}, follow=True)
    said = [str(message) for message in answer.context["messages"]] if answer.context else []
    return answer.status_code, said[0] if said else ""


def facts_of(mark: Annotation) -> tuple[Any, ...]:
    tags = sorted(mark.taggings.values_list("tag__path", flat=True))
    row = Annotation.objects.filter(pk=mark.pk)
    return (*row.values_list("colour", "visibility", "team", "deleted", "revision").get(), tags)


# -- Who gets what -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scope", ["private", "team", "everyone"])
def test_each_person_may_change_their_own_alone_and_hears_of_what_they_see(house: House, scope: str) -> None:
    boats = make_tag(name="Boats", by=house.curator)
    mark = house.mark(visibility=scope, team=house.team if scope == "team" else None, tags=(boats,))
    people = {who: getattr(house, who, None) or make_user(Role.ADMIN, name="admin") for who in PEOPLE}
    sees = {"private": {"author"}, "team": {"author", "mate", "keeper", "member_who_reads"}, "everyone": set(PEOPLE)}
    before = facts_of(mark)
    for act, sent in SENT.items():
        for who, person in people.items():
            if who == "author":
                continue
            status, said = send(person, act, marks=[str(mark.uid), str(uuid4())], **sent)
            said_of_foreign = "1 is not yours to change" in said
            assert (status, said_of_foreign, facts_of(mark)) == (200, who in sees[scope], before), (act, who)
    assert not Operation.objects.exclude(person__in=[house.author, house.curator]).filter(verb__in=SENT).exists()
    for act, sent in SENT.items():
        status, said = send(house.author, act, marks=[str(mark.uid)], **sent)
        nothing = act == "share" and scope == "private"
        assert (status, "1 annotation " in said) == (200, not nothing), act


def test_an_act_on_what_one_may_not_see_answers_as_on_what_is_not_there(house: House) -> None:
    mark = house.mark()
    for act, sent in SENT.items():
        hidden = send(house.outsider, act, marks=[str(mark.uid)], **sent)
        assert hidden == send(house.outsider, act, marks=[str(uuid4())], **sent)
        assert hidden[1].startswith("No annotations")
    assert Tag.objects.count() == 0  # a name is not made for nothing


def test_strangers_are_led_to_the_door(house: House, client: Client) -> None:
    mark, some = house.mark(), uuid4()
    addresses: dict[str, list[Any]] = {
        "notebook": [], "notebook-act": [], "occurrences": [], "tagging-run": [1],
        "imports": [], "import": [some], "import-left": [some],
    }  # fmt: skip
    for name, arguments in addresses.items():
        for answer in (
            client.get(reverse(name, args=arguments)),
            client.post(reverse(name, args=arguments), {"act": "delete", "marks": [str(mark.uid)]}),
        ):
            assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True), name
    assert Annotation.objects.get().deleted is None
    assert {pattern.name for pattern in urlpatterns} == {*addresses}


def test_a_reader_may_not_share(house: House) -> None:
    house.mark(by=house.reader)
    mark = Annotation.objects.get()
    assert send(house.reader, "share", marks=[str(mark.uid)], readers="everyone")[0] == 403
    assert send(house.outsider, "share", marks=[str(mark.uid)], readers=f"team:{house.team.uid}")[0] == 403
    assert facts_of(mark)[1] == "private"


# -- What is chosen ----------------------------------------------------------------------------------------------------
def test_all_that_match_are_changed_also_beyond_the_page(house: House) -> None:
    for number in range(60):
        house.mark(colour="red" if number % 2 else "teal")
    status, said = send(house.author, "delete", every="on", expected=30, query="?colour=red")
    assert (status, said) == (200, "30 annotations moved to your trash.")
    assert set(Annotation.objects.filter(deleted=None).values_list("colour", flat=True)) == {"teal"}


def test_all_that_match_are_refused_where_they_are_not_those_that_were_shown(house: House) -> None:
    for _ in range(3):
        house.mark()
    status, said = send(house.author, "delete", every="on", expected=2, query="?")
    assert (status, said) == (
        200, "The list has changed meanwhile: it had 2, now it has 3. Look, and choose anew.",
    )  # fmt: skip
    assert Annotation.objects.filter(deleted=None).count() == 3


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Choose annotations first: tick them, or take all that match."),
        ({"marks": ["nonsense", ""]}, "Choose annotations first: tick them, or take all that match."),
        ({"every": "on", "query": "?by=size"}, "That list cannot be read any more. Look at it again and choose anew."),
        ({"every": "on", "expected": "many"}, "Choose annotations first: tick them, or take all that match."),
    ],
)
def test_what_chooses_nothing_is_said_so(house: House, facts: dict[str, Any], said: str) -> None:
    house.mark()
    assert send(house.author, "delete", **facts) == (200, said)
    assert Annotation.objects.get().deleted is None


@pytest.mark.parametrize(
    ("act", "facts", "said"),
    [
        ("tag", {"tags": ""}, "Tags: Name one or more tags, with commas between them."),
        ("tag", {"tags": "raid [shared]"}, "There is no tag “raid” in the codebook “shared”."),
        ("untag", {"tags": "nothing"}, "No annotations rid of these tags; 1 is so already."),
        ("colour", {"colour": "mauve"}, "Colour: Choose a colour."),
        ("share", {"readers": "team:"}, "Readers: Choose who may read them."),
        ("share", {"readers": "nobody"}, "Readers: Choose who may read them."),
    ],
)
def test_a_form_that_lacks_something_changes_nothing(house: House, act: str, facts: dict[str, str], said: str) -> None:
    mark = house.mark()
    before = facts_of(mark)
    assert send(house.author, act, marks=[str(mark.uid)], **facts) == (200, said)
    assert facts_of(mark) == before


def test_an_unknown_act_is_not_there(house: House) -> None:
    assert send(house.author, "burn")[0] == 404
    assert sign_in(house.author).get(reverse("notebook-act")).status_code == 405


def test_too_many_at_once_are_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    for _ in range(2):
        house.mark()
    said = send(house.author, "delete", every="on", expected=2, query="")[1]
    assert said == "At most 1 annotations are changed at once; these are 2. Narrow the list."


# -- What is done ------------------------------------------------------------------------------------------------------
def test_some_are_not_yours_and_the_rest_is_done(house: House) -> None:
    own = [house.mark() for _ in range(3)]
    foreign = house.mark(by=house.mate, visibility="team", team=house.team)
    client = sign_in(house.author)
    uids = [str(mark.uid) for mark in (*own, foreign)]
    sent = {"act": "tag", "marks": uids, "tags": "Raid, water/Weir", "query": "?by=tag&colour=yellow"}
    answer = client.post(reverse("notebook-act"), sent)
    assert answer["Location"] == "/notebook/?by=tag&colour=yellow"
    html = client.get(answer["Location"]).content.decode()
    assert "3 annotations tagged; 1 is not yours to change. Undo" in words("<main>" + html)
    assert [facts_of(mark)[-1] for mark in own] == [["raid", "water/weir"]] * 3
    client.post(reverse("undo-mark"), headers={"Referer": "http://testserver/notebook/?by=tag"})
    assert [facts_of(mark)[-1] for mark in own] == [[]] * 3


def test_what_is_done_is_said_in_one_sentence() -> None:
    assert sentence(bulk.Outcome(37, 3), "tagged") == "37 annotations tagged; 3 are not yours to change."
    assert sentence(bulk.Outcome(1_200), "recoloured") == "1,200 annotations recoloured."
    assert (
        sentence(bulk.Outcome(0, 0, 2, 1), "tagged")
        == "No annotations tagged; 2 are so already; 1 can bear no more tags."
    )
    assert set(ACTS) == set(SENT)


def test_the_way_back_is_a_list_and_nothing_else(house: House) -> None:
    mark = house.mark()
    for query in ("?next=https://evil.example/", "//evil.example", "?colour=%0d%0aSet-Cookie:x"):
        sent = {"act": "colour", "marks": [str(mark.uid)], "colour": "red", "query": query}
        location = sign_in(house.author).post(reverse("notebook-act"), sent)["Location"]
        assert location.startswith("/notebook/")
        assert "evil" not in location
        assert "\n" not in location


def test_what_was_shared_with_a_team_is_found_by_it(house: House) -> None:
    mark = house.mark(comment="come and see")
    said = send(house.author, "share", marks=[str(mark.uid)], readers=f"team:{house.team.uid}")[1]
    assert said == "1 annotation re-scoped."
    assert "come and see" in sign_in(house.mate).get(reverse("notebook")).content.decode()
    assert "come and see" not in sign_in(house.outsider).get(reverse("notebook") + "?whose=all").content.decode()
