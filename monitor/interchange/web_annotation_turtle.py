"""Web Annotations as Turtle, without a library: N-Triples is valid Turtle, so each statement is a line of its own. Pure.

The terms are those of the two contexts we write, as the Web Annotation vocabulary and the Linked Data Platform define
them; what a document says in other words means nothing in linked data, and is left out as a JSON-LD reader does.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "text/turtle"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
    "iana": "http://www.iana.org/assignments/relation/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "schema": "http://schema.org/",
    "ldp": "http://www.w3.org/ns/ldp#",
}
_OA_KINDS = (
    *("Annotation", "TextualBody", "ResourceSelection", "SpecificResource", "FragmentSelector", "CssSelector"),
    *("XPathSelector", "TextQuoteSelector", "TextPositionSelector", "DataPositionSelector", "SvgSelector"),
    *("RangeSelector", "TimeState", "HttpRequestState", "Choice", "Motivation", "bookmarking", "classifying"),
    *("commenting", "describing", "editing", "highlighting", "identifying", "linking", "moderating", "questioning"),
    *("replying", "tagging", "assessing"),
)
# What a word means as the name of a kind, a motivation or a direction.
KINDS = {name: f"oa:{name}" for name in _OA_KINDS} | {
    "Dataset": "dctypes:Dataset",
    "Image": "dctypes:StillImage",
    "Video": "dctypes:MovingImage",
    "Audio": "dctypes:Sound",
    "Text": "dctypes:Text",
    "CssStylesheet": "oa:CssStyle",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "Organization": "foaf:Organization",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Audience": "schema:Audience",
    "auto": "oa:autoDirection",
    "ltr": "oa:ltrDirection",
    "rtl": "oa:rtlDirection",
    "BasicContainer": "ldp:BasicContainer",
}
# Members whose texts are addresses of things.
THINGS = {name: f"oa:{name}" for name in ("refinedBy", "renderedVia", "via", "canonical")} | {
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "state": "oa:hasState",
    "scope": "oa:hasScope",
    "startSelector": "oa:hasStartSelector",
    "endSelector": "oa:hasEndSelector",
    "stylesheet": "oa:styledBy",
    "cached": "oa:cachedSource",
    "creator": "dcterms:creator",
    "rights": "dcterms:rights",
    "conformsTo": "dcterms:conformsTo",
    "generator": "as:generator",
    "partOf": "as:partOf",
    "first": "as:first",
    "last": "as:last",
    "next": "as:next",
    "prev": "as:prev",
    "homepage": "foaf:homepage",
    "audience": "schema:audience",
    "contains": "ldp:contains",
}
LISTS = {"items": "as:items"}
# Members whose texts are words of `KINDS`.
WORDS = {"motivation": "oa:motivatedBy", "purpose": "oa:hasPurpose", "textDirection": "oa:textDirection"}
# Members with a datatype, and plain ones.
TYPED = {
    "created": ("dcterms:created", "dateTime"),
    "modified": ("dcterms:modified", "dateTime"),
    "generated": ("dcterms:issued", "dateTime"),
    "sourceDate": ("oa:sourceDate", "dateTime"),
    "sourceDateStart": ("oa:sourceDateStart", "dateTime"),
    "sourceDateEnd": ("oa:sourceDateEnd", "dateTime"),
    "start": ("oa:start", "nonNegativeInteger"),
    "end": ("oa:end", "nonNegativeInteger"),
    "total": ("as:totalItems", "nonNegativeInteger"),
    "startIndex": ("as:startIndex", "nonNegativeInteger"),
}
PLAIN = {name: f"oa:{name}" for name in ("bodyValue", "exact", "prefix", "suffix", "styleClass", "processingLanguage")} | {
    "accessibility": "schema:accessibilityFeature",
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "name": "foaf:name",
    "nickname": "foaf:nick",
    "email": "foaf:mbox",
    "email_sha1": "foaf:mbox_sha1sum",
    "label": "rdfs:label",
}  # fmt: skip
_IN_TEXT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NOT_IN_IRI = frozenset('<>"{}|^`\\') | frozenset(map(chr, range(0x21)))


def turtle(document: dict[str, Any]) -> str:
    """Return the statements of a JSON-LD document in our contexts, a line each."""
    writer = _Writer()
    writer.node(document)
    return "".join(dict.fromkeys(writer.lines))


class _Writer:
    """Gathers the statements; nodes without an address get blank ones, numbered as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._blank = count()

    def node(self, facts: dict[str, Any]) -> str:
        """State all of a node; returns how it is named."""
        told = facts.get("id", facts.get("@id"))
        name = _iri(told) if isinstance(told, str) and _is_iri(told) else self._new()
        for kind in _listed(facts.get("type", facts.get("@type"))):
            if isinstance(kind, str) and (meant := _meant(kind)):
                self._say(name, RDF_TYPE, meant)
        for member, value in facts.items():
            if member not in {"id", "type"} and not member.startswith("@"):
                self._member(name, member, value)
        return name

    def _new(self) -> str:
        return f"_:b{next(self._blank)}"

    def _say(self, subject: str, predicate: str, thing: str) -> None:
        self.lines.append(f"{subject} {_iri(predicate)} {thing} .\n")

    def _member(self, subject: str, member: str, value: Any) -> None:
        if member in LISTS:
            self._say(subject, _full(LISTS[member]), self._list(value))
            return
        predicate = next((_full(table[member]) for table in (THINGS, WORDS, PLAIN) if member in table), "")
        if member in TYPED:
            predicate = _full(TYPED[member][0])
        elif not predicate:
            predicate = _full(member) if ":" in member else ""
        if predicate:
            for one in _flat(value):
                if thing := self._thing(member, one):
                    self._say(subject, predicate, thing)

    def _thing(self, member: str, value: Any) -> str:
        """Return the object of a statement, "" for what is none."""
        if isinstance(value, dict):
            return self.node(value) if value else self._new()
        if isinstance(value, str):
            if member in THINGS:
                return _iri(_full(value)) if _is_iri(value) else ""
            if member in WORDS:
                return _meant(value)
            return _text(value) + (f"^^{_iri(XSD + TYPED[member][1])}" if member in TYPED else "")
        kind = TYPED[member][1] if member in TYPED else ""
        return _number(value, kind)

    def _list(self, values: Any) -> str:
        things = [thing for one in _flat(values) if (thing := self._thing("first", one))]
        name = _iri(f"{RDF}nil")
        for thing in reversed(things):
            rest, name = name, self._new()
            self._say(name, f"{RDF}first", thing)
            self._say(name, f"{RDF}rest", rest)
        return name


