"""What an act answers is what the whole page would say at that place, however many annotations there are."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.annotations.actions import Draft, create_annotation, delete_annotation
from monitor.annotations.models import AnnotationSpan
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import NotInText
from monitor.web.marked_article import find_marked, marked, redrawn
from monitor.web.marked_part import changed_part
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_user
from tests.web.crowds import crowd

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation
    from monitor.library.models import Article

pytestmark = pytest.mark.django_db
TEXT = """The lamps along the quay were lit before dusk.[1] Nobody held the gate of the weir.[2]

## The Weir

Two boats lay idle.[2] A third was chained (Ferry Post, January 21). Its captain said nothing.

| Boats | Dues\nTwo | Nine

- A list of wardens
- Another one, of ferries

In the morning the wardens counted the lamps again and found one missing.[3]"""
NOTES = ("Assembly of the Ardel, Report on Dues, 2015.", "Ferry Post, January 21.", "Ibid.")


@pytest.fixture
def article() -> Article:
    found = make_article(TEXT, notes=NOTES, cited={"Ferry Post, January 21": "2022-01-21"}, resolves={3: 2})
    wardens, weir = make_actor("Wardens"), make_region("gn1", "Weir", "place")
    name_in(found, {"wardens": wardens, "the weir": weir, "Weir": weir})
    name_in(found, {"captain": wardens}, status="suggested", score=0.4)
    return found


def drawn_whole(article: Article, person: User, mark: Annotation) -> Any:
    shown = marked(find_marked(person, article.pk), person)  # type: ignore[arg-type]
    spans = [(span.note_id, span.start, span.end) for span in mark.spans.exclude(state="orphan")]
    everything = (*shown.panel.cards,)
    card = next((card for card in everything if card.uid == str(mark.uid)), None)
    return redrawn(shown, spans), card


@pytest.mark.parametrize("seed", range(3))
def test_part_is_what_the_whole_page_says_there(article: Article, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - the same marks each time
    body = article.texts.get().body
    author, reader = make_user("analyst"), make_user("analyst")
    notes = list(article.notes.all())
    marks = []
    for number in range(14):
        asked = []
        for _ in range(draw.randint(1, 2)):
            note = draw.choice([None, None, None, *notes])
            words = note.text if note else body
            start = draw.randrange(len(words) - 4)
            end = min(start + draw.randrange(4, 90), len(words))
            asked.append(AskedPassage(start, end, note=note.pk if note else None))
        draft = Draft(
            article=article,
            passages=tuple(asked),
            comment=f"{number}",
            visibility=draw.choice(["private", "everyone"]),
            colour=draw.choice(["red", "teal"]),
        )
        marks.append(create_annotation(uid=uuid4(), by=draw.choice([author, reader]), draft=draft)[0])
    AnnotationSpan.objects.filter(annotation=marks[3]).update(state="fuzzy")
    AnnotationSpan.objects.filter(annotation=marks[4]).update(state="orphan")
    for mark in marks:
        changed = changed_part(reader, mark)
        assert changed is not None
        assert (changed.redrawn, changed.card) == drawn_whole(article, reader, mark)
        if mark.owner == reader:
            delete_annotation(mark=mark, by=reader)
            gone = changed_part(reader, mark)
            assert gone is not None
            assert (gone.redrawn, gone.card) == drawn_whole(article, reader, mark)
            assert gone.card is None
            assert gone.can_undo


@pytest.mark.parametrize("count", [1, 3, 300])
def test_part_takes_one_query_and_says_no_more_however_many(
    article: Article, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = make_user("analyst")
    mark = crowd(article, author, count)[-1]
    changed_part(author, mark)  # what is put together once in a process is there now
    with django_assert_num_queries(1):
        changed = changed_part(author, mark)
    assert changed is not None
    assert list(changed.redrawn.blocks) == ["p1"]
    assert (changed.card and changed.card.place, changed.redrawn.notes) == ("p1", {})


def test_nothing_is_told_of_a_text_that_may_not_be_read(article: Article) -> None:
    author = make_user("analyst")
    (mark,) = crowd(article, author, 1)
    type(article).objects.filter(pk=article.pk).update(state="withdrawn")
    assert changed_part(author, mark) is None
    assert changed_part(make_user("curator"), mark) is not None


@pytest.mark.parametrize("count", [1, 300])
def test_marking_takes_as_many_queries_however_many_are_there(
    client: Client, article: Article, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    author = make_user("analyst")
    crowd(article, author, count)
    client.force_login(author)

    def mark() -> Any:
        asked = json.dumps([{"start": 4, "end": 9, "quote": "lamps", "version": 1}])
        data = {"uid": str(uuid4()), "article": article.pk, "passages": asked, "colour": "red"}
        return client.post(reverse("mark-create"), data, headers={"HX-Request": "true"})

    mark()
    # Session, person, text; begin, mark, passage, acts that cannot be done again, act, end; what changed.
    with django_assert_max_num_queries(10):
        html = mark().content.decode()
    assert re.findall('data-redraws="([^"]+)"', html) == ["p1"]
    assert html.count('<article class="card') == 1


def test_second_try_finds_the_first_mark_though_its_words_are_gone(article: Article) -> None:
    author, uid = make_user("analyst"), uuid4()
    draft = Draft(article=article, passages=(AskedPassage(4, 9, quote="lamps"),))
    first, is_new = create_annotation(uid=uid, by=author, draft=draft)
    article.texts.update(body="Other words.")
    again = create_annotation(uid=uid, by=author, draft=draft)
    assert (is_new, again) == (True, (first, False))
    with pytest.raises(NotInText):
        create_annotation(uid=uuid4(), by=author, draft=draft)
