"""What a new mark changes, from what was read before it was made, is what is read after it was made."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.accounts.models import Membership, NamesInTexts, Role, Team
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.passages import AskedPassage
from monitor.library.models import Article, Marker, Note
from monitor.web.fresh_marks import changed_by_new, find_ground
from monitor.web.marked_part import changed_part
from tests.factories import make_article, make_user
from tests.web.crowds import crowd
from tests.web.test_marks_part import NOTES, TEXT

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """Return an article in which the notes 1 and 3 bear the same number, and so do their markers."""
    found = make_article(TEXT, notes=NOTES, cited={"Ferry Post, January 21": "2022-01-21"}, resolves={3: 2})
    Note.objects.filter(article=found, number=3).update(number=1)
    Marker.objects.filter(article=found, number=3).update(number=1)
    return found


def made(person: User, article: Article, *asked: AskedPassage, **facts: Any) -> Annotation:
    ground = find_ground(person, article.pk, asked)
    draft = Draft(article=ground, passages=asked, **facts)
    return create_annotation(uid=uuid4(), by=person, draft=draft)[0]


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_is_read_after_the_mark_was_made(article: Article, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - the same marks each time
    body = article.texts.get().body
    people = [make_user(role) for role in (Role.READER, Role.ANALYST, Role.CURATOR)]
    tags = [make_tag(name=name, by=people[2]) for name in ("Weir", "Locks & dues", "Quay")]
    people[seed % 3].names = NamesInTexts.HIDDEN
    for number in range(20):
        person, asked = draw.choice(people), []
        for _ in range(draw.choice([1, 1, 2])):
            start = draw.randrange(len(body) - 4)
            asked.append(AskedPassage(start, min(start + draw.randrange(4, 200), len(body))))
        shared = person.is_analyst and draw.choice([True, False])
        bears = draw.sample(tags, draw.choice([0, 0, 2]))
        facts = {
            "visibility": "everyone" if shared else "private",
            "tags": tuple(bears),
            "comment": draw.choice(["", f"*{number}* & <b>"]),
        }
        mark = made(person, article, *asked, colour=draw.choice(["red", "teal"]), **facts)
        known, read = changed_by_new(person, mark), changed_part(person, mark)
        assert known is not None
        assert read is not None
        # One is parsed from what the database wrote, the other is what it gave.
        assert known.card
        assert read.card
        assert known == replace(read, card=replace(read.card, created=known.card.created))
        assert known.card.created == read.card.created
        if number % 7 == 3:
            AnnotationSpan.objects.filter(annotation=mark).update(state=draw.choice(["fuzzy", "orphan"]))


def test_marks_are_found_by_their_place_in_their_own_article(article: Article) -> None:
    """The index puts all texts on one line: the end of one must not touch the beginning of the next."""
    author, others = make_user("analyst"), [make_article(TEXT) for _ in range(2)]
    texts = [article, *others]
    for text in texts:
        length = len(text.texts.get().body)
        for start, end in ((0, 5), (length - 5, length), (0, length)):
            made(author, text, AskedPassage(start, end))
    for text in texts:
        found: Any = find_ground(author, text.pk, [AskedPassage(4, 9)])
        assert sorted(row[2] for row in found.ground.over) == [0, 0]
        own = {str(uid) for uid in Annotation.objects.filter(article=text).values_list("uid", flat=True)}
        assert {row[0] for row in found.ground.over} <= own


def test_marks_of_others_and_of_other_places_are_not_drawn(article: Article) -> None:
    author, other = make_user("analyst"), make_user("analyst")
    crowd(article, other, 40, visibility="private")
    far = made(author, article, AskedPassage(150, 160))
    mark = made(author, article, AskedPassage(4, 9))
    changed = changed_by_new(author, mark)
    assert changed is not None
    assert list(changed.redrawn.blocks) == ["p1"]
    assert re.findall('data-ids="([^"]+)"', changed.redrawn.blocks["p1"]) == [mark.uid.hex[:10]]
    assert far.uid.hex[:10] not in str(changed.redrawn)


def test_the_rest_is_asked_for_anew(article: Article) -> None:
    person, team = make_user("analyst"), Team.objects.create(name="Rivers")
    Membership.objects.create(team=team, user=person)
    own, note = make_tag(name="Weir", by=person, private=True), article.notes.all()[0]
    lamps = AskedPassage(4, 9)
    assert changed_by_new(person, made(person, article, lamps)) is not None
    left = {
        "a tag that is another for its readers": made(person, article, lamps, tags=(own,), visibility="everyone"),
        "a team": made(person, article, lamps, visibility="team", team=team),
        "a note": made(person, article, AskedPassage(0, 8, note=note.pk)),
        "a note and the text": made(person, article, lamps, AskedPassage(0, 8, note=note.pk)),
        "found elsewhere": made(person, article, AskedPassage(4, 9, quote="counted the lamps")),
        "a word on the whole": create_annotation(uid=uuid4(), by=person, draft=Draft(article=article, comment="So."))[
            0
        ],
    }
    for what, mark in left.items():
        assert changed_by_new(person, mark) is None, what
        read = changed_part(person, mark)
        assert read is not None, what
        assert read.card is not None, what


def test_a_second_try_is_asked_for_anew(article: Article) -> None:
    person, uid, lamps = make_user("analyst"), uuid4(), AskedPassage(4, 9)
    for is_first in (True, False):
        draft = Draft(article=find_ground(person, article.pk, [lamps]), passages=(lamps,))
        mark, is_new = create_annotation(uid=uid, by=person, draft=draft)
        assert (is_new, changed_by_new(person, mark) is not None) == (is_first, is_first)


def test_nothing_is_found_of_a_text_that_may_not_be_read(article: Article) -> None:
    lamps = [AskedPassage(4, 9)]
    Article.objects.filter(pk=article.pk).update(state="withdrawn")
    assert find_ground(make_user("analyst"), article.pk, lamps) is None
    assert find_ground(make_user("curator"), article.pk, lamps) is not None
    for unknown in (article.pk + 1, 2**63, 2**200):
        assert find_ground(make_user("curator"), unknown, lamps) is None


def test_places_beyond_the_text_find_the_article_and_no_paragraph(article: Article) -> None:
    found: Any = find_ground(make_user("analyst"), article.pk, [AskedPassage(9_000_000, 9_000_009)])
    assert (found.pk, found.ground.printed.blocks, found.ground.over) == (article.pk, [], ())


@pytest.mark.parametrize("count", [1, 3, 300])
def test_marking_is_three_statements_however_many_marks_there_are(
    client: Client, article: Article, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = make_user("analyst")
    crowd(article, author, count)
    client.force_login(author)

    def mark() -> Any:
        asked = json.dumps([{"start": 4, "end": 9, "quote": "lamps", "version": 1}])
        data = {"uid": str(uuid4()), "article": article.pk, "passages": asked, "colour": "red"}
        return client.post(reverse("mark-create"), data, headers={"HX-Request": "true"})

    mark()
    with django_assert_num_queries(3):  # session and person; the text under the passage; all that is written
        html = mark().content.decode()
    assert re.findall('data-redraws="([^"]+)"', html) == ["p1"]
    assert html.count('<article class="card') == 1
