from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.annotations.actions import (
    change_annotation,
    delete_annotation,
    resolve_annotation,
    restore_annotation,
    share_annotation,
)
from monitor.annotations.codebook import make_tag
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.operations import redo, touched, undo
from monitor.annotations.refusals import ChangedSince, NothingToUndo
from monitor.annotations.replies import reply_to
from monitor.annotations.snapshots import snapshot
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def state(mark: Annotation) -> dict[str, Any]:
    return snapshot(Annotation.objects.get(pk=mark.pk))


def test_undoing_a_new_mark_puts_it_into_the_trash_and_redoing_brings_it_back(house: House) -> None:
    mark = house.mark(comment="kept", tags=(make_tag(name="Raid", by=house.author),))
    made = state(mark)
    undone = undo(house.author)
    assert touched(undone) == [f"annotation:{mark.uid}"]
    assert mark in Annotation.objects.in_trash_of(house.author)
    redo(house.author)
    assert state(mark) == made


def test_undo_goes_back_step_by_step_and_redo_forth(house: House) -> None:
    mark = house.mark(comment="one")
    states = [state(mark)]
    for number, comment in enumerate(("two", "three"), 1):
        change_annotation(mark=mark, by=house.author, revision=number, comment=comment)
        states.append(state(mark))
    undo(house.author)
    assert state(mark) == states[1]
    undo(house.author)
    assert state(mark) == states[0]
    redo(house.author)
    redo(house.author)
    assert state(mark) == states[2]
    with pytest.raises(NothingToUndo, match="do again"):
        redo(house.author)


def test_a_new_act_ends_what_could_be_done_again(house: House) -> None:
    mark = house.mark(comment="one")
    change_annotation(mark=mark, by=house.author, revision=1, comment="two")
    undo(house.author)
    mark.refresh_from_db()
    change_annotation(mark=mark, by=house.author, revision=mark.revision, comment="other")
    with pytest.raises(NothingToUndo):
        redo(house.author)
    undo(house.author)
    assert state(mark)["comment"] == "one"


def test_each_person_undoes_their_own_acts(house: House) -> None:
    mark = house.mark(visibility="everyone", comment="kept")
    resolve_annotation(mark=mark, by=house.mate)
    undo(house.mate)
    assert state(mark)["resolved"] is None
    with pytest.raises(NothingToUndo):
        undo(house.mate)
    assert state(mark)["deleted"] is None


def test_what_somebody_changed_since_is_not_overwritten(house: House) -> None:
    mark = house.mark(visibility="everyone", comment="one")
    resolve_annotation(mark=mark, by=house.mate)
    before = state(mark)
    with pytest.raises(ChangedSince, match="cannot be undone"):
        undo(house.author)
    assert state(mark) == before


def test_an_act_that_was_refused_does_not_stand_before_the_others(house: House) -> None:
    first = house.mark(comment="one")
    second = house.mark(visibility="everyone", comment="two")
    resolve_annotation(mark=second, by=house.mate)
    with pytest.raises(ChangedSince):
        undo(house.author)
    assert touched(undo(house.author)) == [f"annotation:{first.uid}"]
    assert (state(first)["deleted"] is None, state(second)["deleted"] is None) == (False, True)
    assert touched(redo(house.author)) == [f"annotation:{first.uid}"]
    with pytest.raises(NothingToUndo):
        redo(house.author)


def test_undoing_leaves_a_passage_where_a_new_reading_moved_it(house: House) -> None:
    mark = house.mark(comment="one")
    change_annotation(mark=mark, by=house.author, revision=1, comment="two")
    mark.spans.update(start=7, end=9, text_version=2)
    undo(house.author)
    span = mark.spans.get()
    assert (state(mark)["comment"], span.start, span.end, span.text_version) == ("one", 7, 9, 2)


def test_undoing_a_reply_takes_it_back(house: House) -> None:
    mark = house.mark(visibility="everyone")
    reply, _ = reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Indeed.")
    undo(house.mate)
    assert not Reply.objects.visible_to(house.mate).exists()
    redo(house.mate)
    assert Reply.objects.visible_to(house.author).get() == reply


def test_an_act_that_changes_nothing_is_not_kept(house: House) -> None:
    mark = house.mark(comment="one")
    count = Operation.objects.count()
    change_annotation(mark=mark, by=house.author, revision=1, comment="one")
    assert Operation.objects.count() == count


ACTS: dict[str, Callable[[Any, int], object]] = {
    "comment": lambda mark, n: change_annotation(
        mark=mark, by=mark.owner, revision=mark.revision, comment=f"words {n}"
    ),
    "colour": lambda mark, n: change_annotation(
        mark=mark, by=mark.owner, revision=mark.revision, colour=("teal", "pink", "blue")[n % 3]
    ),
    "tag": lambda mark, n: change_annotation(
        mark=mark, by=mark.owner, revision=mark.revision, tags=[make_tag(name=f"t{n % 2}", by=mark.owner, private=True)]
    ),
    "share": lambda mark, n: share_annotation(
        mark=mark, by=mark.owner, revision=mark.revision, visibility=("private", "everyone")[n % 2], team=None
    ),
    "delete": lambda mark, _: delete_annotation(mark=mark, by=mark.owner),
    "restore": lambda mark, _: restore_annotation(mark=mark, by=mark.owner),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 5)), max_size=6))
def test_undoing_all_and_redoing_all_come_back_to_the_same(house: House, acts: list[tuple[str, int]]) -> None:
    Operation.objects.all().delete()
    mark = house.mark(by=house.mate)
    Operation.objects.all().delete()
    start = state(mark)
    for name, number in acts:
        ACTS[name](Annotation.objects.get(pk=mark.pk), number)
    end, done = state(mark), Operation.objects.filter(person=house.mate).count()
    for _ in range(done):
        undo(house.mate)
    assert state(mark) == start
    for _ in range(done):
        redo(house.mate)
    assert state(mark) == end
