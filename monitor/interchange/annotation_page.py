"""Annotations as one HTML page that stands by itself and prints well: to hand on, or to read on paper."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from monitor.interchange.passage_citations import in_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.interchange.annotation_records import AnnotationRecord, TextRecord

MEDIA_TYPE = "text/html; charset=utf-8"
# It is a file, outside the site and its policy: so it brings its few rules along.
STYLE = (
    "body{font:11pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 .25rem;break-after:avoid}"
    "article{break-inside:avoid;border-top:1px solid #999;padding:.6rem 0}"
    "blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid #999;white-space:pre-line}"
    ".m{font:9pt/1.4 system-ui,sans-serif;color:#444;margin:.25rem 0}.r{margin-left:1.5rem}"
    "a{color:inherit}p,blockquote{overflow-wrap:anywhere}@page{margin:2cm}@media print{body{margin:0;max-width:none}}"
)
GONE = "Texts no longer on the shelf"
NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])


def annotations_page(
    records: Iterable[AnnotationRecord], *, title: str, comment_html: Callable[[str], str]
) -> Iterator[str]:
    """Yield the pieces of the page, text by text. `comment_html` draws a comment's Markdown safely."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(title)}</title>'
    yield f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head><body>\n<h1>{_text(title)}</h1>\n'
    for _, group in groupby(records, key=lambda record: record.text and record.text.key):
        found = list(group)
        yield f"<section>\n{_head(found[0].text)}"
        yield from (_article(record, comment_html) for record in found)
        yield "</section>\n"
    yield "</body></html>\n"


def _head(text: TextRecord | None) -> str:
    if text is None:
        return f"<h2>{GONE}</h2>\n"
    title = _linked(text.permalink, _text(text.title))
    return f'<h2>{title}</h2>\n<p class="m">{_text(in_note(text.cited, text.cited.pages))}</p>\n'


def _article(record: AnnotationRecord, comment_html: Callable[[str], str]) -> str:
    parts = []
    for passage in record.passages:
        note = f"n. {passage.note}" if passage.note is not None else ""
        where = ", ".join(filter(None, (passage.pages, note, "" if passage.state == "exact" else passage.state)))
        parts.append(f"<blockquote>{_text(passage.quote)}</blockquote>")
        parts.append(f'<p class="m">{_text(where)}</p>' if where else "")
    parts.append(comment_html(record.comment))
    tags = ", ".join(record.tags)
    who = ", ".join(filter(None, (record.author, record.created[:10], record.team or record.visibility, tags)))
    parts.append(f'<p class="m">{_linked(record.permalink, _text(who))}</p>')
    for reply in record.replies:
        said = f'<p class="m">{_text(reply.author)}, {reply.created[:10]}</p>{comment_html(reply.comment)}'
        parts.append(f'<div class="r">{said}</div>')
    return f"<article>\n{''.join(parts)}\n</article>\n"


def _linked(address: str, html: str) -> str:
    return f'<a href="{_text(address)}">{html}</a>' if address.startswith(("https://", "http://")) else html


def _text(words: str) -> str:
    return escape(words.translate(NO_CONTROLS))
