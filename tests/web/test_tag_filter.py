"""Lists of articles by tag: with the tags below, and never by what one may not see."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag, rename_tag
from monitor.annotations.models import Annotation
from monitor.annotations.passages import AskedPassage
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.library.models import Article
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue, make_read_article
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from typing import Any

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
CANARY = "Xylograph"


@pytest.fixture
def house() -> House:
    house = make_house()
    make_issue(*(make_read_article(title=title) for title in ("Weir", "Gate", "Dues")), number=8)
    return house


def note(title: str, by: User, *tags: Tag, **facts: Any) -> None:
    passages = (AskedPassage(quote="lamps"),)
    draft = Draft(article=Article.objects.get(title=title), passages=passages, tags=tags, **facts)
    create_annotation(uid=uuid4(), by=by, draft=draft)


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def listed(person: User, query: str) -> set[str]:
    html = sign_in(person).get(reverse("articles") + query).content.decode()
    return {title for title in ("Weir", "Gate", "Dues") if f">{title}</a>" in html}


def offered(person: User, query: str = "") -> dict[str, int]:
    """Return the tags that the list can be filtered by, and their counts."""
    html = sign_in(person).get(reverse("articles") + query).content.decode()
    found = re.findall(r'name="tag" value="([^"]+)".*?class="num">([\d,]+)<', html, re.DOTALL)
    return {path: int(count) for path, count in found}


def test_a_tag_finds_what_bears_it_or_one_below_it(house: House) -> None:
    night, raid = make_tag(name="raid/night", by=house.curator), Tag.objects.get(path="raid")
    note("Weir", house.author, night, raid, visibility="everyone")
    note("Gate", house.author, raid, visibility="everyone")
    note("Dues", house.author, make_tag(name="raid-2", by=house.curator), visibility="everyone")
    assert listed(house.reader, "?tag=raid") == {"Weir", "Gate"}
    assert listed(house.reader, "?tag=raid/night") == {"Weir"}
    assert listed(house.reader, "?tag=raid&tag=raid-2") == {"Weir", "Gate", "Dues"}
    assert listed(house.reader, "?tag=rai") == set()
    assert offered(house.reader) == {"raid": 2, "raid-2": 1, "raid/night": 1}
    assert "raid / night" in words(sign_in(house.reader).get(reverse("articles")).content.decode())


def test_what_one_may_not_see_finds_and_counts_nothing(house: House) -> None:
    raid = make_tag(name="raid", by=house.curator)
    own = make_tag(name=CANARY, by=house.author, private=True)
    teams = make_tag(name=f"{CANARY}team", by=house.author, team=house.team)
    note("Weir", house.author, raid, visibility="everyone")
    note("Gate", house.author, raid, own)
    note("Dues", house.author, raid, teams, visibility="team", team=house.team)
    assert offered(house.author) == {"raid": 3, "xylograph": 1, "xylographteam": 1}
    assert offered(house.mate) == {"raid": 2, "xylographteam": 1}
    for person in (house.outsider, house.reader, house.curator):
        assert listed(person, "?tag=raid") == {"Weir"}
        assert listed(person, "?tag=xylograph") == set()
        html = sign_in(person).get(reverse("articles")).content.decode()
        assert CANARY.lower() not in html.lower()
        answers = [sign_in(person).get(f"{reverse('articles')}?tag={name}") for name in ("xylograph", "nothinglike")]
        said = [words(answer.content.decode()).replace("nothinglike", "xylograph") for answer in answers]
        assert said[0] == said[1]


def test_an_old_path_finds_what_the_tag_bears_now(house: House) -> None:
    night, raid = make_tag(name="raid/night", by=house.curator), Tag.objects.get(path="raid")
    note("Weir", house.author, night, visibility="everyone")
    rename_tag(tag=raid, by=house.curator, revision=1, name="Foray")
    assert listed(house.reader, "?tag=raid") == {"Weir"}
    assert listed(house.reader, "?tag=raid/night") == {"Weir"}
    make_tag(name="raid", by=house.curator)
    assert listed(house.reader, "?tag=raid") == set()


def test_visitors_are_offered_no_tags(house: House, settings: Any) -> None:
    settings.ANONYMOUS_READ = True
    note("Weir", house.author, make_tag(name=CANARY, by=house.curator), visibility="everyone")
    html = Client().get(reverse("articles")).content.decode()
    assert CANARY.lower() not in html.lower()
    answer = Client().get(f"{reverse('articles')}?tag=xylograph")
    assert answer.status_code == 422
    assert "Sign in to filter by tag; this is every article." in answer.content.decode()


@pytest.mark.parametrize("tag", ["%00", "a" * 3000, "%F0%9F%98%80", "raid//", "%", "_"])
def test_values_that_are_no_paths_find_nothing(house: House, tag: str) -> None:
    note("Weir", house.author, make_tag(name="raid", by=house.curator), visibility="everyone")
    answer = sign_in(house.reader).get(f"{reverse('articles')}?tag={tag}")
    assert answer.status_code == 200
    assert (">Weir</a>" in answer.content.decode()) == (tag == "%00")  # nothing is left of it: no filter


def test_a_kept_list_is_drawn_anew_when_one_sees_another_tag(house: House) -> None:
    raid = make_tag(name="raid", by=house.curator)
    client = sign_in(house.reader)
    client.get(reverse("articles"))  # brings the cookie
    etag = client.get(reverse("articles"))["ETag"]
    note("Gate", house.author, raid)
    assert client.get(reverse("articles"), headers={"If-None-Match": etag}).status_code == 304
    note("Weir", house.author, raid, visibility="everyone")
    assert client.get(reverse("articles"), headers={"If-None-Match": etag}).status_code == 200


def test_many_tags_and_uses_take_as_many_queries_as_one_and_little_time(house: House) -> None:
    raid = make_tag(name="raid", by=house.curator)
    note("Weir", house.author, raid, visibility="everyone")
    client, address = sign_in(house.reader), f"{reverse('articles')}?tag=raid"
    counts = {queries_for(client, address)}
    for rows in (3, 300):
        there = Tag.objects.count()
        tags = Tag.objects.bulk_create(
            Tag(name=f"r{n}", key=f"r{n}", path=f"raid/r{n}", parent=raid) for n in range(there, rows)
        )
        article = Article.objects.get(title="Gate")
        marks = Annotation.objects.bulk_create(
            Annotation(article=article, owner=house.author, comment="x", visibility="everyone")
            for _ in range(len(tags) * 3)
        )
        AnnotationTag.objects.bulk_create(
            AnnotationTag(annotation=mark, tag=tags[n % len(tags)]) for n, mark in enumerate(marks)
        )
        with connection.cursor() as cursor:  # as the database does by itself after such a change
            cursor.execute("analyze monitor_annotation, monitor_annotationtag, monitor_tag")
        counts.add(queries_for(client, address))
    begun = time.perf_counter()
    assert client.get(address).status_code == 200
    assert time.perf_counter() - begun < 5  # seconds, on a busy machine
    assert len(counts) == 1
