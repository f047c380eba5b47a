"""Tagging all places of a phrase by a worker: all of them or none, told on the way, stopped, and undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from monitor.annotations import occurrence_queries, tagging_everywhere
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.occurrence_queries import look_for
from monitor.annotations.operations import undo
from monitor.annotations.tagging_everywhere import STOPPED, stop_tagging, tag_everywhere
from monitor.annotations.tagging_models import TaggingRun
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from monitor.library.models import Issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def weirs(number: int, **facts: Any) -> list[Issue]:
    return [
        make_issue(make_read_article("A weir and a weir.", notes=("The weir.",), cited={}), **facts)
        for _ in range(number)
    ]


def asked(house: House, **facts: Any) -> TaggingRun:
    tag = make_tag(name="Weir", by=house.curator)
    return TaggingRun.objects.create(**{"person": house.author, "phrase": "weir", "tags": [tag.pk], **facts})


def done(run: TaggingRun) -> TaggingRun:
    ended = tag_everywhere(run.pk)
    assert ended is not None
    assert ended.finished is not None
    return ended


def test_all_places_are_tagged_however_many_looks_it_takes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrence_queries, "MOST_PLACES", 2)
    monkeypatch.setattr(occurrence_queries, "AT_ONCE", 2)
    monkeypatch.setattr(tagging_everywhere, "SECONDS", 0)
    weirs(5)
    weirs(1, state="draft")
    run = done(asked(house))
    assert (run.articles, run.looked, run.found, run.trouble) == (6, 6, 16, "")  # three in each, one in the house's own
    assert Annotation.objects.visible_to(house.author).count() == 16
    assert run.act is not None
    assert run.act.label == "Tagged 16 places with “Weir”"
    undo(house.author, run.act.pk)
    assert not Annotation.objects.visible_to(house.author).exists()


def test_what_bears_the_tag_is_left_and_a_run_that_is_over_is_not_run_again(house: House) -> None:
    weirs(1)
    run = done(asked(house))
    assert run.found == 4
    assert tag_everywhere(run.pk) is None
    again = done(asked(house, tags=run.tags))
    assert (again.found, again.act, again.trouble) == (
        0, None, "The phrase stands nowhere that does not bear the tag already.",
    )  # fmt: skip
    assert Annotation.objects.count() == 4


def test_the_scope_is_kept(house: House) -> None:
    first, second = weirs(2)
    tag = make_tag(name="Weir", by=house.curator)
    of_article = done(asked(house, article=first.articles.get(), tags=[tag.pk]))
    of_issue = done(asked(house, issue=second, tags=[tag.pk], phrase="WEIR", letters=True))
    assert (of_article.articles, of_article.found) == (1, 3)
    assert (of_issue.articles, of_issue.found) == (1, 0)
    assert {mark.article.issue for mark in Annotation.objects.all() if mark.article} == {first}


def test_too_many_places_are_refused_and_nothing_is_tagged(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging_everywhere, "MOST_TAGGED", 3)
    weirs(2)
    run = done(asked(house))
    assert run.trouble.startswith("The phrase stands in more than 3 places. Nothing was tagged")
    assert not Annotation.objects.exists()


def test_a_run_that_is_stopped_tags_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    weirs(2)
    run = asked(house)

    def stopped_meanwhile(*args: Any, **facts: Any) -> Any:
        assert stop_tagging(run)
        return look_for(*args, **facts)

    monkeypatch.setattr(tagging_everywhere, "look_for", stopped_meanwhile)
    assert done(run).trouble == STOPPED
    assert not Annotation.objects.exists()
    assert not stop_tagging(run)


def test_who_may_not_share_any_more_tags_nothing(house: House) -> None:
    weirs(1)
    run = asked(house, visibility="everyone")
    house.author.role = "reader"
    house.author.save()
    assert done(run).trouble != ""
    assert not Annotation.objects.exists()


def test_a_tag_that_is_gone_meanwhile_tags_nothing(house: House) -> None:
    weirs(1)
    secret = make_tag(name="Xylograph", by=house.curator, private=True)
    assert done(asked(house, tags=[secret.pk])).trouble == "Name the tag that these places are to bear."
    run = asked(house)
    type(secret).objects.filter(pk__in=run.tags).update(deleted=timezone.now())
    assert done(run).trouble == "Name the tag that these places are to bear."
    assert not Annotation.objects.exists()


def test_what_nobody_foresaw_ends_the_run_with_a_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise ZeroDivisionError

    weirs(1)
    run = asked(house)
    monkeypatch.setattr(tagging_everywhere, "tag_places", broken)
    with pytest.raises(ZeroDivisionError):
        tag_everywhere(run.pk)
    run.refresh_from_db()
    assert run.trouble == "Something went wrong, and nothing was tagged. Ask for it again."
