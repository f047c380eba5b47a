"""A Web Annotation that somebody sent -> what of it we take. Pure: nothing is looked up, and no context is fetched.

Body and target are kept as they came; what is read out of them are the comment, the tags and the passages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXTS = frozenset(["http://www.w3.org/ns/anno.jsonld", "http://www.w3.org/ns/ldp.jsonld"])
ANNO = "http://www.w3.org/ns/anno.jsonld"
LONGEST_WORDS = 20_000  # code points of a comment or a quote
LONGEST_TAG = 200
LONGEST_IRI = 2_000
LONGEST_AROUND = 1_000  # code points of a prefix or suffix that are looked at
MOST_TARGETS = 200
MOST_TAGS = 50
MOST_VIA = 20
SEVERAL = frozenset(["Choice", "Composite", "List", "Independents"])
# Members that are given back as they were sent; `via` and `canonical` have rules of their own.
KEPT = ("motivation", "generator", "generated", "rights", "stylesheet", "accessibility")


class NotTaken(Exception):
    """Well-formed, but no annotation for us; `pointer` (RFC 6901) says where, `str()` is one sentence."""

    def __init__(self, pointer: str, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.pointer, self.code = pointer, code


@dataclass(frozen=True, slots=True)
class Marked:
    """One target: a document by its address, and a passage of it if it names one. Offsets are code points."""

    source: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def is_passage(self) -> bool:
        return bool(self.quote) or (self.start is not None and self.end is not None)


@dataclass(frozen=True, slots=True)
class ReadAnnotation:
    """What was sent, and what of it we take. `comment` is Markdown; an unknown fact is "" or None."""

    id: str
    canonical: str
    via: tuple[str, ...]
    comment: str
    tags: tuple[str, ...]
    targets: tuple[Marked, ...]
    is_reply: bool
    body: Any
    target: Any
    audience: tuple[dict[str, Any], ...]
    more: dict[str, Any] = field(default_factory=dict)
    creator: str = ""
    nickname: str = ""
    created: datetime | None = None
    modified: datetime | None = None


def read_annotation(sent: Any, *, needs_context: bool = True) -> ReadAnnotation:
    """Return what of an annotation is taken. Raises NotTaken."""
    if not isinstance(sent, dict):
        raise NotTaken("", "no_annotation", "An annotation is a JSON object.")
    _must_know_contexts(sent, needs_context=needs_context)
    if "Annotation" not in _strings(sent.get("type", sent.get("@type"))):
        raise NotTaken("/type", "no_annotation", "Its type is not Annotation.")
    if not sent.get("target"):
        raise NotTaken("/target", "no_target", "It has no target.")
    if "body" in sent and "bodyValue" in sent:
        raise NotTaken("/bodyValue", "two_bodies", "It has both body and bodyValue; one of them has to go.")
    motivations = _strings(sent.get("motivation"))
    comment, tags = _said(sent, is_tagging=motivations == ["tagging"])
    creator = next(iter(_objects(sent.get("creator"))), {})
    return ReadAnnotation(
        id=_iri(sent.get("id", sent.get("@id"))),
        canonical=_iri(sent.get("canonical")),
        via=tuple(dict.fromkeys(iri for one in _listed(sent.get("via")) if (iri := _iri(_id_of(one)))))[:MOST_VIA],
        comment=comment,
        tags=tags,
        targets=_targets(sent["target"]),
        is_reply="replying" in motivations,
        body=sent.get("body"),
        target=sent["target"],
        audience=tuple(
            {"id": one} if isinstance(one, str) else one for one in _listed(sent.get("audience")) if _named(one)
        ),
        more=_kept(sent),
        creator=_text(creator.get("name")),
        nickname=_text(creator.get("nickname")),
        created=_moment(sent.get("created")),
        modified=_moment(sent.get("modified")),
    )


def _kept(sent: dict[str, Any]) -> dict[str, Any]:
    kept = {name: sent[name] for name in KEPT if sent.get(name) not in (None, "", [], {})}
    if "bodyValue" in sent:
        kept["bodyValue"] = sent["bodyValue"]
    return kept


def _must_know_contexts(sent: dict[str, Any], *, needs_context: bool) -> None:
    """Raise NotTaken for a context we do not know: it could make any word mean anything, and none is ever fetched."""
    told = sent.get("@context")
    contexts = told if isinstance(told, list) else [told]
    if told is None and not needs_context:
        contexts = [ANNO]
    if not all(isinstance(one, str) and one in CONTEXTS for one in contexts) or ANNO not in contexts:
        raise NotTaken("/@context", "unknown_context", f"Its context is not {ANNO}, the only one read here.")
    waiting: list[Any] = [value for name, value in sent.items() if name != "@context"]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "@context" in one:
                raise NotTaken("/@context", "unknown_context", "A part of it has a context of its own.")
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _said(sent: dict[str, Any], *, is_tagging: bool) -> tuple[str, tuple[str, ...]]:
    """Return the comment, of several bodies with a blank line between them, and the tags."""
    words: list[str] = []
    tags: list[str] = []
    for value, purposes in _texts(sent):
        is_tag = "tagging" in purposes or (is_tagging and not purposes)
        (tags if is_tag else words).append(value)
    comment = "\n\n".join(filter(None, words))
    named = tuple(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag))
    if len(comment) > LONGEST_WORDS:
        raise NotTaken("/body", "too_long", f"Its words have more than {LONGEST_WORDS:,} characters.")
    if len(named) > MOST_TAGS:
        raise NotTaken("/body", "too_many_tags", f"An annotation has at most {MOST_TAGS} tags.")
    if any(len(tag) > LONGEST_TAG for tag in named):
        raise NotTaken("/body", "too_long", f"A tag has at most {LONGEST_TAG} characters.")
    return comment, named


def _texts(sent: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of the bodies with their purposes; a body that is elsewhere has none that we read."""
    if "bodyValue" in sent:
        if not isinstance(sent["bodyValue"], str):
            raise NotTaken("/bodyValue", "no_text", "bodyValue is a text.")
        yield sent["bodyValue"], []
    for body in _members(sent.get("body")):
        value = body.get("value") if isinstance(body, dict) else None
        if isinstance(value, str):
            yield value, _strings(body.get("purpose"))
        elif value is not None:
            raise NotTaken("/body", "no_text", "The value of a body is a text.")


