from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from monitor.accounts.models import User
from monitor.library.models import Article, title_key
from monitor.library.place_models import ReadingPlace
from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.library.models import Issue

    SignIn = Callable[[User | None], Client]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def make_library() -> None:
    make_issue(
        make_read_article(title="Weir", authors=["Ines Varrow", "Oren Blackwater"], page_start=3),
        make_read_article(title="Lamps", authors=["Oren Blackwater"], kind="brief", page_start=1),
        number=7,
        date="2021-10-09",
    )
    make_issue(
        make_read_article(title="Gate", authors=["Ines Varrow"]),
        publication="Canal Dispatches",
        number=1,
        date="2022-01-15",
    )


def heads(page: str) -> list[str]:
    """Return the titles of a page's list in the order in which they stand."""
    return [part.split("</a>")[0].rpartition(">")[2] for part in page.split('<h3 class="entry-head">')[1:]]


def test_rows_tell_what_one_chooses_by(reader: Client) -> None:
    make_library()
    text = words(reader.get("/articles/").content.decode())
    assert "Articles 3 articles" in text
    assert (
        "2021 Weir Ines Varrow and Oren Blackwater Tidewater Letter XII:7 , p. 3 October 9, 2021 unread Mark read "
        "Lamps Oren Blackwater Tidewater Letter XII:7 , p. 1 October 9, 2021 brief unread Mark read" in text
    )


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Gate", "Weir", "Lamps"]),
        ("sort=oldest", ["Weir", "Lamps", "Gate"]),
        ("sort=title", ["Gate", "Lamps", "Weir"]),
        ("sort=periodical", ["Gate", "Weir", "Lamps"]),
        ("author=ines-varrow", ["Gate", "Weir"]),
        ("author=ines-varrow&author=oren-blackwater&kind=brief", ["Lamps"]),
        ("from=2021-10-10", ["Gate"]),
        ("from=&to=2021-10-09", ["Weir", "Lamps"]),
        ("periodical=canal-dispatches&read=unread", ["Gate"]),
        ("source=ferry-post&kind=article", ["Gate", "Weir"]),
        ("author=%00ines-varrow", ["Gate", "Weir"]),
        ("author=%FF&author=&page=9", []),
    ],
)
def test_list_shows_what_its_address_asks_for(query: str, wanted: list[str], reader: Client) -> None:
    make_library()
    answer = reader.get(f"/articles/?{query}")
    assert (answer.status_code, heads(answer.content.decode())) == (200, wanted)


@pytest.mark.parametrize(
    ("query", "sentence", "wanted"),
    [
        ("from=2022-13-45", "“2022-13-45” is no day; give it as year-month-day, like 2022-02-11.", 3),
        ("to=<b>", "“<b>” is no day", 3),
        ("from=2022-01-01&to=2021-01-01", "The last day lies before the first: the last one is left out.", 1),
        ("sort=user__password", "Articles can be put in order by newest, oldest, title and periodical", 3),
        ("read=maybe&read=unread", "Articles are unread, begun or read; other words are left out.", 3),
        ("after=x", "That is no place in this list, so here is its beginning.", 3),
        ("sort=title&after=WyIyMDIyLTAyLTExIiwxLDBd", "That is no place in this list", 3),
    ],
)
def test_words_that_mean_nothing_are_answered_by_a_sentence(
    query: str, sentence: str, wanted: int, reader: Client
) -> None:
    make_library()
    answer = reader.get(f"/articles/?{query}")
    page = answer.content.decode()
    assert (answer.status_code, len(heads(page))) == (422, wanted)
    assert sentence in words(page)


def test_day_that_is_none_stays_in_its_field_with_the_sentence(reader: Client) -> None:
    make_library()
    page = reader.get("/articles/?from=tomorrow").content.decode()
    assert 'value="tomorrow" aria-invalid="true" aria-describedby="f-from-error"' in page
    assert 'id="f-from-error"' in page


def test_counts_are_of_what_each_choice_would_show(reader: Client) -> None:
    make_library()
    text = words(reader.get("/articles/?author=ines-varrow").content.decode())
    assert "Reading Unread 2 Begun 0 Read 0 Periodical Canal Dispatches 1 Tidewater Letter 1" in text
    assert "Author Ines Varrow 2 Oren Blackwater 2" in text
    assert "2 articles found" in text


def test_set_filters_can_be_taken_away_one_by_one(reader: Client) -> None:
    make_library()
    page = reader.get("/articles/?author=ines-varrow&from=2021-01-01&sort=title").content.decode()
    assert 'href="/articles/?from=2021-01-01&amp;sort=title" aria-label="Remove author: Ines Varrow"' in page
    assert 'href="/articles/?author=ines-varrow&amp;sort=title" aria-label="Remove date: from 2021-01-01"' in page


