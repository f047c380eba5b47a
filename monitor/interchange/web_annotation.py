"""Annotations in the W3C's Web Annotation data model, as one JSON-LD collection, in terms of its own context alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.annotation_records import AnnotationRecord, MarkedPassage, Said

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(records: Iterable[AnnotationRecord], *, site: str, label: str) -> Iterator[str]:
    """Yield the pieces of one AnnotationCollection, an annotation a line; replies follow what they answer."""
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": label}
    yield (
        json.dumps(head, ensure_ascii=False)[:-1] + ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    )
    total, before = 0, "\n"
    for record in records:
        for item in (web_annotation(record, site), *(_reply(said, record, site) for said in record.replies)):
            yield before + json.dumps(item, ensure_ascii=False)
            before = ",\n"
            total += 1
    yield f'\n]}}, "total": {total}}}\n'


def web_annotation(record: AnnotationRecord, site: str) -> dict[str, Any]:
    """Return one annotation; both selectors always, one target a passage, none of them for a word on the whole."""
    body = [_words(record.comment, "commenting")] if record.comment else []
    body += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in record.tags]
    motivation = "commenting" if record.comment else "tagging" if record.tags else "highlighting"
    return _known({
        "id": _iri(site, record.uid),
        "type": "Annotation",
        "motivation": motivation,
        "created": record.created,
        "modified": record.updated,
        "canonical": f"urn:uuid:{record.uid}",
        "creator": _person(record.author, record.username, site),
        "audience": _audience(record, site),
        "body": body,
        "target": _target(record),
    })  # fmt: skip


def _target(record: AnnotationRecord) -> Any:
    source = record.text.permalink if record.text else ""
    if not record.passages:
        return source or f"urn:uuid:{record.uid}#target"
    targets = [_passage(passage, source) for passage in record.passages]
    return targets[0] if len(targets) == 1 else targets


def _passage(passage: MarkedPassage, source: str) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": passage.quote, "prefix": passage.prefix, "suffix": passage.suffix}
    place = {"type": "TextPositionSelector", "start": passage.start, "end": passage.end}
    part = f"{source}#n{passage.note}" if passage.note is not None and source else source
    # A lost passage has no place any more: its quote says what it was.
    return _known(
        {"source": part, "selector": [_known(quote)] if passage.state == "orphan" else [_known(quote), place]}
    )


def _reply(said: Said, parent: AnnotationRecord, site: str) -> dict[str, Any]:
    return _known({
        "id": _iri(site, said.uid),
        "type": "Annotation",
        "motivation": "replying",
        "created": said.created,
        "canonical": f"urn:uuid:{said.uid}",
        "creator": _person(said.author, said.username, site),
        "audience": _audience(parent, site),
        "body": [_words(said.comment, "replying")],
        "target": _iri(site, parent.uid),
    })  # fmt: skip


def _words(comment: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": comment, "format": "text/markdown", "purpose": purpose}


def _person(name: str, username: str, site: str) -> dict[str, str]:
    return _known({
        "id": f"{site}/account/people/{username}/" if site and username else "",
        "type": "Person",
        "name": name,
        "nickname": username,
    })  # fmt: skip


def _audience(record: AnnotationRecord, site: str) -> dict[str, str] | None:
    """Return for whom it is: a team, everybody who can sign in; nothing for a private one."""
    if record.visibility == "team":
        return {"type": "Audience", "name": record.team}
    return _known({"id": f"{site}/" if site else "", "type": "Audience"}) if record.visibility == "everyone" else None


def _iri(site: str, uid: str) -> str:
    return f"{site}/anno/{uid}" if site else f"urn:uuid:{uid}"


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
