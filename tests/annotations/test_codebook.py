from __future__ import annotations

import pytest

from monitor.annotations.codebook import (
    delete_tag,
    describe_tag,
    make_tag,
    merge_tags,
    move_tag,
    rename_tag,
    split_tag,
    tag_at,
    with_children,
)
from monitor.annotations.models import Annotation
from monitor.annotations.operations import redo, undo
from monitor.annotations.refusals import CannotAnnotate, NotYours, NotYourTeam, Stale
from monitor.annotations.tag_models import AnnotationTag, Tag
from tests.annotations.people_and_texts import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def tag(house: House, name: str) -> Tag:
    return make_tag(name=name, by=house.curator)


def codebook() -> dict[str, str]:
    """Return the paths of today's shared codebook and their names."""
    rows = Tag.objects.filter(owner=None, team=None, merged_into=None, deleted=None)
    return dict(rows.values_list("path", "name"))


def uses() -> set[tuple[str, str]]:
    """Return who bears what: comment of the annotation, path of the tag."""
    rows = AnnotationTag.objects.select_related("annotation", "tag")
    return {(row.annotation.comment, row.tag.path) for row in rows}


def test_a_name_with_steps_makes_the_tags_on_the_way(house: House) -> None:
    made = tag(house, " Violence / Prison   break ")
    assert (made.name, made.path) == ("Prison break", "violence/prison-break")
    assert codebook() == {"violence": "Violence", "violence/prison-break": "Prison break"}
    assert tag(house, "violence/PRISON BREAK") == made


def test_names_that_make_the_same_address_get_two(house: House) -> None:
    assert [tag(house, name).path for name in ("A-B", "A B", "***", "Ş\u0131rnak", "كابول")] == [
        "a-b",
        "a-b-2",
        "tag",
        "ş\u0131rnak",
        "كابول",
    ]


@pytest.mark.parametrize("name", ["", " / ", "a" * 81, "a\u202eb", "a\x00b", "/".join("abcdefg")])
def test_names_that_are_no_names_are_refused(house: House, name: str) -> None:
    with pytest.raises(CannotAnnotate):
        tag(house, name)
    assert codebook() == {}


def test_scopes_do_not_know_each_other(house: House) -> None:
    own = make_tag(name="Raid", by=house.author, private=True)
    teams = make_tag(name="Raid", by=house.author, team=house.team)
    shared = make_tag(name="Raid", by=house.outsider)
    assert len({own.pk, teams.pk, shared.pk, make_tag(name="raid", by=house.mate, private=True).pk}) == 4


def test_who_may_make_which_tags(house: House) -> None:
    assert make_tag(name="Own", by=house.reader, private=True).owner == house.reader
    with pytest.raises(NotYours):
        make_tag(name="Shared", by=house.reader)
    with pytest.raises(NotYourTeam):
        make_tag(name="Teams", by=house.outsider, team=house.team)


def test_who_may_change_which_tags(house: House) -> None:
    tags = {
        "shared": make_tag(name="Shared", by=house.author),
        "team": make_tag(name="Team", by=house.author, team=house.team),
        "own": make_tag(name="Own", by=house.author, private=True),
    }
    allowed = {"shared": {"curator"}, "team": {"author", "mate", "keeper"}, "own": {"author"}}
    for kind, row in tags.items():
        for who in ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator"):
            row.refresh_from_db()
            if who in allowed[kind]:
                rename_tag(tag=row, by=getattr(house, who), revision=row.revision, name=f"{kind} of {who}")
            else:
                with pytest.raises(NotYours):
                    rename_tag(tag=row, by=getattr(house, who), revision=row.revision, name="Mine")


def test_renaming_takes_what_is_below_along_and_old_addresses_lead_on(house: House) -> None:
    leaf = tag(house, "violence/raid/night raid")
    root = Tag.objects.get(path="violence")
    rename_tag(tag=root, by=house.curator, revision=root.revision, name="Force")
    assert set(codebook()) == {"force", "force/raid", "force/raid/night-raid"}
    assert tag_at(house.reader, "violence/raid/night-raid") == leaf
    undo(house.curator)
    assert set(codebook()) == {"violence", "violence/raid", "violence/raid/night-raid"}
    redo(house.curator)
    assert tag_at(house.reader, "force/raid/night-raid") == leaf


