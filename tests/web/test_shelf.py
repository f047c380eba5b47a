from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def labels(page: str) -> list[str]:
    """Return the issues of a page in the order in which they stand."""
    return [part.split("<")[0] for part in page.split('<span class="title">')[1:]]


def make_shelf() -> None:
    make_issue(publication="Tidewater Letter", volume="XII", number=6, date="2021-08-28")
    make_issue(publication="Tidewater Letter", volume="XII", number=7, date="2021-10-09")
    make_issue(publication="Tidewater Letter", volume="XIII", number=1, date="2022-01-15")
    make_issue(publication="Canal Dispatches", volume="IV", number=9, date="2021-09-30")


def test_shelf_gathers_issues_by_volume_newest_first(reader: Client) -> None:
    make_shelf()
    page = reader.get("/").content.decode()
    assert labels(page) == ["XIII:1", "XII:7", "XII:6", "IV:9"]
    assert "Tidewater Letter XII 2021, 2 issues" in words(page)


def test_shelf_says_in_words_what_it_holds(reader: Client) -> None:
    make_shelf()
    assert "4 issues of 2 periodicals, 4 articles, newest January 15, 2022" in words(reader.get("/").content.decode())


def test_shelf_counts_an_issue_whose_date_was_worked_out_as_newest(reader: Client) -> None:
    make_shelf()
    make_issue(number=3, date=None, date_basis="inferred", date_range=("2022-02-03", "2022-02-28"))
    make_issue(number=4, date=None, date_basis="inferred")  # sorts by today, which is no date of its own
    assert "6 issues of 2 periodicals, 6 articles, newest February 2022" in words(reader.get("/").content.decode())


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("periodical=canal-dispatches", ["IV:9"]),
        ("year=2022", ["XIII:1"]),
        ("year=2021&periodical=tidewater-letter", ["XII:7", "XII:6"]),
        (
            "year=2021&year=2022&periodical=tidewater-letter&periodical=canal-dispatches",
            ["XIII:1", "XII:7", "XII:6", "IV:9"],
        ),
        ("sort=oldest&periodical=tidewater-letter", ["XII:6", "XII:7", "XIII:1"]),
        ("sort=added", ["IV:9", "XIII:1", "XII:7", "XII:6"]),
        ("sort=user__password&year=x&year=99999999999", ["XIII:1", "XII:7", "XII:6", "IV:9"]),
        ("periodical=%00canal-dispatches", ["IV:9"]),
        ("periodical=%FF", []),
        ("year=1999", []),
    ],
)
def test_shelf_shows_what_its_address_asks_for(query: str, wanted: list[str], reader: Client) -> None:
    make_shelf()
    answer = reader.get(f"/?{query}")
    assert (answer.status_code, labels(answer.content.decode())) == (200, wanted)


def test_filter_counts_follow_the_other_filter(reader: Client) -> None:
    make_shelf()
    text = words(reader.get("/?year=2022").content.decode())
    assert "Canal Dispatches 0 Tidewater Letter 1" in text
    assert "2022 1 2021 3" in text


def test_earlier_years_are_folded_until_one_is_asked_for(reader: Client) -> None:
    for year in range(2010, 2022):
        make_issue(make_read_article("A.", notes=(), cited={}), number=year, date=f"{year}-05-01")
    page = reader.get("/").content.decode()
    assert page.index('value="2014"') < page.index("<details>") < page.index('value="2013"')
    assert "<details open>" in reader.get("/?year=2011").content.decode()
    assert "<details>" in reader.get("/?year=2021").content.decode()


def test_shelf_without_matches_offers_the_whole_shelf(reader: Client) -> None:
    make_shelf()
    text = words(reader.get("/?year=1999").content.decode())
    assert "No issue is of that kind. Show the whole shelf" in text


@pytest.mark.parametrize(("role", "sentence"), [("curator", "Hand in the first issues"), ("reader", "Ask a curator")])
def test_empty_shelf_says_what_to_do(role: str, sentence: str, signed_in: SignIn) -> None:
    assert sentence in words(signed_in(make_user(role)).get("/").content.decode())


