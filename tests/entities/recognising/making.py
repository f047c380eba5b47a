"""A small gazetteer of invented and well-known names, and short ways to ask the recogniser about a text."""

from __future__ import annotations

from functools import cache
from typing import Any

from monitor.entities.gazetteer import ActorEntry, Gazetteer, RegionEntry, Surface
from monitor.entities.recognising.compiled import Compiled, compile_gazetteer
from monitor.entities.recognising.document import Document, Mention, Piece, Recognised
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import recognise

ACTORS = (
    ("islamic-state", "Islamic State", "armed_group", ("IQ", "SY"), ("IS", "ISIS", "Daesh")),
    ("afghan-taliban", "Afghan Taliban", "armed_group", ("AF",), ("Taliban", "Islamic Emirate")),
    ("ttp", "Tehrik-i-Taliban Pakistan", "armed_group", ("PK",), ("TTP", "Pakistani Taliban")),
    ("jnim", "Jama'at Nusrat al-Islam wal-Muslimin", "armed_group", ("ML", "BF"), ("JNIM",)),
    ("al-qaeda", "al-Qaeda", "armed_group", (), ("AQ",)),
    ("adf-uganda", "Allied Democratic Forces", "armed_group", ("UG", "CD"), ("ADF",)),
    ("adf-cameroon", "Ambazonia Defence Forces", "armed_group", ("CM",), ("ADF",)),
    ("iraqi-forces", "Iraqi Security Forces", "state_force", ("IQ",), ("ISF",)),
    ("lra", "Lord's Resistance Army", "armed_group", ("UG",), ("LRA",)),
    ("fano", "Fano", "armed_group", ("ET",), ()),
)
REGIONS = (
    ("IQ", "Iraq", "country", (), 0),
    ("SY", "Syria", "country", (), 0),
    ("PK", "Pakistan", "country", (), 0),
    ("AF", "Afghanistan", "country", (), 0),
    ("ML", "Mali", "country", (), 0),
    ("TD", "Chad", "country", (), 0),
    ("NE", "Niger", "country", (), 0),
    ("UG", "Uganda", "country", (), 0),
    ("CM", "Cameroon", "country", (), 0),
    ("TR", "Turkey", "country", (), 0),
    ("GE", "Georgia", "country", (), 0),
    ("US", "United States", "country", (), 0),
    ("IQ-KI", "Kirkuk", "admin1", ("IQ",), 0),
    ("IQ-DI", "Diyala", "admin1", ("IQ",), 0),
    ("gn94787", "Kirkuk", "city", ("IQ-KI",), 601000),
    ("gn98182", "Baghdad", "city", ("IQ",), 7200000),
    ("IQ-BG", "Baghdad Governorate", "admin1", ("IQ",), 0),
    ("gn1176615", "Islamabad", "city", ("PK",), 601600),
    ("US-WA", "Washington", "admin1", ("US",), 0),
    ("US-GA", "Georgia", "admin1", ("US",), 0),
    ("gn4180439", "Atlanta", "city", ("US-GA",), 463878),
    ("US-DC", "District of Columbia", "admin1", ("US",), 0),
    ("gn4140963", "Washington", "city", ("US-DC",), 689545),
    ("TR-73", "Şırnak", "admin1", ("TR",), 0),
    ("gn1", "Diyarbakır", "city", ("TR",), 644763),
    ("gn2", "Bakura", "admin2", ("NE",), 0),
    ("gn3", "Victory", "city", ("US",), 20000),
    ("sahel", "Sahel", "macro", (), 0),
)
COUNTRY_OF = {code: code[:2] for code, *_ in REGIONS if code[:2].isupper()}
OTHER_COUNTRIES = {
    "gn94787": "IQ",
    "gn98182": "IQ",
    "gn1176615": "PK",
    "gn4140963": "US",
    "gn4180439": "US",
    "gn1": "TR",
    "gn2": "NE",
    "gn3": "US",
}
DEMONYMS = (("IQ", "Iraqi"), ("PK", "Pakistani"), ("AF", "Afghan"), ("TR", "Turkish"), ("US", "American"))
ALSO = (("US", "U.S."), ("US", "US"))


def gazetteer(*more: Surface) -> Gazetteer:
    """Return the small gazetteer, with more surfaces for its entities."""
    surfaces = [*more]
    for slug, name, _kind, _countries, aliases in ACTORS:
        surfaces += [Surface(name, slug, "actor")]
        surfaces += [Surface(text, slug, "actor", "acronym" if text.isupper() else "name") for text in aliases]
    surfaces += [Surface("Iraqi soldiers", "iraqi-forces", "actor", "descriptive")]
    surfaces += [Surface("Iraq's military", "iraqi-forces", "actor", "descriptive")]
    surfaces += [Surface("Iraqi military", "iraqi-forces", "actor", "descriptive")]
    surfaces += [Surface(name, code, "region") for code, name, *_ in REGIONS]
    surfaces += [Surface(text, code, "region") for code, text in ALSO]
    countries = {**COUNTRY_OF, **OTHER_COUNTRIES}
    return Gazetteer(
        actors=tuple(
            ActorEntry(slug, name, kind, homes, strict=slug == "fano") for slug, name, kind, homes, _ in ACTORS
        ),
        regions=tuple(
            RegionEntry(
                code, code.lower(), name, kind, parents, (countries[code],) if code in countries else (), people
            )
            for code, name, kind, parents, people in REGIONS
        ),
        surfaces=tuple(surfaces),
        demonyms=DEMONYMS,
        region_stop_words=("March",),
        head_nouns=("soldiers", "military"),
    )


@cache
def compiled() -> Compiled:
    return compile_gazetteer(gazetteer())


def read(text: str, title: str = "", date: str | None = None, using: Compiled | None = None, **body: Any) -> Recognised:
    """Return what the recogniser says of a text, with heads and zones of its body as `body`."""
    pieces = (Piece("body", text, **body), *([Piece("title", title)] if title else []))
    return recognise(Document(pieces, date), using or compiled(), english())


def actors(text: str, **how: Any) -> list[tuple[str, str]]:
    """Return (text, slug or name) of the actors found."""
    return [(one.text, one.entity or one.name) for one in read(text, **how).mentions if one.kind == "actor"]


def regions(text: str, **how: Any) -> list[tuple[str, str]]:
    """Return (text, code or name) of the regions found."""
    return [(one.text, one.entity or one.name) for one in read(text, **how).mentions if one.kind == "region"]


def only(text: str, **how: Any) -> Mention:
    """Return the one mention found."""
    (mention,) = read(text, **how).mentions
    return mention
