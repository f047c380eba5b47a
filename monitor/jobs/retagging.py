"""Looking through the articles that a change of names may concern; the others are up to date without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now

from monitor.entities.documents import documents_of_articles
from monitor.entities.engine import declare_current, ready_engine
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.renaming import concerned
from monitor.entities.storing import store_found
from monitor.library.models import Article, State

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.entities.engine import Engine

# Articles of one transaction: enough to make statements cheap, few enough to show how far it has got.
AT_ONCE = 50


def retag(retagging_id: int, *, before: UUID | str, after: UUID | str) -> Retagging | None:
    """Do what a change of names asks for, and tell how far it has got; None: there is no such change.

    `before` and `after` are the stamps of the names round the change: what was up to date as of the one then is as of
    the other. Begun again after a worker's death it begins anew, and writes only what differs.
    """
    retagging = Retagging.objects.filter(pk=retagging_id).first()
    if retagging is None:
        return None
    rows = Retagging.objects.filter(pk=retagging_id)
    articles = list(concerned(retagging).values_list("pk", flat=True))
    rows.update(articles=len(articles), done=0, changed=0, finished=None)
    engine = ready_engine()
    for first in range(0, len(articles), AT_ONCE):
        looked = articles[first : first + AT_ONCE]
        rows.update(done=F("done") + len(looked), changed=F("changed") + _look_through(looked, engine))
    declare_current(before, after)
    rows.update(finished=Now(), done=F("articles"))
    retagging.refresh_from_db()
    return retagging


def _look_through(articles: list[int], engine: Engine) -> int:
    """Read these articles again, and return in how many something changed."""
    wanted = Article.objects.filter(pk__in=articles).exclude(state=State.GONE).order_by("pk")
    pairs = [(stored, engine.recognise(stored.document)) for stored in documents_of_articles(wanted)]
    return sum(settled.mentions > 0 for settled in store_found(pairs, engine.run))
