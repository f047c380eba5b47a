"""The doctor's proofs of actors and regions: silent on what is whole, and a sentence for each thing that is not."""

from __future__ import annotations

import pytest

from monitor.entities.mention_models import ArticleActor, Mention
from monitor.entities.models import Actor
from monitor.entities.proving import misprinted_mentions, unequal_counts, wrong_canonical, wrong_closure
from monitor.entities.region_models import RegionClosure
from monitor.jobs.doctor import find_faults
from tests.entities.articles import actor_of, mention_of, told_article

pytestmark = pytest.mark.django_db


def test_nothing_is_said_of_what_is_whole() -> None:
    told_article()
    proofs = (misprinted_mentions, unequal_counts, wrong_closure, wrong_canonical)
    assert [list(proof()) for proof in proofs] == [[], [], [], []]
    promises = {fault.promise for fault in find_faults()}
    assert not promises & {"actors and regions", "counts"}


def test_each_broken_row_is_told() -> None:
    article = told_article()
    ostria = mention_of(article, "Ostria")
    Mention.objects.filter(pk=ostria.pk).update(start=ostria.start - 1)
    ArticleActor.objects.filter(actor__slug="ardel-army").update(n=9)
    ArticleActor.objects.filter(actor__slug="ardel-front").delete()
    RegionClosure.objects.filter(descendant__code="gn1", depth=3).delete()
    Actor.objects.filter(slug="union").update(canonical=actor_of("ardel-army"))
    army, front = actor_of("ardel-army").pk, actor_of("ardel-front").pk
    assert list(misprinted_mentions()) == [
        f"mention {ostria.pk}: its words do not stand where it says in article {article.pk}"
    ]
    assert list(unequal_counts()) == [
        f"article {article.pk}: 9 mentions of actor {army} are counted and 5 are there",
        f"article {article.pk}: 0 mentions of actor {front} are counted and 1 are there",
    ]
    assert list(wrong_closure()) == ["2 rows of what lies in what are not what the regions' parents say"]
    assert list(wrong_canonical()) == ["1 actors are not joined as the judgements on them say"]
    assert RegionClosure.objects.filter(descendant__code="gn1").count() == 3
    assert Actor.objects.get(slug="union").canonical.slug == "ardel-army"
