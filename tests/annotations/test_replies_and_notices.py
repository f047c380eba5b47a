from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.actions import (
    change_annotation,
    delete_annotation,
    hide_annotation,
    resolve_annotation,
    share_annotation,
)
from monitor.annotations.log_models import Notice
from monitor.annotations.models import Reply
from monitor.annotations.notices import mentioned_names, notices_for
from monitor.annotations.refusals import CannotAnnotate, IdTaken, NotYours, OtherBody, Stale, WasDeleted
from monitor.annotations.replies import change_reply, delete_reply, hide_reply, reply_to, scope_reply
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def answer(mark: Annotation, by: User, comment: str = "Indeed.") -> Reply:
    return reply_to(uid=uuid4(), mark=mark, by=by, comment=comment)[0]


def told(person: User) -> list[str]:
    return [notice.kind for notice in notices_for(person)]


def test_a_reply_is_for_those_who_read_what_it_answers(house: House) -> None:
    mark = house.mark(visibility="team", team=house.team)
    reply = answer(mark, house.mate)
    assert (reply.visibility, reply.team, reply.revision) == ("team", house.team, 1)


def test_widening_an_annotation_does_not_widen_replies_of_others(house: House) -> None:
    mark = house.mark(visibility="team", team=house.team)
    reply = answer(mark, house.mate)
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    assert reply not in Reply.objects.visible_to(house.outsider)
    assert reply in Reply.objects.visible_to(house.keeper)
    mark.refresh_from_db()
    share_annotation(mark=mark, by=house.author, revision=mark.revision, visibility="private", team=None)
    assert reply not in Reply.objects.visible_to(house.keeper)


@pytest.mark.parametrize(
    ("visibility", "allowed"),
    [
        ("private", {"author"}),
        ("team", {"author", "mate", "keeper"}),
        ("everyone", {"author", "mate", "keeper", "outsider", "curator"}),
    ],
)
def test_who_may_reply(house: House, visibility: str, allowed: set[str]) -> None:
    mark = house.mark(visibility=visibility, team=house.team if visibility == "team" else None)
    for who in ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator"):
        if who in allowed:
            assert answer(mark, getattr(house, who)).annotation == mark
        else:
            with pytest.raises(NotYours):
                answer(mark, getattr(house, who))


def test_a_reply_sent_twice_is_one_reply(house: House) -> None:
    mark, uid = house.mark(visibility="everyone"), uuid4()
    first, is_new = reply_to(uid=uid, mark=mark, by=house.mate, comment="Indeed. ")
    again, is_new_again = reply_to(uid=uid, mark=mark, by=house.mate, comment="Indeed.")
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    with pytest.raises(OtherBody):
        reply_to(uid=uid, mark=mark, by=house.mate, comment="No.")
    with pytest.raises(IdTaken):
        reply_to(uid=uid, mark=mark, by=house.outsider, comment="Indeed.")


def test_replies_are_changed_by_their_authors_one_at_a_time(house: House) -> None:
    reply = answer(house.mark(visibility="everyone"), house.mate)
    changed = change_reply(reply=reply, by=house.mate, revision=1, comment="Rather.")
    assert (changed.comment, changed.revision) == ("Rather.", 2)
    with pytest.raises(Stale):
        change_reply(reply=reply, by=house.mate, revision=1, comment="Or not.")
    with pytest.raises(NotYours):
        change_reply(reply=reply, by=house.author, revision=2, comment="Mine.")
    with pytest.raises(NotYours):
        delete_reply(reply=reply, by=house.author)
    assert delete_reply(reply=reply, by=house.mate).deleted is not None


