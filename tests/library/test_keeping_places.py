from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from monitor.library.article_rows import store_articles
from monitor.library.keeping_places import keep_place, place_now
from monitor.library.place_models import ReadingPlace
from tests.factories import make_article, make_read_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article


def text_of(paragraphs: int) -> str:
    return "\n\n".join(f"Paragraph {n}." for n in range(1, paragraphs + 1))


def make_long(paragraphs: int) -> Article:
    return make_article(text_of(paragraphs), notes=(), cited={})


def read_anew(article: Article, paragraphs: int) -> None:
    read = make_read_article(text_of(paragraphs), notes=(), cited={}, authors=())
    store_articles([(article, read)], spellings={}, authors={})


def place_of(person: User, article: Article) -> tuple[int, int, int, bool]:
    kept = ReadingPlace.objects.get(person=person, article=article)
    return kept.paragraph, kept.furthest, kept.paragraphs, kept.read is not None


@pytest.fixture
def hedda(db: None) -> User:
    return make_user(name="hedda")


def test_place_follows_the_reader_and_the_furthest_only_grows(hedda: User) -> None:
    article = make_long(20)
    for paragraph in (3, 14, 6):
        keep_place(person=hedda, article=article, paragraph=paragraph)
    assert place_of(hedda, article) == (6, 14, 20, False)


def test_places_of_two_people_are_two(hedda: User) -> None:
    article, oren = make_long(9), make_user(name="oren")
    keep_place(person=hedda, article=article, paragraph=3)
    keep_place(person=oren, article=article, paragraph=5)
    assert (place_of(hedda, article)[0], place_of(oren, article)[0]) == (3, 5)


@pytest.mark.parametrize(("told", "kept"), [(0, 1), (1, 1), (999_999, 5)])
def test_place_beyond_the_text_is_its_end(told: int, kept: int, hedda: User) -> None:
    article = make_long(5)
    keep_place(person=hedda, article=article, paragraph=told)
    assert place_of(hedda, article)[0] == kept


def test_who_comes_to_the_last_of_several_paragraphs_has_read_the_text(hedda: User) -> None:
    article = make_long(5)
    keep_place(person=hedda, article=article, paragraph=4)
    assert not place_of(hedda, article)[3]
    keep_place(person=hedda, article=article, paragraph=5)
    first = ReadingPlace.objects.get().read
    keep_place(person=hedda, article=article, paragraph=2)
    keep_place(person=hedda, article=article, paragraph=5, is_read=True)
    assert ReadingPlace.objects.get().read == first
    assert place_of(hedda, article) == (5, 5, 5, True)


@pytest.mark.parametrize("paragraphs", [0, 1])
def test_text_of_one_paragraph_is_read_when_its_reader_says_so(paragraphs: int, hedda: User) -> None:
    article = make_long(1)
    if not paragraphs:
        article.blocks.all().delete()
    keep_place(person=hedda, article=article, paragraph=1)
    assert place_of(hedda, article) == (1, 1, 1, False)
    keep_place(person=hedda, article=article, paragraph=1, is_read=True)
    assert place_of(hedda, article) == (1, 1, 1, True)


@pytest.mark.parametrize(("size", "furthest"), [(39, 27), (10, 7), (2, 2), (1, 1), (20, 14)])
def test_furthest_goes_by_its_share_where_the_text_was_read_anew(size: int, furthest: int, hedda: User) -> None:
    article = make_long(20)
    keep_place(person=hedda, article=article, paragraph=14)
    read_anew(article, size)
    keep_place(person=hedda, article=article, paragraph=1)
    assert place_of(hedda, article) == (1, furthest, size, False)


@pytest.mark.parametrize(
    ("paragraph", "paragraphs", "size", "now"),
    [(1, 20, 39, 1), (20, 20, 39, 39), (14, 20, 39, 27), (14, 20, 20, 14), (3, 1, 9, 1), (7, 5, 5, 5), (4, 9, 0, 1)],
)
def test_place_now_keeps_both_ends(paragraph: int, paragraphs: int, size: int, now: int) -> None:
    assert place_now(paragraph, paragraphs, size=size) == now


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400))
def test_place_now_is_inside_the_text_and_keeps_the_order(paragraph: int, paragraphs: int, size: int) -> None:
    now = place_now(paragraph, paragraphs, size=size)
    assert 1 <= now <= size
    assert now >= place_now(max(paragraph - 1, 1), paragraphs, size=size)


@given(paragraphs=st.integers(2, 60), size=st.integers(1, 60), share=st.floats(0, 1))
def test_database_and_page_go_by_the_same_share(paragraphs: int, size: int, share: float) -> None:
    at = 1 + int(share * (paragraphs - 1))
    rounded = 1 + (2 * (at - 1) * (size - 1) + paragraphs - 1) // (2 * (paragraphs - 1))
    if paragraphs != size:
        assert place_now(at, paragraphs, size=size) == rounded


@pytest.mark.django_db(transaction=True)
def test_places_told_at_the_same_moment_leave_one_row_with_the_furthest() -> None:
    article, hedda = make_long(30), make_user(name="hedda")
    start = threading.Barrier(6)

    def tell(paragraph: int) -> None:
        start.wait()
        keep_place(person=hedda, article=article, paragraph=paragraph)
        connection.close()

    threads = [threading.Thread(target=tell, args=(paragraph,)) for paragraph in (4, 21, 9, 17, 2, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert place_of(hedda, article)[1:] == (21, 30, False)


def test_keeping_a_place_is_one_statement(hedda: User, django_assert_num_queries: object) -> None:
    article = make_long(300)
    with django_assert_num_queries(1):  # type: ignore[operator]
        keep_place(person=hedda, article=article, paragraph=200)
