from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from monitor.library.marking_read import mark_articles_read, mark_articles_unread
from monitor.library.models import Article, Issue
from monitor.library.place_models import ReadingPlace
from monitor.library.queries import standing_articles
from monitor.library.reading_places import Progress, has_unread, in_state, progress_in, unread_in_issue, with_places
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make_user("reader")


def make_pieces(*titles: str) -> Issue:
    return make_issue(*(make_read_article(title=title) for title in titles), number=1)


def stopped(person: User, title: str, furthest: int, paragraphs: int, **facts: object) -> None:
    article = Article.objects.get(title=title)
    ReadingPlace.objects.create(person=person, article=article, furthest=furthest, paragraphs=paragraphs, **facts)


def progress(person: User | AnonymousUser) -> dict[str, Progress]:
    return {article.title: progress_in(article) for article in with_places(standing_articles(person), person)}


def test_what_is_opened_is_unread_until_one_gets_beyond_its_first_paragraph(reader: User) -> None:
    make_pieces("Never", "Opened", "Begun", "Nearly", "Whole")
    stopped(reader, "Opened", 1, 20)
    stopped(reader, "Begun", 2, 300)
    stopped(reader, "Nearly", 199, 200)
    stopped(reader, "Whole", 20, 20)
    assert progress(reader) == {
        "Never": Progress("unread"),
        "Opened": Progress("unread"),
        "Begun": Progress("begun", 1),
        "Nearly": Progress("begun", 99),
        "Whole": Progress("unread"),  # read to its end, and marked as unread again
    }


def test_states_find_the_articles_that_show_them(reader: User) -> None:
    make_pieces("Never", "Begun", "Read")
    stopped(reader, "Begun", 2, 10)
    mark_articles_read(person=reader, articles=Article.objects.filter(title="Read"))
    found = {
        state: {a.title for a in standing_articles(reader).filter(in_state(reader, state))}
        for state in ("unread", "begun", "read")
    }
    assert found == {"unread": {"Never", "Begun"}, "begun": {"Begun"}, "read": {"Read"}}


def test_places_are_ones_own(reader: User) -> None:
    make_pieces("One")
    other = make_user("analyst")
    mark_articles_read(person=other, articles=Article.objects.all())
    assert progress(reader) == {"One": Progress("unread")}
    assert progress(other) == {"One": Progress("read")}


def test_marking_tells_what_it_changed_and_keeps_the_place(reader: User) -> None:
    make_pieces("Never", "Begun", "Read")
    stopped(reader, "Begun", 4, 10, paragraph=3)
    ids = {article.title: article.pk for article in Article.objects.all()}
    mark_articles_read(person=reader, articles=Article.objects.filter(title="Read"))
    changed = mark_articles_read(person=reader, articles=Article.objects.all())
    assert changed == sorted([ids["Never"], ids["Begun"]])
    assert mark_articles_read(person=reader, articles=Article.objects.all()) == []
    back = mark_articles_unread(person=reader, articles=Article.objects.filter(pk__in=changed))
    assert back == changed
    assert progress(reader) == {"Never": Progress("unread"), "Begun": Progress("begun", 40), "Read": Progress("read")}
    assert ReadingPlace.objects.get(article=ids["Begun"]).paragraph == 3


def test_unmarking_leaves_what_was_not_read(reader: User) -> None:
    make_pieces("One", "Two")
    assert mark_articles_unread(person=reader, articles=Article.objects.all()) == []
    assert ReadingPlace.objects.count() == 0


def test_unread_counts_of_issues_leave_out_what_one_may_not_see(reader: User) -> None:
    issue = make_pieces("One", "Two", "Withdrawn")
    Article.objects.filter(title="Withdrawn").update(state="withdrawn")
    mark_articles_read(person=reader, articles=Article.objects.filter(title="One"))
    assert Issue.objects.annotate(n=unread_in_issue(reader)).get(pk=issue.pk).n == 1
    assert Issue.objects.annotate(n=unread_in_issue(make_user("curator"))).get(pk=issue.pk).n == 3
    mark_articles_read(person=reader, articles=Article.objects.filter(title="Two"))
    assert not Issue.objects.filter(has_unread(reader)).exists()
    assert Issue.objects.annotate(n=unread_in_issue(reader)).get(pk=issue.pk).n == 0


def test_visitor_has_read_nothing() -> None:
    make_pieces("One")
    visitor = AnonymousUser()
    assert [progress_in(a) for a in with_places(Article.objects.all(), visitor)] == [Progress("unread")]
    assert list(Article.objects.filter(in_state(visitor, "read"))) == []
