"""The marks of an article and the panel beside it, however many annotations there are.

Of a few every card is on the page. Of a crowd the first are, and each of the others has an empty card: enough to count,
to filter and to go to it. A script fetches what comes into sight; without one a list of its own has all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from monitor.annotations.rendering import Html, Span
from monitor.web.marks import Card, cards_of, key_of, written_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.annotations.outlines import Outline
    from monitor.web.marks import Places, Row

    Person = User | AnonymousUser

MOST_WHOLE = 150  # annotations that come with all their cards
FIRST_OF_CROWD = 30  # cards that come of more
LINE = "\n"  # between tags, for no name holds one


@dataclass(frozen=True, slots=True)
class Panel:
    """`cards` in the order of the page, then `rest`: empty ones, in that order as well."""

    cards: tuple[Card, ...]
    rest: Html
    count: int

    @property
    def is_crowded(self) -> bool:
        return self.count > MOST_WHOLE


def panel_of(outlines: Sequence[Outline], rows: Iterable[Row], person: Person, places: Places) -> Panel:
    """Return the panel of all `outlines`; `rows` are those of the first of them."""
    cards = {card.uid: card for card in cards_of(rows, person, places)}
    in_order = ordered(outlines, places)
    most = MOST_WHOLE if len(in_order) <= MOST_WHOLE else FIRST_OF_CROWD
    at = next((i for i, one in enumerate(in_order[:most]) if one.uid not in cards), min(most, len(in_order)))
    rest = "".join(_empty(one, person, places) for one in in_order[at:])
    return Panel(tuple(cards[one.uid] for one in in_order[:at]), Html(rest), len(in_order))


def ordered(outlines: Iterable[Outline], places: Places) -> list[Outline]:
    """Return the annotations in the order of the page."""

    def order(one: Outline) -> tuple[int, int]:
        return places.order(((span.note, span.start) for span in one.spans), is_on_whole=one.is_on_whole)

    return sorted(outlines, key=order)


def _empty(one: Outline, person: Person, places: Places) -> str:
    held = (places.holding(span.note, span.start) for span in one.spans)
    place = next((place.id for place in held if place), "")
    by = "me" if one.owner is not None and one.owner == person.pk else one.by
    done = " done" if one.is_resolved else ""
    tags = f' data-tags="{escape(LINE.join(written_tag(*tag) for tag in one.tags))}"' if one.tags else ""
    return (
        f'<article class="card empty{done}" id="a{one.uid}" data-mark="{key_of(one.uid)}" data-colour="{one.colour}"'
        f' data-for="{place}" data-by="{escape(by)}" data-scope="{one.visibility}"{tags} aria-busy="true"></article>'
    )


def mark_spans(outlines: Iterable[Outline]) -> dict[int | None, list[Span]]:
    """Return the spans over the running text (None) and over each printed note, by its key; the shortest on top."""
    found: dict[int | None, list[Span]] = defaultdict(list)
    for one in outlines:
        for span in one.spans:
            placed = mark_span(one.uid, one.colour, span.start, span.end, is_moved=span.is_moved)
            found[span.note].append(placed)
    return found


def mark_span(uid: str, colour: str, start: int, end: int, *, is_moved: bool) -> Span:
    attributes = (
        ("class", "a moved" if is_moved else "a"),
        ("data-ids", key_of(uid)),
        ("data-colour", colour),
        ("aria-details", f"a{uid}"),
    )
    return Span("mark", start, end, attributes, priority=start - end)
