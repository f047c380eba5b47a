"""The index follows whatever changes an article, in the transaction that changes it or by the outbox."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.entities.closure import place_region, take_out_region
from monitor.entities.mention_models import ArticleActor
from monitor.entities.merging import judge_actors, take_back_actors
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.jobs.doctor import find_faults
from monitor.library.actions import publish_issue, set_issue_date, withdraw_issue
from monitor.library.importing import store_issue
from monitor.library.models import Article, Issue, State
from monitor.library.source_models import Source, SourceSpelling
from monitor.search import compiled as c
from monitor.search.engines.postgres.engine import PostgresEngine
from monitor.search.index_models import SearchChange, SearchPiece, SearchRow, Vocabulary
from monitor.search.indexing import (
    have_all_taken_up,
    index_articles,
    note_rows_of_older_rules,
    reindex,
    take_up_changes,
)
from monitor.search.query_tree import Near, Phrase, Prefix, Word
from monitor.search.words import VERSION
from monitor.search.writings import expanded
from tests.entities.articles import actor_of, told_article
from tests.factories import make_file_facts, make_issue, make_read_article, make_read_document, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make_user("reader")


def end_transaction() -> None:
    """Have happen what happens when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def found(person: User, node: Any, *fields: c.Field) -> list[int]:
    """Return the keys of what a person finds by a leaf, or by words."""
    leaf = node
    if isinstance(node, Word | Prefix | Phrase | Near):
        leaf = c.Text(expanded(node), frozenset(fields) or c.EVERY_FIELD)
    return sorted(PostgresEngine().every(c.Compiled(leaf, person)))


def words(text: str, *, title: str = "Lamps", **facts: Any) -> Article:
    """Store an issue with one article, and return that."""
    issue = make_issue(make_read_article(text, title=title, notes=(), cited={}, **facts))
    return issue.articles.get()


def test_a_stored_article_is_found_at_once_by_every_part_of_it(reader: User) -> None:
    read = make_read_article(
        "The quay was empty.[1]\n\n## A Silent Harbour\n\nNobody came.", title="Ferries", notes=("Dredgers.",)
    )
    article = make_issue(read).articles.get()
    for text, field in (
        ("ferry", c.Field.TITLE),
        ("harbours", c.Field.HEADS),
        ("quay", c.Field.BODY),
        ("dredger", c.Field.NOTES),
    ):
        assert found(reader, Word(text)) == [article.pk]
        for asked in c.Field:
            assert found(reader, Word(text), asked) == ([article.pk] if asked is field else [])
    assert not SearchChange.objects.exists()


def test_nothing_is_found_across_the_border_of_two_parts(reader: User) -> None:
    article = words("The quay was empty.\n\nNobody came.")
    assert found(reader, Phrase(("was", "empty"))) == [article.pk]
    assert found(reader, Phrase(("empty", "nobody"))) == []
    assert found(reader, Near(Word("empty"), Word("nobody"), 30)) == []
    assert found(reader, Near(Word("empty"), Word("the"), 3)) == [article.pk]


def test_a_new_reading_of_the_file_is_found_by_its_own_words_alone(reader: User) -> None:
    file = make_file_facts()
    old, new = "The quay was empty.", "The wharf was empty."
    for text, other in ((old, "wharf"), (new, "quay")):
        read = make_read_document(make_read_article(text, notes=(), cited={}))
        with_old_parser = store_issue(document=read, file=file).issue
        Issue.objects.filter(pk=with_old_parser.pk).update(parser_version=0)
        assert found(reader, Word(other)) == []
        assert found(reader, Word(text.split()[1])) == list(with_old_parser.articles.values_list("pk", flat=True))
    assert [str(fault) for fault in find_faults() if fault.promise == "search"] == []


