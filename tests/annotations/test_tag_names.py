"""How a tag is written in a field: one name, one tag, also where several codebooks have its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Membership, Team
from monitor.annotations.actions import change_annotation
from monitor.annotations.codebook import make_tag, merge_tags
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.annotations.tag_names import book_name, written_names
from monitor.web.forms.marks import named_tags
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def three_raids(house: House) -> dict[str, Tag]:
    """Return tags of one path in three codebooks that the author sees."""
    return {
        "shared": make_tag(name="Raid", by=house.curator),
        "Rivers": make_tag(name="Raid", by=house.author, team=house.team),
        "mine": make_tag(name="Raid", by=house.author, private=True),
    }


def named(house: House, written: str, *, by: User | None = None, visibility: str = "private") -> list[Tag]:
    return list(named_tags(written, by=by or house.author, visibility=visibility, team=None))


def tags_of(mark: Annotation) -> set[int]:
    return set(mark.taggings.values_list("tag", flat=True))


def test_a_path_of_several_codebooks_is_written_with_its_codebook(house: House) -> None:
    raids = three_raids(house)
    alone = make_tag(name="Boats", by=house.curator)
    written = written_names([tag.pk for tag in (*raids.values(), alone)], house.author)
    assert written == {tag.pk: f"raid [{book}]" for book, tag in raids.items()} | {alone.pk: "boats"}
    # Who sees one of them has no need to tell them apart.
    assert written_names([raids["shared"].pk], house.outsider) == {raids["shared"].pk: "raid"}


def test_what_is_written_means_that_tag_again(house: House) -> None:
    for tag in three_raids(house).values():
        written = written_names([tag.pk], house.author)[tag.pk]
        for visibility in ("private", "everyone"):
            assert named(house, written, visibility=visibility) == [tag]
    assert named(house, "RAID [rivers]") == [Tag.objects.get(team=house.team)]


def test_a_codebook_without_such_a_tag_is_refused_and_makes_none(house: House) -> None:
    make_tag(name="Raid", by=house.curator)
    for written in ("raid [mine]", "raid [Rivers]", "boats [shared]"):
        with pytest.raises(CannotAnnotate, match=r"There is no tag “(raid|boats)” in the codebook"):
            named(house, written)
    assert Tag.objects.count() == 1


def test_brackets_that_name_no_codebook_are_part_of_a_name(house: House) -> None:
    (made,) = named(house, "Raid [2]")
    assert (made.name, made.owner) == ("Raid [2]", house.author)
    assert named(house, "raid [2]") == [made]
    # Nor does a codebook that one may not know of: the name of a team is not told by a refusal.
    (foreign,) = named(house, "Raid [Rivers]", by=house.outsider)
    assert (foreign.name, foreign.owner) == ("Raid [Rivers]", house.outsider)


@pytest.mark.parametrize("name", ["Rivers, North", "Rivers [old]", "Shared", "mine"])
def test_a_team_whose_name_is_unclear_is_written_by_its_uid(house: House, name: str) -> None:
    team = Team.objects.create(name=name)
    Membership.objects.create(team=team, user=house.author)
    assert book_name(owner=None, team_uid=team.uid, team_name=name) == str(team.uid)
    tag = make_tag(name="Raid", by=house.author, team=team)
    assert named(house, f"raid [{team.uid}]") == [tag]


def test_an_edit_form_that_is_sent_as_it_came_changes_no_tag(house: House) -> None:
    raids = three_raids(house)
    mark = house.mark(tags=(raids["shared"], raids["Rivers"]))
    client = Client()
    client.force_login(house.author)
    form = client.get(reverse("mark", args=[mark.uid])).context["form"]
    assert form.initial["tags"] == "raid [shared], raid [Rivers]"
    sent = {**form.initial, "comment": "once more"}
    assert client.post(reverse("change-mark", args=[mark.uid]), sent).status_code == 302
    assert tags_of(mark) == {raids["shared"].pk, raids["Rivers"].pk}


def test_an_edit_keeps_tags_that_its_owner_does_not_see_any_more(house: House) -> None:
    raids = three_raids(house)
    boats = make_tag(name="Boats", by=house.curator)
    mark = house.mark(visibility="team", team=house.team, tags=(raids["Rivers"], boats))
    Membership.objects.filter(user=house.author).delete()
    client = Client()
    client.force_login(house.author)
    form = client.get(reverse("mark", args=[mark.uid])).context["form"]
    assert form.initial["tags"] == "boats"
    changed = change_annotation(mark=mark, by=house.author, revision=1, comment="", tags=())
    assert tags_of(changed) == {raids["Rivers"].pk}
    sent = {**form.initial, "revision": changed.revision, "comment": "again"}
    client.post(reverse("change-mark", args=[mark.uid]), sent)
    assert tags_of(mark) == {raids["Rivers"].pk, boats.pk}


def test_a_tag_that_was_merged_away_is_not_kept_as_unseen(house: House) -> None:
    raid, foray = (make_tag(name=name, by=house.curator) for name in ("Raid", "Foray"))
    mark = house.mark(tags=(raid,))
    merge_tags(tag=raid, into=foray, by=house.curator, revision=1)
    mark.refresh_from_db()
    change_annotation(mark=mark, by=house.author, revision=mark.revision, tags=())
    assert tags_of(mark) == set()


def test_suggestions_say_how_each_tag_is_written(house: House) -> None:
    three_raids(house)
    client = Client()
    client.force_login(house.author)
    rows = client.get(reverse("suggest-tags"), {"q": "raid"}).json()["tags"]
    assert {row["scope"]: row["written"] for row in rows} == {
        "shared": "raid [shared]",
        "mine": "raid [mine]",
        str(house.team.uid): "raid [Rivers]",
    }
