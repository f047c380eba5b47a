"""Who sees which annotation and reply: the queries against the rules, for every person, scope and state."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from monitor.accounts.models import Membership, Role, Team, User
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.tag_models import Tag
from monitor.library.models import Article
from tests.factories import make_issue, make_user

pytestmark = pytest.mark.django_db
SCOPES = ("private", "team", "everyone")
LATER = timezone.now()


@pytest.fixture
def team() -> Team:
    return Team.objects.create(name="Rivers")


@pytest.fixture
def people(team: Team) -> dict[str, User]:
    found = {name: make_user(Role.ANALYST, name=name) for name in ("author", "mate", "keeper", "outsider")}
    found |= {"reader": make_user(Role.READER), "member_who_reads": make_user(Role.READER)}
    found |= {"curator": make_user(Role.CURATOR), "admin": make_user(Role.ADMIN)}
    found["disabled"] = make_user(Role.ADMIN, is_active=False)
    for name in ("author", "mate", "member_who_reads"):
        Membership.objects.create(team=team, user=found[name])
    Membership.objects.create(team=team, user=found["keeper"], is_team_admin=True)
    return found


@pytest.fixture
def article() -> Article:
    found: Article = make_issue().articles.all()[0]
    return found


def sees(who: str, scope: str, *, hidden: bool, deleted: bool, readable: bool) -> bool:
    """Say what the table of docs says, one row after the other."""
    if who == "disabled" or deleted:
        return False
    if who == "author":
        return True
    if not readable and who not in {"curator", "admin"}:
        return False
    if scope == "team":
        return who == "keeper" if hidden else who in {"mate", "keeper", "member_who_reads"}
    return scope == "everyone" and (not hidden or who in {"curator", "admin"})


CASES = list(product(SCOPES, (False, True), (False, True)))


@pytest.mark.parametrize("readable", [True, False])
def test_annotations_are_visible_as_the_table_says(
    people: dict[str, User], team: Team, article: Article, *, readable: bool
) -> None:
    Article.objects.filter(pk=article.pk).update(state="published" if readable else "withdrawn")
    marks = {case: make_mark(people["author"], article, team, *case) for case in CASES}
    for who, person in people.items():
        seen = set(Annotation.objects.visible_to(person))
        wanted = {
            marks[scope, hidden, deleted]
            for scope, hidden, deleted in CASES
            if sees(who, scope, hidden=hidden, deleted=deleted, readable=readable)
        }
        assert seen == wanted, who
    assert not Annotation.objects.visible_to(AnonymousUser()).exists()


def make_mark(owner: User, article: Article, team: Team, scope: str, hidden: bool, deleted: bool) -> Annotation:
    return Annotation.objects.create(
        owner=owner,
        article=article,
        visibility=scope,
        team=team if scope == "team" else None,
        hidden=LATER if hidden else None,
        deleted=LATER if deleted else None,
    )


def test_words_on_an_issue_are_visible_while_the_issue_is(people: dict[str, User], article: Article) -> None:
    issue = article.issue
    word = Annotation.objects.create(owner=people["author"], issue=issue, visibility="everyone")
    assert word in seen_by(people["outsider"])
    type(issue).objects.filter(pk=issue.pk).update(state="withdrawn")
    assert word not in seen_by(people["outsider"])
    assert word in seen_by(people["author"])
    assert word in seen_by(people["curator"])


def seen_by(person: User) -> Any:
    return Annotation.objects.visible_to(person)


def test_the_trash_is_its_owners_alone(people: dict[str, User], team: Team, article: Article) -> None:
    mark = make_mark(people["author"], article, team, "everyone", False, True)
    holders = [who for who, person in people.items() if mark in Annotation.objects.in_trash_of(person)]
    assert holders == ["author"]


def test_replies_are_never_seen_by_more_people_than_what_they_answer(
    people: dict[str, User], team: Team, article: Article
) -> None:
    for (scope, hidden, deleted), own in product(CASES, SCOPES):
        mark = make_mark(people["author"], article, team, scope, hidden, deleted)
        reply = Reply.objects.create(
            owner=people["mate"], annotation=mark, comment="Yes.", visibility=own, team=team if own == "team" else None
        )
        for who, person in people.items():
            seen = reply in Reply.objects.visible_to(person)
            parent = sees(who, scope, hidden=hidden, deleted=deleted, readable=True)
            of_mate = who == "mate" or (who != "author" and sees(who, own, hidden=False, deleted=False, readable=True))
            of_mate = of_mate or (who == "author" and own != "private")
            assert seen == (parent and of_mate), (who, scope, hidden, deleted, own)


def test_tags_of_others_and_merged_tags_are_not_listed(people: dict[str, User], team: Team) -> None:
    shared = Tag.objects.create(name="Raid", path="raid")
    own = Tag.objects.create(name="Raid", path="raid", owner=people["author"])
    teams = Tag.objects.create(name="Raid", path="raid", team=team)
    merged = Tag.objects.create(name="Foray", path="foray", merged_into=shared)
    Tag.objects.create(name="Foray", path="foray", deleted=LATER)

    def listed(who: str) -> set[Tag]:
        return set(Tag.objects.visible_to(people[who]))

    assert listed("author") == {shared, own, teams}
    assert listed("mate") == {shared, teams}
    assert listed("outsider") == listed("admin") == {shared}
    assert listed("disabled") == set()
    assert Tag.objects.create(name="Foray", path="foray") in listed("outsider") - {merged}


def test_every_change_of_an_annotation_is_kept(people: dict[str, User], article: Article) -> None:
    mark = Annotation.objects.create(owner=people["author"], article=article, comment="one")
    Annotation.objects.filter(pk=mark.pk).update(comment="two", revision=2)
    mark.delete()
    kept = cast("Any", Annotation).pgh_event_model.objects.filter(uid=mark.uid).order_by("pgh_id")
    assert list(kept.values_list("pgh_label", "comment", "revision")) == [
        ("insert", "one", 1),
        ("update", "two", 2),
        ("delete", "two", 2),
    ]
