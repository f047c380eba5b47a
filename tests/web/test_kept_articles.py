"""The statement kept for the reading page against the ORM's own answer, for every person and every article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from monitor.accounts.models import Role, User
from monitor.annotations.actions import hide_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.replies import reply_to
from monitor.library.kept_statements import SOME_ARTICLE, SOMEBODY, keep, viewer_of
from monitor.library.models import Article, Issue, Periodical, State
from monitor.library.place_models import ReadingPlace
from monitor.web import marked_article
from monitor.web.marked_article import ADDED, find_marked, marked_articles
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from django.db.models import Model
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db


def filled(house: House) -> dict[str, Any]:
    """Mark, tag, hide and answer in each scope, keep places, and return everybody who may come."""
    team: dict[str, Any] = {"visibility": "team", "team": house.team}
    tag = make_tag(name="violence/raid", by=house.curator)
    house.mark(comment="Mine.", tags=(tag,))
    shared = house.mark(comment="Ours.", **team)
    reply_to(uid=uuid4(), mark=shared, by=house.mate, comment="Indeed.")
    hide_annotation(mark=house.mark(comment="No more.", **team), by=house.keeper)
    hide_annotation(mark=house.mark(visibility="everyone"), by=house.curator)
    house.mark(visibility="everyone", by=house.outsider, comment="All of us.")
    for number, person in enumerate((house.author, house.reader), 2):
        ReadingPlace.objects.create(
            person=person, article=house.article, paragraph=number, furthest=number, paragraphs=9
        )
    names = ("author", "mate", "keeper", "outsider", "reader", "member_who_reads", "curator")
    return {name: getattr(house, name) for name in names} | {
        "admin": make_user(Role.ADMIN),
        "disabled": make_user(Role.ADMIN, is_active=False),
        "visitor": AnonymousUser(),
    }


def facts(article: Any) -> dict[str, Any]:
    return {
        **columns(article),
        "issue": columns(article.issue),
        "periodical": columns(article.issue.periodical),
        **{name: getattr(article, name) for name in ADDED},
    }


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("is_open", [True, False])
def test_everybody_finds_what_the_orm_finds(settings: Settings, *, is_open: bool) -> None:
    settings.ANONYMOUS_READ = is_open
    house = make_house()
    articles = [house.article, make_article(state=State.DRAFT), make_article(state=State.WITHDRAWN)]
    shown = set()
    for name, person in filled(house).items():
        for article in articles:
            found, wanted = find_marked(person, article.pk), marked_articles(person).filter(pk=article.pk).first()
            assert (found is None) == (wanted is None), (name, article.state)
            if found and wanted:
                assert facts(found) == facts(wanted), (name, article.state)
                shown.add(repr((facts(found)["marks"], facts(found)["my_paragraph"])))
    assert len(shown) >= 7  # or everybody would see the same, and nothing was compared


def test_statement_of_one_person_serves_the_next_of_their_role() -> None:
    """The order in which they come does not matter: nothing of the first stays in what is kept."""
    house = make_house()
    people = list(filled(house).values())
    firsts: dict[Any, Any] = {}
    for order in (people, people[::-1]):
        marked_article._statement.cache_clear()
        for person in order:
            found = find_marked(person, house.article.pk)
            said = facts(found) if found else None
            assert firsts.setdefault(person.pk, said) == said


@pytest.mark.parametrize("role", [*Role, None])
def test_kept_text_holds_stand_ins_only(role: Role | None) -> None:
    person = make_user(role) if role else AnonymousUser()
    make_house()
    statement = marked_article._statement(viewer_of(person))
    if role is None:
        assert statement is None  # nobody is signed in, and reading is not open
        return
    assert statement is not None
    numbers = {value for value in statement.statement.parameters if isinstance(value, int)}
    assert {SOMEBODY, SOME_ARTICLE} <= numbers
    assert person.pk not in numbers
    assert str(SOMEBODY) not in statement.statement.sql


def test_a_kept_statement_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    house = make_house()
    find_marked(house.author, house.article.pk)
    with django_assert_num_queries(1):
        found: Any = find_marked(house.author, house.article.pk)
        assert (found.issue.periodical.name, found.issue.pages) is not None
        assert found.get_absolute_url() == house.article.get_absolute_url()


@pytest.mark.parametrize("pk", [0, -1, SOME_ARTICLE, 10**30])
def test_number_that_no_article_has_finds_nothing(pk: int) -> None:
    assert find_marked(make_user(Role.CURATOR), pk) is None


def test_rows_are_those_of_their_tables() -> None:
    article: Any = find_marked(make_house().curator, Article.objects.latest("pk").pk)
    assert [type(row) for row in (article, article.issue, article.issue.periodical)] == [Article, Issue, Periodical]
    article.title = "Anew"
    article.save(update_fields=["title"])
    assert Article.objects.get(pk=article.pk).title == "Anew"


def test_what_nobody_can_see_is_no_statement() -> None:
    assert keep(User.objects.none().values_list("pk")) is None


def test_numbers_of_a_statement_that_stand_for_nobody_stay() -> None:
    make_user(name="ann")
    statement = keep(User.objects.filter(username="ann").values_list("username", "own_keys")[:1])
    assert statement is not None
    assert statement.run(person=None) == [("ann", {})]
