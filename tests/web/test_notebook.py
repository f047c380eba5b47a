"""The notebook's page: what each person finds there, its address, its pages, and what it costs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Membership, Team
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.replies import reply_to
from monitor.web import notebook_page
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import masked, queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator")


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: User, **asked: Any) -> str:
    answer = sign_in(person).get(reverse("notebook"), asked)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def shown(person: User, **asked: Any) -> list[str]:
    """Return the comments on the page, in its order."""
    return re.findall(r'<div class="note" hx-disable><p>([^<]*)</p>', page(person, **asked))


def test_an_entry_says_all_and_leads_to_its_passage(house: House) -> None:
    tag = make_tag(name="water/Weir", by=house.curator)
    mark = house.mark("held the gate", comment="Who *held* it?", tags=(tag,), visibility="team", team=house.team)
    reply_to(uid=mark.uid, mark=mark, by=house.mate, comment="We did.")
    html = page(house.author)
    said = words(html)
    for part in ("held the gate", "Who held it?", "water / Weir", "1 reply, open", "author", "Rivers", "Edit"):
        assert part in said, part
    assert f'href="{house.article.get_absolute_url()}#a{mark.uid}"' in html
    assert 'href="/notebook/?tag=water%2Fweir"' in html
    assert re.search(
        r'<h2 id="group-1"><a class="plain" href="/articles/\d+/[^"]+"><bdi>Lamps on the Ardel</bdi>', html
    )
    assert "Answer" in words(page(house.mate))


def test_a_word_on_a_whole_article_or_issue_has_its_place(house: House) -> None:
    Annotation.objects.create(owner=house.author, issue=house.article.issue, comment="of the issue")
    Annotation.objects.create(owner=house.author, article=house.article, comment="of the article")
    said = words(page(house.author))
    assert "On the whole issue" in said
    assert "On the whole article" in said
    assert shown(house.author) == ["of the issue", "of the article"]


def test_each_person_finds_what_they_may_see_and_no_more(house: House) -> None:
    for scope in ("private", "team", "everyone"):
        team = house.team if scope == "team" else None
        house.mark(comment=f"canary {scope}", visibility=scope, team=team)
    theirs = {"canary team"}
    wanted: dict[str, set[str]] = {
        who: theirs if who in {"mate", "keeper", "member_who_reads"} else set() for who in PEOPLE
    }
    wanted["author"] = {"canary private", "canary team", "canary everyone"}
    assert {who: set(shown(getattr(house, who))) for who in PEOPLE} == wanted
    wanted = {who: found | {"canary everyone"} for who, found in wanted.items()}
    assert {who: set(shown(getattr(house, who), whose="all")) for who in PEOPLE} == wanted


@pytest.mark.parametrize("asked", [{}, {"by": "tag"}, {"by": "day"}, {"q": "xylograph"}, {"tag": "xylograph"}])
def test_a_page_is_the_same_whether_others_have_private_annotations_or_none(
    house: House, asked: dict[str, str]
) -> None:
    house.mark("gate", visibility="everyone")
    clients = {who: sign_in(getattr(house, who)) for who in ("mate", "outsider", "curator")}

    def pages() -> dict[str, str]:
        query = {"whose": "all", **asked}
        return {who: masked(client.get(reverse("notebook"), query)) for who, client in clients.items()}

    before = pages()
    secret = make_tag(name="Xylograph", by=house.author, private=True)
    teams = make_tag(name="Xylograph team", by=house.author, team=house.team)
    mark = house.mark("lamps", comment="xylograph", tags=(secret, teams), colour="pink")
    reply_to(uid=mark.uid, mark=mark, by=house.author, comment="xylograph")
    AnnotationSpan.objects.filter(annotation=mark).update(state="orphan")
    assert pages() == before


def test_own_words_on_a_withdrawn_text_stay_without_its_name(house: House) -> None:
    house.mark(comment="mine")
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    for order in ("article", "tag", "day"):
        html = page(house.author, by=order)
        assert "mine" in html
        assert (house.article.title in html, house.article.slug in html, "no longer on the shelf" in html) == (
            False, False, True,
        )  # fmt: skip


def test_its_address_is_its_state(house: House) -> None:
    raid = make_tag(name="raid", by=house.curator)
    house.mark(comment="first", colour="red", tags=(raid,))
    house.mark("gate", comment="second", colour="teal")
    assert shown(house.author, colour="teal") == ["second"]
    assert shown(house.author, q="lamp") == ["first"]
    assert shown(house.author, tag="raid") == ["first"]
    assert shown(house.author, state="untagged") == ["second"]
    assert shown(house.author, **{"for": "everyone"}) == []
    assert shown(house.author, by="day") == ["second", "first"]
    assert shown(house.author, **{"from": "2099-01-01"}) == []
    html = page(house.author, colour=["red", "teal"], by="tag", q="lamps")
    assert 'href="/notebook/?by=tag&amp;colour=red&amp;colour=teal"' in html  # without the words
    assert 'href="/notebook/?q=lamps&amp;by=tag&amp;colour=teal"' in html
    assert 'value="?q=lamps&amp;by=tag&amp;colour=red&amp;colour=teal"' in html


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"by": "size"}, "“size” is none of article, tag, day; it is left out."),
        ({"whose": "x"}, "“x” is none of mine, team, all; it is left out."),
        (
            {"state": "odd"},
            "A state is one of commented, untagged, open, resolved, moved, lost; other words are left out.",
        ),
        ({"from": "soon"}, "“soon” is no day; give it as year-month-day, like 2022-02-11."),
        ({"from": "2022-02-02", "to": "2022-02-01"}, "The last day lies before the first: the last one is left out."),
        ({"after": "nowhere"}, "That is no place in this list, so here is its beginning."),
    ],
)
def test_an_address_that_means_nothing_is_said_so(house: House, asked: dict[str, str], sentence: str) -> None:
    house.mark(comment="there")
    answer = sign_in(house.author).get(reverse("notebook"), asked)
    assert answer.status_code == 422
    assert sentence in words(answer.content.decode())
    assert "there" in words(answer.content.decode())


@pytest.mark.parametrize(
    "asked", ["q=%00", "tag=%00&author=%FF", "for=nonsense", "q=" + "a" * 5000, "tag=" + "a/" * 400]
)
def test_no_address_is_an_error(house: House, asked: str) -> None:
    house.mark()
    assert sign_in(house.author).get(f"{reverse('notebook')}?{asked}").status_code == 200


@pytest.mark.parametrize("order", ["article", "tag", "day"])
def test_pages_go_on_and_back_without_losing_or_repeating_any(
    house: House, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook_page, "ENTRIES_PER_PAGE", 3)
    tags = [make_tag(name=name, by=house.curator) for name in ("boats", "raid")]
    for number in range(8):
        house.mark(comment=str(number), tags=tuple(tags[: number % 3]))
    client = sign_in(house.author)
    address, seen, pages = f"{reverse('notebook')}?by={order}", [], []
    while address:
        html = client.get(address).content.decode()
        seen += re.findall(r'data-uid="([^"]+)"', html)
        pages.append(html)
        onward = re.search(r'rel="next" href="([^"]+)"', html)
        address = reverse("notebook") + onward[1].replace("&amp;", "&") if onward else ""
    uids = [str(uid) for uid in Annotation.objects.values_list("uid", flat=True)]
    # By tag, those with two tags stand twice.
    assert (len(seen), set(seen)) == (10 if order == "tag" else 8, set(uids))
    back = re.search(r'rel="prev" href="([^"]+)"', pages[-1])
    assert back
    before = client.get(reverse("notebook") + back[1].replace("&amp;", "&")).content.decode()
    last = len(re.findall(r'data-uid="', pages[-1]))
    assert re.findall(r'data-uid="([^"]+)"', before) == seen[-last - 3 : -last]


@pytest.mark.parametrize("asked", ["", "?by=tag&tag=boats", "?by=day&q=lamps&whose=all"])
def test_queries_do_not_grow_with_the_annotations(house: House, asked: str) -> None:
    boats = make_tag(name="boats/small", by=house.curator)
    client, counted = sign_in(house.author), []
    for more in (1, 2, 9):
        for _ in range(more):
            mark = house.mark(tags=(boats,), visibility="team", team=house.team)
            reply_to(uid=mark.uid, mark=mark, by=house.mate, comment="So?")
        counted.append(queries_for(client, f"{reverse('notebook')}{asked}"))
    assert (len(set(counted)), counted[0] <= 22) == (1, True), counted


def test_a_script_gets_the_list_alone_with_its_address(house: House) -> None:
    house.mark(comment="there")
    asked = {"colour": "yellow", "after": ""}
    answer = sign_in(house.author).get(reverse("notebook"), {"colour": "yellow"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert ("<main" in html, "<notebook-list" in html, 'hx-swap-oob="innerHTML"' in html) == (False, True, True)
    assert answer["HX-Push-Url"] == "/notebook/?colour=yellow"
    assert asked["colour"] in html


def test_an_empty_one_says_how_to_begin(house: House) -> None:
    assert "Your notebook is empty." in words(page(house.reader))
    assert "No annotation is like that." in words(page(house.reader, colour="red"))


def test_a_lost_passage_leads_to_its_own_page(house: House) -> None:
    mark = house.mark()
    AnnotationSpan.objects.update(state="orphan")
    html = page(house.author)
    assert f'<a class="plain" href="/annotations/{mark.uid}/">' in html
    assert "Not found in the text as it is read now." in words(html)


def test_who_left_a_team_does_not_find_what_is_the_teams(house: House) -> None:
    house.mark(comment="team", visibility="team", team=house.team, by=house.mate)
    assert shown(house.author) == ["team"]
    Membership.objects.filter(user=house.author).delete()
    assert shown(house.author, whose="all") == []
    assert "Rivers" not in page(house.author, whose="all")


def test_it_is_told_unchanged_until_something_one_sees_changes(house: House) -> None:
    mark, client = house.mark(comment="First", visibility="team", team=house.team), sign_in(house.author)
    make_tag(name="Water", by=house.curator)
    client.get(reverse("notebook"))  # the first page brings a token of its own, and no validator

    def is_kept(etag: str) -> bool:
        return bool(client.get(reverse("notebook"), headers={"If-None-Match": etag}).status_code == 304)

    def renewed() -> str:
        etag: str = client.get(reverse("notebook"))["ETag"]
        assert is_kept(etag)
        return etag

    kept = renewed()
    house.mark(by=house.outsider, comment="canaryword")  # private: nobody may notice
    assert is_kept(kept)
    changes: tuple[Callable[[], object], ...] = (
        lambda: house.mark("gate"),
        lambda: house.mark("gate", by=house.mate, visibility="team", team=house.team),
        lambda: reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Indeed."),
        lambda: make_tag(name="Fire", by=house.curator),
        lambda: Team.objects.filter(pk=house.team.pk).update(name="Lakes"),
        lambda: house.mate.__class__.objects.filter(pk=house.mate.pk).update(name="Somebody Else"),
        lambda: type(house.article.issue).objects.update(state="withdrawn"),
        lambda: Membership.objects.filter(user=house.author).delete(),
    )
    for number, change in enumerate(changes):
        kept = renewed()
        change()
        assert not is_kept(kept), number
