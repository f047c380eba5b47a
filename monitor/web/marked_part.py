"""Parts of an article's page for answers: what one act changed of it, and cards that are asked for by name.

Neither grows with the annotations of the article: of its text and its marks only those parts are read and drawn where
the annotation stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from monitor.accounts.models import NamesInTexts
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.outlines import outline_rows, outlines_of
from monitor.annotations.queries import as_rows
from monitor.library.kept_statements import SOME_ARTICLE, SOME_MARK, keep, viewer_of
from monitor.library.models import Article, ArticleText, Block, Marker, Note, TextLink
from monitor.library.printed import ADDED, BLOCKS, CITATIONS, LINKS, MARKERS, Printed
from monitor.library.source_models import Citation
from monitor.web.mark_panel import mark_spans
from monitor.web.marked_article import Redrawn, places_in
from monitor.web.marks import Places, cards_of
from monitor.web.reading import read_part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.library.kept_statements import Kept, Viewer
    from monitor.web.marks import Card

    Person = User | AnonymousUser

COLUMNS = ("body", "part", "outlines", "row", "can_undo")
NOTES = {"pk": "pk", "number": "number"}
WORDS = NOTES | {"text": "text"}
IN_ARTICLE = {"article": SOME_ARTICLE}


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new on the page of an article: the card, if one may see it, and what lies under its passages."""

    article: int
    card: Card | None
    redrawn: Redrawn
    can_undo: bool


def changed_part(person: User, mark: Annotation) -> Changed | None:
    """Return what an act on this annotation changed; None if its article may not be read any more. One query."""
    statement = _statement(viewer_of(person))
    article = mark.article_id or 0
    rows = statement.run(person=person, article=article, mark=mark.pk) if statement else []
    if not rows:
        return None
    body, part, outlines, row, can_undo = rows[0]
    words = part.pop("words")
    printed = Printed(**part)
    if person.names == NamesInTexts.HIDDEN:
        printed.named.clear()
    over = mark_spans(outlines_of(outlines))
    blocks, notes = read_part(body or "", printed, {note["pk"]: note["text"] for note in words}, over)
    places = Places(places_in(body or "", Printed(blocks=printed.blocks, notes=words)))
    cards = cards_of(row, person, places)
    return Changed(article, cards[0] if cards else None, Redrawn(blocks, notes), can_undo)


@cache
def _statement(viewer: Viewer) -> Kept | None:
    person: Any = viewer.somebody()
    seen = Annotation.objects.visible_to(person).filter(article=SOME_ARTICLE)
    articles = Article.objects.visible_to(person).filter(pk=SOME_ARTICLE)
    found = articles.annotate(
        body=body_of_article(),
        part=JSONObject(**_part(person)),
        outlines=ArraySubquery(outline_rows(_near(seen).order_by("created", "id"), person)),
        row=ArraySubquery(as_rows(seen.filter(pk=SOME_MARK), person)),
        can_undo=Exists(Operation.objects.filter(person=person.pk, undone=None)),
    )
    return keep(found.order_by().values_list(*COLUMNS))


def find_to_mark(person: User, article: int) -> Article | None:
    """Return an article one may see, with the `body` of its text: all that marking a passage of it asks for. One query."""
    statement = _to_mark(viewer_of(person))
    rows = statement.run(person=person, article=article) if statement else []
    if not rows:
        return None
    *values, body = rows[0]
    found: Any = Article.from_db(DEFAULT_DB_ALIAS, _columns(), values)
    found.body = body
    marked: Article = found
    return marked


@cache
def _to_mark(viewer: Viewer) -> Kept | None:
    articles = Article.objects.visible_to(viewer.somebody()).filter(pk=SOME_ARTICLE)
    return keep(articles.annotate(body=body_of_article()).order_by().values_list(*_columns(), "body"))


def _columns() -> list[str]:
    return [field.attname for field in Article._meta.concrete_fields]  # noqa: SLF001 - Django's own documented door


def body_of_article() -> Subquery:
    """Return, for a queryset of articles, the text of each as it is read now."""
    text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    return Subquery(text.order_by().values("body")[:1])


def _part(person: Person) -> dict[str, Any]:
    """Return the columns of `Printed` for the blocks and notes that the annotation touches, and `words`, their notes."""
    notes = _touched_notes()
    near = Q(note=None, **_within(_touched_blocks())) | Q(note__in=notes.values("pk"))
    added = {name: added(person) for name, added in ADDED.items()}
    return {name: _rows(rows.filter(near), columns) for name, (rows, columns) in added.items()} | {
        "blocks": _rows(_touched_blocks().order_by("position"), BLOCKS),
        "notes": _rows(Note.objects.filter(**IN_ARTICLE).order_by("position"), NOTES),
        "words": _rows(notes.order_by("position"), WORDS),
        "markers": _rows(Marker.objects.filter(**IN_ARTICLE).order_by("start"), MARKERS),
        "links": _rows(TextLink.objects.filter(near, **IN_ARTICLE).order_by("start", "pk"), LINKS),
        "citations": _rows(Citation.objects.filter(near, **IN_ARTICLE).order_by("start", "pk"), CITATIONS),
    }


def _own_spans() -> QuerySet[AnnotationSpan]:
    return AnnotationSpan.objects.filter(annotation=SOME_MARK).exclude(state=SpanState.ORPHAN)


def _touched_blocks() -> QuerySet[Block]:
    own = _own_spans().filter(note_number=None, start__lt=OuterRef("end"), end__gt=OuterRef("start"))
    return Block.objects.filter(Exists(own), **IN_ARTICLE)


def _touched_notes() -> QuerySet[Note]:
    return Note.objects.filter(pk__in=_own_spans().filter(note__isnull=False).values("note"), **IN_ARTICLE)


def _near(marks: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Return those of these annotations that stand in the touched blocks, or between them, and in the touched notes."""
    spans = AnnotationSpan.objects.filter(annotation__article=SOME_ARTICLE)
    in_text = spans.filter(note_number=None, **_within(_touched_blocks()))
    in_notes = spans.filter(note__in=_touched_notes().values("pk"))
    return marks.filter(Q(pk__in=in_text.values("annotation")) | Q(pk__in=in_notes.values("annotation")))


def _within(blocks: QuerySet[Block]) -> dict[str, Subquery]:
    first = Subquery(blocks.order_by("start").values("start")[:1])
    return {"start__lt": Subquery(blocks.order_by("-end").values("end")[:1]), "end__gt": first}


def named_cards(person: User, article: int, uids: Iterable[UUID]) -> list[Card] | None:
    """Return those of these annotations that one may see, in the order of the page; None if not even the article."""
    marks = Annotation.objects.visible_to(person).filter(article=OuterRef("pk"), uid__in=list(uids))
    blocks = Block.objects.filter(article=OuterRef("pk")).order_by("position")
    notes = Note.objects.filter(article=OuterRef("pk")).order_by("position")
    articles = Article.objects.visible_to(person).filter(pk=article)
    found = articles.values_list(
        body_of_article(),
        JSONObject(blocks=_rows(blocks, BLOCKS), notes=_rows(notes, WORDS)),
        ArraySubquery(as_rows(marks.order_by("created", "id"), person)),
    ).first()
    if found is None:
        return None
    body, printed, rows = found
    return cards_of(rows or [], person, Places(places_in(body or "", Printed(**printed))))


def _rows(rows: QuerySet[Any], columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
