"""Names of actors and regions in a text, as quiet links: to their page, and with a script to a card over the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.annotations.rendering import Span
from monitor.web.fixed_addresses import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Over = Mapping[int | None, Sequence[Span]]

# Below every printed link. An actor stands before the place in its name, and what counts before what is suggested.
ACTOR, REGION, SUGGESTED = -1, -2, -3


def with_names(over: Over | None, named: Sequence[Mapping[str, Any]]) -> Over:
    """Return these spans (over the text: None, and over notes by their key) with the links of the names in it."""
    if not named:
        return over or {}
    found: dict[int | None, list[Span]] = {key: list(spans) for key, spans in (over or {}).items()}
    for key, span in _spans(named):
        found.setdefault(key, []).append(span)
    return found


def _spans(named: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int | None, Span]]:
    # One address is asked for and the others are made of it: a long article has hundreds.
    pages = {kind: stem_of(kind, "-") for kind in ("actor", "region")}
    card, card_end = stem_of("mention", 0)
    for row in named:
        suggested = row["status"] == "suggested"
        kind = "actor" if row["actor"] else "region"
        page, end = pages[kind]
        own = f"{card}{row['pk']}{card_end}"
        attributes = (
            ("class", "entity maybe" if suggested else "entity"),
            ("href", f"{page}{row[kind]}{end}" if row[kind] and not suggested else own),
            ("data-card", own),
        )
        priority = SUGGESTED if suggested else ACTOR if kind == "actor" else REGION
        yield row["note"], Span("link", row["start"], row["end"], attributes, priority=priority)
