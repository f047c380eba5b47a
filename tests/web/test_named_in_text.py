from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.annotations.rendering import Span
from monitor.web.named_spans import with_names
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, root_text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.entities.models import Actor
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]

TEXT = "The Ardel Liberation Army (ALA) left Vray (Ferry Post, January 21).[1]\n\nNobody saw the ALA."


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.fixture
def army(db: None) -> Actor:
    return make_actor("Ardel Liberation Army", "ALA")


@pytest.fixture
def article(army: Actor) -> Article:
    cited = {"Ferry Post, January 21": "2022-01-21"}
    shown = make_article(TEXT, notes=("The ALA again.",), cited=cited)
    vray = make_region("gn1", "Vray", "city")
    name_in(shown, {"Ardel Liberation Army": army, "ALA": army, "Vray": vray})
    return shown


def test_names_are_quiet_links_and_the_text_stays_itself(reader: Client, article: Article, army: Actor) -> None:
    page = reader.get(article.get_absolute_url()).content.decode()
    mention = army.mentions.get(start=4)
    assert (
        f'<a class="entity" href="/actors/ardel-liberation-army/" data-card="/mentions/{mention.pk}/">'
        "Ardel Liberation Army</a> (<a" in page
    )
    assert 'href="/regions/vray/"' in page
    assert page.count('class="entity"') == 4
    assert root_text(page) == article.texts.get().body


def test_a_merged_actor_is_linked_by_the_kept_one(reader: Client, article: Article, army: Actor) -> None:
    kept = make_actor("Army of the Ardel")
    army.canonical = kept
    army.save()
    assert page_links(reader, article).count("/actors/army-of-the-ardel/") == 3


def page_links(client: Client, article: Article) -> list[str]:
    page = client.get(article.get_absolute_url()).content.decode()
    return [part.split('"')[0] for part in page.split('<a class="entity" href="')[1:]]


def test_a_citation_stays_where_a_name_is_found_in_it(reader: Client, article: Article) -> None:
    post = make_actor("Ferry Post")
    name_in(article, {"Ferry Post": post})
    page = reader.get(article.get_absolute_url()).content.decode()
    assert "/actors/ferry-post/" not in page
    assert 'class="cite"' in page


def test_suggested_names_are_shown_to_those_who_judge_them(signed_in: SignIn, article: Article) -> None:
    other = make_actor("Nobody")
    (mention,) = name_in(article, {"Nobody": other}, status="suggested", score=0.6)
    analyst = signed_in(make_user("analyst"))
    link = f'<a class="entity maybe" href="/mentions/{mention.pk}/" data-card="/mentions/{mention.pk}/">Nobody</a>'
    assert link in analyst.get(article.get_absolute_url()).content.decode()
    reader = signed_in(make_user("reader"))
    assert (
        "maybe" not in reader.get(article.get_absolute_url()).content.decode().split('id="text"')[1].split("</div>")[0]
    )


def test_rejected_and_weak_ones_are_not_shown(reader: Client, article: Article) -> None:
    other = make_actor("Nobody")
    name_in(article, {"Nobody": other}, status="rejected")
    name_in(article, {"saw": other}, tier="weak")
    assert "/actors/nobody/" not in page_links(reader, article)


def test_names_can_be_read_without_their_lines(signed_in: SignIn, article: Article) -> None:
    person = make_user("reader")
    client = signed_in(person)
    assert client.post("/account/look/", {"names": "hidden"}).status_code == 302
    assert page_links(client, article) == []
    client.post("/account/look/", {"names": "shown"})
    assert len(page_links(client, article)) == 4


def test_names_cost_the_page_no_query(reader: Client, article: Article) -> None:
    bare = make_issue(make_read_article(TEXT, notes=("One.",), cited={})).articles.get()
    named, plain = (queries_for(reader, each.get_absolute_url()) for each in (article, bare))
    assert (named, plain) == (3, 3)


def test_the_card_says_who_it_is(reader: Client, article: Article, army: Actor) -> None:
    relate(army, "member_of", make_actor("Ardel Alliance"), valid_from="2022")
    mention = army.mentions.latest("start")
    card = reader.get(f"/mentions/{mention.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert words(card) == (
        "Armed group Ardel Liberation Army Also ALA Member of Ardel Alliance since 2022 Here 3 mentions "
        "Shelf 1 article Found automatically: a known name"
    )
    page = reader.get(f"/mentions/{mention.pk}/").content.decode()
    assert "<h1" in page
    assert "“ALA” In Lamps on the Ardel Armed group Ardel Liberation Army" in words(page)


def test_the_card_of_a_place_says_what_it_lies_in(reader: Client, article: Article) -> None:
    coast = make_region("PK", "Pakistan", "country")
    city = make_region("gn2", "Kessmouth", "city", coast, aliases=("Kess",))
    (mention,) = name_in(article, {"Nobody": city}, metonym=True)
    text = words(reader.get(f"/mentions/{mention.pk}/", headers={"HX-Request": "true"}).content.decode())
    assert text.startswith("City, for its government Kessmouth Also Kess In Pakistan Here 1 mention Shelf 1 article")


def test_who_may_see_which_mention(people: dict[str, User], signed_in: SignIn, army: Actor) -> None:
    counted = {}
    for state in ("published", "draft"):
        article = make_issue(make_read_article("The ALA left.", notes=()), state=state).articles.get()
        for status in ("auto", "suggested", "rejected"):
            word = {"auto": "ALA", "suggested": "left", "rejected": "The"}[status]
            counted[state, status] = name_in(article, {word: army}, status=status)[0].pk
    seen = {
        role: [
            signed_in(people[role]).get(f"/mentions/{counted[case]}/").status_code
            for case in (
                ("published", "auto"),
                ("published", "suggested"),
                ("published", "rejected"),
                ("draft", "auto"),
                ("draft", "suggested"),
            )
        ]
        for role in ("reader", "analyst", "curator", "admin")
    }
    assert seen == {
        "reader": [200, 404, 404, 404, 404],
        "analyst": [200, 200, 200, 404, 404],
        "curator": [200, 200, 200, 200, 200],
        "admin": [200, 200, 200, 200, 200],
    }
    assert signed_in(None).get(f"/mentions/{counted['published', 'auto']}/").status_code == 302


def test_spans_of_names_are_added_to_those_of_annotations() -> None:
    mark = Span("mark", 0, 3)
    row = {"pk": 7, "start": 1, "end": 2, "note": None, "actor": None, "region": "vray", "status": "auto"}
    assert with_names({None: [mark]}, []) == {None: [mark]}
    assert with_names(None, []) == {}
    both = with_names({None: [mark]}, [row, row | {"note": 4}])
    assert [span.kind for span in both[None]] == ["mark", "link"]
    assert dict(both[4][0].attributes) == {"class": "entity", "href": "/regions/vray/", "data-card": "/mentions/7/"}
    assert mark == Span("mark", 0, 3)


def test_a_paragraph_that_is_drawn_anew_keeps_its_names(signed_in: SignIn, article: Article) -> None:
    person = make_user("analyst")
    client = signed_in(person)
    start = article.texts.get().body.index("left")
    facts = {
        "article": article.pk,
        "uid": "b0a4bdd0-54c5-4f3c-8f63-3c2ed6e4b0a1",
        "colour": "teal",
        "visibility": "private",
    }
    spans = f'[{{"start": {start}, "end": {start + 4}, "quote": "left"}}]'
    answer = client.post("/annotations/", facts | {"passages": spans}, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content
    assert answer.content.decode().count('class="entity"') == 3
