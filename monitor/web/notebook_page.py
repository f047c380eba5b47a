"""The notebook as its page shows it: entries under heads, and the filters that are set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date

from monitor.annotations.models import Annotation
from monitor.annotations.notebook_queries import (
    ORDERS,
    counts_of_whose,
    facets_of,
    in_order,
    looked_up,
    matching,
    sizes_of_heads,
)
from monitor.annotations.queries import mark_rows
from monitor.annotations.tag_models import Tag
from monitor.library.models import Article, Issue
from monitor.web.marks import cards_of
from monitor.web.paging import asked_page
from monitor.web.shown_facets import ShownFacet
from monitor.web.tags import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict

    from monitor.accounts.models import User
    from monitor.annotations.notebook_queries import Choice, Facet, Wanted
    from monitor.web.forms.notebook import AskedNotebook
    from monitor.web.marks import Card
    from monitor.web.paging import Paged

ENTRIES_PER_PAGE = 50
CHOICES_SHOWN = 8  # the others are folded
GONE = "In texts that are no longer on the shelf"


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotation in the list, and the text it is on as far as one may read that."""

    card: Card
    about: Article | Issue | None
    address: str  # of its passage


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand together under a head, of `size` in all."""

    head: str
    address: str
    label: str
    size: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to the same list with one filter less."""

    label: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything `notebook/_list.html` shows."""

    asked: AskedNotebook
    page: Paged
    total: int
    groups: tuple[Group, ...]
    facets: tuple[ShownFacet, ...]
    whose: tuple[Choice, ...]
    set_filters: tuple[Way, ...]

    @property
    def is_refused(self) -> bool:
        return bool(self.asked.refused or self.page.refused)


def notebook_of(person: User, asked: AskedNotebook, query: QueryDict) -> Notebook:
    """Return what the address asks for, in as many statements whatever it holds."""
    asked = replace(asked, wanted=looked_up(person, asked.wanted))
    rows = in_order(matching(person, asked.wanted), person, asked.order)
    page = asked_page(query, rows, ORDERS[asked.order], size=ENTRIES_PER_PAGE)
    total, facets = facets_of(person, asked.wanted)
    return Notebook(
        asked=asked,
        page=page,
        total=total,
        groups=_groups(person, asked.order, page.rows, rows),
        facets=tuple(
            _shown(facet) for facet in facets if len(facet.choices) > 1 or any(c.is_chosen for c in facet.choices)
        ),
        whose=tuple(counts_of_whose(person, asked.wanted)),
        set_filters=tuple(_set_filters(asked, facets)),
    )


def _groups(person: User, order: str, shown: Sequence[Any], rows: Any) -> tuple[Group, ...]:
    entries = entries_of(person, shown)
    shown = [row for row in shown if row.pk in entries]  # what was taken away this moment is left out
    sizes = sizes_of_heads(rows, {row.head for row in shown}) if shown else {}
    heads = _heads(person, order, shown, entries)
    runs = groupby(shown, key=lambda row: str(row.head))
    return tuple(
        Group(*heads[head], size=sizes.get(head, 0), entries=tuple(entries[row.pk] for row in run))
        for head, run in runs
    )


def entries_of(person: User, rows: Sequence[Annotation]) -> dict[int, Entry]:
    """Return annotations with their texts, by primary key, in three statements."""
    seen = Annotation.objects.visible_to(person).filter(pk__in={row.pk for row in rows})
    marks = mark_rows(seen, person) if rows else []
    cards = {card.uid: card for card in cards_of(marks, person)}
    # One's own annotations stay when their text is withdrawn; its name and address do not.
    seen_articles = Article.objects.visible_to(person).select_related("issue__periodical")
    articles = seen_articles.in_bulk({row.article_id for row in rows} - {None})
    issues = (
        Issue.objects.visible_to(person).select_related("periodical").in_bulk({row.issue_id for row in rows} - {None})
    )
    return {
        row.pk: _entry(cards[str(row.uid)], articles.get(row.article_id) or issues.get(row.issue_id))
        for row in rows
        if str(row.uid) in cards
    }


def _entry(card: Card, about: Article | Issue | None) -> Entry:
    return Entry(card, about, f"{about.get_absolute_url()}#a{card.uid}" if about else "")


def _heads(
    person: User, order: str, rows: Sequence[Any], entries: Mapping[int, Entry]
) -> Mapping[str, tuple[str, str, str]]:
    """Return the words of each head, where it leads, and what stands beside it."""
    if order == "day":
        return {row.head: (f"{parse_date(row.head):%-d %B %Y}", "", "") for row in rows}
    if order == "article":
        return {row.head: _of_text(entries[row.pk].about) for row in rows}
    tags = Tag.objects.visible_to(person).select_related("team").in_bulk({row.tag_key for row in rows} - {0})
    return {row.head: _of_tag(tags.get(row.tag_key)) for row in rows}


def _of_text(about: Article | Issue | None) -> tuple[str, str, str]:
    if about is None:
        return GONE, "", ""
    if isinstance(about, Issue):
        return f"{about.periodical.name} {about.label}", about.get_absolute_url(), "the issue"
    return about.title, about.get_absolute_url(), f"{about.issue.periodical.name} {about.issue.label}"


def _of_tag(tag: Tag | None) -> tuple[str, str, str]:
    if tag is None:
        return "Without a tag", "", ""
    words = " / ".join([*tag.path.replace("-", " ").split("/")[:-1], tag.name])
    return words, address_of(tag), "only yours" if tag.owner_id else tag.team.name if tag.team else ""


def _shown(facet: Facet) -> ShownFacet:
    cut = CHOICES_SHOWN if len(facet.choices) > CHOICES_SHOWN + 2 else len(facet.choices)  # no fold for one or two
    return ShownFacet(facet, facet.choices[:cut], facet.choices[cut:])


def _set_filters(asked: AskedNotebook, facets: Iterable[Facet]) -> Iterable[Way]:
    wanted = asked.wanted
    if wanted.words:
        yield Way("Words", wanted.words, asked.address(wanted.without("words")))
    for facet in facets:
        for choice in (one for one in facet.choices if one.is_chosen):
            yield Way(facet.label, choice.label, asked.address(_less(wanted, facet.name, choice.value)))
    if wanted.since or wanted.until:
        days = [f"from {wanted.since}" if wanted.since else "", f"to {wanted.until}" if wanted.until else ""]
        yield Way("Date", " ".join(filter(None, days)), asked.address(wanted.without("days")))


def _less(wanted: Wanted, name: str, value: str) -> Wanted:
    if name == "state":
        return replace(wanted, states=tuple(state for state in wanted.states if state != value))
    left = tuple(one for one in wanted.chosen[name] if one != value)
    fewer = wanted.without(name)
    return replace(fewer, chosen={**fewer.chosen, name: left}) if left else fewer