def test_shelf_part_is_asked_for_by_htmx(reader: Client) -> None:
    make_shelf()
    part = reader.get("/?year=2022", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="shelf" class="split left">')
    assert 'hx-swap-oob="innerHTML">1 of 4 issues of 2 periodicals' in part
    assert "<html" not in part


def test_shelf_is_whole_when_htmx_restores_history(reader: Client) -> None:
    make_shelf()
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in reader.get("/", headers=headers).content.decode()


def test_shelf_marks_drafts_for_curators_alone(signed_in: SignIn) -> None:
    make_issue(state="draft", number=3)
    assert "Needs a look" in words(signed_in(make_user("curator")).get("/").content.decode())
    assert "The shelf is empty." in words(signed_in(make_user("reader")).get("/").content.decode())


def later(page: str) -> str:
    """Return the address to which a page's `Next` leads."""
    return unescape(page.split('rel="next" href="', 1)[1].split('"', 1)[0])


def test_shelf_is_paged(reader: Client) -> None:
    for number in range(1, 62):
        make_issue(make_read_article("A.", notes=(), cited={}), number=number, date="2021-01-01")
    first = reader.get("/?sort=oldest").content.decode()
    second = reader.get(f"/{later(first)}").content.decode()
    assert (len(labels(first)), labels(second)) == (60, ["XII:61"])
    assert "60 of 61 issues shown" in words(first)
    assert later(first).startswith("?sort=oldest&after=")
    back = unescape(second.split('rel="prev" href="', 1)[1].split('"', 1)[0])
    assert labels(reader.get(f"/{back}").content.decode()) == labels(first)


@pytest.mark.parametrize("place", ["x", "", "W10", "²", "WyIyMDIyLTAyLTExIl0", "A" * 3000, "null", "%00"])
def test_place_that_is_none_is_said_and_the_first_page_shown(place: str, reader: Client) -> None:
    make_shelf()
    answer = reader.get("/", {"after": place})
    assert (answer.status_code, labels(answer.content.decode())) == (422, ["XIII:1", "XII:7", "XII:6", "IV:9"])
    assert "That is no place in this list, so here is its beginning." in words(answer.content.decode())


def test_shelf_as_a_list_has_a_row_for_each_issue(reader: Client) -> None:
    make_shelf()
    page = reader.get("/?view=list").content.decode()
    text = words(page)
    assert "Tidewater Letter XII 2021, 2 issues Issue Date Articles State XII:7 October 9, 2021 1 1 unread" in text
    assert '<a class="button" href="?view=list" aria-current="true">' in page
    assert '<input type="hidden" name="view" value="list">' in page


def test_switch_keeps_the_filters(reader: Client) -> None:
    make_shelf()
    page = reader.get("/?year=2021&sort=oldest").content.decode()
    assert 'href="?year=2021&amp;sort=oldest&amp;view=list"' in page


def test_issue_says_how_many_of_its_articles_are_unread(reader: Client) -> None:
    issue = make_issue(make_read_article(), make_read_article(title="Second"), number=5)
    assert "XII:5 Tidewater Letter, February 11, 2022 2 articles 2 unread" in words(reader.get("/").content.decode())
    reader.post("/articles/read/", {"read": issue.articles.get(title="Second").pk})
    assert "2 articles 1 unread" in words(reader.get("/").content.decode())
    reader.post("/articles/read/", {"read_issue": issue.pk})
    text = words(reader.get("/").content.decode())
    assert "Everything 1 Unread 0" in text
    assert "2 articles" in text.split("February 11, 2022")[-1]
    assert "unread" not in text


def test_shelf_shows_what_is_unread_alone(reader: Client) -> None:
    make_shelf()
    read = make_issue(number=9, date="2022-03-01")
    reader.post("/articles/read/", {"read_issue": read.pk})
    page = reader.get("/?show=unread&year=2022").content.decode()
    assert labels(page) == ["XIII:1"]
    assert "1 of 5 issues" in words(page)
    assert "Everything 2 Unread 1" in words(page)


def test_nobody_else_reads_for_me(signed_in: SignIn) -> None:
    issue = make_issue(number=5)
    signed_in(make_user("reader")).post("/articles/read/", {"read_issue": issue.pk})
    assert "1 article 1 unread" in words(signed_in(make_user("curator")).get("/").content.decode())


def test_visitor_has_nothing_unread(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    make_shelf()
    page = signed_in(None).get("/?show=unread").content.decode()
    assert len(labels(page)) == 4
    assert "unread" not in words(page).casefold()


def test_shelf_asks_as_much_for_three_issues_as_for_one(reader: Client) -> None:
    make_issue(publication="One", number=1)
    for_one = queries_for(reader, "/")
    make_issue(make_read_article(), make_read_article(title="Second"), publication="Two", number=1)
    make_issue(publication="Three", number=1)
    assert queries_for(reader, "/") == for_one
    assert queries_for(reader, "/?view=list&show=unread") == for_one


def test_titles_are_text_wherever_they_come_from(reader: Client) -> None:
    make_issue(publication='<script>alert(1)</script>"onload=', number=1)
    page = reader.get("/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
