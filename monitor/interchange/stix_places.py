"""Where a region lies, in the words that STIX has for it: a country, a part of the world, or a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.interchange.stix_facts import RegionFact

ISO_LENGTH = 2
# Codes that our gazetteer has and ISO 3166-1 has not.
NOT_OF_ISO = frozenset({"XK"})
# The standard's parts of the world, by our codes for the same lands.
PARTS = {
    "africa": "africa", "east-africa": "eastern-africa", "central-africa": "middle-africa",
    "north-africa": "northern-africa", "southern-africa": "southern-africa", "west-africa": "western-africa",
    "americas": "americas", "latin-america": "latin-america-caribbean", "south-america": "south-america",
    "caribbean": "caribbean", "central-america": "central-america", "north-america": "northern-america",
    "asia": "asia", "central-asia": "central-asia", "east-asia": "eastern-asia", "south-asia": "southern-asia",
    "southeast-asia": "south-eastern-asia", "europe": "europe", "eastern-europe": "eastern-europe",
    "northern-europe": "northern-europe", "southern-europe": "southern-europe", "western-europe": "western-europe",
    "oceania": "oceania",
}  # fmt: skip
OF_TOWNS = ("city", "place", "facility")


def place_of(region: RegionFact) -> dict[str, Any]:
    """Return the properties that say where it lies; none if nothing is known that the standard could say."""
    if region.code in PARTS:
        return {"region": PARTS[region.code]}
    place: dict[str, Any] = {}
    country = _country(region)
    if country:
        place["country"] = country
        if region.kind == "admin1" and region.code.startswith(f"{country}-") and region.code.isascii():
            place["administrative_area"] = region.code
        elif region.kind in OF_TOWNS:
            place["city"] = region.name
    if region.lat is not None and region.lon is not None and (not place or region.kind in OF_TOWNS):
        place |= {"latitude": round(region.lat, 5), "longitude": round(region.lon, 5)}
    return place


def _country(region: RegionFact) -> str:
    """Return the one country it is or lies in, "" where there are several or none."""
    codes = (region.code,) if region.kind == "country" else region.countries
    if len(codes) != 1 or len(codes[0]) != ISO_LENGTH or codes[0] in NOT_OF_ISO:
        return ""
    return codes[0] if codes[0].isascii() and codes[0].isupper() else ""
