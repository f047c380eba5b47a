"""What a new mark changes of its article's page, from what was read before it was made: nothing is read twice.

One statement finds the article as far as one may see it, its text, and all that is printed or marked in the paragraphs
under the passage. What the mark adds to that is known to who made it. Marks in notes, for a team, or with tags in place
of others are left to `web.marked_part`, which asks again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, F, Max, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from psycopg.types.numeric import Int8

from monitor.accounts.models import NamesInTexts
from monitor.annotations.managers import is_seen_by
from monitor.annotations.models import AnnotationSpan, SpanState, Stretch, Visibility
from monitor.annotations.outlines import JSONRow
from monitor.library.kept_statements import BEYOND_KEYS, SOME_ARTICLE, SOMEBODY, STAND_INS, viewer_of
from monitor.library.models import Article, Block, Marker, Note, TextLink
from monitor.library.printed import ADDED, BLOCKS, CITATIONS, LINKS, Printed
from monitor.library.source_models import Citation
from monitor.postgres.kept import Statement, statement_of
from monitor.web.mark_panel import mark_span
from monitor.web.marked_article import Redrawn, places_in
from monitor.web.marked_part import Changed, body_of_article
from monitor.web.marks import Places, cards_of
from monitor.web.reading import read_blocks, unique_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation
    from monitor.annotations.passages import AskedPassage
    from monitor.library.kept_statements import Viewer

    Row = dict[str, Any]

# Beyond every text: places asked for, and the edges of the paragraphs there, which a first part of the statement finds.
START, END, FIRST, LAST = 2_147_480_009, 2_147_480_011, 2_147_480_023, 2_147_480_027
PLACES = STAND_INS | dict.fromkeys((START, END, FIRST, LAST), "bigint")
# No paragraph there: a stretch that touches nothing.
EDGES = {FIRST: "coalesce((select first from near), 0)", LAST: "coalesce((select last from near), 0)"}
NEAR = "with near as materialized ({}) {}"
PLACE = re.compile(r"\$([0-9]+)::bigint")
COLUMNS = ("id", "text_version", "body", "printed", "over")
IN_ARTICLE = {"article": SOME_ARTICLE}
IN_SIGHT = {"note": None, "start__lt": LAST, "end__gt": FIRST}


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands under a passage before it is marked: the text, its paragraphs there, and the marks in them."""

    body: str
    printed: Printed
    over: tuple[list[Any], ...]  # short outlines: uid, colour, start, end, state

    def holds(self, spans: Sequence[AnnotationSpan]) -> bool:
        """Tell whether all these passages lie in the paragraphs that were read."""
        blocks = self.printed.blocks
        first, last = (blocks[0]["start"], blocks[-1]["end"]) if blocks else (0, 0)
        return all(span.note_number is None and first <= span.start and span.end <= last for span in spans)


def find_ground(person: User, article: int, passages: Sequence[AskedPassage]) -> Article | None:
    """Return an article one may see, for marking these passages of its running text; with `body` and `ground`. One query."""
    statement = _statement(viewer_of(person)) if article < BEYOND_KEYS else None
    starts, ends = [one.start or 0 for one in passages], [one.end or 0 for one in passages]
    meant = {SOMEBODY: person.pk, SOME_ARTICLE: article, START: min(starts), END: max(ends)}
    rows = statement.rows({name: Int8(key) for name, key in meant.items()}, often=True) if statement else []
    if not rows:
        return None
    pk, version, body, printed, over = rows[0]
    found: Any = Article.from_db(DEFAULT_DB_ALIAS, ["id", "text_version"], [pk, version])
    found.body, found.ground = body or "", Ground(body or "", Printed(**printed), tuple(over or ()))
    known: Article = found
    return known


def changed_by_new(person: User, mark: Annotation) -> Changed | None:
    """Return what a mark that was made just now changed; None where that must be asked for."""
    ground: Ground | None = getattr(mark.article, "ground", None)
    if ground is None or not mark.placed or mark.visibility == Visibility.TEAM or not ground.holds(mark.placed):
        return None
    blocks = [block for block in ground.printed.blocks if _touches(mark.placed, block)]
    printed = replace(ground.printed, blocks=blocks)
    if person.names == NamesInTexts.HIDDEN:
        printed.named.clear()
    own = ([str(mark.uid), mark.colour, span.start, span.end, SpanState.EXACT] for span in mark.placed)
    over = [
        mark_span(uid, colour, start, end, is_moved=state == SpanState.FUZZY)
        for uid, colour, start, end, state in (*ground.over, *own)
    ]
    drawn = read_blocks(ground.body, printed, _numbered(printed.markers), {None: over})
    places = Places(places_in(ground.body, Printed(blocks=ground.printed.blocks)))
    (card,) = cards_of([_row(mark, person)], person, places)
    return Changed(mark.article_id or 0, card, Redrawn(drawn, {}), can_undo=True)


