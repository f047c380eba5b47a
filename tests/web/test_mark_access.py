"""Who gets what of annotations: people x objects x actions, the table of docs as one; a missing cell fails.

And canaries: words of private and team annotations are on no page that can be reached by those they are not for.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import Role
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.replies import reply_to
from monitor.web.forms.marks import named_tags
from monitor.web.marks_urls import urlpatterns
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user
from tests.web.pages import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator", "admin")
TEAM = {"author", "mate", "keeper", "member_who_reads"}
ALL = set(PEOPLE)
ANALYSTS = ALL - {"reader", "member_who_reads"}
KEEPERS = {"author", "curator", "admin"}  # who see what is hidden of everybody, or on a withdrawn text
AUTHOR, NOBODY = {"author"}, set[str]()

# action -> (name of the address, what is sent); "" as the last part of the address where it takes no verb
ACTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "read": ("mark", {}),
    "change": ("change-mark", {"revision": 1, "comment": "changed", "colour": "teal", "tags": ""}),
    "share": ("share-mark", {"revision": 1, "visibility": "private"}),
    "delete": ("act-on-mark", {}),
    "restore": ("act-on-mark", {}),
    "resolve": ("act-on-mark", {}),
    "reopen": ("act-on-mark", {}),
    "hide": ("act-on-mark", {}),
    "unhide": ("act-on-mark", {}),
    "reply": ("reply", {"comment": "A reply."}),
    "change-reply": ("change-reply", {"revision": 1, "comment": "Other words."}),
    "delete-reply": ("delete-reply", {}),
    "confirm": ("decide-passage", {"revision": 1}),
    "detach": ("decide-passage", {"revision": 1}),
    "attach": ("decide-passage", {"revision": 1, "quote": "Nobody held"}),
}
PASSAGES = ("confirm", "detach", "attach")
# These have no one annotation as their object; other tests hold them.
OTHERS = {"article-marks", "mark-create", "undo-mark", "redo-mark", "review", "trash", "notices", "notices-seen"}


def cells(sees: set[str], **may: set[str]) -> dict[str, dict[str, Any]]:
    """Return what each person gets for each action: "done", 403 (they see it) or 404 (they do not)."""
    return {
        action: {who: 404 if who not in sees else "done" if who in able else 403 for who in PEOPLE}
        for action, able in may.items()
    }


def own(able: set[str] = AUTHOR, passages: set[str] = AUTHOR) -> dict[str, set[str]]:
    return {"change": able, "share": able, **dict.fromkeys(PASSAGES, passages)}


# object -> action -> person -> what they get
MATRIX: dict[str, dict[str, dict[str, Any]]] = {
    "private": cells(
        AUTHOR,
        read=AUTHOR, delete=AUTHOR, reply=AUTHOR, resolve=AUTHOR, reopen=AUTHOR, hide=NOBODY,
        **own(), **{"change-reply": AUTHOR, "delete-reply": AUTHOR},
    ),
    "team": cells(
        TEAM,
        read=TEAM, delete=AUTHOR, reply=TEAM & ANALYSTS, resolve=TEAM & ANALYSTS, reopen=TEAM & ANALYSTS, hide={"keeper"},
        **own(), **{"change-reply": {"mate"}, "delete-reply": {"mate"}},
    ),
    "everyone": cells(
        ALL,
        read=ALL, delete=AUTHOR, reply=ANALYSTS, resolve=ANALYSTS, reopen=ANALYSTS, hide={"curator", "admin"},
        **own(), **{"change-reply": {"mate"}, "delete-reply": {"mate"}},
    ),
    "hidden team": cells(
        {"author", "keeper"},
        read={"author", "keeper"}, delete=AUTHOR, unhide={"keeper"}, resolve={"author", "keeper"},
        **own(NOBODY, NOBODY), **{"change-reply": NOBODY, "delete-reply": NOBODY},
    ),
    "hidden everyone": cells(
        KEEPERS,
        read=KEEPERS, delete=AUTHOR, unhide={"curator", "admin"}, resolve=KEEPERS,
        **own(NOBODY, NOBODY), **{"change-reply": NOBODY, "delete-reply": NOBODY},
    ),
    "withdrawn": cells(
        KEEPERS,
        read=KEEPERS, delete=AUTHOR, hide={"curator", "admin"}, resolve=KEEPERS,
        change=AUTHOR, share=AUTHOR, **{"change-reply": NOBODY, "delete-reply": NOBODY},
    ),
    "deleted": cells(AUTHOR, restore=AUTHOR, delete=AUTHOR),
}  # fmt: skip
MATRIX["deleted"] |= {
    "read": {who: 410 if who == "author" else 404 for who in PEOPLE},
    **{
        action: {who: "refused" if who == "author" else 404 for who in PEOPLE}
        for action in ("change", "share", "reply", "resolve", "hide")
    },
    **{action: dict.fromkeys(PEOPLE, 404) for action in ("change-reply", "delete-reply", *PASSAGES)},
}


class Scene:
    """One annotation in some state, with a reply of a teammate (of its author where it is private)."""

    def __init__(self, state: str) -> None:
        self.house: House = make_house()
        self.people: dict[str, User] = {who: getattr(self.house, who) for who in PEOPLE if who != "admin"}
        self.people["admin"] = make_user(Role.ADMIN, name="admin")
        scope = next((one for one in ("private", "team") if one in state), "everyone")
        team = self.house.team if scope == "team" else None
        self.mark = self.house.mark(visibility=scope, team=team, comment="canary of the annotation")
        answering = self.people["author" if scope == "private" else "mate"]
        self.reply = reply_to(uid=uuid4(), mark=self.mark, by=answering, comment="canary of the reply")[0]
        facts: dict[str, Any] = {"hidden": timezone.now()} if "hidden" in state else {}
        facts |= {"deleted": timezone.now()} if state == "deleted" else {}
        Annotation.objects.filter(pk=self.mark.pk).update(**facts, comment=self.mark.comment)
        if state == "withdrawn":
            type(self.house.article).objects.filter(pk=self.house.article.pk).update(state="withdrawn")

    def prepare(self, action: str) -> None:
        if action == "reopen":
            Annotation.objects.update(resolved=timezone.now())
        if action in PASSAGES:
            AnnotationSpan.objects.update(state="fuzzy", quote="camps")

    def send(self, client: Client, action: str, *, unknown: bool = False) -> Any:
        name, data = ACTIONS[action]
        key = self.reply.uid if "reply" in action and action != "reply" else self.mark.uid
        where: list[Any] = [uuid4() if unknown else key]
        where += [0, action] if action in PASSAGES else [action] if name == "act-on-mark" else []
        address = reverse(name, args=where)
        if action == "share" and self.mark.visibility == "private":
            data = {**data, "visibility": "everyone"}
        return client.get(address) if action == "read" else client.post(address, data)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens inside: one scene does for a whole table."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(answer: Any, action: str, done: int) -> Any:
    """Return the status, or whether a sent form did something (`done`: how many acts it made)."""
    if answer.status_code in {403, 404, 410}:
        return answer.status_code
    if action == "read":
        return "done" if answer.status_code == 200 else answer.status_code
    if done:
        return "done" if answer.status_code == 302 else answer.status_code
    return "refused" if answer.status_code in {302, 422} else answer.status_code


@pytest.mark.parametrize("state", MATRIX)
def test_each_person_gets_what_the_table_says(state: str) -> None:
    scene, found = Scene(state), {action: dict[str, Any]() for action in MATRIX[state]}
    acts = Operation.objects.count()
    for who, person in scene.people.items():
        client = Client()
        client.force_login(person)
        unknown = masked(scene.send(client, "read", unknown=True))
        for action in MATRIX[state]:
            with undone():
                client.cookies.pop("messages", None)
                scene.prepare(action)
                answer = scene.send(client, action)
                found[action][who] = outcome(answer, action, Operation.objects.count() - acts)
                assert answer.status_code != 404 or masked(answer) == unknown, (who, action)
    assert found == MATRIX[state]


def test_unknown_addresses_of_all_kinds_answer_alike() -> None:
    scene, client = Scene("private"), Client()
    client.force_login(scene.people["outsider"])
    assert len({masked(scene.send(client, action, unknown=True)) for action in ACTIONS}) == 1


def test_who_is_not_signed_in_is_sent_to_the_door() -> None:
    scene, visitor, disabled = Scene("everyone"), Client(), Client()
    person = make_user(Role.ADMIN, name="gone")
    disabled.force_login(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    for action in ACTIONS:
        for client in (visitor, disabled):
            answer = scene.send(client, action)
            assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True), action
    for name in OTHERS - {"article-marks", "mark-create", "undo-mark", "redo-mark", "notices-seen"}:
        assert "/account/login/" in visitor.get(reverse(name))["Location"]
    assert (Operation.objects.count(), Reply.objects.count()) == (2, 1)


def test_the_table_names_every_address_of_annotations() -> None:
    assert {str(pattern.name) for pattern in urlpatterns} == {name for name, _ in ACTIONS.values()} | OTHERS
    assert {action for cells_of in MATRIX.values() for action in cells_of} == set(ACTIONS)


# -- Canaries ------------------------------------------------------------------------------------------------------------
STARTS = ("/", "/account/", "/articles/", "/notices/", "/review/", "/trash/", "/tags/", "/sources/", "/help/")
NOT_FOLLOWED = re.compile(r"^/(static|account/logout|issues/\d+/(file|pages))|\.(ris|bib|json)$")
MOST_PAGES = 120


def all_pages(client: Client) -> dict[str, str]:
    """Return every page that links lead to; of one path at most three queries."""
    found: dict[str, str] = {}
    waiting, seen = list(STARTS), set(STARTS)
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        content = b"".join(answer) if answer.streaming else answer.content  # a file is closed at its end
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        found[address] = content.decode()
        for link in re.findall(r'href="(/[^"#]*)', found[address]):
            link = unescape(link)  # noqa: PLW2901
            path = link.partition("?")[0]
            if link not in seen and not NOT_FOLLOWED.search(path) and sum(one.startswith(path) for one in seen) < 9:
                seen.add(link)
                waiting.append(link)
    return found


def sow(house: House, scope: str, word: str) -> None:
    """Write an annotation of this scope with the word in all that a person can write."""
    team = house.team if scope == "team" else None
    tags = named_tags(f"{word}tag", by=house.author, visibility=scope, team=team)
    mark = house.mark(visibility=scope, team=team, comment=f"{word} @mate @outsider @curator", tags=tags)
    reply_to(uid=uuid4(), mark=mark, by=house.author, comment=f"{word} once more @mate @outsider")
    AnnotationSpan.objects.filter(annotation=mark).update(state="fuzzy")


@pytest.mark.parametrize(
    ("who", "knows"),
    [
        ("author", {"qprivateq", "qteamq", "qallq"}),
        ("mate", {"qteamq", "qallq"}),
        ("outsider", {"qallq"}),
        ("curator", {"qallq"}),
    ],
)
def test_words_are_on_no_page_of_those_they_are_not_for(who: str, knows: set[str]) -> None:
    house = make_house()
    for scope, word in (("private", "qprivateq"), ("team", "qteamq"), ("everyone", "qallq")):
        sow(house, scope, word)
    client = Client()
    client.force_login(getattr(house, who))
    pages = all_pages(client)
    assert house.article.get_absolute_url() in pages
    assert house.article.issue.get_absolute_url() in pages
    told = {word for word in ("qprivateq", "qteamq", "qallq") for html in pages.values() if word in html}
    assert told == knows
