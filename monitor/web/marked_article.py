"""An article with the annotations one may see on it: for its page, and for answers that bring parts of it anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from monitor.accounts.models import NamesInTexts
from monitor.annotations.at_hand import at_hand
from monitor.annotations.outlines import outlines_in_articles, outlines_of
from monitor.annotations.queries import marks_of_articles
from monitor.library.kept_statements import SOME_ARTICLE, keep, viewer_of
from monitor.library.models import Article, Issue, Periodical
from monitor.library.printed import articles_to_read, printed_in
from monitor.search.named_hits import named_hits
from monitor.web.mark_panel import MOST_WHOLE, Panel, mark_spans, panel_of
from monitor.web.marks import Place, Places
from monitor.web.reading import block_id, read, unique_note_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from monitor.accounts.models import User
    from monitor.annotations.rendering import Html
    from monitor.library.kept_statements import Kept, Viewer
    from monitor.library.printed import Printed
    from monitor.web.reading import Reading

    Person = User | AnonymousUser

# Columns of the kept statement: rows of three tables, then what the queryset adds.
ROWS: tuple[tuple[type[Any], str], ...] = ((Article, ""), (Issue, "issue__"), (Periodical, "issue__periodical__"))
ADDED = ("body", "printed", "my_paragraph", "my_paragraphs", "my_read", "marks", "outlines", "at_hand")


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """What the reading page shows of an article and its annotations."""

    article: Article
    printed: Printed
    reading: Reading
    panel: Panel
    places: Places


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Blocks and notes that an act changed, by their fragments."""

    blocks: dict[str, Html]
    notes: dict[str, Html]


def marked_articles(person: Person) -> QuerySet[Article]:
    """Return the articles one may see, each with all its page needs: one statement for text and annotations."""
    return articles_to_read(person).annotate(
        marks=marks_of_articles(person, most=MOST_WHOLE), outlines=outlines_in_articles(person), at_hand=at_hand(person)
    )


def find_marked(person: Person, pk: int) -> Article | None:
    """Return one of `marked_articles`, by a statement that is put together once for each kind of viewer."""
    statement = _statement(viewer_of(person))
    rows = statement.run(person=person, article=pk) if statement else []
    return _article(rows[0]) if rows else None


@cache
def _statement(viewer: Viewer) -> Kept | None:
    columns = [path + name for model, path in ROWS for name in _columns(model)]
    return keep(marked_articles(viewer.somebody()).filter(pk=SOME_ARTICLE).values_list(*columns, *ADDED))


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001 - Django's own documented door


def _article(values: tuple[Any, ...]) -> Article:
    rest, rows = iter(values), []
    for model, _ in ROWS:
        names = _columns(model)
        rows.append(model.from_db(DEFAULT_DB_ALIAS, names, [*islice(rest, len(names))]))
    article: Any
    article, issue, periodical = rows
    article.issue, issue.periodical = issue, periodical
    for name, value in zip(ADDED, rest, strict=True):
        setattr(article, name, value)
    found: Article = article
    return found


def marked(article: Article, person: Person, *, query: str = "", hit: int = 0) -> MarkedArticle:
    """Draw an article that `marked_articles` found."""
    found: Any = article  # with what the queryset added
    printed, outlines = printed_in(article), outlines_of(found.outlines or [])
    keys = named_hits(query, article.pk, person) if query else None
    named = None if keys is None else [row for row in printed.named if row["pk"] in keys]
    if getattr(person, "names", "") == NamesInTexts.HIDDEN:
        printed.named.clear()
    over = mark_spans(outlines)
    reading = read(found.body or "", printed, query=query, hit=hit, named=named, over=over)
    places = Places(places_in(found.body or "", printed))
    panel = panel_of(outlines, found.marks or [], person, places)
    return MarkedArticle(article, printed, reading, panel, places)


def places_in(body: str, printed: Printed) -> Iterable[Place]:
    for block in printed.blocks:
        yield Place(block_id(block["position"]), block["start"], block["end"], body)
    ids = unique_note_ids(printed)
    for note in printed.notes:
        yield Place(ids[note["pk"]], 0, len(note["text"]), note["text"], note["pk"])


def redrawn(shown: MarkedArticle, spans: Iterable[tuple[int | None, int, int]]) -> Redrawn:
    """Return what lies under these spans (key of the note or None, start, end) as it is drawn now."""
    touched = {
        place.id: place.note
        for note, start, end in spans
        for place in shown.places
        if place.note == note and place.start < end and start < place.end
    }
    blocks = shown.reading.drawn() if touched else {}
    notes = {note.id: note.html for note in shown.reading.notes}
    return Redrawn(
        {at: blocks[at] for at, note in touched.items() if note is None},
        {at: notes[at] for at, note in touched.items() if note is not None},
    )
