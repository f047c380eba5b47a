"""Other readers and other tags in one change, at each border: no tag is named to those for whom it was not meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from monitor.annotations.codebook import make_tag
from monitor.annotations.tag_models import Tag
from tests.anno.asking import SITE, annotation, asker
from tests.annotations.people_and_texts import House, make_house
from tests.api.stage import ask, program
from tests.hypothesis_api.speaking import HOST, Program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.annotations.models import Annotation

    Change = Callable[[House, Annotation, str, Sequence[str]], Any]

pytestmark = pytest.mark.django_db


def by_rest(house: House, mark: Annotation, visibility: str, tags: Sequence[str]) -> Any:
    sent = {"visibility": visibility, "tags": list(tags)} | (
        {"team": str(house.team.uid)} if visibility == "team" else {}
    )
    return ask(program(house.author), "PATCH", f"annotations/{mark.uid}/", sent, If_Match="*")


def by_web_annotation(house: House, mark: Annotation, visibility: str, tags: Sequence[str]) -> Any:
    audience = {"everyone": f"{SITE}/", "team": f"{SITE}/teams/{house.team.pk}/"}
    body = [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]
    readers: dict[str, Any] = {"audience": {"id": audience[visibility]}} if visibility in audience else {}
    sent = annotation(house, body=body, id=f"{SITE}/anno/{mark.uid}", **readers)
    return asker(house.author)("PUT", str(mark.uid), sent, If_Match="*")


def by_sidebar(house: House, mark: Annotation, visibility: str, tags: Sequence[str]) -> Any:
    # A sidebar shares with the group a mark was written in, and nobody else.
    group = {"everyone": "group:__world__", "team": f"group:{house.team.uid}"}
    read = group.get(visibility, f"acct:author@{HOST}")
    sent = {"tags": list(tags), "permissions": {"read": [read]}}
    return Program(house.author).ask("PATCH", f"/annotations/{mark.uid}", sent)


@dataclass(frozen=True, slots=True)
class Border:
    name: str
    change: Change


BORDERS = [Border("rest", by_rest), Border("anno", by_web_annotation), Border("hypothesis", by_sidebar)]
each_border = pytest.mark.parametrize("border", BORDERS, ids=[one.name for one in BORDERS])


@pytest.fixture
def house() -> House:
    return make_house()


def borne(mark: Annotation) -> list[str]:
    mark.refresh_from_db()
    return sorted(mark.taggings.values_list("tag__path", flat=True))


@each_border
@pytest.mark.parametrize("before", ["everyone", "team"])
def test_a_tag_given_with_privacy_is_named_to_nobody(house: House, border: Border, before: str) -> None:
    tag = make_tag(name="weir", by=house.author, team=house.team if before == "team" else None)
    mark = house.mark(visibility=before, team=house.team if before == "team" else None, tags=(tag,))
    answer = border.change(house, mark, "private", ["weir", "secret plan"])
    assert (answer.status_code, borne(mark), mark.visibility) == (200, ["secret-plan", "weir"], "private")
    (secret,) = Tag.objects.filter(key="secret plan")
    assert (secret.owner, secret.team) == (house.author, None)
    for person in (house.mate, house.outsider, house.curator):
        assert not Tag.objects.visible_to(person).filter(key="secret plan").exists()


@each_border
def test_what_its_owner_sees_no_more_is_not_carried_to_more_readers(house: House, border: Border) -> None:
    """A private mark bears a tag of a team its owner has left; made public, it must not bring that name along."""
    theirs, own = make_tag(name="raid", by=house.author, team=house.team), make_tag(name="weir", by=house.author)
    mark = house.mark(tags=(theirs, own))
    house.team.memberships.filter(user=house.author).delete()
    answer = border.change(house, mark, "private", ["weir"])
    assert (answer.status_code, borne(mark)) == (200, ["raid", "weir"])  # left out of a form it cannot be in
    answer = border.change(house, mark, "everyone", ["weir"])
    assert (answer.status_code, borne(mark), mark.visibility) == (200, ["weir"], "everyone")
    assert [tag.team for tag in Tag.objects.filter(key="raid")] == [house.team]


def test_sharing_alone_takes_along_what_its_owner_sees(house: House) -> None:
    theirs, own = (
        make_tag(name="raid", by=house.author, team=house.team),
        make_tag(name="weir", by=house.author, private=True),
    )
    mark = house.mark(tags=(theirs, own))
    house.team.memberships.filter(user=house.author).delete()
    client = program(house.author)
    answer = ask(client, "PATCH", f"annotations/{mark.uid}/", {"visibility": "everyone"}, If_Match="*")
    assert (answer.status_code, borne(mark)) == (200, ["weir"])
    use = mark.taggings.get()
    assert (use.tag.owner, use.tag.team) == (None, None)


@each_border
def test_a_team_gets_its_own_tag_of_that_name(house: House, border: Border) -> None:
    own = make_tag(name="weir", by=house.author, private=True)
    mark = house.mark(tags=(own,))
    if border.name == "hypothesis":  # only the group it was written in
        sent = {"group": str(house.team.uid), "permissions": {"read": [f"acct:author@{HOST}"]}, "tags": ["weir"]}
        mark = type(mark).objects.get(uid=Program(house.author).make(house.article, **sent)["id"])
    answer = border.change(house, mark, "team", ["weir", "gate"])
    assert (answer.status_code, borne(mark), mark.team) == (200, ["gate", "weir"], house.team)
    assert {use.tag.team for use in mark.taggings.all()} <= {house.team, None}
    assert not mark.taggings.filter(tag__owner=house.author).exists()
    assert own.taggings.count() == (1 if border.name == "hypothesis" else 0)
