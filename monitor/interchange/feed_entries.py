"""Issues, articles and annotations as entries of feeds, for one reader; two or three queries a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from monitor.interchange.annotation_queries import annotation_records
from monitor.interchange.atom import Entry
from monitor.interchange.keywords import KEYWORDS, keywords_of
from monitor.library.models import Authorship
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.library.models import Article, Issue

    Person = User | AnonymousUser

MOST_TITLES = 40  # of an issue's articles that its entry names


def article_entries(keys: Iterable[int], person: Person, *, site: str) -> Iterator[Entry]:
    """Yield an entry for each of these articles, in their order; those this person may not see are left out."""
    wanted = list(keys)
    signed = Authorship.objects.filter(article=OuterRef("pk")).order_by("position", "id")
    rows = standing_articles(person).filter(pk__in=wanted).select_related("issue__periodical")
    found: Any = rows.annotate(names=ArraySubquery(signed.values("author__name")), **keywords_of(person)).in_bulk()
    yield from (_article(found[key], site) for key in wanted if key in found)


def _article(row: Any, site: str) -> Entry:
    article: Article = row
    return Entry(
        id=article.uid.urn,
        title=article.title,
        updated=article.updated.isoformat(),
        published=article.created.isoformat(),
        url=site + article.get_absolute_url(),
        authors=tuple(row.names),
        summary=f"{article.issue.periodical.name} {article.issue.label}",
        categories=tuple(dict.fromkeys(word for name in KEYWORDS for word in getattr(row, name, None) or ())),
    )


def issue_entries(issues: Iterable[Issue], person: Person, *, site: str) -> Iterator[Entry]:
    """Yield an entry for each of these issues, with `periodical` at hand, naming the articles in it."""
    shown = list(issues)
    titles: dict[int, list[str]] = {issue.pk: [] for issue in shown}
    articles = standing_articles(person).filter(issue__in=shown).order_by("issue", "position", "pk")
    for key, title in articles.values_list("issue", "title"):
        titles[key].append(title)
    for issue in shown:
        yield Entry(
            id=issue.uid.urn,
            title=f"{issue.periodical.name} {issue.label}",
            updated=issue.updated.isoformat(),
            published=issue.created.isoformat(),
            url=site + issue.get_absolute_url(),
            authors=(issue.periodical.name,),
            summary="\n".join(titles[issue.pk][:MOST_TITLES]),
        )


def annotation_entries(keys: Iterable[int], person: User, *, site: str) -> Iterator[Entry]:
    """Yield an entry for each of these annotations: who marked what where, and what they say of it."""
    for record in annotation_records(keys, person, site=site):
        on = f" on “{record.text.title}”" if record.text else ""
        yield Entry(
            id=f"urn:uuid:{record.uid}",
            title=f"{record.author}{on}",
            updated=record.updated,
            published=record.created,
            url=record.permalink or f"{site}/annotations/{record.uid}/",
            authors=(record.author,),
            summary="\n\n".join(filter(None, (record.quote and f"“{record.quote}”", record.comment))),
            categories=record.tags,
        )
