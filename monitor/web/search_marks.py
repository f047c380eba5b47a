"""The annotations of a search: on the articles that it finds, those it asks for, or those that have its words."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from monitor.annotations.folded_words import AmongKeys
from monitor.annotations.models import Annotation
from monitor.annotations.notebook_queries import NEWEST
from monitor.search import compiled as c
from monitor.search.engines.annotated import annotations_of
from monitor.search.engines.chosen import engine
from monitor.search.hit_places import wanted_texts
from monitor.web.notebook_page import entries_of
from monitor.web.paging import asked_page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from monitor.search.resolving import Resolved

ENTRIES_PER_PAGE = 50


def marks_of(resolved: Resolved, query: QueryDict) -> dict[str, Any]:
    """Return a page of annotations with their texts, newest first, and how many there are. Raises TooSlow, EngineDown."""
    person = resolved.compiled.person
    marks = found_marks(resolved)
    page = asked_page(query, marks, NEWEST, size=ENTRIES_PER_PAGE)
    entries = entries_of(person, page.rows)
    return {
        "page": page,
        "count": marks.count(),
        "entries": [entries[row.pk] for row in page.rows if row.pk in entries],
    }


def found_marks(resolved: Resolved) -> QuerySet[Annotation]:
    tree, person = resolved.compiled.tree, resolved.compiled.person
    wanted = asked_of_marks(tree)
    keys = list(engine().every(c.Compiled(c.And((tree, c.Or(tuple(wanted)))), person)))
    any_of = reduce(or_, (Q(pk__in=annotations_of(leaf, person).values("pk")) for leaf in wanted))
    rows: QuerySet[Annotation] = Annotation.objects.visible_to(person).filter(AmongKeys(F("article_id"), keys))
    return rows.filter(any_of)


def asked_of_marks(tree: c.Node) -> list[c.Annotated]:
    """Return what a query asks of annotations; one that asks nothing of them means those with its words, or any."""
    asked = [leaf for leaf in c.leaves(tree, standing=True) if isinstance(leaf, c.Annotated)]
    if asked:
        return asked
    words = [leaf.words for leaf in wanted_texts(tree)]
    return [c.Annotated(c.Or((c.Passage(one), c.Comment(one)))) for one in words] or [c.Annotated(c.EVERYTHING)]
