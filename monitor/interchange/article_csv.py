"""Articles as CSV, a row each: the bibliographic facts that every format gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.interchange.csv import BETWEEN_NAMES, printed_name, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.interchange.records import ArticleRecord

ARTICLE_COLUMNS: dict[str, Callable[[ArticleRecord], object]] = {
    "id": lambda article: article.id,
    "title": lambda article: article.title,
    "authors": lambda article: BETWEEN_NAMES.join(map(printed_name, article.authors)),
    "periodical": lambda article: article.periodical,
    "volume": lambda article: article.volume,
    "issue": lambda article: article.number,
    "date": lambda article: article.date,
    "pages": lambda article: article.pages("-"),
    "url": lambda article: article.permalink,
}


def articles_csv(articles: Iterable[ArticleRecord], *, bom: bool = True) -> Iterator[str]:
    """Yield a line of headings, then a line an article."""
    rows = ([column(article) for column in ARTICLE_COLUMNS.values()] for article in articles)
    return write_rows(ARTICLE_COLUMNS, rows, bom=bom)
