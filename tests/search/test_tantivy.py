"""The tantivy engine beside Postgres: how its index is made, follows what changes, and what becomes of it when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor.jobs.doctor import find_faults
from monitor.library.actions import publish_issue, withdraw_issue
from monitor.search import compiled as c
from monitor.search.compiled import Facet, Sort
from monitor.search.engines import chosen
from monitor.search.engines.protocol import EngineDown
from monitor.search.index_models import Follower, FollowerChange, SearchRow
from monitor.search.indexing import take_up_changes
from monitor.search.query_tree import Word
from monitor.search.writings import expanded
from tests.entity_rows import make_actor, name_in
from tests.factories import make_article, make_user
from tests.search_index import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.accounts.models import User
    from monitor.search.engines.tantivy_engine import TantivyEngine

tantivy = pytest.importorskip("tantivy", reason="the library of requirements-search.txt is not installed")
pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(settings: Any, tmp_path: Path) -> Iterator[TantivyEngine]:
    """Return the engine of a site that has chosen it, and has no index yet."""
    settings.SEARCH_ENGINE, settings.VAR = "tantivy", tmp_path
    from monitor.search.engines.tantivy_engine import TantivyEngine  # noqa: PLC0415 - its library may not be there

    chosen._made.cache_clear()
    yield TantivyEngine()  # beside the one that the site asks, as another process has it
    chosen._made.cache_clear()


@pytest.fixture
def reader() -> User:
    return make_user("reader")


def found(engine: TantivyEngine, person: User, word: str) -> list[int]:
    return list(engine.every(c.Compiled(c.Text(expanded(Word(word))), person)))


def faults() -> list[str]:
    return [str(fault) for fault in find_faults() if fault.promise == "search"]


def test_an_index_that_was_not_made_is_said_and_the_worker_makes_it(engine: TantivyEngine, reader: User) -> None:
    article = make_article("The quay was empty.")
    said = "The search index has not been made yet; run manage.py reindex."
    with pytest.raises(EngineDown, match="not been made"):
        found(engine, reader, "quay")
    with pytest.raises(EngineDown, match="not been made"):
        engine.index([article.pk])
    assert (engine.health().ok, engine.health().sentence, faults()) == (False, said, [f"search: tantivy: {said}"])
    settle()
    take_up_changes()
    assert found(engine, reader, "quay") == [article.pk]
    assert (engine.health().ok, engine.health().articles, faults()) == (True, 1, [])


def test_what_changes_is_noted_and_taken_up_once(engine: TantivyEngine, reader: User) -> None:
    list(engine.rebuild())
    article = make_article("The quay was empty.")
    settle()
    assert (engine.health().ok, engine.health().waiting) == (True, FollowerChange.objects.count())
    assert found(engine, reader, "quay") == []
    assert engine.catch_up() > 0
    assert (engine.catch_up(), engine.health().waiting, found(engine, reader, "quay")) == (0, 0, [article.pk])
    actor = make_actor("Wardens of the Weir")
    name_in(article, {"quay": actor})
    settle()
    engine.catch_up()
    named = engine.search(c.Compiled(c.Ids(c.Kind.ACTOR, (actor.pk,)), reader), sort=Sort.NEWEST, facets=[Facet.ACTOR])
    assert (named.ids, named.facets[Facet.ACTOR].values) == ((article.pk,), ((actor.pk, 1),))
    withdraw_issue(issue=article.issue, by=make_user("curator"))
    settle()
    engine.catch_up()
    assert found(engine, reader, "quay") == []
    publish_issue(issue=article.issue, by=make_user("curator"))
    article.delete()
    settle()
    engine.catch_up()
    assert (found(engine, reader, "quay"), engine.health().articles) == ([], 0)


def test_a_new_index_takes_the_place_of_the_one_that_is_asked_meanwhile(engine: TantivyEngine, reader: User) -> None:
    first = make_article("The quay was empty.")
    settle()
    list(engine.rebuild())
    steps = engine.rebuild()
    assert next(steps) == (1, 1)
    later = make_article("The quay was full.")
    settle()
    assert found(engine, reader, "quay") == [first.pk]
    assert list(steps) == [(2, 2)]  # what came in behind is taken along
    engine.catch_up()
    assert set(found(engine, reader, "quay")) == {first.pk, later.pk}
    list(engine.rebuild())
    kept = [one for one in engine.folder.place.iterdir() if one.is_dir()]
    assert len(kept) == 2  # that and the one before it, which somebody may be about to open


def test_a_writing_that_fails_leaves_the_index_as_it_was(engine: TantivyEngine, reader: User) -> None:
    article = make_article("The quay was empty.")
    settle()
    list(engine.rebuild())

    def fail(writer: Any) -> None:
        writer.delete_all_documents()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), engine.folder.writing() as writer:
        fail(writer)
    assert found(engine, reader, "quay") == [article.pk]
    with pytest.raises(ZeroDivisionError), engine.folder.making() as writer:
        fail(writer)
    assert found(engine, reader, "quay") == [article.pk]


def test_one_process_writes_at_a_time(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article("The quay was empty.")
    settle()
    list(engine.rebuild())
    monkeypatch.setattr("monitor.search.engines.tantivy_engine_folder.PATIENCE_S", 0.3)
    with engine.folder.writing(), pytest.raises(EngineDown, match="Another process writes"):
        engine.delete([article.pk])
    FollowerChange.objects.create(follower=Follower.objects.get(), article=article.pk)
    with engine.folder.writing():
        assert take_up_changes() == 0  # it waits for the next time
    assert FollowerChange.objects.count() == 1
    engine.delete([article.pk])
    assert engine.health().articles == 0


def test_an_index_of_older_rules_or_a_broken_one_is_not_asked(engine: TantivyEngine, reader: User) -> None:
    make_article("The quay was empty.")
    settle()
    list(engine.rebuild())
    current = engine.folder.place / "current"
    name = current.read_text()
    current.write_text(f"0-0-{name}")
    with pytest.raises(EngineDown, match="not been made"):
        found(engine, reader, "quay")
    current.write_text(name)
    (engine.folder.place / name / "meta.json").write_text("{")
    with pytest.raises(EngineDown, match="cannot be read"):
        found(engine, reader, "quay")
    assert not engine.health().ok
    list(engine.rebuild())
    assert len(found(engine, reader, "quay")) == 1


def test_doctor_names_an_index_that_holds_other_articles(engine: TantivyEngine) -> None:
    article = make_article("The quay was empty.")
    settle()
    list(engine.rebuild())
    engine.delete([article.pk])
    assert faults() == ["search: tantivy: It holds 0 articles and should hold 1; run manage.py reindex."]
    engine.index(SearchRow.objects.values_list("pk", flat=True))
    assert faults() == []


def test_an_engine_that_is_chosen_no_more_is_told_of_no_more_changes(engine: TantivyEngine, settings: Any) -> None:
    make_article("The quay was empty.")
    settle()
    take_up_changes()
    assert Follower.objects.filter(name=engine.name).exists()
    settings.SEARCH_ENGINE = "postgres"
    chosen._made.cache_clear()
    take_up_changes()
    assert not Follower.objects.exists()


def test_nobody_changes_an_index_that_is_being_made(engine: TantivyEngine) -> None:
    article = make_article("The quay was empty.")
    settle()
    making = engine.rebuild()
    next(making)
    FollowerChange.objects.create(follower_id=engine.name, article=article.pk)
    assert engine.catch_up() == 0
    with pytest.raises(EngineDown, match="Another process writes"):
        list(engine.rebuild())
    list(making)
    assert FollowerChange.objects.count() == 1  # it came after the rows were read, perhaps
    assert engine.catch_up() == 1
