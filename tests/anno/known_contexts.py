"""The terms of the two contexts, written down here from the vocabularies, for a JSON-LD reader that may fetch nothing."""

from __future__ import annotations

from typing import Any

import pyld.jsonld  # type: ignore[import-untyped]
import rdflib
from rdflib.compare import to_isomorphic

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#", "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "as": "http://www.w3.org/ns/activitystreams#",
    "schema": "http://schema.org/", "ldp": "http://www.w3.org/ns/ldp#",
}  # fmt: skip
SAME_NAME = """oa: Annotation TextualBody SpecificResource FragmentSelector CssSelector XPathSelector TextQuoteSelector
 TextPositionSelector RangeSelector TimeState Choice commenting tagging highlighting replying assessing describing
 linking questioning bodyValue exact prefix suffix styleClass processingLanguage
 dctypes: Dataset Text
 foaf: Person Organization name
 schema: Audience
 dc: format language
 rdfs: label"""
OTHER_NAME = """Image dctypes:StillImage|Software as:Application|AnnotationCollection as:OrderedCollection
AnnotationPage as:OrderedCollectionPage|accessibility schema:accessibilityFeature|value rdf:value|nickname foaf:nick
BasicContainer ldp:BasicContainer"""
THINGS = """body oa:hasBody|target oa:hasTarget|source oa:hasSource|selector oa:hasSelector|state oa:hasState
scope oa:hasScope|refinedBy oa:refinedBy|startSelector oa:hasStartSelector|endSelector oa:hasEndSelector
via oa:via|canonical oa:canonical|stylesheet oa:styledBy|cached oa:cachedSource|renderedVia oa:renderedVia
creator dcterms:creator|rights dcterms:rights|conformsTo dcterms:conformsTo|generator as:generator
partOf as:partOf|first as:first|last as:last|next as:next|prev as:prev|homepage foaf:homepage
audience schema:audience"""
WORDS = "motivation oa:motivatedBy|purpose oa:hasPurpose|textDirection oa:textDirection"
MOMENTS = "created dcterms:created|modified dcterms:modified|generated dcterms:issued|sourceDate oa:sourceDate"
COUNTS = "start oa:start|end oa:end|total as:totalItems|startIndex as:startIndex"


def _pairs(table: str) -> list[list[str]]:
    return [line.split() for line in table.replace("\n", "|").split("|")]


def _context() -> dict[str, Any]:
    context: dict[str, Any] = {**PREFIXES, "id": "@id", "type": "@type"}
    for line in SAME_NAME.replace("\n ", "\n").split("\n"):
        words = line.split()
        prefix = words.pop(0)[:-1] if words[0].endswith(":") else "oa"
        context |= {word: f"{prefix}:{word}" for word in words}
    context |= dict(_pairs(OTHER_NAME))
    for table, kind in (
        (THINGS, "@id"),
        (WORDS, "@vocab"),
        (MOMENTS, "xsd:dateTime"),
        (COUNTS, "xsd:nonNegativeInteger"),
    ):
        context |= {name: {"@id": iri, "@type": kind} for name, iri in _pairs(table)}
    return context | {"items": {"@id": "as:items", "@type": "@id", "@container": "@list"}}


CONTEXT = _context()


def load_known(url: str, options: Any) -> dict[str, Any]:
    """Give the contexts that are known by heart; whatever else is asked for is an error."""
    assert url in {"http://www.w3.org/ns/anno.jsonld", "http://www.w3.org/ns/ldp.jsonld"}, url
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXT},
    }


def graph_of_json_ld(document: Any) -> Any:
    lines = pyld.jsonld.to_rdf(document, {"documentLoader": load_known, "format": "application/n-quads"})
    return to_isomorphic(rdflib.Graph().parse(data=lines, format="nt"))


def graph_of_turtle(text: str) -> Any:
    return to_isomorphic(rdflib.Graph().parse(data=text, format="turtle"))
