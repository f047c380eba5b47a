"""Rows of the authority file: what the database makes of them by itself."""

from __future__ import annotations

import pytest

from monitor.entities.gazetteer_models import GazetteerStamp
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.region_models import Region
from monitor.library.stamps import library_stamp

pytestmark = pytest.mark.django_db


def gazetteer_stamp() -> str:
    return str(GazetteerStamp.objects.get().stamp)


def test_a_new_actor_is_its_own() -> None:
    actor = Actor.objects.create(slug="bla", name="Baloch Liberation Army")
    assert actor.canonical_id == actor.pk
    assert Actor.objects.get(canonical=actor) == actor
    Actor.objects.bulk_create([Actor(slug="x", name="X", key="x")])
    assert set(Actor.objects.values_list("slug", "canonical__slug")) == {("bla", "bla"), ("x", "x")}


def test_names_are_compared_without_accents_and_capitals() -> None:
    actor = Actor.objects.create(slug="isis", name="Islamic State")
    alias = ActorAlias.objects.create(actor=actor, text="Dā\u02bfish  Front\u2013West")
    assert alias.fold == "da'ish front-west"
    assert Region.objects.create(code="X", slug="x", name="I\u011fd\u0131r", kind="city").key == "igdir"


def test_history_keeps_each_version_but_not_what_is_derived() -> None:
    actor = Actor.objects.create(slug="bla", name="Army")
    other = Actor.objects.create(slug="blf", name="Front")
    Actor.objects.filter(pk=actor.pk).update(canonical=other)
    Actor.objects.filter(pk=actor.pk).update(name="Liberation Army")
    events = Actor.pgh_event_model.objects.filter(pgh_obj_id=actor.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(events.values_list("pgh_label", "name")) == [("insert", "Army"), ("update", "Liberation Army")]


def test_the_gazetteers_stamp_moves_with_what_the_recogniser_reads() -> None:
    stamps = [gazetteer_stamp()]

    def moved() -> bool:
        stamps.append(gazetteer_stamp())
        return stamps[-1] != stamps[-2]

    actor = Actor.objects.create(slug="bla", name="Army")
    assert moved()
    Actor.objects.create(slug="proposed", name="Some Front", status="provisional")
    assert not moved()
    Actor.objects.filter(slug="proposed").update(name="Some Front of ours")
    assert not moved()
    Actor.objects.filter(pk=actor.pk).update(notes="Seen by two of us.", wikidata="Q1")
    assert not moved()
    Actor.objects.filter(pk=actor.pk).update(strict=True)
    assert moved()
    Actor.objects.filter(slug="proposed").update(status="active")
    assert moved()
    alias = ActorAlias.objects.create(actor=actor, text="BLA", sort="acronym")
    assert moved()
    alias.delete()
    assert moved()
    Region.objects.create(code="PK", slug="pakistan", name="Pakistan", kind="country")
    assert moved()
    Actor.objects.filter(slug="proposed").delete()
    assert moved()


def test_the_librarys_stamp_moves_with_actors() -> None:
    before = library_stamp()
    Actor.objects.create(slug="bla", name="Army")
    assert library_stamp() != before
