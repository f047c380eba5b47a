"""An article as it is filed on paper: whose annotations are on it, and each with a number in the text and in a list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.annotations.models import Annotation
from monitor.annotations.outlines import outlines_of
from monitor.annotations.queries import mark_rows
from monitor.annotations.rendering import Span
from monitor.library.printed import printed_in
from monitor.web.mark_panel import mark_spans
from monitor.web.marked_article import places_in
from monitor.web.marks import Places, cards_of
from monitor.web.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.annotations.outlines import Outline
    from monitor.library.models import Article
    from monitor.library.printed import Printed
    from monitor.web.marks import Card
    from monitor.web.reading import Reading

    Person = User | AnonymousUser

WHOSE = {"none": "No annotations", "mine": "Mine", "all": "All I may read"}
USUAL = "mine"
LETTER = "A"  # before the number of an annotation, so that none is taken for a printed note's
UNDER_ALL = -(10**9)  # it says something beside the marks, and never colours them


@dataclass(frozen=True, slots=True)
class Filed:
    """What stands on paper: the text with numbers where annotations end, and these in the order of their numbers."""

    printed: Printed
    reading: Reading
    cards: tuple[Card, ...]
    whose: str


def filed(article: Article, person: Person, asked: str) -> Filed:
    """Draw an article that `marked_articles` found, with the annotations of one of WHOSE; the usual for any other word."""
    whose = asked if asked in WHOSE else USUAL
    found: Any = article  # with what the queryset added
    printed, body = printed_in(article), found.body or ""
    printed.named.clear()
    places = Places(places_in(body, printed))
    outlines = [one for one in outlines_of(found.outlines or []) if _is_wanted(one, person, whose)]
    cards = _cards(article, person, outlines, places)
    numbers = {card.uid: f"{LETTER}{number}" for number, card in enumerate(cards, 1)}
    spans = mark_spans(outlines)
    for note, ends in _ends(outlines, numbers).items():
        spans[note] += [Span("mark", at - 1, at, (("data-ends", said),), UNDER_ALL) for at, said in ends.items()]
    return Filed(printed, read(body, printed, over=spans), tuple(cards), whose)


def _is_wanted(one: Outline, person: Person, whose: str) -> bool:
    return whose == "all" or (whose == "mine" and one.owner is not None and one.owner == person.pk)


def _cards(article: Article, person: Person, outlines: Sequence[Outline], places: Places) -> list[Card]:
    if not outlines:
        return []
    marks = Annotation.objects.visible_to(person).filter(article=article, uid__in=[one.uid for one in outlines])
    return cards_of(mark_rows(marks.order_by("created", "id"), person), person, places)


def _ends(outlines: Iterable[Outline], numbers: dict[str, str]) -> dict[int | None, dict[int, str]]:
    """Return where annotations end: by note and place the numbers of those that do, in their order."""
    ending: dict[int | None, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in outlines:
        if one.uid in numbers and one.spans:
            last = one.spans[-1]
            ending[last.note][last.end].append(numbers[one.uid])
    in_order = {note: {at: sorted(said, key=_number) for at, said in ends.items()} for note, ends in ending.items()}
    return {note: {at: " ".join(said) for at, said in ends.items()} for note, ends in in_order.items()}


def _number(said: str) -> int:
    return int(said.removeprefix(LETTER))