def test_articles_that_a_new_reading_lacks_are_found_no_more(reader: User) -> None:
    article = words("The quay was empty.")
    Article.objects.filter(pk=article.pk).update(state=State.GONE)
    assert found(make_user("curator"), Word("quay")) == found(reader, Word("quay")) == []
    assert not SearchRow.objects.exists()
    Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED)
    assert take_up_changes() == 1
    assert found(reader, Word("quay")) == [article.pk]


def test_drafts_and_withdrawn_texts_are_found_and_counted_only_for_those_who_see_them(reader: User) -> None:
    article, curator = words("The quay was empty."), make_user("curator")
    engine, asked = PostgresEngine(), c.Text(expanded(Word("quay")))

    def seen(person: User) -> tuple[int, int, list[tuple[Any, int]]]:
        hits = engine.search(c.Compiled(asked, person), sort=c.Sort.NEWEST, facets=[c.Facet.PERIODICAL])
        return len(hits.ids), hits.total, list(hits.facets[c.Facet.PERIODICAL].values)

    shown = (1, 1, [(article.issue.periodical_id, 1)])
    assert seen(reader) == seen(curator) == shown
    withdraw_issue(issue=article.issue)
    assert (seen(reader), seen(curator)) == ((0, 0, []), shown)
    publish_issue(issue=article.issue)
    assert seen(reader) == shown
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN)
    assert (seen(reader), seen(curator)) == ((0, 0, []), shown)
    reader.is_active = False
    assert seen(reader) == (0, 0, [])


def test_an_entered_date_counts_at_the_end_of_its_transaction(reader: User) -> None:
    article = words("The quay was empty.")
    days = c.Days(date(1999, 1, 1), date(2000, 1, 1))
    assert found(reader, days) == []
    set_issue_date(issue=article.issue, day=date(1999, 5, 1))
    end_transaction()
    assert found(reader, days) == [article.pk]


def test_actors_and_regions_are_found_as_soon_as_they_are_recognised(reader: User) -> None:
    article = told_article()
    end_transaction()
    army, region = actor_of("ardel-army"), ArticleRegionOf(article)
    assert found(reader, c.Ids(c.Kind.ACTOR, (army.pk,))) == [article.pk]
    for key in region.above:
        assert found(reader, c.Ids(c.Kind.REGION, (key,))) == [article.pk]
        assert found(reader, c.Ids(c.Kind.REGION, (key,), exact=True)) == ([article.pk] if key in region.named else [])
    ArticleActor.objects.filter(article=article, actor=army).delete()
    end_transaction()
    assert found(reader, c.Ids(c.Kind.ACTOR, (army.pk,))) == []


class ArticleRegionOf:
    """The regions an article names, and all they lie in."""

    def __init__(self, article: Article) -> None:
        self.named = set(article.region_rows.values_list("region", flat=True))
        self.above = set(Region.objects.filter(below__descendant__in=self.named).values_list("pk", flat=True))


def test_merged_actors_are_one_at_once_and_two_again_when_parted(reader: User) -> None:
    article, curator = told_article(), make_user("curator")
    end_transaction()
    army = actor_of("ardel-army")
    other = Actor.objects.create(slug="other", name="Another Army")
    assert found(reader, c.Ids(c.Kind.ACTOR, (other.pk,))) == []
    judged = judge_actors(one=other, other=army, verdict="same", keep=other, by=curator)
    assert found(reader, c.Ids(c.Kind.ACTOR, (other.pk,))) == [article.pk]
    assert found(reader, c.Ids(c.Kind.ACTOR, (other.pk,), exact=True)) == []
    hits = PostgresEngine().search(c.Compiled(c.EVERYTHING, reader), sort=c.Sort.NEWEST, facets=[c.Facet.ACTOR])
    counted = dict(hits.facets[c.Facet.ACTOR].values)
    assert (counted.get(other.pk), counted.get(army.pk)) == (1, None)
    take_back_actors(judgement=judged, by=curator)
    assert found(reader, c.Ids(c.Kind.ACTOR, (other.pk,))) == []


