"""A page with annotations that a browser kept: it is drawn anew when anything it says of others has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from monitor.accounts.models import Membership, Team
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def rename_author(house: House) -> None:
    house.author.name = "Mira Haddad"
    house.author.save(update_fields=["name"])


def rename_team(house: House) -> None:
    house.team.name = "Lakes"
    house.team.save(update_fields=["name"])


def run_team(house: House) -> None:
    Membership.objects.filter(user=house.mate).update(is_team_admin=True)


def change_teams(house: House) -> None:
    """Put another team with a like note, made at the same moment, in the place of the first."""
    other = Team.objects.create(name="Hills")
    Membership.objects.filter(user=house.outsider).delete()
    for person in (house.outsider, house.mate):
        Membership.objects.create(team=other, user=person)
    draft = Draft(
        article=house.article, passages=(house.asked("lamps"),), comment="theirs", visibility="team", team=other
    )
    theirs = create_annotation(uid=uuid4(), by=house.outsider, draft=draft)[0]
    Annotation.objects.filter(pk=theirs.pk).update(updated=Annotation.objects.get(comment="ours").updated)
    Membership.objects.filter(user=house.mate, team=house.team).delete()


@pytest.mark.parametrize("happens", [rename_author, rename_team, run_team, change_teams])
def test_a_kept_page_is_stale_when_it_names_or_shows_others(
    client: Client, house: House, happens: Callable[[House], None]
) -> None:
    draft = Draft(
        article=house.article, passages=(house.asked("lamps"),), comment="ours", visibility="team", team=house.team
    )
    create_annotation(uid=uuid4(), by=house.author, draft=draft)
    client.force_login(house.mate)
    address = house.article.get_absolute_url()
    client.get(address)
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    happens(house)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
