"""What pages count in: the newest articles, and the day from which on they are looked at."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.entities.mention_models import ArticleActor
from monitor.entities.newest import newest_of
from monitor.library.models import Article
from tests.entity_rows import make_actor, name_in
from tests.factories import make_issue, make_read_article

pytestmark = pytest.mark.django_db
DAYS = ("2020-05-01", "2021-05-01", "2021-05-01", "2022-05-01")


@pytest.fixture
def articles() -> list[int]:
    """Store four articles, the oldest first."""
    found = []
    for number, day in enumerate(DAYS):
        read = make_read_article("The Ardel Army met.", title=f"Piece {number}", notes=())
        found.append(make_issue(read, number=number, date=day).articles.get().pk)
    return found


def test_the_newest_come_first_and_say_whether_there_are_older_ones(articles: list[int]) -> None:
    everything = newest_of(Article.objects.all(), reach=4)
    assert (everything.keys, everything.oldest, everything.is_partial) == (tuple(reversed(articles)), None, False)
    some = newest_of(Article.objects.all(), reach=2)
    assert (some.keys, some.oldest, some.is_partial) == ((articles[3], articles[2]), date(2021, 5, 1), True)
    # From the day of the last on: what came out on that very day is not lost between two pages.
    older = newest_of(Article.objects.all(), until=some.oldest, reach=2)
    assert (older.keys, older.oldest) == ((articles[2], articles[1]), date(2021, 5, 1))
    assert newest_of(Article.objects.all(), until=date(2020, 5, 1), reach=2).keys == (articles[0],)


def test_the_keys_are_asked_for_as_one_value(articles: list[int]) -> None:
    army = make_actor("Ardel Army")
    for article in Article.objects.all():
        name_in(article, {"Ardel Army": army})
    newest = newest_of(Article.objects.all(), reach=3)
    rows = ArticleActor.objects.filter(article__in=newest.rows)
    assert sorted(rows.values_list("article", flat=True)) == articles[1:]
    assert str(rows.query).count("bigint[]") == 1
    nothing = newest_of(Article.objects.none())
    assert (nothing.keys, ArticleActor.objects.filter(article__in=nothing.rows).count()) == ((), 0)
