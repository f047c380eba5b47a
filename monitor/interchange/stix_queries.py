"""Articles with their actors, regions and annotations as STIX is told of them, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr

from monitor.annotations.models import Annotation
from monitor.annotations.queries import mark_rows
from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.newest import key_rows
from monitor.entities.region_models import Region
from monitor.interchange.keywords import tag_uses
from monitor.interchange.records import volume_in_digits
from monitor.interchange.stix_facts import (
    ActorFact,
    NoteFact,
    PeriodicalFact,
    RegionFact,
    RelationFact,
    ReportFact,
)
from monitor.library.languages import language_of
from monitor.library.models import ArticleText
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User

    Person = User | AnonymousUser

AT_ONCE = 200  # articles of which the facts are held at a time
SAMPLE = 2_000  # code points that tell a language
LEFT_OUT = ("misspelling", "descriptive")  # names that are no aliases


class StixFacts:
    """Reads what bundles hold, as one person may see it. Ask for `relations` when all `reports` were taken."""

    def __init__(self, person: Person, site: str) -> None:
        self._person, self._site = person, site
        self._actors: dict[int, ActorFact] = {}

    def reports(self, articles: Iterable[int]) -> Iterator[ReportFact]:
        """Yield a report of each article, in this order; ten queries for each AT_ONCE of them."""
        waiting = iter(articles)
        while batch := list(islice(waiting, AT_ONCE)):
            yield from self._batch(batch)

    def relations(self) -> Iterator[RelationFact]:
        """Yield how the actors of all reports stand to each other, where the authority file says it."""
        told = key_rows(self._actors)
        rows = ActorRelation.objects.filter(
            from_actor__canonical__in=told, to_actor__canonical__in=told, retired=False
        ).exclude(from_actor__canonical=F("to_actor__canonical"))
        columns = ("uid", "created", "updated", "type", "from_actor__canonical", "to_actor__canonical")
        for row in rows.order_by("pk").values(*columns).iterator():
            first, second = self._actors[row["from_actor__canonical"]], self._actors[row["to_actor__canonical"]]
            yield RelationFact(**_origin(row), type=row["type"], first=first, second=second)

    def _batch(self, keys: Sequence[int]) -> Iterator[ReportFact]:
        text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
        found = standing_articles(self._person).filter(pk__in=keys).select_related("issue__periodical")
        articles = found.annotate(sample=Subquery(text.values(part=Substr("body", 1, SAMPLE))[:1])).in_bulk()
        actors, regions = _named(articles, ArticleActor, "actor__canonical"), _named(articles, ArticleRegion, "region")
        self._learn({key for found in actors.values() for key in found})
        codes = {code for found in actors.values() for key in found for code in self._actors[key].countries}
        places, homes = _regions({key for found in regions.values() for key in found}, codes)
        labels, notes = self._labels(articles), self._notes(articles)
        for key in keys:
            if (article := articles.get(key)) is not None:
                named = tuple(self._actors[one] for one in actors.get(key, ()))
                own = {code for actor in named for code in actor.countries}
                yield self._report(
                    article,
                    labels=labels.get(key, ()),
                    actors=named,
                    regions=tuple(places[one] for one in regions.get(key, ())),
                    homes=tuple(home for code, home in homes.items() if code in own),
                    notes=tuple(notes.get(key, ())),
                )

    def _report(self, article: Any, **named: Any) -> ReportFact:
        issue, periodical = article.issue, article.issue.periodical
        number = "-".join(filter(None, (volume_in_digits(issue.volume), str(issue.number or ""))))
        return ReportFact(
            **_origin(vars(article)),
            title=article.title,
            periodical=PeriodicalFact(**_origin(vars(periodical)), name=periodical.name),
            published=issue.sort_date.isoformat(),
            number=number,
            url=f"{self._site}{article.get_absolute_url()}" if self._site else "",
            language=language_of(article.sample or ""),
            **named,
        )

    def _learn(self, keys: Iterable[int]) -> None:
        """Read the actors that no report named before, with their names."""
        unknown = set(keys) - self._actors.keys()
        aliases: dict[int, list[str]] = defaultdict(list)
        names = ActorAlias.objects.filter(actor__canonical__in=unknown, retired=False).exclude(sort__in=LEFT_OUT)
        for key, words in names.order_by("pk").values_list("actor__canonical", "text"):
            aliases[key].append(words)
        for key, row in _actor_rows(unknown).items():
            facts: dict[str, Any] = {
                "tags": tuple(row["tags"]),
                "countries": tuple(row["countries"]),
                "aliases": tuple(aliases[key]),
            }
            self._actors[key] = ActorFact(**_origin(row), name=row["name"], kind=row["kind"], **facts)

    def _labels(self, articles: Mapping[int, Any]) -> dict[int, tuple[str, ...]]:
        if not self._person.is_authenticated or not self._person.pk:
            return {}
        found: dict[int, dict[str, None]] = defaultdict(dict)
        uses = tag_uses(self._person, articles).values_list("annotation__article", "tag__path")
        for key, path in uses.order_by("annotation__article", "tag__path"):
            found[key][path] = None
        return {key: tuple(paths) for key, paths in found.items()}

    def _notes(self, articles: Mapping[int, Any]) -> dict[int, list[NoteFact]]:
        if not self._person.is_authenticated or not self._person.pk:
            return {}
        marks = Annotation.objects.visible_to(self._person).filter(article__in=list(articles))
        found: dict[int, list[NoteFact]] = defaultdict(list)
        for row in sorted(mark_rows(marks, self._person), key=lambda row: row["pk"]):
            found[row["article"]].append(
                NoteFact(
                    **_origin(row),
                    quote=" … ".join(span["quote"] for span in row["spans"]),
                    comment=row["comment"],
                    author=row["name"] or row["username"] or "a former member",
                    labels=tuple(tag["path"] for tag in row["tags"]),
                )
            )
        return found


def _named(articles: Mapping[int, Any], table: Any, key: str) -> dict[int, list[int]]:
    """Return the keys of what each article names, the weightiest first, each once."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    rows = table.objects.filter(article__in=list(articles)).order_by("article", "-about", "-salience", "pk")
    for article, entity in rows.values_list("article", key):
        found[article][entity] = None
    return {article: list(keys) for article, keys in found.items()}


def _actor_rows(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    columns = ("pk", "uid", "created", "updated", "name", "kind", "tags", "countries")
    return {row["pk"]: row for row in Actor.objects.filter(pk__in=list(keys)).order_by("pk").values(*columns)}


def _regions(keys: Iterable[int], codes: Iterable[str]) -> tuple[dict[int, RegionFact], dict[str, RegionFact]]:
    """Return the regions of these keys, and those of these codes."""
    by_key, by_code = {}, {}
    wanted = set(codes)
    rows = Region.objects.filter(pk__in=list(keys)) | Region.objects.filter(code__in=wanted)
    for region in rows.order_by("pk"):
        fact = RegionFact(
            **_origin(vars(region)),
            code=region.code,
            name=region.name,
            kind=region.kind,
            countries=tuple(region.countries),
            lat=region.lat,
            lon=region.lon,
        )
        by_key[region.pk] = fact
        if region.code in wanted:
            by_code[region.code] = fact
    return by_key, by_code


def _origin(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"uid": str(row["uid"]), "created": _moment(row["created"]), "updated": _moment(row["updated"])}


def _moment(written: str | datetime) -> str:
    moment = datetime.fromisoformat(written) if isinstance(written, str) else written
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
