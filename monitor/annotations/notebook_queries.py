"""The notebook: all that a person may see of annotations, filtered, put in order, counted. Starts at `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from monitor.annotations.folded_words import AmongKeys, with_words
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.notebook_filters import (
    FILTERS,
    STATE_WORDS,
    TAG,
    TAG_EXACTLY,
    WHOSE_WORDS,
    Filter,
    in_state,
    of_whom,
)
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.library.keyset import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from monitor.accounts.models import User

MOST_CHOICES = 40  # of a filter, the most frequent
IN_NOTES = 10_000_000  # code points: what stands in note n comes after the text and the notes before
NEWEST = (Key("created", "moment", descending=True), Key("pk", "number", descending=True))
ORDERS: Mapping[str, tuple[Key, ...]] = {
    "article": (
        Key("about_day", "day", descending=True),
        Key("about_issue", "number", descending=True),
        Key("about_place", "number"),
        Key("about_article", "number"),
        Key("stands_at", "number"),
        Key("pk", "number"),
    ),
    "tag": (Key("untagged", "number"), Key("tag_path", "text"), Key("tag_key", "number"), *NEWEST),
    "day": NEWEST,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which annotations: with these words, values by a filter's name (OR within one, AND across), states, days made."""

    words: str = ""
    whose: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: bool = False  # tags without those below them
    states: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    hits: tuple[int, ...] | None = None  # keys of those with these words, where they were looked up

    def without(self, name: str) -> Wanted:
        """Return the same without one filter, by its name, or `state`, `days`, `words`, `whose`."""
        fewer: dict[str, dict[str, Any]] = {
            "state": {"states": ()},
            "days": {"since": None, "until": None},
            "words": {"words": "", "hits": None},
            "whose": {"whose": "all"},
        }
        left = {key: values for key, values in self.chosen.items() if key != name}
        return replace(self, **fewer.get(name, {"chosen": left}))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with the number of annotations it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def matching(person: User, wanted: Wanted) -> QuerySet[Annotation]:
    """Return what this person may see of annotations that are wanted."""
    marks: QuerySet[Annotation] = Annotation.objects.visible_to(person).filter(of_whom(person, wanted.whose))
    for known in _filters(wanted):
        if values := wanted.chosen.get(known.name):
            marks = marks.filter(known.condition(person, values))
    if wanted.states:
        marks = marks.filter(reduce(or_, (in_state(person, state) for state in wanted.states)))
    marks = marks.filter(created__date__gte=wanted.since) if wanted.since else marks
    marks = marks.filter(created__date__lte=wanted.until) if wanted.until else marks
    if wanted.hits is not None:
        return marks.filter(AmongKeys(F("pk"), wanted.hits))
    return marks.filter(with_words(wanted.words)) if wanted.words else marks


def looked_up(person: User, wanted: Wanted) -> Wanted:
    """Return the same with the annotations that have its words: they are looked for once, not for each count."""
    if not wanted.words:
        return wanted
    found = Annotation.objects.visible_to(person).filter(with_words(wanted.words)).order_by()
    return replace(wanted, hits=tuple(found.values_list("pk", flat=True)))


def _filters(wanted: Wanted) -> list[Filter]:
    return [TAG_EXACTLY if known is TAG and wanted.exact else known for known in FILTERS]


def in_order(marks: QuerySet[Annotation], person: User, order: str) -> QuerySet[Annotation]:
    """Return rows in one of ORDERS, with `head`: what those that stand under one head have in common.

    By tag, an annotation comes under each of its tags that this person may see.
    """
    shown: QuerySet[Annotation] = {"article": _by_article, "tag": _by_tag, "day": _by_day}[order](marks, person)
    return shown.order_by(*(key.forwards for key in ORDERS[order]))


def _by_day(marks: Any, person: User) -> Any:
    return marks.annotate(head=Cast(TruncDate("created"), TextField()))


def _by_article(marks: Any, person: User) -> Any:
    spans = AnnotationSpan.objects.filter(annotation=OuterRef("pk")).order_by("position")
    stands = Coalesce(F("note_number"), 0) * IN_NOTES + F("start")
    about = Case(
        When(article=None, then=Concat(Value("i"), Cast("issue_id", TextField()))),
        default=Concat(Value("a"), Cast("article_id", TextField())),
        output_field=TextField(),
    )
    return marks.annotate(
        about_day=Coalesce("article__issue__sort_date", "issue__sort_date"),
        about_issue=Coalesce("article__issue_id", "issue_id"),
        about_place=Coalesce("article__position", Value(-1), output_field=IntegerField()),
        about_article=Coalesce("article_id", Value(0)),
        # A word on the whole comes before those on passages.
        stands_at=Coalesce(Subquery(spans.values(at=stands)[:1]), Value(-1)),
        head=about,
    )


