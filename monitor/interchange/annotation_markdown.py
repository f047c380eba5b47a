"""Annotations as Markdown: a file for each text, all in one zip, as note-taking programs read them."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.interchange.one_line import one_line
from monitor.interchange.passage_citations import escaped, in_note, printed_name, quoted_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.interchange.annotation_records import AnnotationRecord, MarkedPassage, TextRecord

MEDIA_TYPE = "application/zip"
LONGEST_NAME = 100  # characters, of a file without its ending
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of what zip files can tell; the same export is the same bytes
_NOT_IN_NAMES = re.compile(r'[*"\\/<>:|?#^\[\]\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_NOT_IN_TAGS = re.compile(r"[\s,#;]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
PRECISIONS = {10: "day", 7: "month", 4: "year"}  # by the length of an ISO date
GONE = "Texts no longer on the shelf"


def markdown_zip(records: Iterable[AnnotationRecord], file: IO[bytes]) -> None:
    """Write a zip of one file a text into `file`; `records` must come text by text."""
    taken: set[str] = set()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for _, group in groupby(records, key=lambda record: record.text and record.text.key):
            found = list(group)
            name = _free_name(file_name(found[0].text), taken)
            archive.writestr(_entry(name), "".join(markdown_file(found[0].text, found)).encode("utf-8", "replace"))


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, EARLIEST)
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    return info


def file_name(text: TextRecord | None) -> str:
    """Return `2022-02-11 Title`, safe in every file system: no path, no reserved name, no sign that one refuses."""
    words = one_line(f"{text.date} {text.title}" if text else GONE)
    plain = " ".join(_NOT_IN_NAMES.sub(" ", words).split())[:LONGEST_NAME].strip(" .")
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain or "untitled"


def _free_name(stem: str, taken: set[str]) -> str:
    # Some file systems take names that differ in case alone for one.
    tails = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    name = next(f"{stem}{tail}.md" for tail in tails if f"{stem}{tail}.md".casefold() not in taken)
    taken.add(name.casefold())
    return name


def markdown_file(text: TextRecord | None, records: Sequence[AnnotationRecord]) -> Iterator[str]:
    """Yield the pieces of one file: front matter, a title, and each annotation as a quote with its citation."""
    yield from _front_matter(text, records)
    yield f"# {escaped(one_line(text.title)) if text else GONE}\n"
    for record in records:
        yield "\n" + "\n\n".join(filter(None, _parts(record))) + "\n"


def _front_matter(text: TextRecord | None, records: Sequence[AnnotationRecord]) -> Iterator[str]:
    """Yield YAML whose values are JSON strings: nothing that stands in them can be taken for YAML."""
    yield "---\n"
    if text:
        facts: dict[str, object] = {
            "title": one_line(text.title),
            "authors": [one_line(printed_name(name)) for name in text.cited.authors],
            "date_precision": PRECISIONS.get(len(text.date), ""),
            "publication": one_line(text.cited.periodical),
            "volume": one_line(text.volume),
            "issue": "" if text.number is None else str(text.number),
            "pages": text.cited.pages,
            "url": text.permalink,
            "actors": list(map(one_line, text.actors)),
            "regions": list(map(one_line, text.regions)),
            "id": f"{'issue' if text.is_issue else 'article'}-{text.id}",
        }
        # Programs take a whole day or none: how much of it is known is said beside it.
        yield (
            f"date: {text.date}{'-01-01'[len(text.date) - 10 :] if len(text.date) < 10 else ''}\n" if text.date else ""
        )
        yield from (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items() if value)
    tags = sorted({tag for record in records for tag in map(plain_tag, record.tags)})
    yield f"tags: {json.dumps(tags, ensure_ascii=False)}\n" if tags else ""
    yield "---\n\n"


def _parts(record: AnnotationRecord) -> Iterator[str]:
    for passage in record.passages:
        yield quoted_lines(passage.quote)
        yield f"— {_citation(record, passage)}" if record.text else ""
    yield f"<{record.permalink}>" if record.permalink else ""
    yield record.comment.strip()
    yield " ".join(f"#{plain_tag(tag)}" for tag in record.tags)
    yield from (quoted_reply(reply.author, reply.comment) for reply in record.replies)
    yield f"{escaped(one_line(record.author))}, {record.created[:10]} ^a-{record.uid[:8]}"


def _citation(record: AnnotationRecord, passage: MarkedPassage) -> str:
    note = f"n. {passage.note}" if passage.note is not None else ""
    cited = record.text.cited if record.text else None
    where = ", ".join(filter(None, (passage.pages or (cited.pages if cited else ""), note)))
    return escaped(one_line(in_note(cited, where))) if cited else ""


def quoted_reply(author: str, comment: str) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in comment.strip().split("\n"))
    return f"> **{escaped(one_line(author))}**\n>\n{lines}"


def plain_tag(path: str) -> str:
    """Return a tag as note-taking programs take it: no blanks, and not of digits alone."""
    plain = _NOT_IN_TAGS.sub("-", path).strip("-") or "tag"
    return f"t{plain}" if plain.replace("/", "").isdigit() else plain
