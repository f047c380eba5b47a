"""Articles settled many at once: as if each had been by itself, by as few statements for many as for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.entities.changed_rows import write_columns
from monitor.entities.documents import documents_of_articles, stored_documents
from monitor.entities.engine import ready_engine
from monitor.entities.judging import add_mention, judge_about, judge_mention
from monitor.entities.loading import load_data
from monitor.entities.mention_models import ArticleActor, Mention, RecognisedArticle
from monitor.entities.settling import settle
from monitor.entities.storing import current_articles, store_found
from monitor.jobs.find_mentions import find_mentions
from monitor.library.models import Article, State
from tests.entities.articles import actor_of, dump, mention_of, told_article
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User
    from monitor.entities.documents import Stored
    from monitor.entities.settling import Settled

pytestmark = pytest.mark.django_db

TEXTS = (
    "The Ardel Liberation Army (ALA) took Lampton. The ALA left Ardelia.",
    "Nobody crossed the river.",
    "Ostrian soldiers met the Ardel Republican Front in Weir. Ostria said nothing of the Lantern Liberation Front.",
    "The Lantern Liberation Front denied it. In Ostria, the ALA is not known.",
)


@pytest.fixture
def analyst() -> User:
    return make_user("analyst", name="ann")


def stored_texts(*texts: str) -> list[Article]:
    """Store articles, each in an issue of its own, without looking them through."""
    load_data(ROWS)
    issues = [
        make_issue(make_read_article(text, title=f"Piece {n}", notes=(), cited={})) for n, text in enumerate(texts)
    ]
    return [issue.articles.get() for issue in issues]


def look_through(stored: Iterable[Stored]) -> list[Settled]:
    engine = ready_engine()
    return store_found([(one, engine.recognise(one.document)) for one in stored], engine.run)


def test_many_at_once_are_as_each_by_itself() -> None:
    articles = stored_texts(*TEXTS)
    together = look_through(documents_of_articles(articles))
    at_once = [dump(article) for article in articles]
    assert [one.added for one in together] == [Mention.objects.filter(article=one).count() for one in articles]
    Mention.objects.all().delete()
    ArticleActor.objects.all().delete()
    RecognisedArticle.objects.all().delete()
    for article in articles:
        find_mentions(article.issue_id)
    assert [dump(article) for article in articles] == at_once
    again = look_through(documents_of_articles(articles[::-1]))
    assert [one.written for one in again] == [0, 0, 0, 0]


def test_statements_are_counted_by_the_call_not_by_the_article() -> None:
    counts = {}
    for number in (1, 3, 9):
        articles = stored_texts(*[f"{TEXTS[n % 4]} It was day {number}." for n in range(number)])
        documents = list(documents_of_articles(articles))
        engine = ready_engine()
        pairs = [(one, engine.recognise(one.document)) for one in documents]
        with CaptureQueriesContext(connection) as first:
            store_found(pairs, engine.run)
        with CaptureQueriesContext(connection) as second:
            store_found(pairs, engine.run)
        counts[number] = (len(first), len(second))
    assert max(first for first, _ in counts.values()) <= 26
    assert counts[1][1] <= counts[3][1] == counts[9][1] <= 16


def test_each_article_keeps_its_own_judgements(analyst: User) -> None:
    """A judgement on one article, on all of a surface and on what an article is about, with others settled beside it."""
    one, _empty, other, last = articles = stored_texts(*TEXTS)
    look_through(documents_of_articles(articles))
    judge_mention(mention=mention_of(one, "ALA"), verdict="reject", by=analyst, scope="article")
    judge_mention(mention=mention_of(other, "Ostria"), verdict="reject", by=analyst, scope="all")
    judge_about(article=last, actor=actor_of("union"), verdict="about", by=analyst)
    add_mention(article=last, start=4, end=11, quote="Lantern", actor=actor_of("ardel-front"), by=analyst)
    judged = [dump(article) for article in articles]
    assert {row.status for row in Mention.objects.filter(article=one, surface="ALA")} == {"rejected"}
    assert {row.status for row in Mention.objects.filter(surface="Ostria")} == {"rejected"}
    assert not Mention.objects.filter(article=last, surface="ALA", status="rejected").exists()
    assert [one.written for one in look_through(documents_of_articles(articles))] == [0, 0, 0, 0]
    assert [dump(article) for article in articles] == judged
    for article in articles:
        assert settle(article).written == 0


def test_documents_of_several_issues_are_those_of_each() -> None:
    articles = stored_texts(*TEXTS)
    apart = [document for article in articles for document in stored_documents(article.issue)]
    together = list(documents_of_articles(articles))
    assert [one.document for one in together] == [one.document for one in apart]
    assert [one.article.pk for one in together] == [article.pk for article in articles]
    with CaptureQueriesContext(connection) as queries:
        assert len(list(documents_of_articles(articles))) == 4
    assert len(queries) == 6
    assert list(documents_of_articles([])) == []


def test_what_is_gone_is_no_part_of_its_issue() -> None:
    (article,) = stored_texts(TEXTS[0])
    Article.objects.filter(pk=article.pk).update(state=State.GONE)
    assert list(stored_documents(article.issue)) == []


def test_an_article_is_current_by_its_text_and_run() -> None:
    article = told_article()
    run = RecognisedArticle.objects.get(article=article).run
    assert current_articles([article], [run]) == {article.pk}
    assert current_articles([article], []) == set()
    Article.objects.filter(pk=article.pk).update(text_version=article.text_version + 1)
    assert current_articles([article], [run]) == set()


def test_words_are_written_once_for_a_text() -> None:
    """Only the run is written where the words are there: they are a thousand entries of an index."""
    article = told_article()
    words = RecognisedArticle.objects.get(article=article).words
    RecognisedArticle.objects.filter(article=article).update(words=["kept"])
    Mention.objects.filter(article=article).delete()
    find_mentions(article.issue_id, again=True)
    assert RecognisedArticle.objects.get(article=article).words == ["kept"]
    RecognisedArticle.objects.filter(article=article).delete()
    find_mentions(article.issue_id)
    assert RecognisedArticle.objects.get(article=article).words == words


def test_columns_of_many_rows_are_written_each_with_its_own() -> None:
    article = told_article()
    rows = list(Mention.objects.filter(article=article).order_by("pk"))
    for number, row in enumerate(rows):
        row.score, row.candidates, row.found = number / 100, [["x", number]], {"n": number} if number else None
        row.surface = "not written"
    write_columns(rows, ("score", "candidates", "found"))
    fresh = list(Mention.objects.filter(article=article).order_by("pk"))
    assert [(row.score, row.candidates, row.found) for row in fresh] == [
        (number / 100, [["x", number]], {"n": number} if number else None) for number in range(len(rows))
    ]
    assert "not written" not in {row.surface for row in fresh}
    write_columns([], ("score",))
