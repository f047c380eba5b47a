"""Looking through the articles that a change of names may concern; the others are up to date without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now

from monitor.entities.documents import stored_documents
from monitor.entities.engine import ready_engine
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.mention_models import RecognisedArticle
from monitor.entities.renaming import concerned
from monitor.entities.storing import store_found
from monitor.library.models import Issue

if TYPE_CHECKING:
    from monitor.entities.engine import Engine


def retag(retagging_id: int, *, before: int | None = None) -> Retagging | None:
    """Do what a change of names asks for, and tell how far it has got; None: there is no such change.

    `before` is the run with which articles were up to date until the change: those it does not concern then are with
    the new one. Begun again after a worker's death it begins anew, and writes only what differs.
    """
    retagging = Retagging.objects.filter(pk=retagging_id).first()
    if retagging is None:
        return None
    engine = ready_engine()
    articles = set(concerned(retagging).values_list("pk", flat=True))
    rows = Retagging.objects.filter(pk=retagging_id)
    rows.update(articles=len(articles), done=0, changed=0, finished=None)
    for issue in Issue.objects.filter(articles__in=articles).distinct().order_by("-sort_date", "-id"):
        done, changed = _look_through(issue, articles, engine)
        rows.update(done=F("done") + done, changed=F("changed") + changed)
    if before is not None:
        RecognisedArticle.objects.filter(run=before).exclude(pk__in=articles).update(run=engine.run)
    rows.update(finished=Now(), done=F("articles"))
    retagging.refresh_from_db()
    return retagging


def _look_through(issue: Issue, articles: set[int], engine: Engine) -> tuple[int, int]:
    done = changed = 0
    for stored in stored_documents(issue):
        if stored.article.pk in articles:
            settled = store_found(stored, engine.recognise(stored.document), engine.run)
            done += 1
            changed += settled.mentions > 0
    return done, changed
