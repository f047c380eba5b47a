"""The table of who may do what (SAFETY 5), told in the Hypothesis protocol's way: 404 where others say 403."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from monitor.accounts.models import User
from monitor.annotations.flag_models import Flag
from monitor.annotations.log_models import Notice
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.replies import reply_to
from monitor.library.models import State
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user
from tests.hypothesis_api.speaking import Program, uri_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
PEOPLE = ("reader", "author", "mate", "keeper", "outsider", "curator", "admin")
# One letter a person, in this order: + done, - not there.
TABLE = {
    ("private", "read"): "-+-----",
    ("private", "change"): "-+-----",
    ("private", "delete"): "-+-----",
    ("private", "reply"): "-+-----",
    ("private", "hide"): "-------",
    ("private", "flag"): "-------",
    ("team", "read"): "-+++---",
    ("team", "change"): "-+-----",
    ("team", "delete"): "-+-----",
    ("team", "reply"): "-+++---",
    ("team", "hide"): "---+---",
    ("team", "flag"): "--++---",
    ("everyone", "read"): "+++++++",
    ("everyone", "change"): "-+-----",
    ("everyone", "delete"): "-+-----",
    ("everyone", "reply"): "-++++++",
    ("everyone", "hide"): "-----++",
    ("everyone", "flag"): "+-+++++",
    ("hidden team", "read"): "-+-+---",
    ("hidden team", "change"): "-------",
    ("hidden team", "delete"): "-+-----",
    ("hidden team", "unhide"): "---+---",
    ("hidden everyone", "read"): "-+---++",
    ("hidden everyone", "change"): "-------",
    ("hidden everyone", "delete"): "-+-----",
    ("hidden everyone", "unhide"): "-----++",
    ("deleted", "read"): "-------",
    ("deleted", "change"): "-------",
    ("withdrawn text", "read"): "-+---++",
    ("nothing", "create private"): "+++++++",
    ("nothing", "create for the team"): "-+++---",
    ("nothing", "create for everyone"): "-++++++",
}


@pytest.fixture
def house() -> House:
    return make_house()


def person(house: House, name: str) -> User:
    return make_user("admin", name="admin") if name == "admin" else getattr(house, name)


def thing(house: House, kind: str) -> Annotation | None:
    if kind == "nothing":
        return None
    scope = next((name for name in ("private", "team") if kind.endswith(name)), "everyone")
    mark = house.mark(comment="A canary sings.", visibility=scope, team=house.team if scope == "team" else None)
    if kind.startswith("hidden"):
        Annotation.objects.update(hidden=timezone.now())
    if kind == "deleted":
        Annotation.objects.update(deleted=timezone.now())
    if kind == "withdrawn text":
        house.article.state = State.WITHDRAWN
        house.article.save()
    return mark


def act(program: Program, house: House, what: str, mark: Annotation | None) -> int:
    uri, team = uri_of(house.article), str(house.team.uid)
    path = f"/annotations/{mark.uid}" if mark else ""
    new: dict[str, Callable[[], dict[str, object]]] = {
        "create private": dict,
        "create for the team": lambda: {"group": team, "permissions": {"read": [f"group:{team}"]}},
        "create for everyone": lambda: {"permissions": {"read": ["group:__world__"]}},
        "reply": lambda: {"references": [str(mark.uid)] if mark else [], "text": "Indeed."},
    }
    if what in new:
        answer = program.ask("POST", "/annotations", {"uri": uri} | new[what]())
        # That what is answered is not there is said of the body, not of the address.
        return (
            404
            if what == "reply" and answer.status_code == 400 and mark and not _sees(program, mark)
            else answer.status_code
        )
    asked = {
        "read": ("GET", path, None),
        "change": ("PATCH", path, {"text": "Other."}),
        "delete": ("DELETE", path, None),
        "hide": ("PUT", f"{path}/hide", None),
        "unhide": ("DELETE", f"{path}/hide", None),
        "flag": ("PUT", f"{path}/flag", None),
    }
    return int(program.ask(*asked[what]).status_code)


def _sees(program: Program, mark: Annotation) -> bool:
    assert program.person is not None
    return bool(Annotation.objects.visible_to(program.person).filter(pk=mark.pk).exists())


@pytest.mark.parametrize("kind", dict.fromkeys(kind for kind, _ in TABLE))
def test_who_may(house: House, kind: str) -> None:
    mark, people = thing(house, kind), [Program(person(house, name)) for name in PEOPLE]
    as_it_was: Any = Annotation.objects.values("revision", "deleted", "hidden", "comment").first()
    for what, expected in ((what, cells) for (about, what), cells in TABLE.items() if about == kind):
        seen = ""
        for asker in people:
            status = act(asker, house, what, mark)
            seen += {200: "+", 204: "+", 404: "-"}[status]
            if mark and status == 404:
                assert Annotation.objects.values("revision", "deleted", "hidden", "comment").first() == as_it_was
            if mark:  # each comes to it as it was
                Reply.objects.all().delete()
                Annotation.objects.filter(pk=mark.pk).update(**as_it_was)
        assert (what, seen) == (what, expected)


def test_nobody_and_disabled_people_are_asked_for_a_token(house: House) -> None:
    mark = house.mark(visibility="everyone")
    gone = Program(house.mate)
    User.objects.filter(pk=house.mate.pk).update(is_active=False)
    for asker in (Program(None), gone, Program(None, headers={"Authorization": "Bearer \xff\xfe"})):
        for what in ("read", "change", "delete", "reply", "hide", "flag"):
            assert act(asker, house, what, mark) == 401


def test_a_canary_is_heard_by_none_who_may_not_see_it(house: House) -> None:
    private = house.mark("lamps", comment="canary-private", tags=())
    team = house.mark("dusk", comment="canary-team", visibility="team", team=house.team)
    reply_to(uid=uuid4(), mark=team, by=house.mate, comment="canary-reply")
    Program(house.author).make(
        house.article, tags=["canary-tag"], permissions={"read": ["acct:x"]}, secret="canary-key"
    )
    for name, heard in (
        ("mate", {"canary-team", "canary-reply"}),
        ("outsider", set()),
        ("reader", set()),
        ("curator", set()),
    ):
        asker = Program(person(house, name))
        asked = [
            {}, {"any": "canary"}, {"text": "canary"}, {"tag": "canary-tag"}, {"user": "author"}, {"quote": "lamps"},
            {"group": str(house.team.uid)}, {"uri": uri_of(house.article)}, {"references": str(team.uid)},
            {"_separate_replies": "true"}, {"sort": "created", "order": "asc"},
        ]  # fmt: skip
        pages = [asker.get("/search", **one) for one in asked]
        pages += [
            asker.get(path)
            for path in ("/profile", "/groups", f"/annotations/{private.uid}", f"/groups/{house.team.uid}")
        ]
        said = " ".join(page.content.decode() for page in pages)
        assert {
            word
            for word in ("canary-private", "canary-team", "canary-reply", "canary-tag", "canary-key")
            if word in said
        } == heard
        if not heard:
            assert [page.json()["total"] for page in pages[: len(asked)]] == [0] * len(asked)
            unknown = asker.get(f"/annotations/{uuid4()}").content
            assert asker.get(f"/annotations/{private.uid}").content == unknown
            assert asker.get(f"/annotations/{team.uid}").content == unknown


def test_ones_own_words_outlive_the_text_whose_title_is_not_told(house: House) -> None:
    mark = house.mark(visibility="everyone")
    house.article.state = State.WITHDRAWN
    house.article.save()
    told = Program(house.author).get(f"/annotations/{mark.uid}").json()
    assert (told["uri"], told["document"]) == (f"http://testserver/articles/{house.article.pk}/-/", {"title": []})
    assert house.article.slug not in str(told)
    answer = Program(house.author).ask("POST", "/annotations", {"uri": uri_of(house.article)})
    assert answer.json()["reason"] == "uri: this is no address of an article or issue here"


def test_a_flag_is_told_to_those_who_keep_order_once_and_not_to_the_author(house: House) -> None:
    mark = house.mark(visibility="everyone")
    reader, path = Program(house.reader), f"/annotations/{mark.uid}"
    assert [reader.ask("PUT", f"{path}/flag").status_code for _ in range(2)] == [204, 204]
    assert (Flag.objects.count(), Notice.objects.get().person, Notice.objects.get().kind) == (
        1,
        house.curator,
        "flagged",
    )
    assert reader.get(path).json()["flagged"] is True
    theirs = Program(house.author).get(path).json()
    assert (theirs["flagged"], "moderation" in theirs, theirs["actions"]) == (False, False, [])
    keepers = Program(house.curator).get(path).json()
    assert (keepers["flagged"], keepers["moderation"], keepers["actions"]) == (False, {"flagCount": 1}, ["moderate"])


def test_replies_are_flagged_hidden_and_shown_again(house: House) -> None:
    mark = house.mark(visibility="team", team=house.team)
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Hm.")
    path = f"/annotations/{reply.uid}"
    keeper, author = Program(house.keeper), Program(house.author)
    assert author.ask("PUT", f"{path}/flag").status_code == 204
    assert author.ask("PUT", f"{path}/hide").status_code == 404
    assert keeper.ask("PUT", f"{path}/hide").status_code == 204
    assert (keeper.get(path).json()["hidden"], author.get(path).status_code) == (True, 404)
    assert keeper.ask("DELETE", f"{path}/hide").status_code == 204
    assert (author.get(path).status_code, Reply.objects.get().hidden) == (200, None)
