"""Actors, regions, mentions, and the suggestions on which people decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from monitor.api.kept_answers import is_answered
from monitor.api.links import stamp
from monitor.api.of_kind import ListOfKind, OneOfKind
from monitor.api.parameters import WHOLE, Filter, column, one_of, words
from monitor.api.problems import Impossible
from monitor.api.resources import Resource
from monitor.api.rows.actors import ACTORS, actors_meant
from monitor.api.rows.kinds import keyed
from monitor.api.rows.mentions import MENTIONS, SUGGESTIONS, judges, seen_mentions
from monitor.api.rows.regions import REGIONS, regions_called, regions_meant
from monitor.api.serializers import entities as say
from monitor.api.sign_in import SignedIn
from monitor.api.written import Making
from monitor.api.written import said as answered
from monitor.entities.folding import folded
from monitor.entities.judgement_models import Verdict
from monitor.entities.judging import judge_mention
from monitor.entities.mention_models import EntityKind, MentionStatus, Tier, Where
from monitor.entities.models import Actor as ActorRow
from monitor.entities.models import ActorAlias, ActorKind, ActorStatus
from monitor.entities.region_models import Region as RegionRow
from monitor.entities.region_models import RegionAlias, RegionClosure, RegionKind

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.api.links import Links
    from monitor.entities.judgement_models import MentionJudgement

_NAME = words(200)
_COUNTRY = Filter(
    "country", words(8), "Code of a country.", where=lambda values, asked: Q(countries__overlap=list(values))
)


# -- Actors and regions ------------------------------------------------------------------------------------------------
def _actors_named(values: Any, asked: Any) -> Q:
    aliases = ActorAlias.objects.filter(fold__in=[folded(value) for value in values], retired=False)
    return Q(pk__in=aliases.values("actor__canonical"))


class Actors(ListOfKind):
    """Groups, forces, parties, organisations, operations and persons; those that were merged are one."""

    kind, shows = ACTORS, say.Actor
    filters = (
        Filter("name", _NAME, "One of its names, whole, however it is written.", where=_actors_named),
        column("kind", one_of(*ActorKind.values)),
        column("status", one_of(*(one for one in ActorStatus.values if one != ActorStatus.RETIRED))),
        _COUNTRY,
    )


class Actor(OneOfKind):
    """An actor by its id or slug, or the one that it was merged into."""

    kind, shows = ACTORS, say.WholeActor

    def found(self, **place: Any) -> Any:
        return actors_meant(self.request.user, place["id"])


def _regions_named(values: Any, asked: Any) -> Q:
    folds = [folded(value) for value in values]
    return Q(key__in=folds) | Q(pk__in=RegionAlias.objects.filter(fold__in=folds, retired=False).values("region"))


def _within(values: Any, asked: Any) -> Q:
    below = RegionClosure.objects.filter(ancestor__in=regions_called(values).values("pk"), depth__gt=0)
    return Q(pk__in=below.values("descendant"))


class Regions(ListOfKind):
    """Parts of the world, countries, provinces, towns."""

    kind, shows = REGIONS, say.Region
    filters = (
        Filter("name", _NAME, "One of its names, whole, however it is written.", where=_regions_named),
        column("code", words(40)),
        column("kind", one_of(*RegionKind.values)),
        Filter("within", _NAME, "Code, slug or id of a region it lies in.", where=_within),
        _COUNTRY,
    )


class Region(OneOfKind):
    """A region by its id, code or slug."""

    kind, shows = REGIONS, say.WholeRegion

    def found(self, **place: Any) -> Any:
        return regions_meant(self.request.user, place["id"])


# -- Mentions ----------------------------------------------------------------------------------------------------------
def _of_actors(values: Any, asked: Any) -> Q:
    return Q(actor__canonical__in=ActorRow.objects.filter(keyed(values, "slug")).values("canonical"))


def _of_regions(values: Any, asked: Any) -> Q:
    return Q(region__in=regions_called(values).values("pk"))


_OF_MENTIONS = (
    column("article", WHOLE, says="Id."),
    Filter("actor", _NAME, "Slug or id, with all that was merged with it.", where=_of_actors),
    Filter("region", _NAME, "Code, slug or id of the region itself.", where=_of_regions),
    column("kind", one_of(*EntityKind.values)),
    column("where", one_of(*Where.values)),
)


class Mentions(ListOfKind):
    """Where articles name actors and regions. Those that do not count are shown by `status`, to who judges them."""

    kind, shows = MENTIONS, say.Mention
    filters = (
        *_OF_MENTIONS,
        column("status", one_of(*MentionStatus.values)),
        column("tier", one_of(*(tier for tier in Tier.values if tier != Tier.WEAK))),
    )

    def seen(self) -> Any:
        return seen_mentions(self.request.user) if self.asked["status"] else super().seen()


class OneMention(OneOfKind):
    """One mention."""

    kind, shows = MENTIONS, say.Mention


# -- Suggestions -------------------------------------------------------------------------------------------------------
class ForJudges(Resource):
    """Suggestions are for people who may decide on them."""

    permission_classes = [SignedIn]

    def must_be_let(self) -> None:
        if not judges(self.request.user):
            raise PermissionDenied("Judging names in texts needs the role of analyst.")


class Suggestions(ForJudges, ListOfKind):
    """Uncertain names in texts, which wait for a person."""

    kind, shows, filters = SUGGESTIONS, say.Suggestion, _OF_MENTIONS


class Suggestion(ForJudges, OneOfKind):
    kind, shows = SUGGESTIONS, say.Suggestion


class Judging(ForJudges, Making):
    """Decide on a suggestion; what was decided is told."""

    shows = say.Judgement
    answers: ClassVar = {"POST": {200: say.Judgement}}
    verdict: str

    def find(self, **place: Any) -> Any:
        found = SUGGESTIONS.seen(self.request.user).filter(**place)
        suggestion = found.select_related("article", "note", "judgement__by", "actor", "region").first()
        if suggestion is None and not is_answered(self.request):
            raise Http404
        return suggestion

    def make(self, sent: Any) -> HttpResponse:
        if self.thing is None:  # what was answered before is so no more
            raise Http404
        scope, meant = sent.pop("scope"), self._meant(sent)
        judgement = judge_mention(mention=self.thing, verdict=self.verdict, by=self.person, scope=scope, **meant)
        return answered(told_judgement(judgement, self.links))

    def _meant(self, sent: Any) -> dict[str, Any]:
        """Return the actor or region that was named."""
        found = {name: _MEANT[name](self.request.user, key).first() for name, key in sent.items()}
        for name, row in found.items():
            if row is None:
                raise Impossible(f"There is no such {name} here.")
        return found


_MEANT = {"actor": actors_meant, "region": regions_meant}


class Accept(Judging):
    """Say that a suggestion is right, or whom it means instead."""

    verdict, takes = Verdict.CONFIRM, {"POST": say.Acceptance}


class Reject(Judging):
    """Say that a suggestion is wrong."""

    verdict, takes = Verdict.REJECT, {"POST": say.Rejection}


def told_judgement(judgement: MentionJudgement, links: Links) -> dict[str, Any]:
    judgement.refresh_from_db()
    article, actor, region = judgement.article_id, judgement.actor, judgement.region
    canonical = actor.canonical if actor else None
    return {
        "id": judgement.pk,
        "created": stamp(judgement.created),
        "verdict": judgement.verdict,
        "scope": judgement.scope,
        "text": judgement.quote,
        "kind": judgement.kind,
        "article": {"id": article, "url": links.api("articles", article)} if article else None,
        "actor": {**_named(canonical), "url": links.api("actors", canonical.pk)} if canonical else None,
        "region": {**_named(region), "code": region.code, "url": links.api("regions", region.pk)} if region else None,
    }


def _named(row: ActorRow | RegionRow) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "slug": row.slug}
