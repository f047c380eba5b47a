"""Articles that name what the small gazetteer has, looked through as a worker does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.entities.loading import load_data
from monitor.entities.mention_models import Mention
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.jobs import queue
from monitor.jobs.find_mentions import find_mentions
from monitor.jobs.retagging import retag
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from monitor.entities.data_rows import DataFiles
    from monitor.entities.gazetteer_models import Retagging
    from monitor.library.models import Article

TEXT = (
    "The Ardel Liberation Army (ALA) took the bridge at Lampton on Monday.\n\n"
    "A spokesman of the ALA said that Ostria had sent guns. The Ardel Republican Front kept out of it, "
    "and in Weir the Ardel Army was seen again.\n\n"
    "Ostrian soldiers left Ardelia at dawn."
)
TITLE = "Ardel Liberation Army Takes a Bridge in Ardelia"


def told_article(text: str = TEXT, *, rows: DataFiles | None = ROWS, **facts: Any) -> Article:
    """Store one article and look it through; `rows` are loaded first unless None."""
    if rows is not None:
        load_data(rows)
    facts = {"title": TITLE, "notes": (), "cited": {}, **facts}
    issue = make_issue(make_read_article(text, **facts))
    find_mentions(issue.pk)
    article: Article = issue.articles.get()
    return article


def actor_of(slug: str) -> Actor:
    return Actor.objects.get(slug=slug)


def region_of(code: str) -> Region:
    return Region.objects.get(code=code)


def mention_of(article: Article, words: str, **facts: Any) -> Mention:
    """Return the first mention whose printed words are these."""
    return Mention.objects.filter(article=article, surface=words, **facts).order_by("where", "start")[0]


def told(article: Article, **facts: Any) -> list[tuple[str, str, str]]:
    """Return (surface, slug or code, status) of the mentions in the running text, in its order."""
    rows = Mention.objects.filter(article=article, where="body", **facts).exclude(tier="weak").order_by("start", "pk")
    return [
        (row.surface, row.actor.slug if row.actor else row.region.code if row.region else "", row.status)
        for row in rows.select_related("actor", "region")
    ]


def dump(article: Article) -> dict[str, Any]:
    """Return everything derived of an article, without keys of rows that come and go."""
    mentions = Mention.objects.filter(article=article).order_by("where", "start", "end", "kind", "tier")
    columns = ("where", "note__position", "start", "end", "surface", "kind", "actor__slug", "region__code", "tier")
    facts = ("metonym", "method", "score", "status", "actor_alias__text", "region_alias__text", "judgement")
    standings = ("n", "in_title", "parts", "weight", "salience", "about")
    return {
        "mentions": list(mentions.values_list(*columns, *facts)),
        "actors": list(article.actor_rows.order_by("actor__slug").values_list("actor__slug", *standings)),
        "regions": list(article.region_rows.order_by("region__code").values_list("region__code", *standings)),
    }


def do_retagging(change: Retagging) -> Retagging:
    """Do the job of a change of names, as a worker would."""
    job = ProcrastinateJob.objects.get(task_name=queue.RETAG, args__retagging_id=change.pk)
    done = retag(change.pk, before=UUID(job.args["before"]), after=UUID(job.args["after"]))
    assert done is not None
    return done
