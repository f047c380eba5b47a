"""What the head of an article's page tells programs that save it: Highwire's tags, and schema.org's as JSON-LD.

Pure. A reference manager takes names as they are printed: of a lone author written `Last, First` it would make two.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monitor.interchange.one_line import one_line
from monitor.interchange.passage_citations import printed_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.interchange.records import ArticleRecord

# So that no word in a text can end the element, and none is taken for another element's beginning.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def highwire(record: ArticleRecord, *, pdf: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and content of each `meta`; `pdf` is the address of the printed issue, "" if there is none."""
    facts = [
        ("title", record.title),
        *(("author", printed_name(name)) for name in record.authors),
        ("journal_title", record.periodical),
        ("volume", record.volume),
        ("issue", "" if record.number is None else str(record.number)),
        ("publication_date", record.date.replace("-", "/")),
        ("firstpage", "" if record.page_first is None else str(record.page_first)),
        ("lastpage", "" if record.page_last is None else str(record.page_last)),
        ("language", record.language),
        ("issn", record.issn),
        ("fulltext_html_url", record.permalink),
        ("pdf_url", pdf),
        ("keywords", "; ".join(one_line(word.replace(";", " ")) for word in record.keywords)),
    ]
    for name, words in facts:
        if content := one_line(words):
            yield f"citation_{name}", content


def schema_org(record: ArticleRecord) -> str:
    """Return schema.org's description as JSON that may stand in a `script` element of HTML."""
    periodical = _known({"@type": "Periodical", "name": one_line(record.periodical), "issn": record.issn})
    volume = {"@type": "PublicationVolume", "volumeNumber": one_line(record.volume), "isPartOf": periodical}
    issue = {
        "@type": "PublicationIssue",
        "issueNumber": "" if record.number is None else str(record.number),
        "datePublished": record.date,
        "isPartOf": _known(volume) if record.volume else periodical,
    }
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": one_line(record.title),
        "author": [{"@type": _type(name.literal), "name": one_line(printed_name(name))} for name in record.authors],
        "datePublished": record.date,
        "inLanguage": record.language,
        "pageStart": record.page_first,
        "pageEnd": record.page_last,
        "keywords": [one_line(word) for word in record.keywords],
        "url": record.permalink,
        "isPartOf": _known(issue),
    }
    return json.dumps(_known(article), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _type(literal: str) -> str:
    return "Organization" if literal else "Person"


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
