"""Mentions of actors and regions: found after each storing of an issue, and anew when the gazetteer has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.entities.documents import stored_documents
from monitor.entities.engine import current_runs, ready_engine, remember_lexicon
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.mention_models import RecognisedArticle
from monitor.entities.recognising.letters import fold
from monitor.entities.storing import current_articles, store_found
from monitor.jobs import queue
from monitor.jobs.apart import apart
from monitor.library.models import Article, ArticleText, Issue, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from monitor.entities.documents import Stored
    from monitor.entities.settling import Settled

LONGEST_RETAGGING = timedelta(hours=1)
AT_ONCE = 50  # articles of one transaction
MOST_AT_ONCE = 1000  # issues that get their job in one round
FEWEST_ARTICLES = 2  # that print a word small before it counts as a common one


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one issue's articles."""

    issue: Issue
    articles: int  # looked through now
    changed: int  # of them, those in which mentions came, went or changed
    mentions: int

    def __str__(self) -> str:
        return f"{self.issue}: {self.articles} articles looked through, {self.mentions} mentions changed."


def find_mentions(issue_id: int, *, again: bool = False) -> Found | None:
    """Bring the mentions of an issue up to date; `again` also where nothing has changed since. None: no such issue.

    Some articles at once are a transaction, and the same text and gazetteer write nothing.
    """
    issue = Issue.objects.filter(pk=issue_id).select_related("periodical").first()
    if issue is None:
        return None
    looked = list(stored_documents(issue))
    if not again:
        current = current_articles([stored.article for stored in looked], current_runs())
        looked = [stored for stored in looked if stored.article.pk not in current]
    settled: list[Settled] = []
    for first in range(0, len(looked), AT_ONCE):
        settled += _look_through(looked[first : first + AT_ONCE])
    return Found(issue, len(looked), sum(one.mentions > 0 for one in settled), sum(one.mentions for one in settled))


def _look_through(looked: Sequence[Stored]) -> list[Settled]:
    """Bring the mentions of some articles up to date with the names as they stand when it is done.

    Who changes a name looks for the articles it concerns afterwards, so none is missed that was stored before.
    """
    while True:
        engine = ready_engine()
        settled = store_found([(stored, engine.recognise(stored.document)) for stored in looked], engine.run)
        if engine.is_current():
            return settled


def find_in_library(*, again: bool = False) -> Iterator[Found]:
    """Do the same for every issue that needs it, newest first; `again` for all of them."""
    issues = Issue.objects.all() if again else _behind()
    for pk in issues.order_by("-sort_date", "-id").values_list("pk", flat=True):
        found = find_mentions(pk, again=again)
        if found:
            yield found


def take_up_unrecognised() -> int:
    """Give every issue that is not up to date with the gazetteer a job; return how many got one.

    Newer rules of the recogniser are such a case as well. While names are being changed nothing is up to date, and most of
    it will be without being looked through.
    """
    lately = timezone.now() - LONGEST_RETAGGING
    changes = list(Retagging.objects.filter(finished=None, created__gte=lately).values_list("pk", flat=True))
    if changes:
        _take_up_lost(changes)
        return 0
    jobs = ProcrastinateJob.objects.filter(task_name=queue.FIND_MENTIONS, status__in=["todo", "doing"])
    alive = set(jobs.values_list("args__issue_id", flat=True))
    behind = [pk for pk in _behind().order_by("-sort_date", "-id").values_list("pk", flat=True) if pk not in alive]
    for pk in behind[:MOST_AT_ONCE]:
        queue.defer_mentions(pk)
    return len(behind[:MOST_AT_ONCE])


def _take_up_lost(changes: Iterable[int]) -> None:
    """Have changes of names worked off whose job has failed: what is behind one of them is behind for good."""
    alive = ProcrastinateJob.objects.filter(task_name=queue.RETAG, status__in=["todo", "doing"])
    waiting = set(alive.values_list("args__retagging_id", flat=True))
    for change in changes:
        job = ProcrastinateJob.objects.filter(task_name=queue.RETAG, args__retagging_id=change).order_by("-id").first()
        if job and change not in waiting:
            queue.defer_retagging(change, before=UUID(job.args["before"]), after=UUID(job.args["after"]))


def note_current_run() -> None:
    """Make the recogniser, which notes of what it is made."""
    ready_engine()


def take_words() -> int:
    """Take the words that the archive prints small into the lexicon, and return how many there are.

    Articles are read with them from then on; those that are there are looked through again by and by.
    """
    counts: dict[str, int] = {}
    articles = 0
    current = ArticleText.objects.filter(version=F("article__text_version"))
    for body in current.order_by("pk").values_list("body", flat=True).iterator(chunk_size=200):
        articles += 1
        words = "".join(c if c.isalpha() else " " for c in body).split()
        for word in {fold(word) for word in words if word.islower()}:
            counts[word] = counts.get(word, 0) + 1
    common = sorted(word for word, number in counts.items() if number >= FEWEST_ARTICLES)
    remember_lexicon("\n".join(common), articles)
    return len(common)


def _behind() -> QuerySet[Issue]:
    if not current_runs().exists():
        apart.call(note_current_run)  # what it is made of may be as before, or nothing is up to date
    runs = list(current_runs().values_list("pk", flat=True))
    done = RecognisedArticle.objects.filter(article=OuterRef("pk"), text__version=OuterRef("text_version"))
    done = done.filter(run__in=runs)
    lacking = Article.objects.exclude(state=State.GONE).filter(~Exists(done), texts__version=F("text_version"))
    return Issue.objects.filter(pk__in=lacking.values("issue"))
