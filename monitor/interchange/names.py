"""A printed name taken apart the way citation formats store it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.interchange.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq", "esq."})
_JOINS_TWO_SURNAMES = frozenset({"y", "e", "i"})  # Ortega y Gasset, Queirós e Melo, Prat i Riba
_OF_A_BODY = frozenset(
    {"agency", "analysts", "association", "bureau", "center", "centre", "committee", "council", "editors"}
    | {"foundation", "group", "institute", "ministry", "network", "office", "organisation", "organization"}
    | {"society", "staff", "team", "university"}
)
# Written family name first, or without a blank: where to cut cannot be read off the name.
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Either `literal`, a name that is not to be cut, or `family` with what stands before and after it."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""


def split_name(printed: str) -> PersonName:
    """Return the parts of a name printed `Given Family` or `Family, Given`.

    No rule cuts every name rightly. Ours: the last word is the family name, with the lower-case particles before it
    (`van der Berg`, `bin Laden`; a joined `al-` is part of its word). Bodies and East Asian names stay whole.
    """
    words = one_line(printed).split()
    if _is_whole(words):
        return PersonName(literal=" ".join(words))
    head, suffix = _without_suffix(words)
    before, comma, after = " ".join(head).partition(",")
    if comma:
        return _family_first(before.strip(), after.strip(), suffix) or PersonName(literal=" ".join(words))
    cut = _family_starts_at(head)
    return PersonName(family=" ".join(head[cut:]), given=" ".join(head[:cut]), suffix=suffix)


def cited_name(name: str, family: str = "", given: str = "", literal: str = "") -> PersonName:
    """Return how an author is cited: as a curator said it, else by the rule."""
    if family or literal:
        return PersonName(one_line(family), one_line(given), "", one_line(literal))
    return split_name(name)


def cited_author(row: Mapping[str, str]) -> PersonName:
    """Return how an author is cited of whom a row of columns is given."""
    return cited_name(row["name"], row.get("family", ""), row.get("given", ""), row.get("literal", ""))


def _is_whole(words: list[str]) -> bool:
    folded = {word.casefold().strip(",") for word in words}
    return not words or words[0] == "The" or bool(folded & _OF_A_BODY) or bool(_EAST_ASIAN.search("".join(words)))


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) < 3 or words[-1].casefold() not in _SUFFIXES:
        return words, ""
    return [*words[:-2], words[-2].rstrip(",")], words[-1]


def _family_first(family: str, given: str, suffix: str) -> PersonName | None:
    if not family or not given or "," in given:
        return None
    return PersonName(family=family, given=given, suffix=suffix)


def _family_starts_at(words: list[str]) -> int:
    last = len(words) - 1
    lower = next((n for n in range(1, last) if words[n][0].islower()), last)
    joined = lower < last and words[lower] in _JOINS_TWO_SURNAMES and lower > 1
    return lower - 1 if joined else lower
