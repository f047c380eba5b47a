"""Pages of hits by their cursors: nothing is lost and nothing comes twice, in every order, whatever changes meanwhile."""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003 - hypothesis reads it
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.models import Annotation
from monitor.search import compiled as c
from monitor.search.compiled import Facet, Sort
from monitor.search.engines.cursors import LARGEST_KEY, Cursor, Place, read_cursor
from monitor.search.engines.postgres import asking, paging, statements
from monitor.search.engines.postgres.engine import PostgresEngine
from monitor.search.engines.protocol import TooSlow, UnknownCursor
from monitor.search.query_tree import Near, Phrase, Prefix, Word
from monitor.search.writings import expanded
from tests.search.invented import Asker
from tests.search.oracle import Oracle

if TYPE_CHECKING:
    from monitor.search.engines.protocol import Engine
    from tests.search.invented import World

pytestmark = pytest.mark.django_db
ENGINE = PostgresEngine()


@pytest.fixture(scope="module")
def oracle(world: World) -> Oracle:
    return Oracle()


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a thousand articles treated as a million are: counts stop early, and walks are short."""
    monkeypatch.setattr(paging, "EXACT_UP_TO", 0)
    monkeypatch.setattr(paging, "FEWEST_COUNTED", 20)
    monkeypatch.setattr(paging, "RANKED", 15)
    monkeypatch.setattr(paging, "MOST_COMPARED", 30)
    for module in (paging, statements):
        monkeypatch.setattr(module, "WALKED", 60)
        monkeypatch.setattr(module, "FACETED", 40)
        monkeypatch.setattr(module, "CANDIDATES", 50)
        monkeypatch.setattr(module, "DEAR", 80)
    monkeypatch.setattr(statements, "FURTHER", 4)


def module_of_streams(engine: Engine) -> str:
    """Return the name of the module that says how many hits a stream fetches at a time."""
    return type(engine).__module__ if engine.name == "postgres" else f"{type(engine).__module__}_paging"


def common(world: World) -> c.Compiled:
    """Return a query with many hits and an actor in it."""
    words = c.Or(tuple(c.Text(expanded(Word(word))) for word in world.words[:6]))
    return c.Compiled(
        c.And((words, c.Or((c.Ids(c.Kind.ACTOR, tuple(world.keys[c.Kind.ACTOR][:5])), words)))), world.reader
    )


def pages(engine: Engine, compiled: c.Compiled, sort: Sort, limit: int) -> list[int]:
    """Return the keys of all pages, one after the other."""
    found: list[int] = []
    cursor = None
    while True:
        hits = engine.search(compiled, sort=sort, cursor=cursor, limit=limit)
        assert len(hits.ids) == limit or hits.next_cursor is None
        found += hits.ids
        cursor = hits.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [7, 20, 64])
def test_pages_hold_every_hit_once(world: World, oracle: Oracle, engine: Engine, sort: Sort, limit: int) -> None:
    compiled = common(world)
    expected = [seen.key for seen in oracle.hits(compiled)]
    assert len(expected) > 250
    found = pages(engine, compiled, sort, limit)
    assert (len(found), sorted(found)) == (len(expected), sorted(expected))
    if sort in {Sort.NEWEST, Sort.OLDEST}:
        assert found == (expected if sort is Sort.NEWEST else expected[::-1])


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("sort", Sort)
def test_pages_of_what_is_not_counted_hold_every_hit_once(world: World, oracle: Oracle, sort: Sort) -> None:
    compiled = common(world)
    expected = [seen.key for seen in oracle.hits(compiled)]
    found = pages(ENGINE, compiled, sort, 9)
    assert (len(found), sorted(found)) == (len(expected), sorted(expected))


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("seed", range(2))
def test_bounds_never_say_more_than_there_is(world: World, oracle: Oracle, seed: int) -> None:
    asker = Asker(world, 100 + seed)
    for _ in range(20):
        compiled = asker.compiled()
        expected = [seen.key for seen in oracle.hits(compiled)]
        hits = ENGINE.search(compiled, sort=Sort.NEWEST, limit=10, facets=tuple(Facet))
        assert list(hits.ids) == expected[:10]
        assert hits.total == len(expected) if hits.relation == "=" else 0 <= hits.total <= len(expected)
        for facet, counted in hits.facets.items():
            true = oracle.facet(compiled, facet)
            assert all(n <= true[key] for key, n in counted.values)
            assert not counted.exact or dict(counted.values) == true


@pytest.mark.usefixtures("small_bounds")
def test_a_count_that_stops_is_told_alike_and_there_is_more(world: World, oracle: Oracle) -> None:
    said = set()
    for compiled in (
        c.Compiled(c.EVERYTHING, world.reader),
        common(world),
        *(of_word(world, w) for w in world.words[:40:4]),
    ):
        there_are = len(oracle.hits(compiled))
        plain = ENGINE.search(compiled, sort=Sort.NEWEST, limit=10)
        others = [
            ENGINE.search(compiled, sort=Sort.OLDEST, limit=10),
            ENGINE.search(compiled, sort=Sort.RELEVANCE, limit=10, facets=tuple(Facet)),
            ENGINE.search(compiled, sort=Sort.NEWEST, cursor=plain.next_cursor, limit=10, facets=(Facet.ACTOR,)),
        ]
        assert {(hits.total, hits.relation) for hits in others} == {(plain.total, plain.relation)}
        assert plain.total < there_are if plain.relation == ">=" else plain.total == there_are
        said.add((plain.relation, plain.total))
    assert (">=", statements.FACETED) in said  # so common that it was not counted before the walk


@pytest.mark.usefixtures("small_bounds")
def test_phrase_of_words_that_many_have_is_looked_for_further(world: World, oracle: Oracle) -> None:
    went_further = set()
    for sentence in world.sentences[:12]:
        compiled = c.Compiled(c.Text(expanded(Phrase(tuple(sentence.split()[:2])))), world.reader)
        expected = [seen.key for seen in oracle.hits(compiled)]
        with CaptureQueriesContext(connection) as asked:
            first = ENGINE.search(compiled, sort=Sort.NEWEST, limit=3, facets=tuple(Facet))
        longer = any(f"limit {statements.WALKED * statements.FURTHER})" in query["sql"] for query in asked)
        went_further.add((longer, first.relation))
        assert first.total <= len(expected)
        assert (first.total == len(expected)) or first.relation == ">="
        for sort in (Sort.NEWEST, Sort.OLDEST, Sort.RELEVANCE):
            found = pages(ENGINE, compiled, sort, 3)
            assert (len(found), sorted(found)) == (len(expected), sorted(expected))
    assert {(True, ">="), (True, "="), (False, "=")} <= went_further  # found enough, found too little, were few anyway


def of_word(world: World, word: str) -> c.Compiled:
    return c.Compiled(c.Text(expanded(Word(word))), world.reader)


def test_what_is_about_an_actor_comes_before_what_names_it(world: World, oracle: Oracle, engine: Engine) -> None:
    ids = c.Ids(c.Kind.ACTOR, tuple(world.keys[c.Kind.ACTOR][:3]))
    found = pages(engine, c.Compiled(ids, world.reader), Sort.ABOUT, 10)
    about = c.Ids(c.Kind.ACTOR, ids.ids, about=True)
    first = [seen.key for seen in oracle.hits(c.Compiled(about, world.reader))]
    rest = [seen.key for seen in oracle.hits(c.Compiled(c.And((ids, c.Not(about))), world.reader))]
    assert found == first + rest


def test_relevance_prefers_the_title_and_says_among_how_many_it_compared(world: World, oracle: Oracle) -> None:
    word = world.words[0]
    titled = c.Text(expanded(Word(word)), frozenset({c.Field.TITLE}))
    compiled = c.Compiled(c.Text(expanded(Word(word))), world.reader)
    hits = ENGINE.search(compiled, sort=Sort.RELEVANCE, limit=5)
    newest = {seen.key for seen in oracle.hits(compiled)[: paging.RANKED]}
    in_title = {seen.key for seen in oracle.hits(c.Compiled(titled, world.reader))} & newest
    assert set(hits.ids) <= in_title or len(in_title) < 5
    assert (hits.ranked_of is None) == (hits.total < paging.RANKED)


def test_an_article_that_goes_between_two_pages_loses_no_other(world: World, engine: Engine) -> None:
    compiled = c.Compiled(c.EVERYTHING, world.reader)
    first = engine.search(compiled, sort=Sort.NEWEST, limit=10)
    third = engine.search(compiled, sort=Sort.NEWEST, limit=30).ids[20:]
    engine.delete(first.ids[5:])
    second = engine.search(compiled, sort=Sort.NEWEST, cursor=first.next_cursor, limit=10)
    assert engine.search(compiled, sort=Sort.NEWEST, cursor=second.next_cursor, limit=10).ids == third
    engine.index(first.ids)


def test_a_stream_goes_on_after_any_hit(
    world: World, oracle: Oracle, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[module_of_streams(engine)], "CHUNK", 17)
    compiled = common(world)
    expected = oracle.hits(compiled)
    assert list(engine.every(compiled)) == [seen.key for seen in expected]
    at = expected[40]
    assert list(engine.every(compiled, after=(at.day, at.key))) == [seen.key for seen in expected[41:]]


def test_private_marks_change_nothing_for_others(world: World, engine: Engine) -> None:
    leaf = c.Annotated(c.And(()))
    everyone = [leaf, c.Annotated(c.Tagged()), c.Annotated(c.Comment(c.Words(((c.Lexeme("zebrafish"),),))))]

    def answers(person: object) -> list[object]:
        asked = [c.Compiled(tree, person) for node in everyone for tree in (node, c.Not(node))]
        return [engine.search(one, sort=Sort.RELEVANCE, facets=tuple(Facet)) for one in asked]

    before = answers(world.reader), answers(world.curator)
    unmarked = set(world.keys[c.Kind.ARTICLE]) - set(Annotation.objects.values_list("article", flat=True))
    mark = Annotation.objects.create(owner=world.analyst, article_id=min(unmarked), comment="Zebrafish.")
    assert (answers(world.reader), answers(world.curator)) == before
    assert answers(AnonymousUser()) == answers(AnonymousUser())
    own = c.Compiled(everyone[2], world.analyst)
    assert list(engine.every(own)) in ([min(unmarked)], [])
    mark.delete()


def test_a_page_costs_the_same_few_statements_however_much_is_found(world: World) -> None:
    # How large the archive is is known from here on.
    ENGINE.search(c.Compiled(c.NOTHING, world.reader), sort=Sort.NEWEST)
    counts = set()
    for tree in (c.EVERYTHING, c.Text(expanded(Word(world.words[0]))), c.NOTHING):
        with CaptureQueriesContext(connection) as queries:
            ENGINE.search(c.Compiled(tree, world.reader), sort=Sort.NEWEST, facets=tuple(Facet))
        counts.add(len([one for one in queries if "monitor_" in one["sql"] and "savepoint" not in one["sql"].lower()]))
    assert counts == {1}


@pytest.mark.parametrize(
    ("usual", "few"), [(statements.PROBED + 1, 0), (statements.PROBED + 1, 10_000), (0, 0), (0, 10_000)]
)
def test_words_with_facts_find_the_same_whichever_of_them_is_asked_first(
    world: World, oracle: Oracle, monkeypatch: pytest.MonkeyPatch, usual: int, few: int
) -> None:
    monkeypatch.setattr(statements, "USUAL", usual)
    monkeypatch.setattr(statements, "FEW", few)
    monkeypatch.setattr(statements, "SELDOM", statements.SOUGHT)
    asker = Asker(world, 11)
    for number in range(12):
        words = c.Text(expanded(Word(world.words[number])))
        facts = c.Ids(c.Kind.ACTOR, (world.keys[c.Kind.ACTOR][number],))
        for tree in (c.And((words, facts)), c.And((c.Not(words), facts)), c.And((words, asker.compiled().tree, facts))):
            compiled = c.Compiled(tree, world.reader)
            expected = [seen.key for seen in oracle.hits(compiled)]
            hits = ENGINE.search(compiled, sort=Sort.NEWEST, limit=len(expected) + 1)
            assert list(hits.ids) == expected
            assert ENGINE.count(compiled) == hits.total == len(expected)


def test_a_search_that_takes_too_long_ends_in_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ALTOGETHER_S", 0.05)
    with pytest.raises(TooSlow, match="takes too long"), asking.asking() as asked:
        asked.rows(statements.joined("select pg_sleep(2)"))
    monkeypatch.setattr(asking, "ALTOGETHER_S", 120.0)
    assert ENGINE.count(c.Compiled(c.EVERYTHING, world.curator)) == len(world.keys[c.Kind.ARTICLE])
    with connection.cursor() as cursor:
        cursor.execute("show enable_seqscan")
        assert cursor.fetchone() == ("on",)


def test_too_many_ways_of_writing_words_near_each_other_end_in_a_sentence(world: World, engine: Engine) -> None:
    chains = tuple((c.Lexeme(f"a{n}"), c.Lexeme("b")) for n in range(c.MOST_CHAINS))
    leaf = c.Text(c.Close(c.Words(chains), c.Words(chains), c.MOST_APART))
    with pytest.raises(TooSlow, match="too many ways"):
        engine.count(c.Compiled(leaf, world.reader))


@pytest.mark.parametrize(
    "text", ["'", "\\", "a'b", "a\\b", ":*", "&", "|", "!", "<->", "%s", "%", "(", "=", "t/", "\u2044"]
)
def test_signs_of_the_database_are_letters_like_others(world: World, engine: Engine, text: str) -> None:
    for prefix in (False, True):
        leaf = c.Text(c.Words(((c.Lexeme(text, prefix=prefix), c.Lexeme(text)), (c.Lexeme(text),))))
        assert engine.count(c.Compiled(c.And((leaf, c.Ids(c.Kind.ARTICLE, (0,)))), world.reader)) == 0


def test_every_sort_of_words_may_stand_beside_every_other(world: World, oracle: Oracle, engine: Engine) -> None:
    word, other = world.words[:2]
    nodes: list[Word | Prefix | Phrase | Near] = [
        Word(word),
        Prefix(word[:2]),
        Phrase((word, other)),
        Near(Word(word), Word(other), 30),
    ]
    for one in nodes:
        for two in nodes:
            for field in c.Field:
                tree = c.And((c.Text(expanded(one)), c.Not(c.Text(expanded(two), frozenset({field})))))
                compiled = c.Compiled(tree, world.curator)
                assert list(engine.every(compiled)) == [seen.key for seen in oracle.hits(compiled)]


KEYS = st.integers(0, LARGEST_KEY)


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: raw.hex()))
def test_no_word_in_an_address_breaks_a_cursor(text: str) -> None:
    try:
        cursor = read_cursor(text)
    except UnknownCursor:
        return
    assert read_cursor(cursor.written()) == cursor


@given(st.dates(), KEYS, st.sampled_from([0, 1]), st.none() | st.floats(0, 1e6), KEYS)
def test_a_cursor_is_read_as_it_was_written(day: date, key: int, tier: int, rank: float | None, last: int) -> None:
    cursor = Cursor(Place(day, key), tier, rank, last if rank is not None else 0)
    assert read_cursor(cursor.written()) == cursor
