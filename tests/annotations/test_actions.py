from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from monitor.annotations.actions import (
    LONGEST_COMMENT,
    Draft,
    change_annotation,
    create_annotation,
    delete_annotation,
    find_team,
    hide_annotation,
    reopen_annotation,
    resolve_annotation,
    restore_annotation,
    share_annotation,
    unhide_annotation,
)
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import (
    CannotAnnotate,
    IdTaken,
    NotInText,
    NotYours,
    NotYourTeam,
    OtherBody,
    Stale,
)
from monitor.annotations.tag_models import Tag
from monitor.library.models import ArticleText, Note
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def tags_of(mark: Annotation) -> set[str]:
    return {use.tag.path for use in mark.taggings.select_related("tag")}


# -- Making ------------------------------------------------------------------------------------------------------------
def test_a_mark_keeps_the_servers_slice_and_its_surroundings(house: House) -> None:
    mark = house.mark("amps were li")
    span = mark.spans.get()
    assert (span.quote, span.state, span.score) == ("lamps were lit", "exact", 1.0)
    assert house.body[span.start : span.end] == span.quote
    assert house.body[: span.start].endswith(span.prefix)
    assert house.body[span.end :].startswith(span.suffix)
    assert (mark.visibility, mark.colour, mark.revision) == ("private", "yellow", 1)


def test_a_mark_runs_from_the_text_into_a_note(house: House) -> None:
    note = house.article.notes.all()[0]
    asked = (house.asked("Nobody held"), AskedPassage(0, 8, note=note.pk))
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, passages=asked))
    spans = list(mark.spans.all())
    assert [span.quote for span in spans] == ["Nobody held", note.text[:8]]
    assert [(span.note, span.note_number) for span in spans] == [(None, None), (note, note.number)]


def test_the_same_passage_asked_twice_is_one_span(house: House) -> None:
    asked = (house.asked("lamps"), house.asked("lamp"))
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, passages=asked))
    assert mark.spans.count() == 1


def test_a_word_on_a_whole_issue_has_no_spans(house: House) -> None:
    draft = Draft(issue=house.article.issue, comment="A thin issue.", visibility="everyone")
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=draft)
    assert (mark.issue, mark.article, mark.spans.count()) == (house.article.issue, None, 0)


def test_a_word_on_a_whole_article_has_no_spans(house: House) -> None:
    draft = Draft(article=house.article, comment="The best of the year.")
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=draft)
    assert (mark.article, mark.spans.count()) == (house.article, 0)


@pytest.mark.parametrize(
    "asked",
    [
        AskedPassage(0, 3, quote="dragons"),
        AskedPassage(quote="dragons"),
        AskedPassage(0, 10**9),
        AskedPassage(5, 2),
        AskedPassage(),
        AskedPassage(3, 4),
        AskedPassage(0, 3, note=10**6),
    ],
)
def test_words_that_are_not_there_are_refused_and_nothing_is_stored(house: House, asked: AskedPassage) -> None:
    with pytest.raises(NotInText):
        create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, passages=(asked,)))
    assert not Annotation.objects.exists()


def test_a_mark_made_on_an_older_text_is_found_by_its_words(house: House) -> None:
    old = house.body
    ArticleText.objects.create(article=house.article, version=2, body=f"A new head.\n\n{old}", parser_version=1)
    type(house.article).objects.filter(pk=house.article.pk).update(text_version=2)
    house.article.refresh_from_db()
    start = old.index("Nobody held")
    asked = AskedPassage(start, start + 11, quote="Nobody held", text_version=1)
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, passages=(asked,)))
    span = mark.spans.get()
    assert (span.quote, span.start, span.text_version) == ("Nobody held", start + len("A new head.\n\n"), 2)


def test_a_retry_is_the_same_annotation(house: House) -> None:
    uid, draft = uuid4(), Draft(article=house.article, passages=(house.asked("lamps"),), comment="Dusk.")
    first, is_new = create_annotation(uid=uid, by=house.author, draft=draft)
    again, is_new_again = create_annotation(uid=uid, by=house.author, draft=draft)
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    other = Draft(article=house.article, passages=(house.asked("lamps"),), comment="Dawn.")
    with pytest.raises(OtherBody):
        create_annotation(uid=uid, by=house.author, draft=other)
    with pytest.raises(IdTaken):
        create_annotation(uid=uid, by=house.mate, draft=draft)
    assert Annotation.objects.get().comment == "Dusk."


def test_a_comment_has_an_end(house: House) -> None:
    with pytest.raises(CannotAnnotate, match="at most 20,000 characters"):
        house.mark(comment="x" * (LONGEST_COMMENT + 1))


# -- For whom ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "visibility", "refusal"),
    [
        ("reader", "private", None),
        ("reader", "everyone", NotYours),
        ("member_who_reads", "team", NotYours),
        ("author", "team", None),
        ("outsider", "team", NotYourTeam),
        ("curator", "team", NotYourTeam),
        ("outsider", "everyone", None),
    ],
)
def test_who_may_write_for_whom(house: House, who: str, visibility: str, refusal: type[Exception] | None) -> None:
    team = house.team if visibility == "team" else None
    if refusal is None:
        assert house.mark(by=getattr(house, who), visibility=visibility, team=team).visibility == visibility
    else:
        with pytest.raises(refusal):
            house.mark(by=getattr(house, who), visibility=visibility, team=team)


def test_foreign_and_unknown_teams_are_refused_alike(house: House) -> None:
    assert find_team(house.author, str(house.team.uid)) == house.team
    for uid in (str(house.team.uid), str(uuid4())):
        with pytest.raises(NotYourTeam, match="This is not one of your teams"):
            find_team(house.outsider, uid)


