"""Annotations in the W3C's Web Annotation data model, in terms of its own context alone.

What the container at /anno/ answers and what a file holds are made here, of the same records.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.annotation_records import AnnotationRecord, MarkedPassage, Said, SentFacts

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points before and after the words of a passage
OWN_MOTIVATIONS = ("commenting", "tagging", "highlighting", "replying")
SOFTWARE = "Monitor"
# What is given back as it was sent, beside body and target.
KEPT = ("generated", "rights", "stylesheet", "accessibility")


def web_annotations(records: Iterable[AnnotationRecord], *, site: str, label: str) -> Iterator[str]:
    """Yield the pieces of one AnnotationCollection, an annotation a line; replies follow what they answer."""
    address = f"{site}/notebook/export/jsonld" if site else ""  # where such a collection is to be had
    head = _known({"@context": CONTEXT, "id": address, "type": "AnnotationCollection", "label": label})
    page = _known({"id": f"{address}#items" if address else "", "type": "AnnotationPage"})
    yield f'{_open(head)}, "first": {_open(page)}, "startIndex": 0, "items": ['
    total, before = 0, "\n"
    for record in records:
        for item in (web_annotation(record, site), *(web_reply(said, record.address, site) for said in record.replies)):
            yield before + json.dumps(item, ensure_ascii=False)
            before = ",\n"
            total += 1
    yield f'\n]}}, "total": {total}}}\n'


def _open(facts: dict[str, Any]) -> str:
    """Return an object to which more is added."""
    return json.dumps(facts, ensure_ascii=False)[:-1]


def web_annotation(record: AnnotationRecord, site: str) -> dict[str, Any]:
    """Return one annotation; one target a passage, none of them for a word on the whole.

    `site` is the address of the site without a final slash, or "" where that is not known.
    """
    derived = "commenting" if record.comment else "tagging" if record.tags else "highlighting"
    body = own_body(record.comment, record.tags)
    target = record.sent.target if record.sent and record.sent.target_holds else _target(record)
    return _annotation(record, site, derived, body, target)


def web_reply(said: Said, answers: str, site: str) -> dict[str, Any]:
    """Return a reply as an annotation of what it answers, which has this address below /anno/."""
    target = said.sent.target if said.sent and said.sent.target_holds else annotation_iri(site, answers)
    return _annotation(said, site, "replying", own_reply_body(said.comment), target)


def own_body(comment: str, tags: Iterable[str]) -> list[dict[str, str]]:
    """Return the bodies that we give an annotation with these words and tags."""
    words = [_words(comment, "commenting")] if comment else []
    return [*words, *({"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags)]


def own_reply_body(comment: str) -> list[dict[str, str]]:
    return [_words(comment, "replying")]


def annotation_iri(site: str, address: str) -> str:
    return f"{site}/anno/{address}" if site else f"urn:uuid:{address}"


def _annotation(
    one: AnnotationRecord | Said, site: str, derived: str, body: list[dict[str, str]], target: Any
) -> dict[str, Any]:
    more = one.sent.more if one.sent else {}
    facts = _known({
        "id": annotation_iri(site, one.address),
        "type": "Annotation",
        "motivation": _motivation(one.sent, derived),
        "created": one.created,
        "modified": one.updated,
        "canonical": more.get("canonical") or f"urn:uuid:{one.uid}",
        "via": more.get("via"),
        "creator": _person(one.author, one.username, site),
        "generator": more.get("generator") or _generator(site),
        "audience": _audience(one, site) or more.get("audience"),
        **{name: more.get(name) for name in KEPT},
    })  # fmt: skip
    return {**facts, **_body(one.sent, body), "target": target}


def _motivation(sent: SentFacts | None, derived: str) -> Any:
    """Return the motivation that was sent, unless it only said what the body says and the body is another by now."""
    told = sent.more.get("motivation") if sent else None
    return told if sent and told and (sent.body_holds or told not in OWN_MOTIVATIONS) else derived


def _body(sent: SentFacts | None, derived: list[dict[str, str]]) -> dict[str, Any]:
    if sent is None or not sent.body_holds:
        return {"body": derived} if derived else {}
    if "bodyValue" in sent.more:
        return {"bodyValue": sent.more["bodyValue"]}
    return {} if sent.body is None else {"body": sent.body}


def _target(record: AnnotationRecord) -> Any:
    source = record.text.permalink if record.text else ""
    if not record.passages:
        return source or f"urn:uuid:{record.uid}#target"
    targets = [own_target(passage, source) for passage in record.passages]
    return targets[0] if len(targets) == 1 else targets


def own_target(passage: MarkedPassage, source: str) -> dict[str, Any]:
    """Return the target that we give a passage of the text at `source`."""
    before, after = passage.prefix[-AROUND:], passage.suffix[:AROUND]
    quote = {"type": "TextQuoteSelector", "exact": passage.quote, "prefix": before, "suffix": after}
    # A lost passage has the place it had last: its quote says what it was, and readers want both.
    end = passage.start + len(passage.quote) if passage.state == "orphan" else passage.end
    place = {"type": "TextPositionSelector", "start": passage.start, "end": end}
    part = f"{source}#n{passage.note}" if passage.note is not None and source else source
    return _known({"source": part, "selector": [_known(quote), place]})


def _words(comment: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": comment, "format": "text/markdown", "purpose": purpose}


def _person(name: str, username: str, site: str) -> dict[str, str]:
    return _known({
        "id": f"{site}/account/people/{username}/" if site and username else "",
        "type": "Person",
        "name": name,
        "nickname": username,
    })  # fmt: skip


def _generator(site: str) -> dict[str, str]:
    return _known({"id": f"{site}/" if site else "", "type": "Software", "name": SOFTWARE})


def _audience(one: AnnotationRecord | Said, site: str) -> dict[str, str] | None:
    """Return for whom it is: a team, everybody who can sign in; nothing for a private one."""
    if one.visibility == "team":
        team = f"{site}/teams/{one.team_id}/" if site and one.team_id else ""
        return _known({"id": team, "type": "Audience", "name": one.team})
    return _known({"id": f"{site}/" if site else "", "type": "Audience"}) if one.visibility == "everyone" else None


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