def test_a_taken_name_is_refused(house: House) -> None:
    tag(house, "Raid")
    other = tag(house, "Ambush")
    with pytest.raises(CannotAnnotate, match="There is a tag “RAID” in that place"):
        rename_tag(tag=other, by=house.curator, revision=1, name="RAID")
    assert rename_tag(tag=other, by=house.curator, revision=1, name="AMBUSH").path == "ambush"


def test_moving_keeps_a_tag_out_of_itself(house: House) -> None:
    leaf, root, other = tag(house, "a/b/c"), Tag.objects.get(path="a"), tag(house, "z")
    with pytest.raises(CannotAnnotate, match="never below itself"):
        move_tag(tag=root, by=house.curator, revision=1, parent=leaf)
    with pytest.raises(CannotAnnotate, match="never below itself"):
        move_tag(tag=root, by=house.curator, revision=1, parent=make_tag(name="q", by=house.curator, private=True))
    move_tag(tag=Tag.objects.get(path="a/b"), by=house.curator, revision=1, parent=other)
    assert set(codebook()) == {"a", "z", "z/b", "z/b/c"}
    undo(house.curator)
    assert set(codebook()) == {"a", "a/b", "a/b/c", "z"}


def test_who_comes_second_to_a_tag_is_told(house: House) -> None:
    row = tag(house, "Raid")
    describe_tag(tag=row, by=house.curator, revision=1, definition="An attack.", example="", colour="red")
    with pytest.raises(Stale):
        describe_tag(tag=row, by=house.curator, revision=1, definition="", example="", colour="blue")


def test_merging_moves_uses_and_children_and_can_be_undone(house: House) -> None:
    raid, foray = tag(house, "raid"), tag(house, "foray")
    tag(house, "foray/night")
    house.mark(comment="both", tags=(raid, foray))
    house.mark(comment="one", tags=(foray,))
    before, tree = uses(), codebook()
    merge_tags(tag=foray, into=raid, by=house.curator, revision=1)
    assert uses() == {("both", "raid"), ("one", "raid")}
    assert set(codebook()) == {"raid", "raid/night"}
    assert tag_at(house.reader, "foray") == raid
    undo(house.curator)
    assert (uses(), codebook()) == (before, tree)
    redo(house.curator)
    assert uses() == {("both", "raid"), ("one", "raid")}


def test_merging_touches_nobodys_words(house: House) -> None:
    raid, foray = tag(house, "raid"), tag(house, "foray")
    mark = house.mark(comment="private words", tags=(foray,))
    merge_tags(tag=foray, into=raid, by=house.curator, revision=1)
    Annotation.objects.filter(pk=mark.pk).update(comment="other words")
    operation = undo(house.curator)
    mark.refresh_from_db()
    assert (mark.comment, uses()) == ("other words", {("other words", "foray")})
    assert "words" not in str([operation.before, operation.after])


def test_merging_refuses_what_would_clash(house: House) -> None:
    raid, foray = tag(house, "raid"), tag(house, "foray")
    tag(house, "raid/night")
    tag(house, "foray/Night")
    tree = codebook()
    with pytest.raises(CannotAnnotate, match="There is a tag “Night” in that place"):
        merge_tags(tag=foray, into=raid, by=house.curator, revision=1)
    with pytest.raises(CannotAnnotate, match="not below it"):
        merge_tags(tag=raid, into=Tag.objects.get(path="raid/night"), by=house.curator, revision=1)
    assert codebook() == tree


def test_splitting_gives_chosen_marks_a_new_tag(house: House) -> None:
    raid = tag(house, "raid")
    night = house.mark(comment="night", visibility="everyone", tags=(raid,))
    house.mark(comment="day", visibility="everyone", tags=(raid,))
    hidden = house.mark(comment="mine", tags=(raid,))
    split_tag(tag=raid, by=house.curator, name="night raid", marks=[night.uid, hidden.uid])
    assert uses() == {("night", "night-raid"), ("day", "raid"), ("mine", "raid")}
    undo(house.curator)
    assert uses() == {("night", "raid"), ("day", "raid"), ("mine", "raid")}
    assert set(codebook()) == {"raid"}


