"""Which tag stands on an annotation, by who reads it: no name gets out of its scope unasked, and none becomes another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor.accounts.models import Membership, Team
from monitor.annotations import codebook
from monitor.annotations.actions import share_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.web.forms.marks import named_tags
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from monitor.annotations.models import Annotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def tags_on(mark: Annotation) -> list[tuple[str, str]]:
    """Return the names of its tags, each with its scope."""
    tags = Tag.objects.filter(taggings__annotation=mark).order_by("path")
    return [(tag.name, tag.team.name if tag.team else tag.owner.username if tag.owner else "all") for tag in tags]


def names_of_all() -> list[str]:
    return sorted(Tag.objects.filter(owner=None, team=None).values_list("name", flat=True))


def test_a_teams_tag_on_a_private_mark_stays_the_teams(house: House) -> None:
    tag = make_tag(name="Informant", by=house.author, team=house.team)
    mark = house.mark(tags=(tag,))
    assert tags_on(mark) == [("Informant", "Rivers")]
    assert names_of_all() == []


def test_a_reader_with_a_teams_tag_makes_none_for_all(house: House) -> None:
    tag = make_tag(name="Informant", by=house.author, team=house.team)
    mark = house.mark(by=house.member_who_reads, tags=(tag,))
    assert tags_on(mark) == [("Informant", "Rivers")]
    assert names_of_all() == []


def test_taking_a_mark_back_from_a_team_tells_nobody_its_tags(house: House) -> None:
    tag = make_tag(name="Informant", by=house.author, team=house.team)
    mark = house.mark(visibility="team", team=house.team, tags=(tag,))
    share_annotation(mark=mark, by=house.author, revision=1, visibility="private", team=None)
    assert tags_on(mark) == [("Informant", "Rivers")]
    assert names_of_all() == []


def test_a_tag_of_a_team_one_has_left_is_not_shared(house: House) -> None:
    tag = make_tag(name="Informant", by=house.author, team=house.team)
    mark = house.mark(tags=(tag,))
    Membership.objects.filter(user=house.author).delete()
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    assert tags_on(mark) == []
    assert names_of_all() == []


def test_sharing_finds_the_tag_by_its_name_and_not_by_its_address(house: House) -> None:
    for name in ("Raid", "Raid!"):
        make_tag(name=name, by=house.curator)
    own = make_tag(name="Raid!", by=house.author, private=True)  # its address is that of the others' "Raid"
    mark = house.mark(tags=(own,))
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    assert tags_on(mark) == [("Raid!", "all")]
    assert names_of_all() == ["Raid", "Raid!"]


def test_sharing_survives_a_name_that_has_another_address_there(house: House) -> None:
    make_tag(name="Raid", by=house.curator)
    for name in ("Raid!", "Raid"):
        own = make_tag(name=name, by=house.author, private=True)
    assert own.path == "raid-2"
    mark = house.mark(visibility="everyone", tags=(own,))
    assert tags_on(mark) == [("Raid", "all")]


def test_sharing_makes_the_steps_that_are_missing(house: House) -> None:
    make_tag(name="Violence", by=house.curator)
    own = make_tag(name="violence/Prison break", by=house.author, private=True)
    mark = house.mark(visibility="team", team=house.team, tags=(own,))
    assert tags_on(mark) == [("Prison break", "Rivers")]
    found = Tag.objects.get(team=house.team, name="Prison break")
    assert found.path == "violence/prison-break"
    assert Tag.objects.get(team=house.team, key="violence").path == "violence"
    assert names_of_all() == ["Violence"]


def test_a_name_means_the_tag_nearest_to_the_marks_readers(house: House) -> None:
    other = Team.objects.create(name="Hills")
    Membership.objects.create(team=other, user=house.author)
    make_tag(name="Raid", by=house.author, private=True)
    for team in (other, house.team, None):
        make_tag(name="Raid", by=house.author, team=team)
    named = {
        "private": named_tags("raid", by=house.author, visibility="private", team=None),
        "team": named_tags("raid", by=house.author, visibility="team", team=house.team),
        "everyone": named_tags("Raid", by=house.author, visibility="everyone", team=None),
    }
    assert {scope: tags_on(house.mark(visibility=scope, team=house.team if scope == "team" else None, tags=tags))
            for scope, tags in named.items()} == {
        "private": [("Raid", "author")], "team": [("Raid", "Rivers")], "everyone": [("Raid", "all")],
    }  # fmt: skip


def test_a_team_takes_the_tag_of_all_before_another_teams(house: House) -> None:
    other = Team.objects.create(name="Hills")
    Membership.objects.create(team=other, user=house.author)
    for team in (other, None):
        make_tag(name="Raid", by=house.author, team=team)
    tags = named_tags("raid", by=house.author, visibility="team", team=house.team)
    assert tags_on(house.mark(visibility="team", team=house.team, tags=tags)) == [("Raid", "all")]


def test_a_name_typed_into_a_private_mark_is_nobody_elses_to_read(house: House) -> None:
    tags = named_tags("Source Kestrel", by=house.author, visibility="private", team=None)
    assert tags_on(house.mark(tags=tags)) == [("Source Kestrel", "author")]
    assert not Tag.objects.visible_to(house.mate).exists()


def test_too_many_names_make_no_tag(house: House) -> None:
    with pytest.raises(CannotAnnotate, match="at most 50 tags"):
        named_tags(",".join(f"t{number}" for number in range(51)), by=house.author, visibility="private", team=None)
    assert not Tag.objects.exists()


def test_two_who_make_one_tag_at_once_get_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the other's row between the look and the insert, as a second worker would."""
    make, made = codebook._made_child, list[Tag]()

    def other_is_first(*args: Any) -> Tag:
        if not made:
            made.append(Tag.objects.create(name="Raid", path="raid"))
        return make(*args)

    monkeypatch.setattr(codebook, "_made_child", other_is_first)
    assert make_tag(name="Raid", by=house.author) == made[0]


def test_a_name_that_folds_to_too_many_letters_is_refused(house: House) -> None:
    with pytest.raises(CannotAnnotate, match="at most 80 characters"):
        make_tag(name="ﬃ" * 60, by=house.author)