CHANGES: dict[str, Callable[[Annotation, User], object]] = {
    "edit": lambda mark, by: change_annotation(mark=mark, by=by, revision=mark.revision, comment="changed"),
    "share": lambda mark, by: share_annotation(
        mark=mark, by=by, revision=mark.revision, visibility="private", team=None
    ),
    "delete": lambda mark, by: delete_annotation(mark=mark, by=by),
    "resolve": lambda mark, by: resolve_annotation(mark=mark, by=by),
    "reopen": lambda mark, by: reopen_annotation(mark=mark, by=by),
    "hide": lambda mark, by: hide_annotation(mark=mark, by=by),
    "unhide": lambda mark, by: unhide_annotation(mark=mark, by=by),
}
PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator")
# Who may do what with an annotation they see; seeing is the business of `visible_to`.
ALLOWED = {
    ("private", "edit"): {"author"},
    ("private", "share"): {"author"},
    ("private", "delete"): {"author"},
    ("private", "resolve"): {"author"},
    ("private", "hide"): set(),
    ("team", "edit"): {"author"},
    ("team", "share"): {"author"},
    ("team", "delete"): {"author"},
    ("team", "resolve"): {"author", "mate", "keeper"},
    ("team", "hide"): {"keeper"},
    ("everyone", "edit"): {"author"},
    ("everyone", "share"): {"author"},
    ("everyone", "delete"): {"author"},
    ("everyone", "resolve"): {"author", "mate", "keeper", "outsider", "curator"},
    ("everyone", "hide"): {"curator"},
}


@pytest.mark.parametrize(("visibility", "act"), ALLOWED)
def test_who_may_do_what(house: House, visibility: str, act: str) -> None:
    for who in PEOPLE:
        mark = house.mark(visibility=visibility, team=house.team if visibility == "team" else None)
        if who in ALLOWED[visibility, act]:
            CHANGES[act](mark, getattr(house, who))
        else:
            with pytest.raises(NotYours):
                CHANGES[act](mark, getattr(house, who))


def test_a_hidden_mark_may_be_deleted_by_its_author_but_not_changed(house: House) -> None:
    mark = hide_annotation(mark=house.mark(visibility="everyone"), by=house.curator)
    with pytest.raises(NotYours, match="You may delete it"):
        CHANGES["edit"](mark, house.author)
    assert delete_annotation(mark=mark, by=house.author).deleted is not None
    assert unhide_annotation(mark=house.mark(visibility="everyone"), by=house.curator).hidden is None


# -- Changing ----------------------------------------------------------------------------------------------------------
def test_who_comes_second_is_told_and_overwrites_nothing(house: House) -> None:
    mark = house.mark(comment="first")
    change_annotation(mark=mark, by=house.author, revision=1, comment="second")
    with pytest.raises(Stale) as stale:
        change_annotation(mark=mark, by=house.author, revision=1, comment="third")
    mark.refresh_from_db()
    assert (mark.comment, mark.revision) == ("second", 2)
    assert stale.value.current == mark


def test_changing_leaves_alone_what_is_not_given(house: House) -> None:
    tag = make_tag(name="Raid", by=house.author)
    mark = house.mark(comment="kept", colour="teal", tags=(tag,))
    changed = change_annotation(mark=mark, by=house.author, revision=1, colour="pink")
    assert (changed.comment, changed.colour, tags_of(changed)) == ("kept", "pink", {"raid"})
    assert tags_of(change_annotation(mark=mark, by=house.author, revision=2, tags=[])) == set()


def test_deleting_and_restoring_keep_everything(house: House) -> None:
    mark = house.mark(comment="kept", tags=(make_tag(name="Raid", by=house.author),))
    delete_annotation(mark=mark, by=house.author)
    assert not Annotation.objects.visible_to(house.author).exists()
    restored = restore_annotation(mark=mark, by=house.author)
    assert (restored.comment, tags_of(restored), restored.spans.count()) == ("kept", {"raid"}, 1)


def test_sharing_takes_a_private_tag_to_where_the_readers_see_it(house: House) -> None:
    own = make_tag(name="violence/raid", by=house.author, private=True)
    mark = house.mark(tags=(own,))
    assert {use.tag for use in mark.taggings.all()} == {own}
    share_annotation(mark=mark, by=house.author, revision=1, visibility="team", team=house.team)
    (tag,) = (use.tag for use in mark.taggings.all())
    assert (tag.path, tag.team, tag.owner, tag.parent and tag.parent.path) == (
        "violence/raid",
        house.team,
        None,
        "violence",
    )
    assert Tag.objects.visible_to(house.outsider).count() == 0


def test_a_mark_for_everyone_never_bears_a_teams_tag(house: House) -> None:
    teams = make_tag(name="Raid", by=house.author, team=house.team)
    mark = house.mark(visibility="everyone", tags=(teams,))
    (tag,) = (use.tag for use in mark.taggings.all())
    assert (tag.path, tag.team, tag.owner) == ("raid", None, None)


def test_a_note_that_is_gone_leaves_its_span_with_a_number(house: House) -> None:
    note = house.article.notes.all()[0]
    draft = Draft(article=house.article, passages=(AskedPassage(0, 8, note=note.pk),))
    mark, _ = create_annotation(uid=uuid4(), by=house.author, draft=draft)
    Note.objects.filter(pk=note.pk).delete()
    span = mark.spans.get()
    assert (span.note, span.note_number, span.quote) == (None, note.number, note.text[:8])
