"""Bringing an article's rows to what was found and judged: the one way in which mentions are written.

A run hands over what it found; after a judgement what was found is taken from the rows themselves. Either way the
same mentions come out, and only the difference is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from monitor.entities.judgement_models import MentionJudgement, Scope
from monitor.entities.mention_models import Mention, Method, Tier
from monitor.entities.overlay import as_found, overlaid
from monitor.entities.proposing import forget_unnamed
from monitor.entities.standings import refresh_standings
from monitor.library.models import Article, ArticleText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What may differ in a row that stays; where it stands and what it says makes it another row.
FACTS = (
    "kind", "actor_id", "region_id", "actor_alias_id", "region_alias_id", "tier", "metonym", "method", "score", "status",
    "candidates", "found", "judgement_id", "text_version_id", "fold",
)  # fmt: skip
COLUMNS = tuple(name.removesuffix("_id") for name in FACTS)
AT_ONCE = 500


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


@transaction.atomic
def settle(article: Article, found: Sequence[Mention] | None = None, *, text: ArticleText | None = None) -> Settled:
    """Write an article's mentions and standings; `found` are new ones from a run, None where only judgements changed."""
    Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    text = text or ArticleText.objects.get(article=article, version=article.text_version)
    standing = list(Mention.objects.filter(article=article).order_by("pk"))
    if found is None:
        again = Mention.objects.filter(article=article).exclude(method=Method.MANUAL).order_by("pk")
        found = [as_found(mention) for mention in again]
    notes = list(article.notes.order_by("position"))
    fresh = overlaid(found, judgements_on(article, found), article=article, text=text, notes=notes)
    added, removed, changed = _write(standing, fresh)
    rows = refresh_standings(article, fresh, len(text.body))
    if removed or changed:
        forget_unnamed(row.actor_id for row in standing)
    return Settled(added, removed, changed, rows)


def judgements_on(article: Article, mentions: Iterable[Mention]) -> list[MentionJudgement]:
    """Return the judgements that stand and may reach these mentions of an article."""
    folds = {mention.fold for mention in mentions}
    reaching = Q(article=article) | Q(scope=Scope.ALL, fold__in=folds)
    return list(MentionJudgement.objects.filter(reaching, undone=None).order_by("pk"))


def _write(standing: Sequence[Mention], fresh: Sequence[Mention]) -> tuple[int, int, int]:
    left = {_place(mention): mention for mention in standing}
    new, changed = [], []
    for mention in fresh:
        before = left.pop(_place(mention), None)
        if before is None:
            mention.pk = None
            new.append(mention)
        elif _differs(before, mention):
            mention.pk = before.pk
            changed.append(mention)
    Mention.objects.filter(pk__in=[mention.pk for mention in left.values()]).delete()
    Mention.objects.bulk_update(changed, COLUMNS, batch_size=AT_ONCE)
    for mention in new:
        mention._state.adding = True  # noqa: SLF001 - a row read before may be written anew
    Mention.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(new), len(left), len(changed)


def _place(mention: Mention) -> tuple[Any, ...]:
    """Return what makes a mention the same one as before: its place and words, and what was found there."""
    found = mention.found or {"kind": mention.kind, "tier": mention.tier, "region_id": mention.region_id}
    kind, weak = found["kind"], found["region_id"] if found["tier"] == Tier.WEAK else None
    manual = mention.method == Method.MANUAL
    return mention.where, mention.note_id, mention.start, mention.end, mention.surface, kind, weak, manual


def _differs(before: Mention, now: Mention) -> bool:
    return any(getattr(before, name) != getattr(now, name) for name in FACTS)