def test_deleting_takes_a_tag_off_everything_and_undo_brings_it_back(house: House) -> None:
    raid = tag(house, "raid")
    house.mark(comment="one", tags=(raid,))
    delete_tag(tag=raid, by=house.curator, revision=1)
    assert (uses(), codebook(), tag_at(house.reader, "raid")) == (set(), {}, None)
    undo(house.curator)
    assert (uses(), set(codebook())) == ({("one", "raid")}, {"raid"})
    tag(house, "raid/night")
    raid.refresh_from_db()
    with pytest.raises(CannotAnnotate, match="tags below it"):
        delete_tag(tag=raid, by=house.curator, revision=raid.revision)


def test_a_list_by_a_tag_takes_its_children_and_nobody_elses(house: House) -> None:
    for name in ("raid/night", "raid-2", "raids"):
        tag(house, name)
    make_tag(name="raid/own", by=house.author, private=True)
    root = Tag.objects.get(path="raid", owner=None)
    found = Tag.objects.filter(with_children(root)).values_list("path", flat=True)
    assert set(found) == {"raid", "raid/night"}


def test_no_annotation_ever_bears_a_parent_it_was_not_given(house: House) -> None:
    house.mark(comment="one", tags=(tag(house, "violence/raid/night"),))
    tag(house, "force")
    for path, parent in (("violence/raid", "force"), ("violence", "force")):
        row = Tag.objects.get(path=path)
        move_tag(tag=row, by=house.curator, revision=row.revision, parent=Tag.objects.get(path=parent))
    assert uses() == {("one", "force/raid/night")}


# -- As it is now, not as it was looked at ------------------------------------------------------------------------------
def test_tags_are_nested_no_deeper_by_any_door(house: House) -> None:
    deepest, law = tag(house, "A/B/C/D/E/F"), tag(house, "Law/Court/Trial")
    with pytest.raises(CannotAnnotate, match="6 deep"):
        make_tag(name="G", by=house.curator, parent=deepest)
    court = tag(house, "Law/Court")
    above = tag(house, "A/B/C/D/E")
    before = codebook()
    with pytest.raises(CannotAnnotate, match="6 deep"):
        move_tag(tag=court, by=house.curator, revision=court.revision, parent=above)
    with pytest.raises(CannotAnnotate, match="6 deep"):
        merge_tags(tag=tag(house, "Law"), into=above, by=house.curator, revision=law.revision)
    assert codebook() == before
    move_tag(tag=court, by=house.curator, revision=court.revision, parent=tag(house, "A/B/C/D"))
    assert "a/b/c/d/court/trial" in codebook()


def test_who_moves_or_makes_below_a_tag_that_got_another_address_follows_it(house: House) -> None:
    violence, raid = tag(house, "Violence"), tag(house, "Raid")
    rename_tag(tag=Tag.objects.get(pk=violence.pk), by=house.curator, revision=violence.revision, name="Force")
    move_tag(tag=raid, by=house.curator, revision=raid.revision, parent=violence)
    make_tag(name="Arson", by=house.curator, parent=violence)
    assert codebook() == {"force": "Force", "force/raid": "Raid", "force/arson": "Arson"}


def test_two_tags_are_not_merged_into_each_other(house: House) -> None:
    mark = house.mark(by=house.curator)
    weir, lock = tag(house, "Weir"), tag(house, "Lock")
    AnnotationTag.objects.create(annotation=mark, tag=weir, added_by=house.curator)
    merge_tags(tag=weir, into=lock, by=house.curator, revision=weir.revision)
    with pytest.raises(CannotAnnotate, match="“Weir” is there no more"):
        merge_tags(tag=lock, into=weir, by=house.curator, revision=lock.revision)
    assert codebook() == {"lock": "Lock"}
    assert {path for _, path in uses()} == {"lock"}
    gone = tag(house, "Gone")
    delete_tag(tag=Tag.objects.get(pk=gone.pk), by=house.curator, revision=gone.revision)
    with pytest.raises(CannotAnnotate, match="“Gone” is there no more"):
        move_tag(tag=lock, by=house.curator, revision=lock.revision, parent=gone)
    with pytest.raises(CannotAnnotate, match="“Gone” is there no more"):
        make_tag(name="Below", by=house.curator, parent=gone)
