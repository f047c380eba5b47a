"""The actors and regions a file mentions, without storing anything: what `manage.py recognise` prints."""

from __future__ import annotations

import bisect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from monitor.entities.data_files import files_digest, read_gazetteer
from monitor.entities.recognising.compiled import compile_gazetteer
from monitor.entities.recognising.issue_documents import documents_of
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import recognise
from monitor.ingest.document import block_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.document import About, Mention
    from monitor.ingest.document import Article, IssueDocument, Origin


def recognised(issue: IssueDocument, source: str | None = None) -> dict[str, Any]:
    """Return the mentions and about lists of a read issue as plain data.

    `start` and `end` are code points of the article's canonical text, of its title or of a note, as `where` says.
    With `source`, the text of the file the issue was read from, they are code points of that instead.
    """
    compiled, lexicon = _shipped(files_digest()), english()
    mentions, lists = [], []
    for number, (article, document) in enumerate(zip(issue.articles, documents_of(issue), strict=True)):
        found = recognise(document, compiled, lexicon)
        places = _SourcePlaces(article, source) if source is not None else None
        mentions += [row for mention in found.mentions if (row := _row(number, mention, places))]
        lists.append(
            {"article": number, "actors": _main(found.about, "actor"), "regions": _main(found.about, "region")}
        )
    return {"mentions": mentions, "about": lists}


@lru_cache(maxsize=1)
def _shipped(_digest: str) -> Compiled:
    """Return the gazetteer that comes with the site, made ready once for its files as they are."""
    return compile_gazetteer(read_gazetteer())


def source_text(path: Path) -> str:
    """Return the text of a file with its line ends as they are."""
    return path.read_bytes().decode("utf-8-sig", errors="replace")


def _row(number: int, mention: Mention, places: _SourcePlaces | None) -> dict[str, Any] | None:
    span = (mention.start, mention.end) if places is None else places.span(mention)
    if span is None:
        return None
    return {
        "article": number,
        "start": span[0],
        "end": span[1],
        "kind": mention.kind,
        "entity": mention.entity,
        "name": mention.name,
        "text": mention.text,
        "method": mention.method,
        "score": mention.score,
        "status": mention.status,
        "tier": mention.tier,
        "metonym": mention.metonym,
        "where": mention.where,
        "note": mention.note,
        "candidates": [list(candidate) for candidate in mention.candidates],
    }


def _main(lists: Sequence[About], kind: str) -> list[str]:
    return [_known_by(one) for one in lists if one.kind == kind and one.about]


def _known_by(one: About) -> str:
    """Return what an entity is known by: its slug or ISO code, or its name where all it has is a running number."""
    return one.name if one.entity is None or one.entity.startswith("gn") else one.entity


class _SourcePlaces:
    """Where in the source file an article's texts stand."""

    def __init__(self, article: Article, source: str) -> None:
        self.article = article
        self.offsets = block_offsets(article)
        self.title = _title_places(article, source)

    def span(self, mention: Mention) -> tuple[int, int] | None:
        """Return the range of the file that holds the mention, or None where the reader lost its place."""
        first, last = self._place(mention, mention.start), self._place(mention, mention.end - 1)
        return None if first is None or last is None or last < first else (first, last + 1)

    def _place(self, mention: Mention, at: int) -> int | None:
        if mention.where == "title":
            return self.title[at] if at < len(self.title) else None
        if mention.where == "note":
            return _original(self.article.notes[mention.note or 0].origin, at)
        block = bisect.bisect_right(self.offsets, at) - 1
        return _original(self.article.blocks[block].origin, at - self.offsets[block])


def _original(origin: Sequence[Origin], at: int) -> int | None:
    """Return where the file has the code point `at`, or the nearest one before it that the file has."""
    before = [piece for piece in origin if piece.start <= at]
    if not before:
        return None
    piece = before[-1]
    return piece.source + min(at - piece.start, piece.length - 1)


def _title_places(article: Article, source: str) -> list[int]:
    """Return the place in the file of each character of the title: the last print of it before the text begins."""
    begin = min((piece.source for block in article.blocks for piece in block.origin[:1]), default=len(source))
    solid = [at for at in range(begin) if not source[at].isspace()]
    wanted = "".join(article.title.split())
    found = "".join(source[at] for at in solid).rfind(wanted)
    if found < 0:
        return []
    places, at = [], found
    for character in article.title:
        places.append(solid[min(at, len(solid) - 1)])
        at += not character.isspace()
    return places