def _flat(value: Any) -> Iterator[Any]:
    """Yield single values: a list within a list is one list, in a set order means nothing."""
    for one in _listed(value):
        if isinstance(one, list):
            yield from _flat(one)
        elif one is not None:
            yield one


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _meant(word: str) -> str:
    full = _full(KINDS[word]) if word in KINDS else _full(word) if ":" in word else ""
    return _iri(full) if full and _is_iri(full) else ""


def _full(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{PREFIXES[prefix]}{rest}" if prefix in PREFIXES and not rest.startswith("//") else name


def _is_iri(value: str) -> bool:
    """Tell whether it is an absolute address; relative ones are relative to nothing here."""
    scheme, colon, _ = value.partition(":")
    return bool(colon and scheme and scheme[0].isascii() and scheme[0].isalpha()) and all(
        sign.isascii() and (sign.isalnum() or sign in "+-.") for sign in scheme
    )


def _iri(value: str) -> str:
    return "<" + "".join(_coded(sign) if sign in _NOT_IN_IRI else sign for sign in value) + ">"


def _text(value: str) -> str:
    return '"' + "".join(_IN_TEXT.get(sign) or (_coded(sign) if _is_control(sign) else sign) for sign in value) + '"'


def _is_control(sign: str) -> bool:
    return sign < " " or sign == "\x7f"


def _coded(sign: str) -> str:
    return f"\\u{ord(sign):04X}"


def _number(value: Any, kind: str) -> str:
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^{_iri(XSD + (kind or "boolean"))}'
    if isinstance(value, float) and not value.is_integer():
        return f'"{_double(value)}"^^{_iri(XSD + (kind or "double"))}'
    return f'"{int(value)}"^^{_iri(XSD + (kind or "integer"))}'


def _double(value: float) -> str:
    """Return a number as JSON-LD's readers write it: one digit, point, up to 15 more, and the power of ten."""
    digits, _, power = f"{value:.15E}".partition("E")
    digits = digits.rstrip("0")
    return f"{digits}0E{int(power)}" if digits.endswith(".") else f"{digits}E{int(power)}"
