"""What stands beside hits: names of facets, reasons and annotations, in one statement and as one may see it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.annotations.codebook import make_tag
from monitor.entities.merging import judge_actors
from monitor.library.models import Author, Periodical, State
from monitor.search.beside_hits import Reason, Wanted, beside_hits
from monitor.search.compiled import Facet, Field
from monitor.search.hydrating import Part, hydrate
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def test_reasons_say_under_which_name_and_in_what_region(house: House) -> None:
    wardens, league = make_actor("Wardens of the Weir", "Nobody"), make_actor("Lamplighters", "lamps")
    judge_actors(one=wardens, other=league, verdict="same", by=house.curator, keep=wardens)
    valley = make_region("V", "Valley", "macro")
    weir = make_region("W", "Weir", "city", valley)
    name_in(house.article, {"Nobody": wardens, "lamps": league, "Weir": weir})
    name_in(house.article, {"gate": wardens}, status="suggested")
    name_in(house.article, {"dusk": wardens}, status="confirmed")
    asked = Wanted(articles=[house.article.pk], actors=[wardens.pk], regions=[valley.pk])
    with CaptureQueriesContext(connection) as caught:
        found = beside_hits(asked, house.author)
    assert len(caught) == 1
    at = house.body.index
    assert found.actors[house.article.pk] == [
        Reason(wardens.pk, "Nobody", wardens.slug, 1, is_confirmed=False, at=at("Nobody")),
        Reason(wardens.pk, "dusk", wardens.slug, 1, is_confirmed=True, at=at("dusk")),
        Reason(wardens.pk, "lamps", league.slug, 1, is_confirmed=False, at=at("lamps")),
    ]
    assert found.regions[house.article.pk] == [Reason(valley.pk, "Weir", "weir", 1, is_confirmed=False, at=at("Weir"))]


def test_annotations_and_tags_are_counted_as_one_sees_them(house: House) -> None:
    raid, own = make_tag(name="raid", by=house.curator), make_tag(name="own", by=house.author, private=True)
    house.mark(tags=(raid,), visibility="everyone")
    house.mark("gate", tags=(raid, own))
    asked = Wanted(articles=[house.article.pk], tags=[raid.pk, own.pk])

    def seen(person: object) -> tuple[int, list[tuple[str, int]]]:
        found = beside_hits(asked, person)  # type: ignore[arg-type]
        reasons = found.tags.get(house.article.pk, [])
        return found.marks.get(house.article.pk, 0), [(one.said, one.times) for one in reasons]

    assert seen(house.author) == (2, [("raid", 2), ("own", 1)])
    assert seen(house.mate) == (1, [("raid", 1)])
    assert seen(AnonymousUser()) == (0, [])


def test_keys_of_facets_get_their_names_and_addresses(house: House) -> None:
    author, letter = Author.objects.get(), Periodical.objects.get()
    wanted = Wanted(facets={Facet.AUTHOR: [author.pk], Facet.PERIODICAL: [letter.pk], Facet.SOURCE: []})
    assert beside_hits(wanted, house.reader).names == {
        Facet.AUTHOR: {author.pk: ("Ines Varrow", "ines-varrow")},
        Facet.PERIODICAL: {letter.pk: ("Tidewater Letter", "tidewater-letter")},
    }
    with CaptureQueriesContext(connection) as caught:
        beside_hits(Wanted(), house.reader)
    assert len(caught) == 0


def test_articles_come_in_the_engines_order_with_their_parts_and_hidden_ones_are_left_out(house: House) -> None:
    second, draft = make_article("One.\n\nTwo.", title="Second", bio=""), make_article(state=State.DRAFT)
    keys = [second.pk, draft.pk, house.article.pk, 10**9]
    with CaptureQueriesContext(connection) as caught:
        found = hydrate(keys, house.author)
    assert len(caught) == 1
    assert [one.article.pk for one in found] == [second.pk, house.article.pk]
    assert found[0].parts[:3] == (
        Part(Field.TITLE, "Second", "main", "title"),
        Part(Field.BODY, "One.", "p1", "¶ 1", 0),
        Part(Field.BODY, "Two.", "p2", "¶ 2", 6),
    )
    assert [part.label for part in found[1].parts] == ["title", "¶ 1", "¶ 2", "¶ 3", "note 1", "bio"]
    assert {part.field for part in found[1].parts} == set(Field)
    for part in found[1].parts[1:4]:
        assert house.body[part.start : part.start + len(part.text)] == part.text
    assert found[0].authors == (("Ines Varrow", "ines-varrow"),)
    assert hydrate([], house.author) == []
    assert [one.article.pk for one in hydrate(keys, house.curator)] == keys[:3]
