"""The facets of a search as its form shows them: values with counts, those that are chosen, those that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.search.compiled import Facet
from monitor.search.resolving import ITSELF, WITHOUT, chosen_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.search.beside_hits import Beside
    from monitor.search.engines.protocol import Counted, Hits
    from monitor.search.resolving import Resolved
    from monitor.web.forms.search import AskedSearch

LABELS: Mapping[Facet, str] = {
    Facet.REGION: "Region",
    Facet.ACTOR: "Actor",
    Facet.PERIODICAL: "Periodical",
    Facet.SOURCE: "Source",
    Facet.AUTHOR: "Author",
    Facet.KIND: "Kind",
}
ASKED = (*LABELS, Facet.MONTH)
CHOICES_SHOWN = 6  # the others are folded
MOST_CHOICES = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; `without` is the address of the search that leaves it out."""

    value: str
    label: str
    count: int | None  # None: it is not among those that were counted
    is_chosen: bool
    without: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet; `of` is the number of newest hits it was counted in, 0 where that were all."""

    name: str
    label: str
    first: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    of: int

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.folded)


def keys_to_name(hits: Hits) -> dict[Facet, list[int]]:
    """Return the keys whose names the facets need."""
    counted = {facet: hits.facets[facet].values[:MOST_CHOICES] for facet in LABELS if facet in hits.facets}
    return {
        facet: [key for key, _ in rows if isinstance(key, int)]
        for facet, rows in counted.items()
        if facet != Facet.KIND
    }


def facets_of(asked: AskedSearch, resolved: Resolved, hits: Hits, beside: Beside) -> tuple[ShownFacet, ...]:
    shown = (_facet(facet, asked, resolved, hits.facets[facet], beside) for facet in LABELS if facet in hits.facets)
    return tuple(facet for facet in shown if facet.first)


def _facet(facet: Facet, asked: AskedSearch, resolved: Resolved, counted: Counted, beside: Beside) -> ShownFacet:
    name, chosen = facet.value, asked.asked.chosen.get(facet.value, ())
    names = beside.names.get(facet, {})
    rows: dict[str, tuple[str, int | None]] = {}
    for key, count in counted.values[:MOST_CHOICES]:
        if isinstance(key, int) and key not in names:
            continue  # gone since it was counted
        label, value = names[key] if isinstance(key, int) else (str(key).capitalize(), str(key))
        rows[value] = (label, count)
    choices = list(_choices(name, asked, resolved, rows, chosen))
    cut = CHOICES_SHOWN if len(choices) > CHOICES_SHOWN + 2 else len(choices)  # never a fold for one or two
    of = 0 if counted.exact else counted.of
    return ShownFacet(name, LABELS[facet], tuple(choices[:cut]), tuple(choices[cut:]), of)


def _choices(
    name: str,
    asked: AskedSearch,
    resolved: Resolved,
    rows: Mapping[str, tuple[str, int | None]],
    chosen: tuple[str, ...],
) -> Iterable[Choice]:
    """Give what is chosen first, whether counted or not, then what is counted."""
    for value in chosen:
        bare = value.removeprefix(WITHOUT)
        plain = bare.removeprefix(ITSELF)
        meant = resolved.meant(chosen_node(name, bare))  # type: ignore[arg-type]  # a facet's name is a field
        label, count = rows.get(
            plain,
            (meant[0].name if meant and name != "kind" else plain.capitalize() if name == "kind" else plain, None),
        )
        said = f"{label} itself" if bare.startswith(ITSELF) else label
        is_counted = value == bare and not bare.startswith(ITSELF)
        yield Choice(value, f"not {said}" if value != bare else said, count if is_counted else None, True, "")
    taken = {value.removeprefix(WITHOUT).removeprefix(ITSELF) for value in chosen}
    without = asked.excluding_each(name)  # type: ignore[arg-type]
    for value, (label, count) in rows.items():
        if value not in taken:
            yield Choice(value, label, count, False, without(value))
