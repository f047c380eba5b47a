from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

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
    assert part.strip().startswith('<div id="issues" class="volumes">')
    assert "<html" not in part


def test_shelf_is_whole_when_htmx_restores_history(reader: Client) -> None:
    make_shelf()
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in reader.get("/", headers=headers).content.decode()


def test_shelf_marks_drafts_for_curators_alone(signed_in: SignIn) -> None:
    make_issue(state="draft", number=3)
    assert "Needs a look" in words(signed_in(make_user("curator")).get("/").content.decode())
    assert "The shelf is empty." in words(signed_in(make_user("reader")).get("/").content.decode())


def test_shelf_is_paged(reader: Client) -> None:
    for number in range(1, 62):
        make_issue(make_read_article("A.", notes=(), cited={}), number=number, date="2021-01-01")
    first, second = reader.get("/").content.decode(), reader.get("/?page=2").content.decode()
    assert (len(labels(first)), labels(second)) == (60, ["XII:1"])
    assert "60 of 61 issues shown" in words(first)
    assert 'href="?page=2"' in first


@pytest.mark.parametrize(
    ("page", "status"), [("0", 400), ("-1", 400), ("x", 400), ("1e6", 400), ("²", 400), ("7", 404), ("9999999", 400)]
)
def test_page_numbers_that_are_none(page: str, status: int, reader: Client) -> None:
    assert reader.get("/", {"page": page}).status_code == status


def test_shelf_asks_as_much_for_three_issues_as_for_one(reader: Client) -> None:
    make_issue(publication="One", number=1)
    for_one = queries_for(reader, "/")
    make_issue(make_read_article(), make_read_article(title="Second"), publication="Two", number=1)
    make_issue(publication="Three", number=1)
    assert queries_for(reader, "/") == for_one


def test_titles_are_text_wherever_they_come_from(reader: Client) -> None:
    make_issue(publication='<script>alert(1)</script>"onload=', number=1)
    page = reader.get("/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