def _by_tag(marks: Any, person: User) -> Any:
    tags = Tag.objects.visible_to(person).values("pk")
    uses = AnnotationTag.objects.filter(annotation=OuterRef("pk")).order_by("pk")
    # One that bears only what this person may not see is untagged to them, and stands there once.
    unseen = Q(taggings=Subquery(uses.values("pk")[:1])) & ~Exists(uses.filter(tag__in=tags))
    rows = marks.filter(Q(taggings=None) | Q(taggings__tag__in=tags) | unseen)
    seen = When(taggings__tag__in=tags, then=F("taggings__tag"))
    named = When(taggings__tag__in=tags, then=F("taggings__tag__path"))
    return rows.annotate(
        tag_key=Case(seen, default=0, output_field=IntegerField()),
        tag_path=Case(named, default=Value(""), output_field=CharField()),
        untagged=Case(When(taggings__tag__in=tags, then=0), default=1, output_field=IntegerField()),
    ).annotate(head=Cast("tag_key", TextField()))


def sizes_of_heads(rows: Any, heads: Iterable[str]) -> dict[str, int]:
    """Return how many rows of `in_order` stand under each of these heads."""
    counted = rows.filter(head__in=set(heads)).order_by().values_list("head").annotate(n=Count("pk"))
    return dict(counted)


def facets_of(person: User, wanted: Wanted) -> tuple[int, list[Facet]]:
    """Return how many annotations are wanted, and every filter with its values and counts.

    A count is of the annotations that the list would have with this value of its filter and all others as they are.
    """
    every = matching(person, wanted).order_by().annotate(name=_text("total"), value=_text("")).values("name", "value")
    parts = [every.annotate(n=Count("pk")).values_list("name", "value", "n")]
    for known in (one for one in _filters(wanted) if one.is_tallied):
        tally = known.tally(person, matching(person, wanted.without(known.name)))
        named = tally.annotate(name=_text(known.name)).order_by("-n", "valued").values_list("name", "valued", "n")
        parts.append(named[:MOST_CHOICES])
    found: dict[str, dict[str, int]] = {}
    for name, value, count in parts[0].union(*parts[1:], all=True):
        found.setdefault(name, {})[value] = count
    total = found.get("total", {}).get("", 0)
    for known in (one for one in FILTERS if not one.is_tallied):
        found[known.name] = _chosen_counts(person, known, wanted, total)
    facets = [_facet(person, known, wanted, found.get(known.name, {})) for known in FILTERS]
    return total, [*facets, _states(person, wanted)]


def _chosen_counts(person: User, known: Filter, wanted: Wanted, total: int) -> dict[str, int]:
    """Return how many annotations each chosen value of a filter would show by itself."""
    own = wanted.chosen.get(known.name, ())
    if len(own) == 1:
        return {own[0]: total}
    each = (replace(wanted, chosen={**wanted.chosen, known.name: (value,)}) for value in own)
    return {value: matching(person, one).count() for value, one in zip(own, each, strict=True)}


def _text(word: str) -> Value:
    return Value(word, TextField())


def _facet(person: User, known: Filter, wanted: Wanted, counts: Mapping[str, int]) -> Facet:
    own = wanted.chosen.get(known.name, ())
    values = [*counts, *(value for value in own if value not in counts)]
    called = known.names(person, values) if values else {}
    choices = [Choice(value, called.get(value, value), counts.get(value, 0), value in own) for value in values]
    by_rank = sorted(choices, key=lambda one: (-one.count, one.label.casefold()))
    return Facet(known.name, known.label, tuple(by_rank))


def _states(person: User, wanted: Wanted) -> Facet:
    marks = matching(person, wanted.without("state"))
    counts = marks.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=in_state(person, name)) for name in STATE_WORDS}
    )
    rows = [Choice(name, words, counts[f"n_{name}"], name in wanted.states) for name, words in STATE_WORDS.items()]
    return Facet("state", "State", tuple(rows))


def counts_of_whose(person: User, wanted: Wanted) -> list[Choice]:
    """Return WHOSE_WORDS with how many annotations each would show."""
    marks = matching(person, wanted.without("whose")).order_by()
    counts = marks.aggregate(
        **{f"n_{name}": Count("pk", filter=of_whom(person, name)) for name in ("mine", "team")}, n_all=Count("pk")
    )
    counts["n_"] = counts["n_mine"] + counts["n_team"]
    return [Choice(name, words, counts[f"n_{name}"], name == wanted.whose) for name, words in WHOSE_WORDS.items()]