def test_a_region_that_moves_takes_its_articles_along(reader: User) -> None:
    article = told_article()
    land = Region.objects.get(pk=min(ArticleRegionOf(article).named))
    coast = Region.objects.create(code="coast", slug="coast", name="The Coast", kind="macro")
    asked = c.Ids(c.Kind.REGION, (coast.pk,))
    place_region(land, coast)
    end_transaction()
    assert found(reader, asked) == [article.pk]
    take_out_region(land, coast)
    end_transaction()
    assert found(reader, asked) == []


def test_a_joined_source_is_found_by_what_it_was_joined_with(reader: User) -> None:
    article = make_issue(make_read_article()).articles.get()
    spelling = SourceSpelling.objects.get(citations__article=article)
    other = Source.objects.create(name="Other", slug="other")
    assert found(reader, c.Ids(c.Kind.SOURCE, (spelling.source_id,))) == [article.pk]
    SourceSpelling.objects.filter(pk=spelling.pk).update(source=other)
    end_transaction()
    assert found(reader, c.Ids(c.Kind.SOURCE, (other.pk,))) == [article.pk]
    assert found(reader, c.Ids(c.Kind.SOURCE, (spelling.source_id,))) == []


@pytest.mark.parametrize("text", ["lamp " * 700 + "quay was empty.", "\n\n".join(["The quay lamp."] * 600)])
def test_long_articles_keep_every_word_and_phrase(reader: User, text: str) -> None:
    article = words(text)
    assert SearchRow.objects.get().in_pieces
    assert SearchPiece.objects.count() > 1
    for node in (Word("quay"), Phrase(("lamp", "quay")) if "lamp quay" in text else Phrase(("quay", "lamp"))):
        assert found(reader, node) == [article.pk]
        assert found(reader, c.Not(c.Text(expanded(node)))) == []
    assert found(reader, Phrase(("empty", "quay"))) == []
    hits = PostgresEngine().search(c.Compiled(c.Text(expanded(Word("quay"))), reader), sort=c.Sort.RELEVANCE)
    assert hits.ids == (article.pk,)


def test_every_place_of_a_long_article_stands_whole_in_one_of_its_pieces(reader: User) -> None:
    words(" ".join(f"w{n}" for n in range(17_500)))
    for at in range(16_000 - 200, 16_200, 57):
        assert len(found(reader, Phrase(tuple(f"w{at + n}" for n in range(30))))) == 1
        assert len(found(reader, Near(Word(f"w{at}"), Word(f"w{at + 30}"), 30))) == 1
        assert found(reader, Near(Word(f"w{at}"), Word(f"w{at + 31}"), 30)) == []


def test_a_long_article_that_becomes_short_loses_its_pieces(reader: User) -> None:
    article = words("lamp " * 700)
    text = article.texts.get()
    text.body = "A lamp."
    text.save()
    article.blocks.all().delete()
    assert take_up_changes() == 1
    assert not SearchPiece.objects.exists()


def test_the_outbox_names_what_only_a_worker_can_mend(reader: User) -> None:
    article = words("The quay was empty.")
    Article.objects.filter(pk=article.pk).update(title="Wharves")
    end_transaction()
    assert list(SearchChange.objects.values_list("article", "text")) == [(article.pk, True)]
    assert PostgresEngine().health().waiting == 1
    assert take_up_changes() == 1
    assert found(reader, Word("wharves")) == [article.pk]
    assert PostgresEngine().health().waiting == 0
    assert take_up_changes() == 0


def test_indexing_again_writes_nothing(reader: User) -> None:
    article = words("The quay was empty.")
    with connection.cursor() as cursor:
        cursor.execute("select xmin, ctid from monitor_searchrow")
        before = cursor.fetchall()
        assert index_articles([article.pk]) == 0
        assert list(reindex()) == [(1, 1)]
        cursor.execute("select xmin, ctid from monitor_searchrow")
        assert cursor.fetchall() == before
    assert index_articles([article.pk], again=True) == 1


