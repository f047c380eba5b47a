"""STIX 2.1: articles as reports, with the actors and places in them, how actors stand to each other, and our notes.

Pure: facts come in, one bundle goes out, the same bytes for the same facts. No properties of our own, every reference is
to an object of the bundle, and nothing is said of an actor that nobody here judged: who is not tagged a terrorist group
by the people of the site is a threat actor of unknown type.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from monitor.interchange.one_line import one_line
from monitor.interchange.stix_places import place_of
from monitor.interchange.xml_text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.stix_facts import ActorFact, NoteFact, Origin, RegionFact, RelationFact, ReportFact

MEDIA_TYPE = "application/stix+json;version=2.1"
THREAT_KINDS = ("armed_group", "alliance")
CURATED_TYPES = ("activist", "crime-syndicate", "criminal", "insider-disgruntled", "terrorist")
SECTORS = {"state_force": "defense", "government": "government-national", "government_in_exile": "government-national"}
UNTITLED = "Untitled"
NAMELESS = "Unnamed"


class Bundle:
    """Takes objects in any order and yields each once; its own id is made of theirs."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._before = '{"type": "bundle", "objects": [\n'

    def add(self, thing: dict[str, Any]) -> Iterator[str]:
        if thing["id"] in self._ids:
            return
        self._ids.add(thing["id"])
        yield self._before + json.dumps(thing, ensure_ascii=False)
        self._before = ",\n"

    def end(self) -> Iterator[str]:
        """Yield what closes the bundle. One without objects may not hold an empty list of them."""
        own = json.dumps(f"bundle--{derived_uid(*self._ids)}")
        yield f'\n], "id": {own}}}\n' if self._ids else f'{{"type": "bundle", "id": {own}}}\n'


def stix_bundle(reports: Iterable[ReportFact], relations: Iterable[RelationFact]) -> Iterator[str]:
    """Yield the pieces of one bundle. `relations` is asked once all reports were; both ends of each are among theirs."""
    bundle = Bundle()
    for report in reports:
        for thing in _of_report(report):
            yield from bundle.add(thing)
    for relation in relations:
        yield from bundle.add(_relation(relation))
    yield from bundle.end()


def derived_uid(*members: str) -> str:
    """Return a UUID, of version 4 by its looks, that is always the same for the same names in any order."""
    digest = hashlib.sha256("\n".join(sorted(members)).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


def _of_report(report: ReportFact) -> Iterator[dict[str, Any]]:
    maker = _thing("identity", report.periodical, name=_name(report.periodical.name), identity_class="organization")
    yield maker
    shown = [maker["id"]]
    places = {}
    for region in (*report.regions, *report.homes):
        if place := _location(region):
            places[region.code] = place
            yield place
    shown += [places[region.code]["id"] for region in report.regions if region.code in places]
    actors = [(actor, actor_object(actor)) for actor in report.actors]
    for actor, thing in actors:
        yield thing
        yield from (_located(actor, thing, places[code]) for code in actor.countries if code in places)
    shown += [thing["id"] for _, thing in actors]
    # The publisher stands in where nothing else is named: a report without references is none.
    yield _report(report, maker["id"], shown[1:] or shown)
    yield from (_note(note, f"report--{report.uid}") for note in report.notes)


def _report(report: ReportFact, maker: str, shown: list[str]) -> dict[str, Any]:
    reference = _known({"source_name": _name(report.periodical.name), "url": report.url, "external_id": report.number})
    if len(reference) == 1:
        reference["description"] = _name(report.title)
    facts = _known({"lang": report.language, "labels": [_line(label) for label in report.labels]})
    return _thing(
        "report", report, created_by_ref=maker, name=_name(report.title, UNTITLED), report_types=["threat-report"],
        published=f"{report.published}T00:00:00.000Z", **facts, external_references=[reference],
        object_refs=list(dict.fromkeys(shown)),
    )  # fmt: skip


def actor_object(actor: ActorFact) -> dict[str, Any]:
    """Return an actor as the type of object that its kind makes it."""
    name = {"name": _name(actor.name)}
    aliases = [alias for alias in dict.fromkeys(map(_line, actor.aliases)) if alias and alias != name["name"]]
    if actor.kind in THREAT_KINDS:
        types = [tag for tag in CURATED_TYPES if tag in actor.tags] or ["unknown"]
        return _thing("threat-actor", actor, **name, threat_actor_types=types, **_known({"aliases": aliases}))
    if actor.kind == "operation":
        return _thing("campaign", actor, **name, **_known({"aliases": aliases}))
    if actor.kind == "person":
        return _thing("identity", actor, **name, identity_class="individual")
    sectors = [SECTORS[actor.kind]] if actor.kind in SECTORS else []
    return _thing("identity", actor, **name, identity_class="organization", **_known({"sectors": sectors}))


def _location(region: RegionFact) -> dict[str, Any] | None:
    """Return a place, None where nothing says where it lies: the standard wants one of three ways to say it."""
    place = place_of(region)
    return _thing("location", region, name=_name(region.name), **place) if place else None


def _located(actor: ActorFact, thing: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    """Return that an actor is at home in a country. The standard knows that of actors, not of campaigns."""
    type_ = "related-to" if thing["type"] == "campaign" else "located-at"
    return _between(actor, type_, thing["id"], place["id"])


def _relation(relation: RelationFact) -> dict[str, Any]:
    first, second = actor_object(relation.first)["id"], actor_object(relation.second)["id"]
    led = relation.type == "led_by" and first.startswith("campaign--") and second.startswith("threat-actor--")
    type_ = "attributed-to" if led else "related-to"
    said = relation.type.replace("_", " ")
    facts = {"relationship_type": type_, "description": said, "source_ref": first, "target_ref": second}
    return _thing("relationship", relation, **facts)


def _between(row: Origin, type_: str, first: str, second: str) -> dict[str, Any]:
    uid = derived_uid(type_, first, second)
    moments = {"created": _moment(row.created), "modified": _moment(max(row.created, row.updated))}
    ends = {"relationship_type": type_, "source_ref": first, "target_ref": second}
    return {"type": "relationship", "spec_version": "2.1", "id": f"relationship--{uid}", **moments, **ends}


def _note(note: NoteFact, about: str) -> dict[str, Any]:
    words = without_controls(note.comment).strip() or without_controls(note.quote).strip() or "-"
    facts = _known({"abstract": without_controls(note.quote), "labels": [_line(label) for label in note.labels]})
    return _thing("note", note, **facts, content=words, authors=[_name(note.author, NAMELESS)], object_refs=[about])


def _thing(type_: str, row: Origin, /, **facts: Any) -> dict[str, Any]:
    moments = {"created": _moment(row.created), "modified": _moment(max(row.created, row.updated))}
    return {"type": type_, "spec_version": "2.1", "id": f"{type_}--{row.uid}", **moments, **facts}


def _moment(iso: str) -> str:
    """Return a moment (`2022-02-11T09:30:00.123456Z`) with the milliseconds that the standard counts in."""
    return f"{iso[:23]}Z"


def _name(words: str, otherwise: str = NAMELESS) -> str:
    return _line(words) or otherwise


def _line(words: str) -> str:
    return one_line(without_controls(words))


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
