"""What the reading page keeps of its reader, and the ways it offers through one article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.document import Finding
from monitor.library.article_rows import store_articles
from monitor.library.keeping_places import keep_place
from monitor.library.place_models import ReadingPlace
from monitor.web.reading_ways import HitWalk, hit_walk, minutes_of, whole_number
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, root_text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]


def make_long(paragraphs: int = 20) -> Article:
    text = "\n\n".join(f"Paragraph {n} (Ferry Post, May {n % 28 + 1})." for n in range(1, paragraphs + 1))
    return make_article(text, notes=(), cited={})


@pytest.fixture
def hedda(db: None) -> User:
    return make_user(name="hedda")


@pytest.fixture
def reader(hedda: User, signed_in: SignIn) -> Client:
    return signed_in(hedda)


def page_of(client: Client, article: Article, query: str = "") -> str:
    return client.get(f"{article.get_absolute_url()}{query}").content.decode()


# -- Places ------------------------------------------------------------------------------------------------------------
def test_place_is_kept_and_offered_again(reader: Client, hedda: User) -> None:
    article = make_long()
    assert "Resume" not in page_of(reader, article)
    answer = reader.post(f"/places/{article.pk}/", {"paragraph": "14"})
    assert (answer.status_code, answer.content) == (204, b"")
    page = page_of(reader, article)
    assert '<a href="#p14">Resume at paragraph 14</a> of 20, where you stopped</p>' in page
    assert ReadingPlace.objects.get().person == hedda


@pytest.mark.parametrize("paragraph", [1, 20])
def test_nothing_is_offered_at_the_beginning_and_at_the_end(paragraph: int, reader: Client, hedda: User) -> None:
    article = make_long()
    keep_place(person=hedda, article=article, paragraph=paragraph)
    assert "Resume" not in page_of(reader, article)


def test_place_in_a_text_that_was_read_anew_goes_by_its_share(reader: Client, hedda: User) -> None:
    article = make_long()
    keep_place(person=hedda, article=article, paragraph=14)
    text = "\n\n".join(f"Half {n}." for n in range(39))
    anew = make_read_article(text, notes=(), cited={}, authors=())
    store_articles([(article, anew)], spellings={}, authors={})
    assert "Resume at paragraph 27 of 39, where you stopped; the text was read anew since" in words(
        page_of(reader, article)
    )


def test_place_of_another_is_not_offered(reader: Client, signed_in: SignIn) -> None:
    article = make_long()
    reader.post(f"/places/{article.pk}/", {"paragraph": "14"})
    assert "Resume" not in page_of(signed_in(make_user("curator")), article)


@pytest.mark.parametrize("paragraph", ["", "0", "-3", "x", "1.5", "٣", "9" * 5000, None])
def test_place_that_is_no_number_is_refused(paragraph: str | None, reader: Client) -> None:
    body = {} if paragraph is None else {"paragraph": paragraph}
    assert reader.post(f"/places/{make_long().pk}/", body).status_code == 400
    assert ReadingPlace.objects.count() == 0


def test_visitors_leave_no_trace(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    article = make_long()
    page = page_of(signed_in(None), article)
    assert "reading-place" not in page
    assert "Mark as read" not in page
    assert signed_in(None).post(f"/places/{article.pk}/", {"paragraph": "3"}).status_code == 302
    assert ReadingPlace.objects.count() == 0


def test_reaching_the_end_answers_with_the_new_state(reader: Client) -> None:
    article = make_long()
    answer = reader.post(f"/places/{article.pk}/", {"paragraph": "20", "read": "yes"})
    assert "You read this on" in answer.content.decode()
    assert "Mark as unread" in page_of(reader, article)


def test_mark_as_read_and_unread_is_a_plain_form(reader: Client) -> None:
    article = make_long()
    assert "Mark as read" in words(page_of(reader, article))
    answer = reader.post(f"/places/{article.pk}/read/", {"read": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, f"{article.get_absolute_url()}#read-state")
    ReadingPlace.objects.update(read=datetime(2022, 2, 11, 12, tzinfo=UTC))
    assert "You read this on February 11, 2022 Mark as unread" in words(page_of(reader, article))
    reader.post(f"/places/{article.pk}/read/", {"read": "no"})
    assert "Mark as read" in words(page_of(reader, article))


def test_mark_as_read_by_htmx_gives_the_part_back(reader: Client) -> None:
    article = make_long()
    answer = reader.post(f"/places/{article.pk}/read/", {"read": "yes"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<form")
    assert "Mark as unread" in answer.content.decode()


@pytest.mark.parametrize("said", ["", "maybe"])
def test_mark_that_says_neither_is_refused(said: str, reader: Client) -> None:
    assert reader.post(f"/places/{make_long().pk}/read/", {"read": said}).status_code == 400


def test_resuming_is_not_offered_for_what_was_read(reader: Client, hedda: User) -> None:
    article = make_long()
    keep_place(person=hedda, article=article, paragraph=7, is_read=True)
    assert "Resume" not in page_of(reader, article)


# -- Hits --------------------------------------------------------------------------------------------------------------
def test_hits_are_marked_and_the_text_stays_the_same(reader: Client) -> None:
    article = make_article("The lamps.[1]\n\nLÁMPS again.", notes=["On lamps."], cited={})
    page = page_of(reader, article, "?q=lamps&hit=2")
    assert root_text(page) == article.texts.get().body
    assert 'The <mark class="hit" id="h1" data-hit="1">lamps</mark>.' in page
    assert '<mark class="hit now" id="h2" data-hit="2">LÁMPS</mark> again.' in page
    assert 'On <mark class="hit" id="h3" data-hit="3">lamps</mark>.' in page
    assert "2 of 3 for lamps" in words(page)
    assert 'href="?q=lamps&amp;hit=1#h1" aria-label="Previous hit"' in page
    assert 'href="?q=lamps&amp;hit=3#h3" aria-label="Next hit"' in page


def test_hits_say_how_many_before_one_is_at_hand(reader: Client) -> None:
    article = make_article("A lamp. A lamp.", notes=(), cited={})
    assert "2 hits for lamp" in words(page_of(reader, article, "?q=lamp"))
    assert "No hits for weir" in words(page_of(reader, article, "?q=weir"))
    assert "hit-walk" not in page_of(reader, article, "?q=+")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><b>', "\0a", "x" * 9000, "%", '"', "\u202e"])
def test_hostile_queries_are_words(query: str, reader: Client) -> None:
    article = make_article('Say <script>alert(1)</script> "><b> x.', notes=(), cited={})
    answer = reader.get(article.get_absolute_url(), {"q": query, "hit": "99"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert root_text(page) == article.texts.get().body
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("total", "asked", "walk"),
    [
        (0, 1, (0, "h0", "h0")),
        (1, 1, (1, "h1", "h1")),
        (3, 0, (0, "h3", "h1")),
        (3, 1, (1, "h3", "h2")),
        (3, 3, (3, "h2", "h1")),
        (3, 9, (0, "h3", "h1")),
    ],
)
def test_walk_goes_round(total: int, asked: int, walk: tuple[int, str, str]) -> None:
    made = hit_walk("a b", total=total, asked=asked)
    assert (made.at, made.before.partition("#")[2], made.after.partition("#")[2]) == walk


def test_walk_keeps_the_printed_page_open() -> None:
    assert hit_walk("a&b", total=2, asked=1, page=5) == HitWalk(
        "a&b", 2, 1, "?q=a%26b&page=5&hit=2#h2", "?q=a%26b&page=5&hit=2#h2", "?page=5"
    )


@pytest.mark.parametrize(("asked", "number"), [("12", 12), (None, 0), ("", 0), ("-1", 0), ("1" * 7, 0), ("²", 0)])
def test_whole_number_takes_plain_numbers_alone(asked: str | None, number: int) -> None:
    assert whole_number(asked) == number


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (230, 1), (231, 2), (2300, 10)])
def test_minutes_are_whole_and_at_least_one(count: int, minutes: int) -> None:
    assert minutes_of(count) == minutes


# -- What else the page says -------------------------------------------------------------------------------------------
def test_findings_are_shown_to_curators_alone(reader: Client, signed_in: SignIn) -> None:
    found = Finding(code="marker_without_note", article=0, message="Marker 7 has no note.", start=5, end=8)
    loose = Finding(code="note_without_marker", article=0, message="Note 1 has no marker.", note=1)
    printed = make_read_article("Word.[7]", notes=["Alone."], cited={})
    article = make_issue(printed, findings=[found, loose]).articles.get()
    text = words(page_of(signed_in(make_user("curator")), article))
    assert "2 findings to settle Marker 7 has no note. Show Note 1 has no marker. Show Check and correct" in text
    assert "findings" not in words(page_of(reader, article))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamps and the locks of the river were not for sale, and that was this.", "en"),
        ("Les lampes et les écluses des rivières sont dans une vallée que les gens aiment.", "fr"),
        ("Die Lampen und die Wehre sind nicht für das Volk, das sich mit der Stadt freut.", "de"),
        ("قال حزب الله إن القوات انسحبت من المدينة", ""),
        ("הנורות הודלקו לפני רדת החשכה", "he"),
        ("Lamps.", "en"),
    ],
)
def test_language_is_told_where_it_is_known(text: str, language: str, reader: Client) -> None:
    page = page_of(reader, make_article(text, notes=(), cited={}))
    assert f'<div class="prose" id="text" lang="{language}">' in page


def test_foreign_runs_are_isolated(reader: Client) -> None:
    article = make_article("The party (حزب الله), 3 of 5.", notes=["See الجزيرة, May 3."], cited={})
    page = page_of(reader, article)
    assert "The party (<bdi>حزب الله</bdi>), 3 of 5." in page
    assert "See <bdi>الجزيرة</bdi>, May 3." in page
    assert root_text(page) == article.texts.get().body


# -- Asking the database -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["reader", "curator"])
def test_article_of_300_paragraphs_takes_as_few_queries_as_one_of_one(role: str, signed_in: SignIn) -> None:
    client = signed_in(make_user(role))
    small = make_article("One.", notes=(), cited={})
    text = "\n\n".join(f"Said {n} (Post {n}, May 1).[{n}]" for n in range(1, 301))
    cited = {f"Post {n}, May 1": "2021-05-01" for n in range(1, 301)}
    large = make_article(text, notes=[f"Note {n}." for n in range(1, 301)], cited=cited)
    counts = {
        queries_for(client, f"{article.get_absolute_url()}{query}")
        for article in (small, large)
        for query in ("", "?q=said&hit=2")
    }
    assert len(counts) == 1
    assert max(counts) <= 4
