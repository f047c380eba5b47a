"""An article's parts as search sees them: its title, each head and paragraph, each printed note, what is said of its authors."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F

from monitor.library.models import Article, ArticleText, Block, Note
from monitor.search.compiled import Field
from monitor.search.vectors import Part

if TYPE_CHECKING:
    from collections.abc import Collection

HEADING = "heading"


def parts_of(articles: Collection[int]) -> dict[int, list[Part]]:
    """Return the parts of each of these articles that has a text, in reading order; four queries."""
    bodies = dict(
        ArticleText.objects.filter(article__in=articles, version=F("article__text_version")).values_list(
            "article", "body"
        )
    )
    notes = defaultdict[int, list[Part]](list)
    for article, text in Note.objects.filter(article__in=bodies).order_by("position").values_list("article", "text"):
        notes[article].append(Part(Field.NOTES, text))
    blocks = defaultdict[int, list[Part]](list)
    rows = Block.objects.filter(article__in=bodies).order_by("position")
    for article, kind, start, end in rows.values_list("article", "type", "start", "end"):
        field = Field.HEADS if kind == HEADING else Field.BODY
        blocks[article].append(Part(field, bodies[article][start:end]))
    return {
        article: [Part(Field.TITLE, title), *blocks[article], *notes[article], Part(Field.NOTES, bio)]
        for article, title, bio in Article.objects.filter(pk__in=bodies).values_list("pk", "title", "bio")
    }