@pytest.mark.parametrize(
    "act",
    [
        lambda reply, house: change_reply(reply=reply, by=house.mate, revision=reply.revision + 1, comment="Rather."),
        lambda reply, house: scope_reply(reply=reply, by=house.mate, private=True),
        lambda reply, house: hide_reply(reply=reply, by=house.curator, hidden=True),
        lambda reply, house: hide_reply(reply=reply, by=house.curator, hidden=False),
    ],
    ids=["change", "scope", "hide", "show"],
)
def test_nothing_is_done_to_a_reply_that_was_deleted_since_it_was_found(
    house: House, act: Callable[[Reply, House], Reply]
) -> None:
    found = answer(house.mark(visibility="everyone"), house.mate)
    deleted = delete_reply(reply=found, by=house.mate)
    before = Reply.objects.values().get(pk=found.pk)
    with pytest.raises(WasDeleted):
        act(found, house)
    assert Reply.objects.values().get(pk=found.pk) == before
    assert told(house.mate) == []
    # Deleted twice at once, it is gone as of the first time.
    assert delete_reply(reply=found, by=house.mate).deleted == deleted.deleted
    assert Reply.objects.values().get(pk=found.pk) == before


@pytest.mark.parametrize("comment", ["", " \n", "x" * 20_001])
def test_a_reply_has_words_and_an_end(house: House, comment: str) -> None:
    with pytest.raises(CannotAnnotate):
        answer(house.mark(), house.author, comment)


# -- Notices -----------------------------------------------------------------------------------------------------------
def test_author_and_earlier_voices_hear_of_a_reply_once_each(house: House) -> None:
    mark = house.mark(visibility="everyone")
    answer(mark, house.mate)
    answer(mark, house.outsider, "And so on.")
    assert (told(house.author), told(house.mate), told(house.outsider)) == (["reply", "reply"], ["reply"], [])


def test_who_is_mentioned_hears_of_it_if_they_may_see_it(house: House) -> None:
    words = "See @mate, @OUTSIDER and @nobody; mail a@curator.org."
    mark = house.mark(visibility="team", team=house.team, comment=words)
    assert (told(house.mate), told(house.outsider), told(house.curator)) == (["mention"], [], [])
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    assert (told(house.mate), told(house.outsider)) == (["mention"], ["mention"])
    change_annotation(mark=mark, by=house.author, revision=2, comment=f"{words} Again @mate.")
    assert told(house.mate) == ["mention"]


def test_a_notice_is_gone_with_what_it_tells_of(house: House) -> None:
    mark = house.mark(visibility="everyone", comment="@mate")
    assert told(house.mate) == ["mention"]
    delete_annotation(mark=mark, by=house.author)
    assert told(house.mate) == []
    assert Notice.objects.count() == 1


def test_authors_hear_when_others_resolve_or_hide(house: House) -> None:
    mark = house.mark(visibility="everyone")
    resolve_annotation(mark=mark, by=house.author)
    assert told(house.author) == []
    resolve_annotation(mark=house.mark(visibility="everyone"), by=house.mate)
    hide_annotation(mark=mark, by=house.curator)
    assert told(house.author) == ["hidden", "resolved"]


def test_a_team_hears_of_what_is_given_to_it_not_of_what_is_made_for_it(house: House) -> None:
    mark, made = house.mark(), house.mark("gate", visibility="team", team=house.team)
    share_annotation(mark=mark, by=house.author, revision=1, visibility="team", team=house.team)
    assert [(one.kind, one.annotation) for one in notices_for(house.mate)] == [("shared", mark)]
    assert (told(house.keeper), told(house.author), told(house.outsider)) == (["shared"], [], [])
    share_annotation(mark=mark, by=house.author, revision=2, visibility="private", team=None)
    assert told(house.mate) == []
    share_annotation(mark=made, by=house.author, revision=1, visibility="everyone", team=None)
    assert told(house.mate) == []


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("@mate", ["mate"]),
        ("(@Mate). @mate, @a.b-c_d.", ["mate", "a.b-c_d"]),
        ("mail@example.org @@x x@y +@z", []),
        ("@-no @.no @ no", []),
    ],
)
def test_mentioned_names_are_user_names_after_an_at(comment: str, names: list[str]) -> None:
    assert mentioned_names(comment) == names


@given(st.text(st.sampled_from("@ab.-_ \n"), max_size=40))
def test_mentioned_names_are_in_the_comment(comment: str) -> None:
    for name in mentioned_names(comment):
        assert f"@{name}" in comment.lower()
