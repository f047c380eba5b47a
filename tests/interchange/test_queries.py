from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from monitor.interchange.names import PersonName
from monitor.interchange.queries import article_records, passage_records
from monitor.interchange.records import ArticleRecord
from monitor.library.models import Article, DateBasis, State
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation, Source
from tests.factories import make_article, make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from monitor.interchange.records import PassageRecord
    from monitor.library.models import Issue

pytestmark = pytest.mark.django_db
SITE = "https://monitor.example"
TEXT = (
    "## The Gate\n\nThe weir fell. Nobody held it (Ferry Post, January 21).\n\nA note says why.[1] 🏮\n\n"
    "> Lamps burn late (Quay Mail, 2021)."
)
NOTES = ("See the report (Lock Gazette, March 2020).", "Nobody points here (Lock Gazette, April).")
CITED = {
    "Ferry Post, January 21": "2022-01-21",
    "Quay Mail, 2021": "2021",
    "Lock Gazette, March 2020": "2020-03",
    "Lock Gazette, April": None,
}


def article_with_citations() -> Article:
    return make_article(TEXT, notes=NOTES, cited=CITED)


def records_of(articles: int = 1) -> list[ArticleRecord]:
    """Return the records of one issue of so many articles, as a reader gets them."""
    make_issue(*(make_read_article(title=f"Piece {n}") for n in range(articles)))
    return list(article_records(standing_articles(reader := make_user()), reader, site=SITE))


def record_of(issue: Issue) -> ArticleRecord:
    [record] = article_records(Article.objects.filter(issue=issue), make_user(), site=SITE)
    return record


def passages() -> dict[str, PassageRecord]:
    """Return every passage a reader may read, by its printed citation."""
    found = passage_records(standing_articles(make_user()), site=SITE)
    return {passage.printed: passage for passage in found}


def test_article_records_hold_the_bibliographic_facts() -> None:
    article = make_read_article(title="Lamps", authors=["Ines Varrow", "Ludo van der Berg"], page_start=5)
    issue = make_issue(article, volume="XII", number=7, date="2022-02-11")
    row = issue.articles.get()
    row.page_end = 8
    row.save()
    assert record_of(issue) == ArticleRecord(
        id=row.pk,
        slug="lamps",
        title="Lamps",
        authors=(PersonName(given="Ines", family="Varrow"), PersonName(given="Ludo", family="van der Berg")),
        periodical="Tidewater Letter",
        volume="12",
        number=7,
        date="2022-02-11",
        page_first=5,
        page_last=8,
        permalink=f"https://monitor.example/articles/{row.pk}/lamps/",
        accessed="",
        language="en",
    )


def test_article_records_name_authors_in_printed_order() -> None:
    names = ["Zeno Quill", "Ada Marsh", "Mira Lock"]
    record = record_of(make_issue(make_read_article(authors=names)))
    assert [f"{author.given} {author.family}" for author in record.authors] == names


def test_article_records_of_an_unsigned_article_name_nobody() -> None:
    assert record_of(make_issue(make_read_article(authors=[]))).authors == ()


def test_article_records_cite_no_inferred_day() -> None:
    issue = make_issue(date=None, date_range=("2022-02-03", "2022-02-28"))
    assert record_of(issue).date == "2022-02"
    issue.date, issue.date_basis, issue.date_from, issue.date_to = date(2022, 2, 11), DateBasis.INFERRED, None, None
    issue.save()
    assert record_of(issue).date == "2022-02"
    issue.date_basis = DateBasis.ENTERED
    issue.save()
    assert record_of(issue).date == "2022-02-11"


def test_article_records_of_an_undated_issue_have_no_date() -> None:
    assert record_of(make_issue(date=None)).date == ""


def test_article_records_have_no_links_where_the_site_has_no_address() -> None:
    make_issue()
    [record] = article_records(Article.objects.all(), make_user(), site="", accessed="2026-11-22")
    assert (record.permalink, record.accessed) == ("", "2026-11-22")


def test_article_records_come_newest_issue_first_then_as_printed() -> None:
    pieces = [make_read_article(title=title) for title in ("First", "Second")]
    make_issue(*pieces, date="2021-01-01")
    make_issue(make_read_article(title="Newer"), date="2022-01-01")
    found = article_records(standing_articles(reader := make_user()), reader, site=SITE)
    assert [record.title for record in found] == ["Newer", "First", "Second"]


