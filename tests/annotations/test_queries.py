from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from monitor.annotations.actions import (
    Draft,
    create_annotation,
    share_annotation,
)
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.queries import (
    counts_by_article,
    mark_rows,
    marks_of_articles,
    tags_by_use,
)
from monitor.annotations.replies import reply_to
from monitor.library.models import Article
from tests.annotations.people_and_texts import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def rows_for(person: Any, house: House) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        Article.objects.annotate(marks=marks_of_articles(person, most=150)).get(pk=house.article.pk).marks
    )
    return rows


def test_an_article_brings_what_its_cards_show(house: House) -> None:
    tags = (make_tag(name="violence/raid", by=house.curator), make_tag(name="Boats", by=house.curator))
    mark = house.mark(comment="Dusk.", colour="teal", visibility="team", team=house.team, tags=tags)
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Indeed.")
    (row,) = rows_for(house.keeper, house)
    span = mark.spans.get()
    assert (row["uid"], row["comment"], row["colour"], row["team"]) == (str(mark.uid), "Dusk.", "teal", "Rivers")
    assert (row["username"], row["revision"], row["resolved"], row["hidden"]) == ("author", 1, None, None)
    assert [(s["start"], s["end"], s["quote"], s["note_id"]) for s in row["spans"]] == [
        (span.start, span.end, "lamps", None)
    ]
    assert {(t["name"], t["path"]) for t in row["tags"]} == {("raid", "violence/raid"), ("Boats", "boats")}
    assert [(r["username"], r["comment"]) for r in row["replies"]] == [("mate", "Indeed.")]


def test_nothing_of_others_comes_along(house: House) -> None:
    house.mark(comment="canary-private")
    mark = house.mark(comment="open", visibility="team", team=house.team)
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="canary-reply")
    share_annotation(mark=mark, by=house.author, revision=1, visibility="everyone", team=None)
    own = make_tag(name="canary-tag", by=house.author, private=True)
    mark.taggings.create(tag=own)
    for person in (house.outsider, house.reader, house.curator):
        rows = rows_for(person, house)
        assert "canary" not in str(rows)
        assert [row["comment"] for row in rows] == ["open"]
    assert rows_for(AnonymousUser(), house) == []
    assert "canary-tag" in str(rows_for(house.author, house))


@pytest.mark.parametrize("count", [1, 3, 60])
def test_cards_cost_one_query_however_many(house: House, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        draft = Draft(
            article=house.article, passages=(house.asked("lamps"),), comment=f"{number}", visibility="everyone"
        )
        create_annotation(uid=uuid4(), by=house.author, draft=draft)
    with django_assert_num_queries(1):
        assert len(rows_for(house.reader, house)) == count
    with django_assert_num_queries(1):
        assert len(mark_rows(Annotation.objects.visible_to(house.reader), house.reader)) == count


def test_counts_are_of_what_one_may_see(house: House) -> None:
    house.mark()
    house.mark(visibility="everyone")
    article = house.article.pk
    assert counts_by_article(house.author, [article]) == {article: 2}
    assert counts_by_article(house.reader, [article]) == {article: 1}
    assert counts_by_article(AnonymousUser(), [article]) == {}


def test_tags_come_by_use_here_then_by_ones_own_use(house: House) -> None:
    for name in ("Ambush", "Boats", "Convoy"):
        make_tag(name=name, by=house.curator)
    tags = {tag.name: tag for tag in tags_by_use(house.author)}
    house.mark(by=house.mate, visibility="everyone", tags=(tags["Convoy"],))
    draft = Draft(issue=house.article.issue, tags=(tags["Boats"],))
    create_annotation(uid=uuid4(), by=house.author, draft=draft)
    assert [tag.name for tag in tags_by_use(house.author, article=house.article.pk)] == ["Convoy", "Boats", "Ambush"]
    assert [tag.name for tag in tags_by_use(house.reader, article=house.article.pk)] == ["Convoy", "Ambush", "Boats"]
    assert list(tags_by_use(AnonymousUser())) == []
