"""One act on many annotations: what it changes, what it counts as refused, and that it is undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitor.accounts.models import Membership
from monitor.annotations import bulk
from monitor.annotations.actions import change_annotation
from monitor.annotations.bulk import Outcome
from monitor.annotations.codebook import make_tag, merge_tags
from monitor.annotations.log_models import Notice, Operation
from monitor.annotations.models import Annotation
from monitor.annotations.operations import redo, undo
from monitor.annotations.refusals import ChangedSince, NotYours, NotYourTeam
from monitor.annotations.tag_models import Tag
from monitor.web.forms.marks import named_tags
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def seen(person: User) -> Any:
    return Annotation.objects.visible_to(person)


def paths(mark: Annotation) -> list[str]:
    return sorted(mark.taggings.values_list("tag__path", flat=True))


def facts_of_all() -> list[tuple[Any, ...]]:
    """Return what can be seen of every annotation but its revision and its dates."""
    columns = ("uid", "colour", "visibility", "team", "deleted", "comment")
    rows = {row[0]: row for row in Annotation.objects.order_by("pk").values_list(*columns)}
    return [(*row, paths(Annotation.objects.get(uid=uid))) for uid, row in rows.items()]


def three_scopes(house: House) -> dict[str, Annotation]:
    """Return the author's private, team and everybody's annotations, beside two of others that the author sees."""
    house.mark(comment="foreign", visibility="everyone", by=house.outsider)
    house.mark(comment="mate's", visibility="team", team=house.team, by=house.mate)
    return {
        scope: house.mark(comment=scope, visibility=scope, team=house.team if scope == "team" else None)
        for scope in ("private", "team", "everyone")
    }


def tags_for(house: House, written: str) -> Callable[..., tuple[Tag, ...]]:
    return lambda visibility, team: named_tags(written, by=house.author, visibility=visibility, team=team)


def test_tags_go_to_each_scope_as_its_readers_know_them(house: House) -> None:
    make_tag(name="Raid", by=house.curator)
    make_tag(name="Raid", by=house.author, private=True)
    marks = three_scopes(house)
    done = bulk.add_tags(marks=seen(house.author), by=house.author, tags_for=tags_for(house, "raid"))
    assert done == Outcome(changed=3, foreign=2)
    scopes = {scope: mark.taggings.get().tag for scope, mark in marks.items()}
    assert {scope: (tag.owner, tag.team) for scope, tag in scopes.items()} == {
        "private": (house.author, None),
        "team": (None, house.team),  # a shared name stays as it is: it was found before the team's
        "everyone": (None, None),
    } | {"team": (None, None)}
    assert Operation.objects.filter(verb="tag").get().label == "Tagged 3 annotations"
    again = bulk.add_tags(marks=seen(house.author), by=house.author, tags_for=tags_for(house, "raid"))
    assert again == Outcome(changed=0, foreign=2, already=3)
    assert Operation.objects.filter(verb="tag").count() == 1


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        (bulk.add_tags, {"tags_for": lambda visibility, team: tuple(Tag.objects.filter(path="boats"))}),
        (bulk.recolour, {"colour": "teal"}),
        (bulk.share, {"visibility": "everyone", "team": None}),
        (bulk.share, {"visibility": "private", "team": None}),
        (bulk.delete, {}),
    ],
)
def test_every_act_is_undone_and_redone_as_one(house: House, act: Any, facts: dict[str, Any]) -> None:
    raid = make_tag(name="Raid", by=house.curator)
    make_tag(name="Boats", by=house.curator)
    marks = three_scopes(house)
    bulk.add_tags(marks=seen(house.author), by=house.author, tags_for=lambda visibility, team: (raid,))
    before, acts = facts_of_all(), Operation.objects.count()
    done = act(marks=seen(house.author), by=house.author, **facts)
    after = facts_of_all()
    assert (done.changed > 1, done.foreign, Operation.objects.count() - acts) == (True, 2, 1)
    assert after != before
    undo(house.author)
    assert facts_of_all() == before
    redo(house.author)
    assert [row[:4] + row[5:] for row in facts_of_all()] == [row[:4] + row[5:] for row in after]
    assert {mark.uid: Annotation.objects.get(pk=mark.pk).deleted is not None for mark in marks.values()} == {
        mark.uid: act is bulk.delete for mark in marks.values()
    }


def test_nothing_of_others_changes_whatever_the_act(house: House) -> None:
    three_scopes(house)
    others = Annotation.objects.exclude(owner=house.author)
    before = list(others.order_by("pk").values())
    boats = make_tag(name="Boats", by=house.curator)
    acts: tuple[Callable[[], Outcome], ...] = (
        lambda: bulk.add_tags(marks=others, by=house.author, tags_for=lambda visibility, team: (boats,)),
        lambda: bulk.take_tags(marks=others, by=house.author, tags=[boats]),
        lambda: bulk.recolour(marks=others, by=house.author, colour="red"),
        lambda: bulk.share(marks=others, by=house.author, visibility="private", team=None),
        lambda: bulk.delete(marks=others, by=house.author),
    )
    assert [do() for do in acts] == [Outcome(changed=0, foreign=2)] * len(acts)
    assert list(others.order_by("pk").values()) == before
    assert not Operation.objects.filter(verb__in=["tag", "untag", "colour", "delete"]).exists()


def test_taking_tags_off_leaves_the_others(house: House) -> None:
    raid, boats = (make_tag(name=name, by=house.curator) for name in ("Raid", "Boats"))
    both, one, none = house.mark(tags=(raid, boats)), house.mark(tags=(raid,)), house.mark()
    done = bulk.take_tags(marks=seen(house.author), by=house.author, tags=[raid])
    assert (done, paths(both), paths(one), paths(none)) == (Outcome(changed=2, already=1), ["boats"], [], [])
    undo(house.author)
    assert (paths(both), paths(one)) == (["boats", "raid"], ["raid"])


def test_an_annotation_that_is_full_is_left_and_counted(house: House) -> None:
    many = tuple(make_tag(name=f"t{number:02}", by=house.curator) for number in range(50))
    full, empty = house.mark(tags=many), house.mark()
    more = make_tag(name="more", by=house.curator)
    done = bulk.add_tags(marks=seen(house.author), by=house.author, tags_for=lambda visibility, team: (more,))
    assert (done, len(paths(full)), paths(empty)) == (Outcome(changed=1, full=1), 50, ["more"])


def test_hidden_ones_may_be_deleted_but_not_changed(house: House) -> None:
    mark = house.mark(visibility="everyone")
    Annotation.objects.filter(pk=mark.pk).update(hidden=timezone.now())
    assert bulk.recolour(marks=seen(house.author), by=house.author, colour="red") == Outcome(changed=0, foreign=1)
    assert bulk.delete(marks=seen(house.author), by=house.author) == Outcome(changed=1)


def test_sharing_gives_tags_to_the_readers_and_tells_whom_it_mentions(house: House) -> None:
    own = make_tag(name="Source Kestrel", by=house.author, private=True)
    house.mark(comment="Look, @mate", tags=(own,))
    house.mark(comment="plain")
    bulk.share(marks=seen(house.author), by=house.author, visibility="team", team=house.team)
    tag = Annotation.objects.get(comment="Look, @mate").taggings.get().tag
    assert (tag.name, tag.team) == ("Source Kestrel", house.team)
    assert list(Notice.objects.values_list("person__username", "annotation__comment")) == [("mate", "Look, @mate")]


def test_who_may_not_share_changes_nothing(house: House) -> None:
    house.mark(by=house.reader)
    for person, visibility, team in ((house.reader, "everyone", None), (house.outsider, "team", house.team)):
        with pytest.raises((NotYours, NotYourTeam)):
            bulk.share(marks=seen(person), by=person, visibility=visibility, team=team)
    assert set(Annotation.objects.values_list("visibility", flat=True)) == {"private"}


def test_undoing_is_refused_where_one_of_them_was_changed_since(house: House) -> None:
    first, second = house.mark(), house.mark()
    bulk.recolour(marks=seen(house.author), by=house.author, colour="red")
    before = facts_of_all()
    Annotation.objects.filter(pk=second.pk).update(colour="blue")
    with pytest.raises(ChangedSince, match="Recoloured 2 annotations"):
        undo(house.author)
    assert Annotation.objects.get(pk=first.pk).colour == "red"
    assert facts_of_all()[0] == before[0]


def test_undoing_gives_what_a_tag_was_merged_into(house: House) -> None:
    raid, foray = (make_tag(name=name, by=house.curator) for name in ("Raid", "Foray"))
    mark = house.mark(tags=(raid,))
    bulk.take_tags(marks=seen(house.author), by=house.author, tags=[raid])
    merge_tags(tag=raid, into=foray, by=house.curator, revision=1)
    undo(house.author)
    assert paths(mark) == ["foray"]


def test_undoing_a_share_asks_whether_one_may_still_share(house: House) -> None:
    house.mark(visibility="team", team=house.team)
    house.mark(visibility="team", team=house.team)
    bulk.share(marks=seen(house.author), by=house.author, visibility="private", team=None)
    Membership.objects.filter(user=house.author).delete()
    with pytest.raises(NotYourTeam):
        undo(house.author)
    assert set(Annotation.objects.values_list("visibility", flat=True)) == {"private"}


def test_revisions_rise_so_that_an_open_form_is_told(house: House) -> None:
    mark = house.mark()
    bulk.recolour(marks=seen(house.author), by=house.author, colour="red")
    mark.refresh_from_db()
    assert mark.revision == 2
    change_annotation(mark=mark, by=house.author, revision=2, comment="on")


def test_too_many_are_refused_with_their_number(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    for _ in range(3):
        house.mark()
    with pytest.raises(bulk.TooMany, match="these are 3"):
        bulk.delete(marks=seen(house.author), by=house.author)
    assert not Annotation.objects.exclude(deleted=None).exists()


def statements(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        do()
    return len(caught)


def test_statements_do_not_grow_with_the_annotations(house: House) -> None:
    boats = make_tag(name="Boats", by=house.curator)
    person = house.author
    acts: dict[str, Callable[[], object]] = {
        "tag": lambda: bulk.add_tags(marks=seen(person), by=person, tags_for=lambda visibility, team: (boats,)),
        "untag": lambda: bulk.take_tags(marks=seen(person), by=person, tags=[boats]),
        "colour": lambda: bulk.recolour(marks=seen(person), by=person, colour="red"),
        "share": lambda: bulk.share(marks=seen(person), by=person, visibility="everyone", team=None),
        "undo": lambda: undo(person),
        "delete": lambda: bulk.delete(marks=seen(person), by=person),
        "undo all": lambda: undo(person),
    }
    counted = []
    for more in (2, 10):
        for _ in range(more):
            house.mark()
        counted.append({name: statements(do) for name, do in acts.items()})
        Annotation.objects.all().delete()
    assert counted[0] == counted[1]
