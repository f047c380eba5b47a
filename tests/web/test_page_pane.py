"""The printed page beside the text: which pages an article has, and what is drawn on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.document import Block, Region
from monitor.library.models import Article, Issue
from monitor.web.page_pane import article_pages, pane_of
from tests.factories import make_file_facts, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, root_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

SHEET = ((600.0, 800.0),) * 4


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def make_paged(*, pictures: int = 4) -> Article:
    """Store an article on pages 2 and 3 of four, its second paragraph broken over both."""
    printed = make_read_article("One.", notes=(), cited={})
    blocks = (
        Block("para", "One.", regions=(Region(2, (60.0, 80.0, 300.0, 160.0)),)),
        Block("para", "Two.", regions=(Region(2, (60.0, 400.0, 300.0, 760.0)), Region(3, (300.0, 40.0, 540.0, 80.0)))),
        Block("para", "Three."),
    )
    printed = type(printed)(kind="article", title="Lamps", blocks=blocks)
    issue = make_issue(printed, file=make_file_facts(name="a.pdf"), pages=4, page_sizes=SHEET)
    Issue.objects.filter(pk=issue.pk).update(page_images=pictures)
    row: Article = issue.articles.select_related("issue").get()
    return row


def rectangles(page: str) -> list[tuple[str, ...]]:
    return re.findall(r'data-for="(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', page)


def test_page_beside_the_text_frames_every_paragraph(reader: Client, db: None) -> None:
    page = reader.get(f"{make_paged().get_absolute_url()}?page=2").content.decode()
    assert '<body class="with-page"' in page
    assert rectangles(page) == [
        ("p1", "10.0", "10.0", "40.0", "10.0"),
        ("p2", "10.0", "50.0", "40.0", "45.0"),
        ("p2", "50.0", "5.0", "40.0", "5.0"),
    ]
    assert re.findall(r'data-page="(\d)"[^>]*?( hidden)?>', page) == [("2", ""), ("3", " hidden")]
    assert 'href="?page=3#p2"' in page
    assert root_text(page) == "One.\n\nTwo.\n\nThree."


@pytest.mark.parametrize("asked", ["1", "4", "99", "0", "-2", "+2", " 2", "2.0", "٢", "²", "2" * 5000, "%00", ""])
def test_what_is_no_page_of_the_article_opens_nothing(asked: str, reader: Client, db: None) -> None:
    answer = reader.get(f"{make_paged().get_absolute_url()}", {"page": asked})
    assert answer.status_code == 200
    assert "with-page" not in answer.content.decode()


def test_article_offers_its_first_page(reader: Client, db: None) -> None:
    page = reader.get(make_paged().get_absolute_url()).content.decode()
    assert '<a href="?page=2#p1" data-act="page-pane">See the page</a>' in page


def test_article_without_pictures_offers_none(reader: Client, db: None) -> None:
    address = make_paged(pictures=0).get_absolute_url()
    assert "?page=" not in reader.get(address).content.decode()
    assert "with-page" not in reader.get(f"{address}?page=2").content.decode()


def test_page_beside_the_text_asks_the_database_for_nothing_more(reader: Client, db: None) -> None:
    address = make_paged().get_absolute_url()
    assert queries_for(reader, f"{address}?page=2") == queries_for(reader, address)


def test_regions_beyond_the_page_are_left_out(db: None) -> None:
    issue = make_paged().issue
    regions = [{"page": 9, "bbox": [0, 0, 9, 9]}, {"page": 2, "bbox": [700, 0, 900, 9]}]
    pages = article_pages(issue, [("p1", regions)])
    assert (pages, pane_of(issue, pages, "2")) == ((), None)
