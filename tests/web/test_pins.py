from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from monitor.accounts.models import Membership
from monitor.annotations.codebook import make_tag, rename_tag
from monitor.annotations.pinning import pin_tag
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import PinnedTag, Tag
from monitor.web.marked_article import find_marked
from monitor.web.pins import numbered
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from django.test import Client

    from monitor.accounts.models import User


def row(tag: int, **more: Any) -> dict[str, Any]:
    book = {"owner": None, "team": None, "team_name": None}
    return {"tag": tag, "name": f"T{tag}", "path": f"t{tag}", "colour": "teal", **book, **more}


def digits(hand: dict[str, Any]) -> list[tuple[int, str]]:
    return [(pin.digit, pin.path) for pin in numbered(hand)]


def test_pinned_tags_keep_their_digits_and_recent_ones_fill_the_rest() -> None:
    hand = {"pins": [row(1, digit=2), row(2, digit=9)], "lately": [row(3), row(1), row(3), row(4)]}
    assert digits(hand) == [(1, "t3"), (2, "t1"), (3, "t4"), (9, "t2")]
    assert [pin.is_pinned for pin in numbered(hand)] == [False, True, False, True]


def test_there_are_nine_digits_at_most() -> None:
    assert [digit for digit, _ in digits({"pins": [], "lately": [row(n) for n in range(30)]})] == list(range(1, 10))
    assert digits({"pins": [], "lately": []}) == []


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def hand_of(person: User, house: House) -> list[tuple[int, str]]:
    found: Any = find_marked(person, house.article.pk)
    return digits(found.at_hand)


def test_a_pin_shows_to_nobody_else_and_goes_with_the_team(house: House) -> None:
    teams = make_tag(name="Xylograph", by=house.author, team=house.team)
    shared = make_tag(name="Raid", by=house.curator)
    pin_tag(tag=teams, by=house.mate, digit=4)
    pin_tag(tag=shared, by=house.mate, digit=5)
    assert hand_of(house.mate, house) == [(4, "xylograph"), (5, "raid")]
    assert hand_of(house.author, house) == []
    Membership.objects.filter(user=house.mate).delete()
    assert hand_of(house.mate, house) == [(5, "raid")]


def test_tags_one_used_lately_come_of_their_own_newest_first(house: House) -> None:
    for name in ("Raid", "Boats", "Raid"):
        house.mark(tags=(make_tag(name=name, by=house.curator),))
    house.mark(by=house.mate, tags=(make_tag(name="Dues", by=house.curator),))
    assert hand_of(house.author, house) == [(1, "raid"), (2, "boats")]


@pytest.mark.parametrize("digit", [0, 10, -1])
def test_other_digits_are_refused(house: House, digit: int) -> None:
    with pytest.raises(CannotAnnotate, match="digits 1 to 9"):
        pin_tag(tag=make_tag(name="Raid", by=house.curator), by=house.mate, digit=digit)
    assert not PinnedTag.objects.exists()


def test_an_article_that_was_kept_is_drawn_anew_for_a_new_pin_or_name(house: House, client: Client) -> None:
    client.force_login(house.author)
    address = house.article.get_absolute_url()
    raid = make_tag(name="Raid", by=house.curator)
    client.get(address)

    def shown() -> tuple[int, list[tuple[str, str]]]:
        answer = client.get(address, headers={"If-None-Match": shown.etag})  # type: ignore[attr-defined]
        shown.etag = answer.get("ETag", "")  # type: ignore[attr-defined]
        return answer.status_code, re.findall(r'data-key="(\d)" data-tag="([^"]+)"', answer.content.decode())

    shown.etag = ""  # type: ignore[attr-defined]
    assert shown() == (200, [])
    assert shown() == (304, [])
    pin_tag(tag=raid, by=house.mate, digit=3)
    assert shown() == (304, [])
    pin_tag(tag=raid, by=house.author, digit=7)
    assert shown() == (200, [("7", "raid [shared]")])
    rename_tag(tag=Tag.objects.get(), by=house.curator, revision=1, name="Foray")
    assert shown() == (200, [("7", "foray [shared]")])
