"""Passages in which actors and regions are named, by article: for their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from monitor.entities.folding import folded
from monitor.entities.mention_models import MentionStatus, Where
from monitor.entities.models import NameSort
from monitor.entities.told import EXCERPT_REACH, RANKED, passages_in, ranked_articles, standings_in
from monitor.web.paging import asked_page
from monitor.web.passages import passage_around
from monitor.web.reading import block_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.entities.mention_models import Mention
    from monitor.entities.told import Told
    from monitor.library.models import Article
    from monitor.web.access import Request
    from monitor.web.paging import Paged
    from monitor.web.passages import Passage

ARTICLES_PER_PAGE = 20
PASSAGES_SHOWN = 4  # of an article; the others are a link away
SORT_WORDS = {
    NameSort.NAME: "a name",
    NameSort.ACRONYM: "an acronym",
    NameSort.FORMER: "a former name",
    NameSort.TRANSLATION: "a translation",
    NameSort.MISSPELLING: "a misspelling",
    NameSort.DESCRIPTIVE: "a description",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with the words round it, where it stands, and why it counts as this actor or region."""

    mention: Mention
    passage: Passage
    address: str
    where: str
    matched: str
    times: int = 1  # it is named in these words

    @property
    def is_confirmed(self) -> bool:
        return self.mention.status == MentionStatus.CONFIRMED


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that names somebody: what it has to do with them, and the first passages."""

    article: Article
    about: bool
    why: str
    passages: tuple[Named, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Passages:
    """A page of articles with their passages."""

    page: Paged
    entries: tuple[Entry, ...]


def told_passages(
    request: Request, told: Told, *, name: str, standing: str = "", shown_in: Told | None = None
) -> Passages:
    """Return the page that the address asks for. `name`: of whom the page is; `shown_in`: whose passages are shown."""
    page = asked_page(request.GET, ranked_articles(told, standing=standing), RANKED, size=ARTICLES_PER_PAGE)
    keys = [article.pk for article in page.rows]
    rows = standings_in(told, keys)
    mentions = passages_in(shown_in or told, keys)
    by_article = {key: list(found) for key, found in groupby(mentions, key=lambda row: row.article_id)}
    entries = (_entry(article, rows.get(article.pk, []), by_article.get(article.pk, []), name) for article in page.rows)
    return Passages(page, tuple(entries))


def _entry(article: Article, rows: Sequence[Any], mentions: Sequence[Any], name: str) -> Entry:
    found = _together([_named(article, mention, name) for mention in mentions])
    passages = tuple(found[:PASSAGES_SHOWN])
    more = mentions[0].of - sum(row.times for row in passages) if mentions else 0
    why = rows[0].why if len(rows) == 1 else _why_of_several(rows)
    return Entry(article, any(row.about for row in rows), why, passages, more)


def _together(rows: Sequence[Named]) -> list[Named]:
    """Tell a sentence once that names somebody several times."""
    found: list[Named] = []
    for row in rows:
        if found and _plain(found[-1]) == _plain(row) and found[-1].address == row.address:
            both = dict.fromkeys(words for words in (found[-1].matched, row.matched) if words)
            found[-1] = replace(found[-1], times=found[-1].times + 1, matched="; ".join(both))
        else:
            found.append(row)
    return found


def _plain(row: Named) -> str:
    return strip_tags(row.passage.html)


def _why_of_several(rows: Sequence[Any]) -> str:
    """Say why where several names stand together: merged actors, or places in one region."""
    mentions, parts = sum(row.n for row in rows), 0
    for row in rows:
        parts |= row.parts
    words = f"{mentions} mention{'' if mentions == 1 else 's'}"
    return " · ".join([*(["title"] if any(r.in_title for r in rows) else []), words, f"{parts.bit_count()} of 8 parts"])


def _named(article: Article, mention: Any, name: str) -> Named:
    start, end = mention.start - mention.excerpt_start, mention.end - mention.excerpt_start
    is_end = len(mention.excerpt) < end + EXCERPT_REACH
    passage = passage_around(mention.excerpt, start, end, is_begin=mention.excerpt_start == 0, is_end=is_end)
    return Named(
        mention, passage, article.get_absolute_url() + _fragment(mention), _where(mention), _matched(mention, name)
    )


def _fragment(mention: Any) -> str:
    if mention.where == Where.TITLE:
        return ""
    return f"#n{mention.note.number}" if mention.note else f"#{block_id(mention.block or 0)}"


def _where(mention: Any) -> str:
    if mention.where == Where.TITLE:
        return "title"
    return f"note {mention.note.number}" if mention.note else ""


def _matched(mention: Any, name: str) -> str:
    """Say which name was found, where that is not the name of the page: an acronym, a place in a region."""
    entity, alias = mention.actor or mention.region, mention.actor_alias or mention.region_alias
    if entity.name != name:
        return str(entity.name)
    if alias is None or folded(alias.text) == folded(name):
        return ""
    return f"“{alias.text}”, {SORT_WORDS.get(alias.sort, 'a name')}"
