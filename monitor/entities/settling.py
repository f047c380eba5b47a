"""Bringing an article's rows to what was found and judged: the one way in which mentions are written.

A run hands over what it found; after a judgement what was found is taken from the rows themselves. Either way the
same mentions come out, and only the difference is written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Q

from monitor.entities.changed_rows import write_columns
from monitor.entities.judgement_models import MentionJudgement, Scope
from monitor.entities.mention_models import Mention, Method, Tier
from monitor.entities.overlay import as_found, overlaid
from monitor.entities.proposing import forget_unnamed
from monitor.entities.standings import Measured, refresh_standings
from monitor.library.models import Article, ArticleText, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What may differ in a row that stays; where it stands and what it says makes it another row.
FACTS = (
    "kind", "actor_id", "region_id", "actor_alias_id", "region_alias_id", "tier", "metonym", "method", "score", "status",
    "candidates", "found", "judgement_id", "text_version_id", "fold",
)  # fmt: skip
_facts = attrgetter(*FACTS)
AT_ONCE = 500
Row = TypeVar("Row", Mention, Note)


@dataclass(frozen=True, slots=True)
class Settled:
    """How many mentions came, went and changed, and how many rows of articles were written."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    standings: int = 0

    @property
    def written(self) -> int:
        return self.added + self.removed + self.changed + self.standings

    @property
    def mentions(self) -> int:
        return self.added + self.removed + self.changed


@dataclass(frozen=True, slots=True)
class Job:
    """An article to settle, its text as it is read today, and what a run found in it."""

    article: Article
    text: ArticleText
    found: Sequence[Mention]


def settle(article: Article) -> Settled:
    """Write an article's mentions and standings after a judgement: what was found is in its rows."""
    with transaction.atomic():
        _hold([article])
        text = ArticleText.objects.get(article=article, version=article.text_version)
        again = Mention.objects.filter(article=article).exclude(method=Method.MANUAL).order_by("pk")
        return settle_all([Job(article, text, [as_found(mention) for mention in again])])[0]


@transaction.atomic
def settle_all(jobs: Sequence[Job]) -> list[Settled]:
    """Write the mentions and standings of articles, each only once among `jobs`; as few statements for many as for one."""
    articles = [job.article for job in jobs]
    _hold(articles)
    standing = _by_article(Mention.objects.filter(article__in=articles).order_by("pk"))
    notes = _by_article(Note.objects.filter(article__in=articles).order_by("position"))
    judged = _judgements(jobs)
    fresh = [
        overlaid(job.found, judgements, article=job.article, text=job.text, notes=notes[job.article.pk])
        for job, judgements in zip(jobs, judged, strict=True)
    ]
    differences = [_difference(standing[job.article.pk], mentions) for job, mentions in zip(jobs, fresh, strict=True)]
    _write(differences)
    measured = [Measured(job.article, rows, len(job.text.body)) for job, rows in zip(jobs, fresh, strict=True)]
    rows = refresh_standings(measured)
    touched = [job.article.pk for job, one in zip(jobs, differences, strict=True) if one.gone or one.changed]
    forget_unnamed({row.actor_id for key in touched for row in standing[key]})
    return [
        Settled(len(one.new), len(one.gone), len(one.changed), number)
        for one, number in zip(differences, rows, strict=True)
    ]


def _hold(articles: Iterable[Article]) -> None:
    """Have whoever settles one of these articles wait; in one order, so that two never wait for each other."""
    keys = [article.pk for article in articles]
    list(Article.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _by_article(rows: Iterable[Row]) -> dict[int, list[Row]]:
    by_article: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row.article_id].append(row)
    return by_article


def _judgements(jobs: Sequence[Job]) -> list[list[MentionJudgement]]:
    """Return for each job the judgements that stand and may reach its mentions, in the order of keys."""
    folds = [{mention.fold for mention in job.found} for job in jobs]
    reaching = Q(article__in=[job.article for job in jobs]) | Q(scope=Scope.ALL, fold__in=set().union(*folds))
    rows = list(MentionJudgement.objects.filter(reaching, undone=None).order_by("pk"))
    return [
        [row for row in rows if row.article_id == job.article.pk or (row.scope == Scope.ALL and row.fold in of_job)]
        for job, of_job in zip(jobs, folds, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Difference:
    """What is to be written of one article's mentions."""

    new: list[Mention]
    changed: list[Mention]
    gone: list[Mention]


def _difference(standing: Sequence[Mention], fresh: Sequence[Mention]) -> _Difference:
    left = {_place(mention): mention for mention in standing}
    new, changed = [], []
    for mention in fresh:
        before = left.pop(_place(mention), None)
        if before is None:
            mention.pk = None
            mention._state.adding = True  # noqa: SLF001 - a row read before may be written anew
            new.append(mention)
        elif _differs(before, mention):
            mention.pk = before.pk
            changed.append(mention)
    return _Difference(new, changed, list(left.values()))


def _write(differences: Sequence[_Difference]) -> None:
    gone = [mention.pk for one in differences for mention in one.gone]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    write_columns([mention for one in differences for mention in one.changed], FACTS)
    Mention.objects.bulk_create([mention for one in differences for mention in one.new], batch_size=AT_ONCE)


def _place(mention: Mention) -> tuple[Any, ...]:
    """Return what makes a mention the same one as before: its place and words, and what was found there."""
    found = mention.found or {"kind": mention.kind, "tier": mention.tier, "region_id": mention.region_id}
    kind, weak = found["kind"], found["region_id"] if found["tier"] == Tier.WEAK else None
    manual = mention.method == Method.MANUAL
    return mention.where, mention.note_id, mention.start, mention.end, mention.surface, kind, weak, manual


def _differs(before: Mention, now: Mention) -> bool:
    facts: bool = _facts(before) != _facts(now)
    return facts
