"""A row for every constraint of the entities' tables, made to break it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from monitor.entities.gazetteer_models import Retagging
from monitor.entities.judgement_models import AboutJudgement, ActorJudgement, MentionJudgement
from monitor.entities.mention_models import ArticleActor, ArticleRegion, Mention, RecognitionRun
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.region_models import Region, RegionAlias, RegionClosure, RegionParent
from monitor.library.models import ArticleText

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

    Change = Callable[..., Callable[[], object]]


def make_entities(person: User) -> None:
    """Store one row of each table."""
    text = ArticleText.objects.all()[0]
    army = Actor.objects.create(slug="army", name="Ardel Liberation Army")
    front = Actor.objects.create(slug="front", name="Ardel Front")
    ActorAlias.objects.create(actor=army, text="ALA", sort="acronym")
    ActorRelation.objects.create(from_actor=army, to_actor=front, type="member_of")
    coast = Region.objects.create(code="coast", slug="coast", name="The Coast", kind="macro")
    land = Region.objects.create(code="AR", slug="ardel", name="Ardel", kind="country", lat=1, lon=2)
    RegionAlias.objects.create(region=land, text="Ardelia")
    RegionParent.objects.create(child=land, parent=coast)
    RegionClosure.objects.create(descendant=land, ancestor=coast, depth=1)
    RecognitionRun.objects.create(gazetteer="g", rules="r", lexicon="l")
    Mention.objects.create(
        article=text.article, text_version=text, start=0, end=4, surface="Army", kind="actor", actor=army
    )
    facts: dict[str, Any] = {"article": text.article, "n": 1, "parts": 1, "weight": 1, "salience": 1}
    ArticleActor.objects.create(actor=army, **facts)
    ArticleRegion.objects.create(region=land, **facts)
    judged: dict[str, Any] = {"kind": "actor", "actor": army, "fold": "army", "quote": "Army", "by": person}
    MentionJudgement.objects.create(verdict="confirm", article=text.article, text_version=1, start=0, end=4, **judged)
    ActorJudgement.objects.create(left=army, right=front, verdict="same", keep=army)
    AboutJudgement.objects.create(article=text.article, actor=army, verdict="about")
    Retagging.objects.create(said="Added a name.", folds=["ala"], articles=1)


def loop(model: type[Any], **ends: str) -> Callable[[], object]:
    return lambda: model.objects.update(**{name: F(other) for name, other in ends.items()})


def of_both() -> object:
    return Mention.objects.update(region=Region.objects.get(code="AR"))


def about_both() -> object:
    return AboutJudgement.objects.update(region=Region.objects.get(code="AR"))


def broken_rows(changed: Change, copied: Change) -> dict[str, Callable[[], object]]:
    rows = {
        "actor_kind_is_known": changed(Actor, kind="cloud"),
        "actor_status_is_known": changed(Actor, status="lost"),
        "actor_has_a_name": changed(Actor, name=""),
        "actor_alias_once": copied(ActorAlias),
        "actor_relation_once": copied(ActorRelation),
        "actor_relation_is_of_two": loop(ActorRelation, from_actor="to_actor"),
        "actor_relation_type_is_known": changed(ActorRelation, type="likes"),
        "region_kind_is_known": changed(Region, kind="cloud"),
        "region_point_basis_is_known": changed(Region, coord_basis="guess"),
        "region_has_a_name": changed(Region, name=""),
        "region_point_is_on_earth": changed(Region, lat=91, lon=0),
        "region_alias_once": copied(RegionAlias),
        "region_parent_once": copied(RegionParent),
        "region_is_not_its_own_parent": loop(RegionParent, child="parent"),
        "closure_depth_0_is_itself": lambda: RegionClosure.objects.update(depth=0),
        "recognition_run_once": copied(RecognitionRun),
        "mention_end_after_start": changed(Mention, end=F("start")),
        "mention_has_words": changed(Mention, surface=""),
        "mention_is_of_one_thing": of_both,
        "mention_that_counts_is_of_something": changed(Mention, actor=None),
        "mention_in_a_note_names_it": changed(Mention, where="note"),
        "mention_tier_is_known": changed(Mention, tier="loud"),
        "mention_method_is_known": changed(Mention, method="luck"),
        "mention_status_is_known": changed(Mention, status="lost"),
        "mention_score_is_a_share": changed(Mention, score=1.5),
        "mention_once_per_place": copied(Mention),
        "actor_once_per_article": copied(ArticleActor),
        "region_once_per_article": copied(ArticleRegion),
        "judgement_verdict_is_known": changed(MentionJudgement, verdict="maybe"),
        "judgement_state_is_known": changed(MentionJudgement, state="lost"),
        "judgement_has_words": changed(MentionJudgement, quote=""),
        "judgement_is_of_one_thing": changed(MentionJudgement, kind="region"),
        "judgement_names_its_entity": changed(MentionJudgement, actor=None),
        "judgement_place_fits_its_scope": changed(MentionJudgement, start=None),
        "judgement_adds_one_at_a_time": changed(
            MentionJudgement, verdict="add", scope="all", article=None, start=None, end=None
        ),
        "actor_judgement_is_of_two_in_order": lambda: ActorJudgement.objects.update(left=F("right"), right=F("left")),
        "actor_judgement_is_known": changed(ActorJudgement, verdict="maybe", keep=None),
        "actor_judgement_keeps_one_of_them": changed(ActorJudgement, keep=None),
        "about_judgement_is_of_one_thing": about_both,
        "about_judgement_is_known": changed(AboutJudgement, verdict="maybe"),
        "retagging_does_what_there_is": changed(Retagging, done=2),
    }
    for model, name in (
        (Actor, "actor"),
        (ActorAlias, "actor_alias"),
        (ActorRelation, "actor_relation"),
        (Region, "region"),
        (RegionAlias, "region_alias"),
        (RegionParent, "region_parent"),
    ):
        rows[f"{name}_origin_is_known"] = changed(model, origin="moon")
        rows[f"{name}_dates_are_iso"] = changed(model, valid_from="2022-13")
        rows[f"{name}_dates_run_forward"] = changed(model, valid_from="2022-03", valid_to="2022-02-28")
    for model, name in ((ActorAlias, "actor_alias"), (RegionAlias, "region_alias")):
        rows[f"{name}_sort_is_known"] = changed(model, sort="nickname")
        rows[f"{name}_case_is_known"] = changed(model, case="small")
        rows[f"{name}_has_words"] = changed(model, text="")
    return rows
