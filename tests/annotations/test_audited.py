"""What of acts on annotations is kept in the record: sharing and deleting, never anything of a private one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from monitor.accounts.audit_models import AuditEntry
from monitor.annotations import bulk
from monitor.annotations.actions import (
    change_annotation,
    delete_annotation,
    hide_annotation,
    resolve_annotation,
    restore_annotation,
    share_annotation,
)
from monitor.annotations.codebook import delete_tag, make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.operations import redo, undo
from monitor.annotations.replies import delete_reply, reply_to
from tests.annotations.people_and_texts import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def kept() -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return act, user name, about and facts, without the number of the operation, the oldest first."""
    rows = AuditEntry.objects.order_by("pk").values_list("act", "who", "about", "facts")
    return [(act, who, about, {k: v for k, v in facts.items() if k != "operation"}) for act, who, about, facts in rows]


def test_changing_who_may_read_is_kept_both_ways(house: House) -> None:
    mark = house.mark(comment="a secret of the weir")
    shared = share_annotation(mark=mark, by=house.author, revision=1, visibility="team", team=house.team)
    share_annotation(mark=mark, by=house.author, revision=shared.revision, visibility="private", team=None)

    about, team = f"annotation {mark.uid}", f"team {house.team.pk}"
    assert kept() == [
        ("shared", "author", about, {"before": "", "after": team}),
        ("shared", "author", about, {"before": team, "after": ""}),
    ]
    assert "weir" not in str(AuditEntry.objects.values())


def test_nothing_of_a_private_annotation_is_kept(house: House) -> None:
    mark = house.mark()
    change_annotation(mark=mark, by=house.author, revision=1, comment="other words")
    delete_annotation(mark=mark, by=house.author)
    restore_annotation(mark=mark, by=house.author)
    undo(house.author)
    bulk.delete(marks=Annotation.objects.filter(pk=house.mark("gate").pk), by=house.author)

    assert kept() == []


def test_deleting_what_others_could_read_is_kept_and_so_are_undo_and_redo(house: House) -> None:
    mark = house.mark(visibility="everyone")
    delete_annotation(mark=mark, by=house.author)
    undo(house.author)
    redo(house.author)

    assert kept() == [("deleted", "author", f"annotation {mark.uid}", {})] * 2


def test_undoing_a_sharing_is_a_change_of_readers(house: House) -> None:
    mark = house.mark()
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    undo(house.author)

    about = f"annotation {mark.uid}"
    assert kept() == [
        ("shared", "author", about, {"before": "", "after": "everyone"}),
        ("shared", "author", about, {"before": "everyone", "after": ""}),
    ]


def test_one_act_on_many_is_one_entry_that_counts_those_others_could_read(house: House) -> None:
    for words in ("lamps", "gate", "dusk"):
        house.mark(words)
    bulk.share(marks=Annotation.objects.all(), by=house.author, visibility="everyone", team=None)
    house.mark("Weir")
    bulk.delete(marks=Annotation.objects.all(), by=house.author)

    assert kept() == [("shared", "author", "3 annotations", {}), ("deleted", "author", "3 annotations", {})]


def test_other_acts_on_shared_annotations_leave_no_entry(house: House) -> None:
    mark = house.mark(visibility="everyone")
    change_annotation(mark=mark, by=house.author, revision=1, comment="other words", colour="blue")
    resolve_annotation(mark=mark, by=house.mate)
    hide_annotation(mark=mark, by=house.curator)

    assert kept() == []


def test_a_deleted_reply_is_kept(house: House) -> None:
    reply, _ = reply_to(uid=uuid4(), mark=house.mark(visibility="everyone"), by=house.mate, comment="No.")
    delete_reply(reply=reply, by=house.mate)

    assert kept() == [("deleted", "mate", f"reply {reply.uid}", {})]


def test_a_deleted_tag_is_kept_if_others_could_use_it(house: House) -> None:
    own = make_tag(name="secret", by=house.author, private=True)
    shared = make_tag(name="water", by=house.curator)
    delete_tag(tag=own, by=house.author, revision=own.revision)
    delete_tag(tag=shared, by=house.curator, revision=shared.revision)

    assert kept() == [("deleted", "curator", f"tag {shared.uid}", {})]
