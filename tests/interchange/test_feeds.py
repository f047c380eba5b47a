"""Feeds: who may read them, that nothing is cut off, and that every reader of Atom takes them."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from monitor.accounts.actions import disable_user
from monitor.accounts.tokens import create_token
from monitor.annotations.codebook import make_tag
from monitor.interchange.atom import Entry, Feed, atom_feed
from monitor.interchange.xml_text import without_controls
from monitor.library.models import Article, State
from monitor.search.saved_models import SavedSearch
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.interchange.examples import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django import Settings

    from monitor.accounts.models import User

ATOM = "{http://www.w3.org/2005/Atom}"
TOLD = "The Lamp Guild met in Weir Town (Ferry Post, January 21)."
CITED = {"Ferry Post, January 21": "2022-01-21"}
MOMENT = "2022-02-14T09:30:00+00:00"


def sign_in(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{name}:{secret}'.encode()).decode()}"}


def read(client: Client, address: str, headers: Mapping[str, str] | None = None) -> Any:
    """Return every page of a feed as feedparser reads it, the entries one after another."""
    entries: list[Any] = []
    while address:
        answer = client.get(address, headers=dict(headers or {}))
        assert answer.status_code == 200, answer.content
        found = feedparser.parse(answer.content)
        assert not found.bozo, found.bozo_exception
        entries += found.entries
        address = next((link.href for link in found.feed.links if link.rel == "next"), "")
        assert address.startswith(("http://testserver/feeds/", "")), address
    return entries


@given(texts, texts, texts)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_text_comes_out_of_a_feed_as_it_went_in(title: str, author: str, summary: str) -> None:
    entry = Entry("urn:uuid:1", title, MOMENT, MOMENT, "https://a/?b&c", (author,), summary, (title,))
    written = atom_feed(Feed("urn:x", title, "https://a/", "https://a/b", MOMENT), [entry])
    root = ET.fromstring(written.encode())  # noqa: S314 - what we have written ourselves
    found = root.find(f"{ATOM}entry")
    assert found is not None
    assert found.findtext(f"{ATOM}title") == without_controls(title)
    assert found.findtext(f"{ATOM}summary") == without_controls(summary)
    assert found.findtext(f"{ATOM}author/{ATOM}name") == (without_controls(author) or "Unsigned")
    assert found.find(f"{ATOM}category").get("term") == without_controls(title)  # type: ignore[union-attr]


@pytest.fixture
def told(db: None) -> Article:
    """Return an article that names an actor, a place in a country, and a source."""
    article = make_article(TOLD, title="Lamps & <Weirs>", cited=CITED)
    country = make_region("AR", "Ardel", "country")
    town = make_region("gn1", "Weir Town", "city", country)
    guild = make_actor("Lamp Guild")
    name_in(article, {"Lamp Guild": guild, "Weir Town": town}, about=True)
    return article


FEEDS = ("issues", "actors/lamp-guild", "regions/ardel", "sources/ferry-post")


def test_feeds_tell_of_articles_by_actor_region_and_source(told: Article) -> None:
    client = sign_in(make_user())
    for name in FEEDS[1:]:
        [entry] = read(client, f"/feeds/{name}.atom")
        assert (entry.id, entry.title) == (told.uid.urn, "Lamps & <Weirs>")
        assert entry.link == f"http://testserver{told.get_absolute_url()}"
        assert [tag.term for tag in entry.tags] == ["Lamp Guild", "Weir Town"]
    [issue] = read(client, "/feeds/issues.atom")
    assert (issue.id, issue.summary) == (told.issue.uid.urn, "Lamps & <Weirs>")
    [same] = read(client, "/feeds/issues.atom?periodical=tidewater-letter")
    assert same == issue
    for lost in ("actors/nobody", "regions/nowhere", "sources/none", "searches/x"):
        assert client.get(f"/feeds/{lost}.atom").status_code == 404
    assert client.get("/feeds/issues.atom?periodical=none").status_code == 404
    assert client.get("/feeds/issues.atom?after=x").status_code == 404


def test_readers_of_feeds_sign_in_with_a_token_as_password(told: Article) -> None:
    person = make_user("reader", name="ines")
    secret = create_token(user=person, name="feeds").secret
    for address in FEEDS:
        asked = Client().get(f"/feeds/{address}.atom")
        assert (asked.status_code, asked["WWW-Authenticate"]) == (401, 'Basic realm="Monitor feeds", charset="UTF-8"')
        assert read(Client(), f"/feeds/{address}.atom", basic("INES", secret))
        assert read(Client(), f"/feeds/{address}.atom", {"Authorization": f"Bearer {secret}"})
    refused = [
        basic("somebody", secret), basic("ines", secret[:-1]), basic("ines", "a quiet harbour"), basic("ines", ""),
        {"Authorization": "Basic !"}, {"Authorization": "Basic /w=="}, {"Authorization": "Digest x"},
        {"Authorization": "Bearer \x80"}, basic("ines", f"{secret}\x00"), {"Authorization": "Basic"},
    ]  # fmt: skip
    # A session does not help a header that is wrong: whoever sends one means it.
    for client in (Client(), sign_in(person)):
        assert {client.get("/feeds/issues.atom", headers=header).status_code for header in refused} == {401}
    disable_user(user=person, by=make_user("admin"))
    assert Client().get("/feeds/issues.atom", headers=basic("ines", secret)).status_code == 401


def test_a_feed_is_told_to_be_unchanged_and_changes_with_what_it_tells(told: Article) -> None:
    client = sign_in(make_user())
    for address in FEEDS:
        first = client.get(f"/feeds/{address}.atom")
        assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert {"Authorization", "Cookie"} <= set(first["Vary"].split(", "))
        again = client.get(f"/feeds/{address}.atom", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    told.title = "Weirs"
    told.save()
    assert client.get("/feeds/issues.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_entry_is_cut_off_and_queries_do_not_grow(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.views.feeds.ENTRIES", 2)
    client, counted = sign_in(make_user()), []
    for more in (1, 1, 3):
        for _ in range(more):
            make_issue(make_read_article(cited=CITED))
        with CaptureQueriesContext(connection) as caught:
            client.get("/feeds/sources/ferry-post.atom")
        counted.append(len(caught))
    assert counted[1] == counted[2]
    entries = read(client, "/feeds/sources/ferry-post.atom")
    newest_first = Article.objects.order_by("-created", "-pk")
    assert [entry.id for entry in entries] == [article.uid.urn for article in newest_first]
    assert len(read(client, "/feeds/issues.atom")) == 5


def test_feeds_hold_only_what_their_reader_may_see(told: Article, settings: Settings) -> None:
    read_article = make_read_article(TOLD, title="Canary", cited=CITED)
    hidden = make_issue(read_article, publication="Secret", state=State.DRAFT).articles.get()
    name_in(hidden, {"Lamp Guild": told.actor_rows.get().actor})
    for name in ("issues", "actors/lamp-guild", "sources/ferry-post"):
        seen = {who: sign_in(make_user(who)).get(f"/feeds/{name}.atom").content for who in ("reader", "curator")}
        assert (b"Canary" in seen["reader"], b"Canary" in seen["curator"]) == (False, True)
    page = sign_in(make_user()).get("/feeds/").content.decode()
    assert "Tidewater Letter" in page
    assert "Secret" not in page
    assert sign_in(make_user()).get("/feeds/issues.atom?periodical=secret").status_code == 404
    settings.ANONYMOUS_READ = True
    assert len(read(Client(), "/feeds/actors/lamp-guild.atom")) == 1
    assert Client().get("/feeds/annotations.atom").status_code == 401


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def test_my_teams_annotations_are_a_feed_and_nobody_elses(house: House) -> None:
    make_tag(name="Weirs", by=house.author)
    house.mark(comment="Who held it?", visibility="team", team=house.team)
    house.mark(comment="mine alone")
    house.mark(comment="for all", visibility="everyone")
    [entry] = read(sign_in(house.mate), "/feeds/annotations.atom")
    assert "Who held it?" in entry.summary
    assert entry.id.startswith("urn:uuid:")
    assert read(sign_in(make_user("analyst")), "/feeds/annotations.atom") == []
    assert read(sign_in(house.author), "/feeds/annotations.atom") == [entry]


def test_a_search_one_follows_is_a_feed_without_its_secret_address_too(house: House) -> None:
    client = sign_in(house.author)
    client.post("/saved/new/", {"name": "Lamps", "address": "?q=lamps", "team": ""})
    search = SavedSearch.objects.get()
    address = f"/feeds/searches/{search.uid}.atom"
    assert [entry.title for entry in read(client, address)] == [house.article.title]
    assert sign_in(make_user()).get(address).status_code == 404
    assert client.get(f"/feeds/searches/{uuid4()}.atom").status_code == 404