def test_rebuilding_brings_back_what_was_lost_and_drops_what_is_no_more(reader: User) -> None:
    one, other = words("The quay was empty."), words("The quay was full.")
    SearchRow.objects.filter(article=one).delete()
    Article.objects.filter(pk=other.pk).update(state=State.GONE)
    PostgresEngine().delete([other.pk])
    assert found(reader, Word("quay")) == []
    assert list(PostgresEngine().rebuild())[-1] == (1, 1)
    assert found(reader, Word("quay")) == [one.pk]


def test_the_command_brings_the_index_up_to_date(reader: User, capsys: pytest.CaptureFixture[str]) -> None:
    article = words("The quay was empty.")
    SearchRow.objects.all().delete()
    call_command("reindex")
    assert capsys.readouterr().out == "1 articles can be found.\n"
    assert found(reader, Word("quay")) == [article.pk]
    call_command("reindex", "--later")
    assert capsys.readouterr().out == "1 articles wait for the worker.\n"
    assert have_all_taken_up() == take_up_changes() == 1


def test_a_worker_makes_anew_what_older_rules_have_made(reader: User) -> None:
    article, other = words("The quay was empty."), words("The wharf was empty.")
    SearchRow.objects.filter(pk=article.pk).update(words_version=VERSION - 1, lexemes="'kai':1C")
    assert found(reader, Word("quay")) == []
    note_rows_of_older_rules.cache_clear()
    assert take_up_changes() == 1
    assert found(reader, Word("quay")) == [article.pk]
    SearchRow.objects.filter(pk=other.pk).update(words_version=VERSION - 1)
    assert take_up_changes() == 0  # looked for once in a process
    note_rows_of_older_rules.cache_clear()
    assert (note_rows_of_older_rules(), take_up_changes(), note_rows_of_older_rules()) == (1, 1, 1)
    note_rows_of_older_rules.cache_clear()


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "facts": ({"kind": "poem", "author_ids": [9]}, "its search row says something else of its kind, author_ids"),
    "text": ({"digest": "0" * 32}, "its search row was made of another text; run manage.py reindex"),
    "rules": ({"words_version": 0}, "its search row was made of another text; run manage.py reindex"),
    "pieces": ({"in_pieces": True}, "its search row and its search pieces do not go together"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_doctor_names_a_row_that_is_not_as_its_article(name: str) -> None:
    article = words("The quay was empty.")
    wrong, said = BROKEN[name]
    SearchRow.objects.update(**wrong)
    assert [str(fault) for fault in find_faults() if fault.promise == "search"] == [
        f"search: article {article.pk}: {said}"
    ]


def test_doctor_names_an_article_that_cannot_be_found() -> None:
    article = words("The quay was empty.")
    SearchRow.objects.all().delete()
    assert [str(fault) for fault in find_faults() if fault.promise == "search"] == [
        f"search: article {article.pk}: it has no search row, so nobody can find it"
    ]


def test_words_are_kept_as_they_are_printed() -> None:
    words("Attacks on Ba'athist quays.", title="Fortress of Balochistan")
    assert set(Vocabulary.objects.values_list("word", flat=True)) >= {"attacks", "baathist", "quays", "balochistan"}
    assert not Vocabulary.objects.filter(word__in=["attack", "quay", "on"]).exists()


def test_an_issue_is_indexed_by_few_statements_however_many_articles_it_has() -> None:
    counts = set()
    for number in (1, 3, 9):
        read = make_read_document(*(make_read_article(title=f"Piece {n}") for n in range(number)))
        issue = store_issue(document=read, file=make_file_facts()).issue
        keys = list(issue.articles.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            index_articles(keys, again=True)
        counts.add(len(queries))
    assert len(counts) == 1
