"""What a decision on a suggestion keeps: the judgement, and an actor, region or name that it made; undone together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction

from monitor.entities.judging import judge_mention, take_back
from monitor.entities.models import Actor, ActorAlias, NameSort
from monitor.entities.naming import add_alias, create_actor, create_region, retire_actor, retire_alias, retire_region
from monitor.entities.region_models import Region, RegionAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.accounts.models import User
    from monitor.entities.judgement_models import MentionJudgement
    from monitor.entities.mention_models import Mention

SHORT = 8  # letters of an acronym
SALT = "monitor.web.judged_names"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement and what was made with it: keys of an actor or region, and of a name, by table."""

    judgement: MentionJudgement
    made: Mapping[str, int]

    @property
    def token(self) -> str:
        """Return what was made for a form that takes it back; signed, so that no link can name anything else."""
        return signing.dumps([self.judgement.pk, dict(self.made)], salt=SALT) if self.made else ""


@transaction.atomic
def judge(mention: Mention, given: Mapping[str, Any], by: User) -> Judged:
    """Keep what a form says of a suggestion. Raises NotYourPart and CannotJudge; then nothing is kept."""
    entity, made = given["instead"] or given["name"], {}
    if given["verdict"] == "new":
        entity = _new(given, by)
        made["actor" if isinstance(entity, Actor) else "region"] = entity.pk
    meant = _meant(entity) if given["verdict"] in {"relink", "new"} else {}
    verdict = "relink" if given["verdict"] == "new" else given["verdict"]
    scope = given["scope"] or "mention"
    judgement = judge_mention(mention=mention, verdict=verdict, scope=scope, by=by, **meant)
    if given["as_alias"] and meant and entity.name != mention.surface:
        alias = add_alias(text=mention.surface, by=by, sort=sort_of(mention.surface), **meant)
        made["actor_alias" if isinstance(alias, ActorAlias) else "region_alias"] = alias.pk
    return Judged(judgement, made)


def _new(given: Mapping[str, Any], by: User) -> Actor | Region:
    table, _, kind = given["new_kind"].partition(":")
    if table == "region":
        return create_region(name=given["new_name"], kind=kind, parent=given["parent"], by=by)
    return create_actor(name=given["new_name"], kind=kind or "armed_group", by=by)


def _meant(entity: Actor | Region) -> dict[str, Any]:
    return {"actor": entity} if isinstance(entity, Actor) else {"region": entity}


def sort_of(words: str) -> str:
    """Return what kind of a name some words of a text are: an acronym or a name."""
    return NameSort.ACRONYM if words.isupper() and len(words) <= SHORT else NameSort.NAME


@transaction.atomic
def unjudge(judgement: MentionJudgement, token: str, by: User) -> None:
    """Take a judgement back, and with it what was made (`Judged.token`; another is passed over)."""
    take_back(judgement=judgement, by=by)
    made = _made(token, judgement.pk)
    if alias := ActorAlias.objects.filter(pk=made.get("actor_alias", 0), retired=False).first():
        retire_alias(alias=alias, by=by)
    if name := RegionAlias.objects.filter(pk=made.get("region_alias", 0), retired=False).first():
        retire_alias(alias=name, by=by)
    if actor := Actor.objects.filter(pk=made.get("actor", 0)).first():
        retire_actor(actor=actor, by=by)
    if region := Region.objects.filter(pk=made.get("region", 0), retired=False).first():
        retire_region(region=region, by=by)


def _made(token: str, key: int) -> dict[str, int]:
    try:
        judgement, made = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return {}
    return dict(made) if judgement == key else {}
