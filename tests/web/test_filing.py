"""An article on paper: whose annotations are on it, in what order, and that nobody's else are."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.replies import reply_to
from monitor.library.models import Note
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def paper(house: House, person: User | None, whose: str) -> str:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(house.article.get_absolute_url(), {"print": whose})
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def ends(page: str) -> list[str]:
    return re.findall(r'data-ends="([^"]*)"', page)


def listed(page: str) -> list[tuple[str, str]]:
    """Return the number and the quotes of each annotation of the list."""
    items = re.findall(r'<li id="a[^"]*" data-number="(A\d+)">(.*?)</li>', page, re.DOTALL)
    return [(number, "|".join(re.findall(r'class="quote"[^>]*>([^<]*)<', item))) for number, item in items]


def test_one_chooses_whose_annotations_are_printed(house: House) -> None:
    house.mark("gate", comment="*Mine* alone")
    house.mark("lamps", by=house.mate, visibility="everyone", comment="Theirs")
    house.mark("lamps were lit", by=house.mate, visibility="team", team=house.team)
    house.mark("dusk", by=house.mate, comment="canaryword")
    assert listed(paper(house, house.author, "none")) == []
    assert listed(paper(house, house.author, "mine")) == [("A1", "gate")]
    everything = paper(house, house.author, "all")
    assert listed(everything) == [("A1", "lamps"), ("A2", "lamps were lit"), ("A3", "gate")]
    assert ends(everything) == ["A1", "A2", "A3"]
    assert "<em>Mine</em> alone" in everything
    assert "only for me" in everything
    for person in (house.author, house.outsider, house.reader, house.curator):
        assert "canaryword" not in paper(house, person, "all")
    assert listed(paper(house, house.outsider, "all")) == [("A1", "lamps")]
    assert listed(paper(house, house.author, "nonsense")) == [("A1", "gate")]


def test_what_stands_on_paper_is_the_text_its_notes_and_the_citation(house: House) -> None:
    house.mark("lamps")
    page = paper(house, house.author, "mine")
    root = re.search(r'<div class="prose" id="text"[^>]*>(.*?)</div>\n', page, re.DOTALL)
    assert root
    assert unescape(re.sub(r"<[^>]+>", "", root[1])) == house.body
    assert [
        words for words in ("Assembly of the Ardel", "river law", "http://testserver/articles/") if words not in page
    ] == []
    assert "mark-panel" not in page


def test_those_that_end_in_one_place_have_their_numbers_there_and_lost_ones_come_last(house: House) -> None:
    note = Note.objects.get(article=house.article)
    for words in ("before dusk", "lit before dusk", "gate"):
        house.mark(words)
    in_note = house.asked("lamps").__class__(0, len("Assembly"), note=note.pk)
    create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, passages=(in_note,)))
    create_annotation(uid=uuid4(), by=house.author, draft=Draft(article=house.article, comment="On the whole"))
    lost = house.mark("Nobody")
    lost.spans.update(state="orphan")
    page = paper(house, house.author, "mine")
    quotes = ["", "lit before dusk", "before dusk", "gate", "Assembly", "Nobody"]
    assert listed(page) == [(f"A{n}", quote) for n, quote in enumerate(quotes, 1)]
    assert ends(page) == ["A2 A3", "A4", "A5"]
    assert "Not found in the text as it is read now." in page


def test_tags_and_replies_are_printed_as_far_as_one_sees_them(house: House) -> None:
    tag = make_tag(by=house.curator, name="river law")
    mark = house.mark(visibility="team", team=house.team, tags=(tag,))
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Indeed so.")
    page = paper(house, house.author, "all")
    assert [words in page for words in ("river law", "mate</bdi> answered", "Indeed so.")] == [True, True, True]


def test_visitors_print_without_annotations(house: House, settings: object) -> None:
    settings.ANONYMOUS_READ = True  # type: ignore[attr-defined]
    house.mark(visibility="everyone")
    page = paper(house, None, "all")
    assert (listed(page), "?print=mine" in page) == ([], False)


def test_queries_do_not_grow_with_annotations(house: House) -> None:
    client, address, counted = Client(), f"{house.article.get_absolute_url()}?print=all", []
    client.force_login(house.author)
    client.get(address)  # the first page brings a token
    for more in (1, 2, 12):
        for _ in range(more):
            house.mark()
        counted.append(queries_for(client, address))
    assert counted[0] == counted[1] == counted[2]
    assert listed(client.get(address).content.decode())[-1][0] == "A15"


def test_the_text_of_a_draft_is_printed_for_nobody_who_may_not_read_it(house: House) -> None:
    type(house.article.issue).objects.update(state="draft")
    client = Client()
    client.force_login(house.author)
    unknown = client.get("/articles/999999/x/?print=all")
    hidden = client.get(house.article.get_absolute_url(), {"print": "all"})
    assert (hidden.status_code, unknown.status_code) == (404, 404)
