"""Undo and redo do nothing that their person may not do by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.accounts.models import Membership, Role
from monitor.annotations.actions import (
    change_annotation,
    hide_annotation,
    reopen_annotation,
    resolve_annotation,
    share_annotation,
    unhide_annotation,
)
from monitor.annotations.codebook import delete_tag, make_tag, merge_tags, rename_tag
from monitor.annotations.models import Annotation
from monitor.annotations.operations import redo, undo
from monitor.annotations.refusals import NotYours
from monitor.annotations.replies import reply_to
from monitor.annotations.snapshots import snapshot
from monitor.annotations.tag_models import Tag
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from django.test import Client

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def refuses(turn: Any, person: User, mark: Annotation) -> bool:
    """Return whether the act is refused; it must then have touched nothing."""
    before = snapshot(Annotation.objects.get(pk=mark.pk))
    try:
        turn(person)
    except NotYours:
        assert snapshot(Annotation.objects.get(pk=mark.pk)) == before
        return True
    return False


def become(person: User, role: Role) -> None:
    person.role = role
    person.save(update_fields=["role"])


def leave(person: User) -> None:
    Membership.objects.filter(user=person).delete()


def test_undo_does_not_share_with_a_team_one_has_left(house: House) -> None:
    mark = house.mark(visibility="team", team=house.team)
    share_annotation(mark=mark, by=house.author, revision=1, visibility="private", team=None)
    leave(house.author)
    assert refuses(undo, house.author, mark)
    assert not Annotation.objects.visible_to(house.mate).exists()


def test_redo_does_not_share_with_all_when_one_has_become_a_reader(house: House) -> None:
    mark = house.mark()
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    undo(house.author)
    become(house.author, Role.READER)
    assert refuses(redo, house.author, mark)


def test_undo_still_takes_back_what_one_shared(house: House) -> None:
    mark = house.mark()
    share_annotation(mark=mark, by=house.author, revision=1, visibility="team", team=house.team)
    leave(house.author)
    assert not refuses(undo, house.author, mark)
    assert Annotation.objects.get().visibility == "private"


@pytest.mark.parametrize("last", [hide_annotation, unhide_annotation])
def test_who_is_no_curator_any_more_hides_and_shows_nothing(house: House, last: Any) -> None:
    mark = house.mark(visibility="everyone")
    for act in (hide_annotation, unhide_annotation):
        act(mark=mark, by=house.curator)
        if act == last:
            break
    become(house.curator, Role.ANALYST)
    assert refuses(undo, house.curator, mark)


@pytest.mark.parametrize("last", [resolve_annotation, reopen_annotation])
def test_who_has_left_the_team_resolves_and_reopens_nothing(house: House, last: Any) -> None:
    mark = house.mark(visibility="team", team=house.team)
    for act in (resolve_annotation, reopen_annotation):
        act(mark=mark, by=house.mate)
        if act == last:
            break
    leave(house.mate)
    assert refuses(undo, house.mate, mark)


def test_what_stands_on_a_withdrawn_text_is_resolved_by_nobody_who_cannot_read_it(house: House) -> None:
    mark = house.mark(visibility="everyone")
    resolve_annotation(mark=mark, by=house.mate)
    house.article.state = "withdrawn"
    house.article.save()
    assert refuses(undo, house.mate, mark)


def test_ones_own_words_may_always_be_taken_back(house: House) -> None:
    mark = house.mark(visibility="everyone")
    change_annotation(mark=mark, by=house.author, revision=1, comment="more")
    reply_to(uid=uuid4(), mark=mark, by=house.author, comment="and more")
    become(house.author, Role.READER)
    assert [refuses(undo, house.author, mark) for _ in range(3)] == [False, False, False]
    assert Annotation.objects.get().deleted is not None


def test_who_keeps_the_codebook_no_more_undoes_nothing_of_it(house: House) -> None:
    tag, other = (make_tag(name=name, by=house.author) for name in ("Raid", "Attack"))
    mark = house.mark(visibility="everyone", tags=(tag,))
    merge_tags(tag=tag, into=other, by=house.curator, revision=1)
    become(house.curator, Role.ANALYST)
    assert refuses(undo, house.curator, mark)
    assert Tag.objects.get(name="Raid").merged_into == other


def test_a_tag_that_others_use_by_now_is_not_taken_from_them(house: House) -> None:
    tag = make_tag(name="Raid", by=house.author)
    mark = house.mark(by=house.mate, tags=(tag,))
    assert refuses(undo, house.author, mark)
    assert Tag.objects.visible_to(house.mate).get() == tag


def test_a_tag_nobody_else_uses_may_be_unmade_by_its_maker(house: House) -> None:
    make_tag(name="Raid", by=house.author)
    undo(house.author)
    assert not Tag.objects.visible_to(house.author).exists()
    redo(house.author)
    assert Tag.objects.visible_to(house.author).get().name == "Raid"


def test_own_tags_are_turned_at_will(house: House) -> None:
    tag = make_tag(name="Raid", by=house.reader, private=True)
    rename_tag(tag=tag, by=house.reader, revision=1, name="Attack")
    undo(house.reader)
    delete_tag(tag=tag, by=house.reader, revision=3)
    undo(house.reader)
    assert Tag.objects.visible_to(house.reader).get().name == "Raid"


def test_undo_brings_back_what_a_tag_was_merged_into_since(house: House) -> None:
    tag, other = (make_tag(name=name, by=house.author) for name in ("Raid", "Attack"))
    mark = house.mark(tags=(tag,))
    change_annotation(mark=mark, by=house.author, revision=1, tags=())
    merge_tags(tag=tag, into=other, by=house.curator, revision=1)
    undo(house.author)
    assert list(mark.taggings.values_list("tag__name", flat=True)) == ["Attack"]


def test_the_page_says_why_it_is_not_undone(client: Client, house: House) -> None:
    mark = house.mark(visibility="team", team=house.team)
    share_annotation(mark=mark, by=house.author, revision=1, visibility="private", team=None)
    leave(house.author)
    client.force_login(house.author)
    answer = client.post(reverse("undo-mark"))
    assert (answer.status_code, "This is not one of your teams." in answer.content.decode()) == (403, True)
