"""Saved searches: who sees them, what is told, by page, mail and feed; each match once, nothing lost, nothing leaked."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Membership, User
from monitor.annotations.codebook import delete_tag, make_tag
from monitor.entities.models import Actor, ActorAlias
from monitor.jobs.alerts import MOST_BROKEN, look_for_matches, mail_matches
from monitor.search.alerts import news_for
from monitor.search.engines.chosen import engine
from monitor.search.resolving import Asked, resolve
from monitor.search.saved_models import Following, SavedSearch, ToldMatch
from monitor.search.saving import change_search, follow, save_search
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, name_in
from tests.factories import make_article, make_issue, make_read_article
from tests.search_index import settle
from tests.web.pages import words

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def by_mail(settings: Settings) -> None:
    settings.EMAIL_URL, settings.SITE_URL = "memory://", "https://monitor.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def sign_in(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def look() -> int:
    settle()
    return look_for_matches()


def keep(person: User, query: str = "lamps", name: str = "Lamps", **facts: Any) -> SavedSearch:
    settle()
    return save_search(by=person, name=name, asked=Asked(query), **facts)


def with_address(person: User, address: str) -> None:
    User.objects.filter(pk=person.pk).update(email=address)
    person.refresh_from_db()


def test_120_new_matches_are_told_once_in_one_mail_and_as_120_entries(house: House, by_mail: None) -> None:
    with_address(house.author, "author@monitor.example")
    search = keep(house.author, "zeppelin", "Airships")
    keep(house.author, "nothingatall", "Silence")
    assert look() == 0
    make_issue(*(make_read_article("A zeppelin came.", title=f"Airship {n}", notes=()) for n in range(120)))
    assert look() == 120
    (sent,) = mail.outbox
    assert sent.to == ["author@monitor.example"]
    assert sent.subject == "120 new articles in your saved searches"
    assert sum(f"Airship {n}\n" in sent.body for n in range(120)) == 120
    assert "Silence" not in sent.body
    client = sign_in(house.author)
    client.post(reverse("follow-saved", args=[search.uid]), {"do": "feed"})
    page = client.get(reverse("saved-search", args=[search.uid])).content.decode()
    (address,) = re.findall(r'value="https://monitor.example(/feeds/searches/[^"]+)"', page)
    assert "/feeds/searches/" not in client.get(reverse("saved-search", args=[search.uid])).content.decode()
    ids = entries(address)
    assert len(ids) == len(set(ids)) == 120
    assert look() == 0
    assert len(mail.outbox) == 1
    assert entries(address) == ids
    assert "120 new" in words(client.get(reverse("saved")).content.decode())
    assert "120 new articles in" in words(client.get(reverse("notices")).content.decode())
    client.post(reverse("follow-saved", args=[search.uid]), {"do": "seen"})
    assert [one.count for one in news_for(house.author)] == [0, 0]


def entries(address: str) -> list[str]:
    """Return the ids of a feed's entries, on all its pages, as a reader without an account gets them."""
    ids: list[str] = []
    while address:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ET.fromstring(answer.content)  # noqa: S314 - our own
        ids += [entry.findtext(f"{ATOM}id") or "" for entry in root.findall(f"{ATOM}entry")]
        following = [link.get("href") or "" for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
        address = "/" + following[0].split("/", 3)[3] if following else ""
    return ids


def test_what_matched_before_is_no_news_and_an_edit_that_newly_matches_is_told_once(house: House) -> None:
    article = make_article("Nobody came.", title="Quiet", bio="")
    search = keep(house.author, "lamps OR actor:WW")
    assert ToldMatch.objects.filter(is_new=False).count() == 1
    assert look() == 0
    actor = make_actor("Wardens of the Weir", "WW")
    name_in(article, {"Nobody": actor})
    assert look() == 1
    assert look() == 0
    assert [row.article.title for row in ToldMatch.objects.filter(is_new=True)] == ["Quiet"]
    asked = Asked("zeppelin")
    change_search(search=search, by=house.author, name="Airships", asked=asked, team=None)
    make_article("A zeppelin.", title="New")
    assert look() == 1


def test_a_search_that_is_not_understood_any_more_is_told_of_and_never_deleted(house: House, by_mail: None) -> None:
    with_address(house.author, "author@monitor.example")
    actor = make_actor("Wardens of the Weir", "WW")
    search = keep(house.author, "actor:WW OR zeppelin", "Wardens")
    assert Following.objects.get().broken == ""
    Actor.objects.filter(pk=actor.pk).update(status="retired")
    ActorAlias.objects.filter(actor=actor).update(retired=True)
    make_article("A zeppelin.", title="New")
    assert (look(), look()) == (0, 0)
    assert SavedSearch.objects.filter(pk=search.pk).exists()
    (sent,) = mail.outbox
    assert "Wardens" in sent.body
    assert "There is no actor called “WW” here." in sent.body
    client = sign_in(house.author)
    for address in (reverse("saved"), reverse("saved-search", args=[search.uid]), reverse("notices")):
        assert "There is no actor called “WW” here." in words(client.get(address).content.decode()), address
    Actor.objects.filter(pk=actor.pk).update(status="active")
    ActorAlias.objects.filter(actor=actor).update(retired=False)
    assert look() == 1
    assert Following.objects.get().broken == ""


def test_a_mail_marks_those_broken_searches_alone_that_it_names(house: House, by_mail: None) -> None:
    with_address(house.author, "author@monitor.example")
    names = [f"Search number {n:03}" for n in range(2 * MOST_BROKEN + 1)]
    for name in names:
        keep(house.author, f"zeppelin {name[-3:]}", name)
    Following.objects.update(broken="There is no such actor here.")
    assert [mail_matches() for _ in range(4)] == [1, 1, 1, 0]
    named = [[name for name in names if f'"{name}"' in sent.body] for sent in mail.outbox]
    assert [len(found) for found in named] == [MOST_BROKEN, MOST_BROKEN, 1]
    assert sorted(name for found in named for name in found) == names
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == len(named)


def test_what_is_odd_about_the_writing_of_a_search_is_shown_and_silences_nothing(house: House) -> None:
    search = keep(house.author, "(zeppelin &", "Airships")
    assert Following.objects.get().broken == ""
    make_article("A zeppelin.", title="New")
    assert look() == 1
    said = words(sign_in(house.author).get(reverse("saved-search", args=[search.uid])).content.decode())
    assert "This bracket is not closed. Read as closed at the end." in said
    assert "“&” is no word. Left out." in said
    assert "Nothing new is told" not in said


def test_a_private_tag_that_goes_breaks_only_its_owners_search(house: House) -> None:
    tag = make_tag(name="raid", by=house.author, private=True)
    house.mark(tags=(tag,))
    keep(house.author, "tag:raid")
    assert ToldMatch.objects.count() == 1
    delete_tag(tag=tag, by=house.author, revision=tag.revision)
    assert look() == 0
    assert "raid" in Following.objects.get().broken


def test_a_team_s_search_finds_for_each_what_they_may_see(house: House) -> None:
    search = keep(house.author, "note:canary", "Canaries", team=house.team)
    mine = follow(search=search, by=house.mate)
    house.mark("gate", comment="canary")
    assert look() == 1
    assert not mine.told.exists()
    house.mark("lamps", comment="canary", visibility="team", team=house.team)
    assert look() == 1
    assert mine.told.count() == 1
    Membership.objects.filter(user=house.mate).delete()
    make_article("Another.")
    house.mark("dusk", comment="canary", visibility="everyone")
    assert look() == 0
    assert sign_in(house.mate).get(reverse("saved-search", args=[search.uid])).status_code == 404


def test_mail_goes_to_nobody_who_does_not_want_it(house: House, by_mail: None, settings: Settings) -> None:
    for person in (house.author, house.mate, house.keeper):
        with_address(person, f"{person.username}@monitor.example")
        keep(person, "zeppelin")
    User.objects.filter(pk=house.mate.pk).update(mails_since=None)
    Following.objects.filter(person=house.keeper).update(by_mail=False)
    make_article("A zeppelin.", title="Draft", state="draft")
    assert look() == 0
    make_article("A zeppelin.", title="New")
    settings.EMAIL_URL = ""
    assert look() == 3
    assert mail.outbox == []
    settings.EMAIL_URL = "memory://"
    assert look() == 0
    assert [one.to for one in mail.outbox] == [["author@monitor.example"]]
    assert mail.outbox[0].subject == "1 new article in your saved searches"


def test_a_feed_ends_when_it_is_revoked_or_its_person_may_not_see_it(house: House) -> None:
    search = keep(house.author, "lamps", team=house.team)
    addresses = {}
    for who in ("author", "mate"):
        client = sign_in(getattr(house, who))
        client.post(reverse("follow-saved", args=[search.uid]), {"do": "feed"})
        page = client.get(reverse("saved-search", args=[search.uid])).content.decode()
        (addresses[who],) = re.findall(r'value="http://testserver(/feeds/searches/[^"]+)"', page)
    assert len(entries(addresses["author"])) == len(entries(addresses["mate"])) == 1
    assert set(entries(addresses["author"])).isdisjoint(entries(addresses["mate"]))
    Membership.objects.filter(user=house.mate).delete()
    assert Client().get(addresses["mate"]).status_code == 404
    sign_in(house.author).post(reverse("follow-saved", args=[search.uid]), {"do": "no-feed"})
    assert Client().get(addresses["author"]).status_code == 404
    assert Client().get("/feeds/searches/x.atom").status_code == 404
    assert not Following.objects.filter(feed__contains=addresses["mate"][16:30]).exists()


def test_one_saves_from_the_search_page_and_changes_deletes_and_follows(house: House) -> None:
    settle()
    client = sign_in(house.author)
    page = client.get("/search/?q=lamps&kind=article&sort=newest").content.decode()
    address = "/saved/new/?q=lamps&amp;kind=article&amp;sort=newest"
    assert f'href="{address}"' in page
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert 'value="?q=lamps&amp;kind=article&amp;sort=newest"' in form
    given = {"name": "Lamps by night", "address": "?q=lamps&kind=article&sort=newest", "team": ""}
    assert client.post("/saved/new/", given)["Location"] == "/saved/"
    search = SavedSearch.objects.get()
    assert (search.query, search.chosen, search.sort) == ("lamps", {"kind": ["article"]}, "newest")
    assert client.post("/saved/new/", {**given, "name": ""}).status_code == 422
    assert client.post("/saved/new/", {**given, "name": "\0"}).status_code == 422
    assert "/search/?q=lamps&amp;kind=article&amp;sort=newest" in client.get("/saved/").content.decode()
    where = {name: reverse(name, args=[search.uid]) for name in ("change-saved", "delete-saved", "follow-saved")}
    client.post(where["change-saved"], {**given, "query": "gate", "team": str(house.team.uid)})
    search.refresh_from_db()
    assert (search.query, search.team) == ("gate", house.team)
    for do, followed in (("unfollow", 0), ("follow", 1), ("no-mail", 1)):
        client.post(where["follow-saved"], {"do": do})
        assert search.followings.count() == followed, do
    assert search.followings.get().by_mail is False
    client.post(where["delete-saved"])
    assert not SavedSearch.objects.exists()


def test_who_may_see_and_do_what(house: House) -> None:
    private, shared = keep(house.author, name="Canary"), keep(house.author, name="Shared", team=house.team)
    people: dict[str, User | None] = {
        who: getattr(house, who) for who in ("author", "mate", "member_who_reads", "outsider", "curator", "reader")
    }
    people["visitor"] = None
    acts = {"saved-search": "get", "change-saved": "post", "follow-saved": "post", "delete-saved": "post"}
    given = {"name": "Taken over", "address": "?q=x", "do": "follow", "team": ""}
    for who, person in people.items():
        client = sign_in(person)
        for search, seen in ((private, who == "author"), (shared, who in {"author", "mate", "member_who_reads"})):
            for name, method in acts.items():
                if who == "author" and method == "post":
                    continue
                answer = getattr(client, method)(reverse(name, args=[search.uid]), given)
                wanted = 302 if person is None else (302 if method == "post" else 200) if seen else 404
                assert answer.status_code == wanted, (who, search.name, name)
        if person and who != "author":
            assert "Canary" not in client.get("/saved/").content.decode()
    assert {one.name for one in SavedSearch.objects.all()} == {"Canary", "Shared"}
    assert {row.person.username for row in private.followings.all()} == {"author"}
    team = {"name": "Foreign", "address": "?q=x", "team": str(house.team.uid)}
    assert sign_in(house.outsider).post("/saved/new/", team).status_code == 422


def test_page_csv_feed_count_and_alert_agree_to_the_row(house: House) -> None:
    texts = ("lamps at dusk", "the gate", "lamps and the gate", "dusk", "weir")
    make_issue(
        *(
            make_read_article(f"{text} {n}.", title=f"T {n}", notes=(), bio="", kind=kind)
            for n, text in enumerate(texts)
            for kind in ("article", "brief")
        )
    )
    settle()
    house.mark(comment="lamps")
    client = sign_in(house.author)
    leaves = (
        "lamps",
        "gate",
        "dusk",
        '"the gate"',
        "kind:brief",
        "lam*",
        "has:annotation",
        "-weir",
        "source:ferry-post",
        "lamps NEAR/3 gate",
    )
    queries = [f"{a} {b}" for a in leaves for b in leaves] + [f"({a}) OR -({b})" for a in leaves for b in leaves]
    assert len(queries) == 200
    for number, query in enumerate(queries):
        resolved = resolve(Asked(query), house.author)
        keys = list(engine().every(resolved.compiled))
        assert len(set(keys)) == len(keys) == engine().count(resolved.compiled), query
        if number % 20:
            continue
        page = client.get("/search/", {"q": query}).content.decode()
        said = re.findall(r'id="tally" role="status">(No|[\d,]+) articles?', page)
        assert said == [f"{len(keys) or 'No'}"], query
        answer: Any = client.get("/search/results.csv", {"q": query})
        rows = b"".join(answer.streaming_content).decode().strip().split("\r\n")[1:]
        assert sorted(int(row.split('","')[0].strip('"')) for row in rows) == sorted(keys), query
        search = save_search(by=house.author, name=f"q{number}", asked=Asked(query))
        assert sorted(ToldMatch.objects.filter(following__search=search).values_list("article", flat=True)) == sorted(
            keys
        )