def _touches(spans: Iterable[AnnotationSpan], block: Row) -> bool:
    return any(span.start < block["end"] and span.end > block["start"] for span in spans)


def _numbered(markers: Iterable[Row]) -> Iterable[tuple[Row, str, str]]:
    for one in markers:
        own = unique_id("r", one["number"], earlier=one["earlier"])
        yield one, own, unique_id("n", one["note_number"], earlier=one["note_earlier"])


def _row(mark: Annotation, person: User) -> Row:
    """Return the row that `annotations.queries.as_rows` would read."""
    spans = [
        {"note_id": None, "note_number": None, "start": s.start, "end": s.end, "quote": s.quote, "state": s.state}
        for s in mark.placed
    ]
    unset = dict.fromkeys(("team", "resolved", "resolved_by", "hidden", "deleted", "member", "keeper"))
    return unset | {
        "uid": str(mark.uid),
        "owner": person.pk,
        "username": person.username,
        "name": person.name,
        "comment": mark.comment,
        "colour": mark.colour,
        "visibility": mark.visibility,
        "created": mark.created,
        "revision": mark.revision,
        "spans": spans,
        "tags": [{"pk": tag.pk, "name": tag.name, "path": tag.path, "colour": tag.colour} for tag in mark.borne],
        "replies": [],
    }


@cache
def _statement(viewer: Viewer) -> Statement | None:
    person: Any = viewer.somebody()
    touched = Block.objects.filter(start__lt=END, end__gt=START, **IN_ARTICLE)
    edges = touched.order_by().values("article").annotate(first=Min("start"), last=Max("end")).values("first", "last")
    articles = Article.objects.visible_to(person).filter(pk=SOME_ARTICLE)
    found = articles.annotate(
        body=body_of_article(),
        printed=JSONObject(**_printed(person, touched)),
        over=ArraySubquery(_marks_in_sight(person)),
    )
    near = statement_of(edges.values_list("first", "last"), PLACES)
    rest = statement_of(found.order_by().values_list(*COLUMNS), PLACES)
    return _joined(near, rest) if near and rest else None


def _joined(near: Statement, rest: Statement) -> Statement:
    """Put the edges of the paragraphs, found once, wherever the rest asks for them."""
    numbers = dict[int | str, int]()

    def written(statement: Statement) -> str:
        return PLACE.sub(lambda place: named(statement.parameters[int(place[1]) - 1]), statement.sql)

    def named(stand_in: int | str) -> str:
        if stand_in in EDGES:
            return EDGES[int(stand_in)]
        return f"${numbers.setdefault(stand_in, len(numbers) + 1)}::bigint"

    return Statement(NEAR.format(written(near), written(rest)), tuple(numbers), rest.conversions)


def _printed(person: Any, touched: QuerySet[Block]) -> Row:
    added = {name: added(person) for name, added in ADDED.items()}
    here = {name: _rows(rows.filter(**IN_SIGHT), columns) for name, (rows, columns) in added.items()}
    return here | {
        "blocks": _rows(touched.order_by("position"), BLOCKS),
        "links": _rows(TextLink.objects.filter(**IN_SIGHT, **IN_ARTICLE).order_by("start", "pk"), LINKS),
        "citations": _rows(Citation.objects.filter(**IN_SIGHT, **IN_ARTICLE).order_by("start", "pk"), CITATIONS),
        "markers": _rows(_markers(), MARKERS),
    }


MARKERS = {"number": "number", "start": "start", "end": "end", "earlier": "earlier"} | {
    "note_number": "note__number",
    "note_earlier": "note_earlier",
}


def _markers() -> QuerySet[Marker]:
    """Return the markers in sight whose notes are printed, with how many before them, and their notes, are alike."""
    printed = Marker.objects.filter(note__isnull=False, **IN_ARTICLE)
    before = printed.filter(number=OuterRef("number"), start__lt=OuterRef("start"))
    notes = Note.objects.filter(number=OuterRef("note__number"), position__lt=OuterRef("note__position"), **IN_ARTICLE)
    here = printed.filter(start__lt=LAST, end__gt=FIRST).order_by("start")
    return here.annotate(earlier=_count(before), note_earlier=_count(notes))


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("article").annotate(n=Count("pk")).values("n")), 0)


def _marks_in_sight(person: Any) -> Any:
    """Return short outlines of the marks one may see there: found by their place, however many the article bears."""
    spans = AnnotationSpan.objects.alias(place=Stretch(F("article"), F("start"), F("end")))
    here = spans.filter(place__overlap=Stretch(Value(SOME_ARTICLE), Value(FIRST), Value(LAST)), note_number=None)
    seen = here.filter(is_seen_by(person, "annotation__"), **IN_ARTICLE).exclude(state=SpanState.ORPHAN)
    placed = seen.order_by("annotation__created", "annotation", "position")
    return placed.values(row=JSONRow("annotation__uid", "annotation__colour", "start", "end", "state"))


def _rows(rows: QuerySet[Any], columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
