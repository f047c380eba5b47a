"""What lists of articles can be narrowed by: leaves of the search's own tree, which the library can be asked by as well.

So `articles` with words and without, and `search`, mean the same by an actor, a region, or a source.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from monitor.api.parameters import DAY, FLAG, WHOLE, Parameter, words
from monitor.api.rows.kinds import keyed
from monitor.api.rows.regions import regions_called
from monitor.api.rows.sources import sources_meant
from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.models import Actor, ActorStatus
from monitor.entities.region_models import RegionClosure
from monitor.library.models import Author, Authorship, Periodical
from monitor.library.source_models import Citation
from monitor.search import compiled as c
from monitor.search.engines.annotated import annotations_of
from monitor.search.names import Name, meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from monitor.api.parameters import Asked
    from monitor.api.rows.kinds import Person

LONGEST_QUERY = 2_000  # code points; an address is limited anyway
_NAME = words(200)
ARTICLE_PARAMETERS: Sequence[Parameter] = (
    Parameter("periodical", _NAME, "Slug or id.", is_many=True),
    Parameter("issue", WHOLE, "Id.", is_many=True),
    Parameter("author", _NAME, "Slug or id.", is_many=True),
    Parameter("source", _NAME, "Slug or id of a source that is cited.", is_many=True),
    Parameter("actor", _NAME, "Slug or id of an actor that is named, with all that was merged with it.", is_many=True),
    Parameter("region", _NAME, "Code, slug or id of a region that is named, with all that lies in it.", is_many=True),
    Parameter("region_exact", FLAG, "`true`: the regions themselves, without what lies in them."),
    Parameter("tag", _NAME, "Path of a tag on an annotation that you may see, with those below it.", is_many=True),
    Parameter("about", FLAG, "`true`: being named is not enough, the article must be about the actors and regions."),
    Parameter("kind", words(20), "Such as `article` and `brief`.", is_many=True),
    Parameter("from", DAY, "Issues of this day and later."),
    Parameter("to", DAY, "Issues of this day and earlier."),
    Parameter("q", words(LONGEST_QUERY), "Words in the language of the search page."),
)


def leaves_of(asked: Asked) -> list[c.Node]:
    """Return what the filters say, each as one leaf; a statement for each that names something."""
    found: list[c.Node] = []
    if asked["issue"]:
        found.append(c.Ids(c.Kind.ISSUE, tuple(asked["issue"])))
    for name, (kind, rows) in NAMED.items():
        if asked[name]:
            exact = name == "region" and bool(asked["region_exact"])
            about = name in ABOUT and bool(asked["about"])
            keys = tuple(rows(asked[name]).order_by().values_list("pk", flat=True))
            found.append(c.Ids(kind, keys, exact=exact, about=about))
    if asked["kind"]:
        found.append(c.Kinds(tuple(asked["kind"])))
    if asked["tag"]:
        found.append(c.Annotated(c.Tags(_tags(asked["tag"], asked.person))))
    if asked["from"] or asked["to"]:
        found.append(c.Days(asked["from"], _after(asked["to"])))
    return found


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else None


def _actors(values: Sequence[str]) -> Any:
    meant = Actor.objects.filter(keyed(values, "slug")).values("canonical")
    return Actor.objects.filter(pk__in=meant).exclude(status=ActorStatus.RETIRED)


NAMED: Mapping[str, tuple[c.Kind, Callable[[Sequence[str]], Any]]] = {
    "periodical": (c.Kind.PERIODICAL, lambda values: Periodical.objects.filter(keyed(values, "slug"))),
    "author": (c.Kind.AUTHOR, lambda values: Author.objects.filter(keyed(values, "slug"))),
    "source": (c.Kind.SOURCE, sources_meant),
    "actor": (c.Kind.ACTOR, _actors),
    "region": (c.Kind.REGION, regions_called),
}
ABOUT = ("actor", "region")


def _tags(paths: Sequence[str], person: Person) -> tuple[int, ...]:
    found = meanings([Name("tag", path) for path in paths], person)
    return tuple(key for one in found.values() for key in (*one.keys, *one.below))


# -- Asking the library ------------------------------------------------------------------------------------------------
def condition_of(leaves: Iterable[c.Node], asked: Asked) -> Q:
    """Return the condition of the articles of which all of this is true, as pages that list articles have it."""
    condition = Q()
    for leaf in leaves:
        condition &= _condition(leaf, asked.person)
    if asked["about"] and not (asked["actor"] or asked["region"]):
        condition &= Q(Exists(_rows(ArticleActor))) | Q(Exists(_rows(ArticleRegion)))
    return condition


def _rows(table: Any) -> Any:
    return table.objects.filter(article=OuterRef("pk"), about=True)


def _condition(leaf: c.Node, person: Person) -> Q:
    match leaf:
        case c.Ids():
            return _of_keys(leaf)
        case c.Kinds():
            return Q(kind__in=leaf.values)
        case c.Annotated():
            return Q(pk__in=annotations_of(leaf, person).order_by().values("article"))
        case c.Days():
            # An issue without any date sorts by the day it was handed in, which says nothing of when it came out.
            days = Q(issue__date__isnull=False) | Q(issue__date_from__isnull=False)
            days &= Q(issue__sort_date__gte=leaf.first) if leaf.first else Q()
            return days & (Q(issue__sort_date__lt=leaf.last) if leaf.last else Q())
    raise TypeError(leaf)


def _of_keys(leaf: c.Ids) -> Q:
    about = {"about": True} if leaf.about else {}
    match leaf.kind:
        case c.Kind.ISSUE:
            return Q(issue__in=leaf.ids)
        case c.Kind.PERIODICAL:
            return Q(issue__periodical__in=leaf.ids)
        case c.Kind.AUTHOR:
            rows: Any = Authorship.objects.filter(author__in=leaf.ids)
        case c.Kind.SOURCE:
            rows = Citation.objects.filter(spelling__source__in=leaf.ids)
        case c.Kind.ACTOR:
            rows = ArticleActor.objects.filter(actor__canonical__in=leaf.ids, **about)
        case _:
            inside = RegionClosure.objects.filter(ancestor__in=leaf.ids).values("descendant")
            whole: Any = leaf.ids if leaf.exact else inside
            rows = ArticleRegion.objects.filter(region__in=whole, **about)
    return Q(pk__in=rows.order_by().values("article"))
