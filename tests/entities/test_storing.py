"""What the recogniser found, as rows: by keys, without writing twice, and the same after any way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.entities.documents import stored_documents
from monitor.entities.engine import current_runs, ready_engine, remember_lexicon
from monitor.entities.loading import load_data
from monitor.entities.mention_models import ArticleActor, Mention, RecognisedArticle, RecognitionRun
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.proposing import propose_actors, proposed_slug
from monitor.entities.recognising.aboutness import about
from monitor.entities.recognising.issue_documents import documents_of
from monitor.entities.region_models import Region
from monitor.jobs.find_mentions import find_mentions
from monitor.library.importing import store_issue
from monitor.library.models import Article
from tests.entities.articles import actor_of, dump, mention_of, told, told_article
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_file_facts, make_read_article, make_read_document

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.django_db

FOUND = [
    ("Ardel Liberation Army", "ardel-army", "auto"),
    ("ALA", "ardel-army", "auto"),
    ("ALA", "ardel-army", "auto"),
    ("Ostria", "OS", "auto"),
    ("Ardel Republican Front", "ardel-front", "auto"),
    ("Weir", "AD-W", "auto"),
    ("Ardel Army", "ardel-army", "auto"),
    ("Ardelia", "AD", "auto"),
]


def code_of(row: Any) -> str:
    return str(row.region.code)


def writes(queries: Iterable[dict[str, str]]) -> list[str]:
    verbs = ("insert", "update", "delete", "copy")
    return [one["sql"] for one in queries if one["sql"].lower().startswith(verbs)]


def test_mentions_point_at_names_places_and_their_actors() -> None:
    article = told_article()
    assert told(article, status="auto") == FOUND
    army = mention_of(article, "Ardel Army")
    assert (army.actor_alias, army.method, army.found) == (ActorAlias.objects.get(text="Ardel Army"), "gazetteer", None)
    assert army.text_version.body[army.start : army.end] == army.surface
    assert {(one.surface, one.where) for one in Mention.objects.filter(article=article, where="title")} == {
        ("Ardel Liberation Army", "title"),
        ("Ardelia", "title"),
    }


def test_standings_tell_what_it_is_about_and_why() -> None:
    article = told_article()
    army = article.actor_rows.get(actor__slug="ardel-army")
    assert (army.n, army.in_title, army.about, army.why) == (5, True, True, "title · 5 mentions · 3 of 8 parts")
    recognised = ready_engine().recognise(next(stored_documents(article.issue)).document)
    said = {(one.entity, one.n, one.in_title, one.salience, one.about) for one in recognised.about if one.entity}
    rows: list[Any] = [*article.actor_rows.select_related("actor"), *article.region_rows.select_related("region")]
    kept = {
        (
            row.actor.slug if isinstance(row, ArticleActor) else row.region.code,
            row.n,
            row.in_title,
            row.salience,
            row.about,
        )
        for row in rows
    }
    assert kept == {one for one in said if one[0] in {row[0] for row in kept}}
    assert about((), ()) == ()


def test_the_same_again_writes_nothing() -> None:
    article = told_article()
    before = dump(article)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = find_mentions(article.issue_id, again=True)
    assert found is not None
    assert (found.articles, found.changed, found.mentions) == (1, 0, 0)
    assert writes(queries.captured_queries) == []
    with CaptureQueriesContext(connection) as queries:
        passed_over = find_mentions(article.issue_id)
    assert passed_over is not None
    assert (passed_over.articles, writes(queries.captured_queries)) == (0, [])
    assert dump(article) == before


def test_a_rebuild_gives_the_same_rows() -> None:
    article = told_article()
    before = dump(article)
    Mention.objects.all().delete()
    ArticleActor.objects.all().delete()
    RecognisedArticle.objects.all().delete()
    find_mentions(article.issue_id)
    assert dump(article) == before


def test_only_what_differs_is_written() -> None:
    article = told_article()
    kept = set(Mention.objects.filter(surface__in=["ALA", "Ostria"]).values_list("pk", flat=True))
    ActorAlias.objects.filter(text="Ardel Army").update(retired=True)
    found = find_mentions(article.issue_id)
    assert found is not None
    assert found.mentions >= 1
    assert "Ardel Army" not in {surface for surface, _slug, status in told(article) if status == "auto"}
    assert kept <= set(Mention.objects.values_list("pk", flat=True))
    ActorAlias.objects.filter(text="Ardel Army").update(retired=False)
    find_mentions(article.issue_id)
    assert told(article, status="auto") == FOUND


def test_the_document_is_the_one_of_the_file() -> None:
    read = make_read_document(
        make_read_article(
            "## The Weir\n\nA bridge (Ferry Post, January 21).[1]",
            notes=("A note in prose on the Ardel (Lamp, May 2).", "Assembly of the Ardel, Report, 2015."),
            cited={"Ferry Post, January 21": "2022-01-21", "Lamp, May 2": None},
        ),
        make_read_article(title="Another", cited={}, notes=()),
    )
    issue = store_issue(document=read, file=make_file_facts()).issue
    kept = [stored.document for stored in stored_documents(issue)]
    assert kept == documents_of(read)
    assert [piece.zones for piece in kept[0].pieces] != [()] * len(kept[0].pieces)


def test_an_issue_costs_the_same_few_queries_for_its_documents() -> None:
    counts = set()
    for number in (1, 3, 9):
        read = make_read_document(*(make_read_article(title=f"Piece {n}") for n in range(number)))
        issue = store_issue(document=read, file=make_file_facts()).issue
        with CaptureQueriesContext(connection) as queries:
            assert len(list(stored_documents(issue))) == number
        counts.add(len(queries))
    assert counts == {7}


def test_a_run_is_known_by_what_it_was_made_of() -> None:
    load_data(ROWS)
    assert not current_runs()
    run = ready_engine().run
    assert list(current_runs()) == [run]
    assert ready_engine() is ready_engine()
    Actor.objects.filter(slug="union").update(strict=True)
    assert not current_runs()
    other = ready_engine().run
    assert other != run
    Actor.objects.filter(slug="union").update(strict=False)
    assert ready_engine().run == run
    remember_lexicon("brackle\nweir", 2)
    assert ready_engine().run not in {run, other}
    assert ready_engine().lexicon.common("brackle")
    assert RecognitionRun.objects.count() == 3


UNKNOWN = (
    "The Lantern Liberation Front (LLF) burnt the mill. Ostria says that the LLF has guns. "
    "The Lantern Liberation Front denies it."
)


def test_an_unknown_group_is_proposed_and_goes_with_its_last_mention() -> None:
    article = told_article(UNKNOWN, title="The Mill")
    proposed = Actor.objects.get(status="provisional")
    assert (proposed.name, proposed.origin) == ("Lantern Liberation Front", "text")
    assert proposed.slug == proposed_slug("Lantern Liberation Front", proposed.kind)
    assert {one[2] for one in told(article, actor=proposed)} == {"suggested"}
    assert not article.actor_rows.exists()
    load_data(ROWS)
    Article.objects.filter(pk=article.pk).update(title="x")
    Actor.objects.create(slug="llf", name="Lantern Liberation Front")
    find_mentions(article.issue_id)
    assert {one[1] for one in told(article, kind="actor")} == {"llf"}
    assert not Actor.objects.filter(status="provisional").exists()


def test_what_somebody_retired_is_not_proposed_again() -> None:
    article = told_article(UNKNOWN, title="The Mill")
    Actor.objects.filter(status="provisional").update(status="retired")
    find_mentions(article.issue_id, again=True)
    assert told(article) == [("Ostria", "OS", "auto")]


def test_one_name_and_kind_is_one_actor() -> None:
    first = propose_actors([("Lantern  Front", "armed_group"), ("LANTERN FRONT", "armed_group")])
    again = propose_actors([("Lantern Front", "armed_group"), ("Lantern Front", "person")])
    assert len({actor.pk for actor in first.values()}) == 1
    assert again["Lantern Front", "armed_group"].pk == next(iter(first.values())).pk
    assert again["Lantern Front", "person"].kind == "person"
    assert propose_actors([("Lantern", "moon")])["Lantern", "moon"].kind == "organisation"


def test_a_retired_region_is_not_found() -> None:
    article = told_article()
    Region.objects.filter(code="AD-W").update(retired=True)
    find_mentions(article.issue_id)
    assert "AD-W" not in {code for _surface, code, _status in told(article)}


def test_words_of_a_text_are_kept_for_new_names() -> None:
    article = told_article()
    kept = RecognisedArticle.objects.get(article=article)
    assert {"ardel", "bridge", "takes"} <= set(kept.words)
    assert "ALA" in kept.capitals
    assert actor_of("ardel-army").status == "active"
