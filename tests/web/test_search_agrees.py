"""Two hundred random searches: the count, the pages, the file, the feed and the API tell of the same articles in the same order."""

from __future__ import annotations

import csv
import io
import random
import re
import xml.etree.ElementTree as ET
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from bench.archive import Plan
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.models import Article, Author, Issue, Periodical
from monitor.library.source_models import Source
from monitor.search.engines.chosen import engine
from monitor.search.engines.postgres import asking
from monitor.search.query_language import unparse
from monitor.search.query_tree import Dates, Has, Named, Near, Phrase, Prefix, Where, Within, Word, any_of, every_of, no
from monitor.search.resolving import resolve
from monitor.search.saved_models import Following, SavedSearch
from monitor.web.forms.search import read_search_asked
from monitor.web.search_page import search_page
from tests.search.invented import World, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from monitor.accounts.models import User
    from monitor.search.query_tree import Node

pytestmark = pytest.mark.django_db
SMALL = Plan(250, words=40, vocabulary=220, actors=20, regions=20, unpublished=0.1, seed=11)
SEARCHES = 200
FEW, MOST_HITS = 20, 45  # of most searches, which fill one page; of every tenth, which fill more
SECRET = "a-secret-of-the-feed"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(SMALL)
        transaction.set_rollback(True)


class Typist:
    """Random searches as somebody may type and choose them, always the same ones for a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.draw = world, random.Random(seed)  # noqa: S311 - the same each time
        self.issues = list(Issue.objects.order_by("pk").values_list("sort_date", flat=True))
        self.names: dict[str, list[str]] = {
            "actor": list(Actor.objects.order_by("pk").values_list("name", flat=True)),
            "region": list(Region.objects.order_by("pk").values_list("name", flat=True)),
            "author": list(Author.objects.order_by("pk").values_list("name", flat=True)),
            "source": list(Source.objects.order_by("pk").values_list("name", flat=True)),
            "periodical": list(Periodical.objects.order_by("pk").values_list("name", flat=True)),
            "tag": ["escape", "raid", "mine"],
            "by": ["me", world.curator.username],
            "kind": ["brief", "article", "interview"],
        }

    def search(self) -> dict[str, Any]:
        """Return the parameters of an address."""
        tree = every_of(self.node() for _ in range(self.draw.randint(1, 3)))
        asked: dict[str, Any] = {"q": unparse(tree)}
        if self.draw.random() < 0.3:
            asked["kind"] = self.draw.sample(["brief", "-brief", "article"], self.draw.randint(1, 2))
        if self.draw.random() < 0.2:
            asked["from"], asked["to"] = (day.isoformat() for day in sorted(self.draw.choices(self.issues, k=2)))
        return asked

    def node(self) -> Node:
        found = self.draw.choice([self.words, self.words, self.named, self.fact])()
        chance = self.draw.random()
        return no(found) if chance < 0.15 else any_of([found, self.words()]) if chance < 0.3 else found

    def word(self) -> Word:
        return Word(self.draw.choice(self.world.words))

    def words(self) -> Node:
        some = self.draw.choice(self.world.sentences).split()
        phrase = Phrase(tuple(some[:2]))
        near = Near(self.word(), Word(some[0]), 5)
        nodes: list[Node] = [self.word(), Prefix(self.word().text[:3]), phrase, near, Within("title", self.word())]
        return self.draw.choice(nodes)

    def named(self) -> Node:
        field: Any = self.draw.choice(list(self.names))
        return Named(field, self.draw.choice(self.names[field]))

    def fact(self) -> Node:
        first, last = sorted(self.draw.choices(self.issues, k=2))
        facts: list[Node] = [
            Dates(first, last),
            Has(self.draw.choice(["annotation", "endnotes", "author"])),
            Where(self.words(), Named("tag", "raid")),
            Within("note", self.word()),
            Named("about", self.draw.choice(self.names["actor"]), about=True),
        ]
        return self.draw.choice(facts)


def shown_on_pages(person: User, asked: dict[str, Any]) -> tuple[list[str], int]:
    """Return the addresses of the articles on all pages of a search, and how many the first says there are."""
    query = QueryDict(urlencode({**asked, "sort": "newest"}, doseq=True))
    found: list[str] = []
    page = search_page(read_search_asked(query, person), person, query)
    total = page.hits.total
    assert (page.is_exact, page.sentence) == (True, "")
    while True:
        found += [result.article.get_absolute_url() for result in page.results]
        if not page.next:
            return found, total
        query = QueryDict(page.next.removeprefix("?"))
        page = search_page(read_search_asked(query, person), person, query)


def in_feed(client: Client, following: Following, asked: dict[str, Any], person: User) -> list[str]:
    read = read_search_asked(QueryDict(urlencode(asked, doseq=True)), person).asked
    chosen = {name: list(values) for name, values in read.chosen.items()}
    SavedSearch.objects.update(query=read.query, chosen=chosen, since=read.since, until=read.until)
    feed = ET.fromstring(client.get(f"/feeds/searches/{SECRET}.atom").content)  # noqa: S314 - of ours
    return [re.sub(r"^https?://[^/]*", "", link.get("href", "")) for link in feed.findall(f"{ATOM}entry/{ATOM}link")]


def in_file(client: Client, asked: dict[str, Any]) -> list[str]:
    answer: Any = client.get(f"/search/results.csv?{urlencode(asked, doseq=True)}")
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode().removeprefix("\ufeff")))
    return [re.sub(r"^https?://[^/]*", "", row["url"]) for row in rows]


def in_api(client: Client, asked: dict[str, Any]) -> tuple[list[int], int]:
    answer = client.get("/api/v1/search/", {**asked, "sort": "newest", "page_size": 100}).json()
    return [row["id"] for row in answer["results"]], answer["total"]


def test_every_way_out_of_a_search_tells_of_the_same_articles(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ALTOGETHER_S", 120.0)  # the machine may be busy
    settings.SEARCHES_PER_MINUTE = settings.API_PER_MINUTE = 1_000_000
    people = [(person, Client()) for person in world.people]
    for person, client in people:
        client.force_login(person)
    search = SavedSearch.objects.create(owner=world.analyst, name="One")
    following = Following.objects.create(search=search, person=world.analyst, feed=sha256(SECRET.encode()).hexdigest())
    addresses = {one.pk: one.get_absolute_url() for one in Article.objects.all()}
    typist, done = Typist(world, 5), list[int]()
    while len(done) < SEARCHES:
        asked = typist.search()
        person, client = people[len(done) % 3]
        read = read_search_asked(QueryDict(urlencode(asked, doseq=True)), person).asked
        resolved = resolve(read, person, is_shown=False)
        count = engine().count(resolved.compiled)
        is_long = len(done) % 10 == 5
        if resolved.troubles or not (FEW < count <= MOST_HITS if is_long else 0 < count <= FEW):
            continue
        keys = list(engine().every(resolved.compiled))
        expected = [addresses[key] for key in keys]
        assert len(keys) == count, asked
        assert shown_on_pages(person, asked) == (expected, count), asked
        assert in_file(client, asked) == expected, asked
        assert in_api(client, asked) == (keys, count), asked
        if person == world.analyst:
            assert in_feed(client, following, asked, person) == expected, asked
        done.append(count)