def _targets(sent: Any) -> tuple[Marked, ...]:
    found = tuple(_marked(one) for one in _members(sent))
    if not found:
        raise NotTaken("/target", "no_target", "It has no target.")
    if len(found) > MOST_TARGETS:
        raise NotTaken("/target", "too_many_targets", f"An annotation has at most {MOST_TARGETS} targets.")
    return found


def _marked(target: Any) -> Marked:
    source = _iri(target if isinstance(target, str) else _id_of(target.get("source", _id_of(target))))
    if not source:
        raise NotTaken("/target", "no_target", "A target names no document.")
    if isinstance(target, str):
        return Marked(source)
    quote: dict[str, Any] = {}
    start, end = None, None
    for selector in _selectors(target.get("selector")):
        kinds = _strings(selector.get("type", selector.get("@type")))
        if "TextQuoteSelector" in kinds and not quote and isinstance(selector.get("exact"), str):
            quote = selector
        elif "TextPositionSelector" in kinds and start is None:
            start, end = _offset(selector.get("start")), _offset(selector.get("end"))
    exact = quote.get("exact", "")
    if len(exact) > LONGEST_WORDS:
        raise NotTaken("/target", "too_long", f"A quote has at most {LONGEST_WORDS:,} characters.")
    prefix, suffix = _text(quote.get("prefix"))[-LONGEST_AROUND:], _text(quote.get("suffix"))[:LONGEST_AROUND]
    return Marked(source, exact, prefix, suffix, start, end)


def _selectors(sent: Any) -> Iterator[dict[str, Any]]:
    """Yield the selectors, after each those that refine it: the last says most."""
    for one in _objects(sent):
        yield one
        yield from _selectors(one.get("refinedBy"))


def _members(sent: Any) -> Iterator[Any]:
    """Yield single bodies or targets: addresses and objects, also those of a choice or a list."""
    for one in _listed(sent):
        if isinstance(one, dict) and SEVERAL.intersection(_strings(one.get("type", one.get("@type")))):
            yield from _members(one.get("items"))
        elif isinstance(one, (dict, str)):
            yield one


def _listed(sent: Any) -> list[Any]:
    return [] if sent is None else sent if isinstance(sent, list) else [sent]


def _objects(sent: Any) -> list[dict[str, Any]]:
    return [one for one in _listed(sent) if isinstance(one, dict)]


def _strings(sent: Any) -> list[str]:
    return [one for one in _listed(sent) if isinstance(one, str)]


def _named(sent: Any) -> bool:
    return isinstance(sent, str) or (isinstance(sent, dict) and bool(sent.get("id") or sent.get("name")))


def _id_of(sent: Any) -> Any:
    return sent.get("id", sent.get("@id")) if isinstance(sent, dict) else sent


def _iri(sent: Any) -> str:
    return sent if isinstance(sent, str) and 0 < len(sent) <= LONGEST_IRI else ""


def _text(sent: Any) -> str:
    return sent if isinstance(sent, str) else ""


def _offset(sent: Any) -> int | None:
    return sent if type(sent) is int and sent >= 0 else None


def _moment(sent: Any) -> datetime | None:
    """Return a moment with its zone; one without is no moment."""
    try:
        moment = datetime.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