def test_empty_list_offers_what_lies_near(reader: Client) -> None:
    make_library()
    page = reader.get("/articles/?author=ines-varrow&kind=brief").content.decode()
    text = words(page)
    assert "no articles found" in text
    assert "No article is like that." in text
    assert "2 articles without the filter by author" not in text
    assert "1 article without the filter by author" in text
    assert "2 articles without the filter by kind" in text
    assert 'href="/articles/?author=ines-varrow"' in page


def test_empty_library_says_so_without_dead_controls(signed_in: SignIn) -> None:
    page = signed_in(make_user("curator")).get("/articles/").content.decode()
    assert "There is nothing to read yet." in words(page)
    assert 'id="filters"' not in page
    assert 'href="/ingest/"' in page


def test_filter_with_one_value_is_not_offered(reader: Client) -> None:
    make_issue(number=1)
    page = reader.get("/articles/").content.decode()
    assert 'name="periodical"' not in page
    assert 'name="from"' in page


def test_visitor_is_offered_no_reading_states(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    make_library()
    visitor = signed_in(None)
    page = visitor.get("/articles/").content.decode()
    assert "Mark read" not in page
    assert 'name="read"' not in page
    refused = visitor.get("/articles/?read=unread")
    assert refused.status_code == 422
    assert "Sign in to see what you have read; this is every article." in words(refused.content.decode())


def test_htmx_gets_the_list_its_tally_and_a_clean_address(reader: Client) -> None:
    make_library()
    answer = reader.get("/articles/?author=ines-varrow&from=&to=&sort=newest", headers=HTMX)
    part = answer.content.decode()
    assert part.strip().startswith('<div id="articles" class="split left">')
    assert 'role="status" hx-swap-oob="innerHTML">2 articles found</p>' in part
    assert "<html" not in part
    assert answer["HX-Push-Url"] == "/articles/?author=ines-varrow"
    assert reader.get("/articles/?from=&to=", headers=HTMX)["HX-Push-Url"] == "/articles/"
    restored = reader.get("/articles/", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def fill(issue: Issue, total: int) -> None:
    stands = issue.articles.count()
    Article.objects.bulk_create(
        Article(issue=issue, position=n, title=f"Piece {n:03d}", title_key=title_key(f"Piece {n:03d}"), slug="piece")
        for n in range(stands, total)
    )


def test_long_list_is_walked_to_its_end_and_back(reader: Client) -> None:
    issue = make_issue(make_read_article(title="Piece 000"), number=1)
    fill(issue, 120)
    pages = [reader.get("/articles/?sort=title").content.decode()]
    while 'rel="next" href="' in pages[-1]:
        pages.append(reader.get("/articles/" + _led(pages[-1], "next")).content.decode())
    assert [len(heads(page)) for page in pages] == [50, 50, 20]
    assert [title for page in pages for title in heads(page)] == [f"Piece {n:03d}" for n in range(120)]
    assert heads(reader.get("/articles/" + _led(pages[2], "prev")).content.decode()) == heads(pages[1])
    assert 'rel="prev"' not in pages[0]
    assert all("120 articles" in words(page) for page in pages)


def _led(page: str, rel: str) -> str:
    return unescape(page.split(f'rel="{rel}" href="', 1)[1].split('"', 1)[0])


def test_lists_ask_as_much_for_three_hundred_rows_as_for_one(reader: Client) -> None:
    issue = make_issue(make_read_article(title="Piece 000"), number=1)
    addresses = [
        "/articles/",
        "/articles/?sort=title&read=unread",
        "/authors/ines-varrow/",
        "/sources/ferry-post/?view=articles",
    ]
    addresses += [issue.get_absolute_url()]
    for_one = [queries_for(reader, address) for address in addresses]
    fill(issue, 3)
    assert [queries_for(reader, address) for address in addresses] == for_one
    fill(issue, 300)
    assert [queries_for(reader, address) for address in addresses] == for_one


def test_one_article_is_marked_and_the_mark_taken_back(reader: Client) -> None:
    make_library()
    pk = Article.objects.get(title="Weir").pk
    page = reader.post(
        "/articles/read/", {"read": pk}, headers={"Referer": "http://testserver/articles/?sort=title"}, follow=True
    )
    assert page.redirect_chain == [("/articles/?sort=title", 302)]
    text = page.content.decode()
    assert "The article is marked as read." in text
    assert (
        f'<input type="hidden" name="unread" value="{pk}"><button class="button small" type="submit">Undo</button>'
        in text
    )
    assert "read Mark unread" in words(text)
    page = reader.post("/articles/read/", {"unread": pk}, follow=True)
    assert "The article is marked as unread." in page.content.decode()
    assert not ReadingPlace.objects.exclude(read=None).exists()


def test_issue_is_marked_whole_and_undo_touches_what_was_changed_alone(reader: Client) -> None:
    make_library()
    weir, lamps = (Article.objects.get(title=title) for title in ("Weir", "Lamps"))
    reader.post("/articles/read/", {"read": weir.pk}, follow=True)
    shown = {"Referer": f"http://testserver{weir.issue.get_absolute_url()}"}
    page = reader.post("/articles/read/", {"read_issue": weir.issue_id}, headers=shown, follow=True).content.decode()
    assert "The article is marked as read." in page
    assert f'name="unread" value="{lamps.pk}"' in page
    assert f'name="unread" value="{weir.pk}"><button class="button small"' not in page
    assert "All read Mark all as unread" in words(page)
    again = reader.post("/articles/read/", {"read_issue": weir.issue_id}, follow=True).content.decode()
    assert "Nothing to mark: all of it was read already." in again
    assert 'type="submit">Undo<' not in again


def test_mark_by_htmx_gives_the_cell_and_the_word_with_undo(reader: Client) -> None:
    make_library()
    pk = Article.objects.get(title="Weir").pk
    part = reader.post("/articles/read/", {"read": pk}, headers=HTMX).content.decode()
    assert part.strip().startswith(f'<div class="reading" id="reading-{pk}">')
    assert f'name="unread" value="{pk}" hx-post="/articles/read/"' in part
    assert '<div hx-swap-oob="beforeend:body"><passing-word class="toast" role="status">' in part
    assert "marked as read" not in reader.get("/articles/").content.decode()


@pytest.mark.parametrize(
    "body", [{}, {"read": "x"}, {"read": "²"}, {"read": "9" * 30}, {"read_issue": "-1"}, {"unread": "0"}]
)
def test_marking_what_is_not_there_is_not_found(body: dict[str, str], reader: Client) -> None:
    make_library()
    assert reader.post("/articles/read/", body).status_code == 404


def test_mark_is_only_taken_from_forms(reader: Client) -> None:
    assert reader.get("/articles/read/").status_code == 405


def test_begun_article_says_how_far(reader: Client) -> None:
    make_library()
    person = User.objects.get()
    ReadingPlace.objects.create(person=person, article=Article.objects.get(title="Gate"), furthest=5, paragraphs=12)
    text = words(reader.get("/articles/?read=begun").content.decode())
    assert "41 % read Mark read" in text
    assert "Unread 3 Begun 1 Read 0" in text


# -- Authors -----------------------------------------------------------------------------------------------------------
def test_author_page_gathers_what_is_known(reader: Client) -> None:
    make_library()
    make_issue(
        make_read_article(title="Old", authors=["Ines Varrow"], bio="Ines was young."), number=1, date="2015-05-01"
    )
    text = words(reader.get("/authors/ines-varrow/").content.decode())
    assert "Author Ines Varrow 3 articles" in text
    assert "Ines Varrow writes on river law. As printed with Gate , Canal Dispatches XII:1" in text
    assert "By year 2022 1 article 2021 1 article 2015 1 article Signed with Oren Blackwater 1 article" in text


def test_authors_years_lead_to_their_articles(reader: Client) -> None:
    make_library()
    page = reader.get("/authors/ines-varrow/").content.decode()
    assert 'href="/authors/ines-varrow/?from=2021-01-01&amp;to=2021-12-31"' in page
    assert heads(reader.get("/authors/ines-varrow/?from=2021-01-01&to=2021-12-31").content.decode()) == ["Weir"]


def test_author_page_is_not_filtered_by_author(reader: Client) -> None:
    make_library()
    page = reader.get("/authors/ines-varrow/?author=oren-blackwater").content.decode()
    assert heads(page) == ["Gate", "Weir"]
    assert 'name="author"' not in page


def test_author_page_counts_nothing_hidden(reader: Client, signed_in: SignIn) -> None:
    make_library()
    hidden = make_read_article(title="Hidden", authors=["Ines Varrow", "Secret Hand"], bio="A secret.")
    make_issue(hidden, number=99, date="2023-01-01", state="draft")
    text = words(reader.get("/authors/ines-varrow/").content.decode())
    assert "2 articles" in text
    assert "2023" not in text
    assert "ecret" not in text
    assert "Secret Hand" in words(signed_in(make_user("curator")).get("/authors/ines-varrow/").content.decode())


def test_author_with_nothing_left_after_filters_is_still_there(reader: Client) -> None:
    make_library()
    answer = reader.get("/authors/ines-varrow/?from=2099-01-01")
    assert answer.status_code == 200
    assert "2 articles without the filter by date" in words(answer.content.decode())