@pytest.mark.parametrize("count", [1, 3])
def test_article_records_take_one_query(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader = make_user()
    make_issue(*(make_read_article(title=f"Piece {n}") for n in range(count)))
    with django_assert_num_queries(1):
        assert len(list(article_records(standing_articles(reader), reader, site=SITE))) == count


def test_passage_records_hold_the_paragraph_round_a_citation() -> None:
    article = article_with_citations()
    body = article.texts.get().body
    citation = Citation.objects.get(printed="Ferry Post, January 21")
    passage = passages()["Ferry Post, January 21"]
    assert passage.text == "The weir fell. Nobody held it (Ferry Post, January 21)."
    assert body[passage.start : passage.end] == passage.text
    assert body[passage.cited_start : passage.cited_end] == "Ferry Post, January 21"
    assert (passage.uid, passage.source, passage.date) == (str(citation.uid), "Ferry Post", "2022-01-21")
    assert (passage.paragraph, passage.note, passage.inferred) == (2, None, True)
    assert passage.permalink == f"{SITE}{article.get_absolute_url()}#p2"


def test_passage_records_of_a_note_hold_the_paragraph_with_its_marker() -> None:
    article = article_with_citations()
    body = article.texts.get().body
    passage = passages()["Lock Gazette, March 2020"]
    assert passage.text == "A note says why.[1] 🏮"
    assert body[passage.start : passage.end] == passage.text
    assert body[passage.cited_start : passage.cited_end] == "[1]"
    assert (passage.paragraph, passage.note, passage.date) == (3, 1, "2020-03")


def test_passage_records_of_a_note_without_marker_hold_the_note() -> None:
    article = article_with_citations()
    passage = passages()["Lock Gazette, April"]
    assert passage.text == NOTES[1]
    assert (passage.paragraph, passage.note, passage.date, passage.inferred) == (None, 2, "", False)
    assert (passage.start, passage.end, passage.cited_start, passage.cited_end) == (None,) * 4
    assert passage.permalink == f"{SITE}{article.get_absolute_url()}#n2"


def test_passage_records_count_code_points_past_an_emoji() -> None:
    article = article_with_citations()
    body = article.texts.get().body
    passage = passages()["Quay Mail, 2021"]
    assert passage.text == "Lamps burn late (Quay Mail, 2021)."
    assert body[passage.start : passage.end] == passage.text
    assert body.index("🏮") < (passage.start or 0)
    assert (passage.paragraph, passage.date) == (4, "2021")


def test_passage_records_read_the_current_text() -> None:
    article = article_with_citations()
    article.texts.create(version=2, body=article.texts.get().body.replace("weir", "gate"), parser_version=2)
    assert "The weir fell." in passages()["Ferry Post, January 21"].text
    article.text_version = 2
    article.save()
    assert "The gate fell." in passages()["Ferry Post, January 21"].text


def test_passage_records_come_in_reading_order() -> None:
    article_with_citations()
    assert list(passages()) == [
        "Ferry Post, January 21",
        "Lock Gazette, March 2020",
        "Quay Mail, 2021",
        "Lock Gazette, April",
    ]


def test_passage_records_can_be_of_one_source() -> None:
    article_with_citations()
    gazette = Source.objects.get(name="Lock Gazette")
    found = passage_records(standing_articles(make_user()), site=SITE, source=gazette)
    assert [passage.printed for passage in found] == ["Lock Gazette, March 2020", "Lock Gazette, April"]


@pytest.mark.parametrize("count", [1, 3])
def test_passage_records_take_one_query(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader = make_user()
    for _ in range(count):
        article_with_citations()
    with django_assert_num_queries(1):
        assert len(list(passage_records(standing_articles(reader), site=SITE))) == 4 * count


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_records_hold_only_what_one_may_see(state: State) -> None:
    make_issue(make_read_article(title="Seen"))
    make_issue(make_read_article(title="Unseen"), state=state)
    for role, titles in (("reader", {"Seen"}), ("curator", {"Seen", "Unseen"})):
        articles = standing_articles(make_user(role))
        assert {record.title for record in article_records(articles, make_user(role), site=SITE)} == titles
        assert {passage.article.title for passage in passage_records(articles, site=SITE)} == titles


def test_records_of_three_articles_are_three() -> None:
    assert [record.title for record in records_of(3)] == ["Piece 0", "Piece 1", "Piece 2"]
