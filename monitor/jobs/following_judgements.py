"""Carrying people's judgements on mentions over to a new reading of their article, as annotations are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.dispatch import receiver

from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor
from monitor.entities.judgement_models import AnchorState, MentionJudgement, Scope
from monitor.entities.judging import reaches_far
from monitor.entities.mention_models import RecognisedArticle, Where
from monitor.entities.renaming import names_changed
from monitor.jobs import queue
from monitor.library.models import Article, ArticleText
from monitor.library.told import texts_stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from monitor.annotations.anchoring import Anchor
    from monitor.entities.gazetteer_models import Retagging
    from monitor.library.models import Issue, Note

MOVED = ("start", "end", "text_version", "state", "score", "note_number")


@receiver(texts_stored)
def follow_texts(issue: Issue, **_: object) -> None:
    """Have an issue looked through again: what people judged moves along at once, or nothing is stored."""
    carry_judgements_over(issue)
    # Titles and notes may differ where the text is the same.
    RecognisedArticle.objects.filter(article__issue=issue).delete()
    queue.defer_mentions(issue.pk)


@receiver(reaches_far)
def follow_judgement(judgement: MentionJudgement, **_: object) -> None:
    """Leave it to a worker to let a judgement count in many articles."""
    queue.defer_settling(judgement.pk)


@receiver(names_changed)
def follow_names(retagging: Retagging, before: UUID, after: UUID, **_: object) -> None:
    """Leave it to a worker to look through the articles that a change of names concerns."""
    queue.defer_retagging(retagging.pk, before=before, after=after)


def carry_judgements_over(issue: Issue) -> int:
    """Find the judged places in an issue's texts as they stand; returns how many moved. Again changes nothing.

    One that is not found is an orphan: it says nothing until a later reading has its words again.
    """
    judged = MentionJudgement.objects.filter(scope=Scope.MENTION, article__issue=issue)
    newer = ~Q(text_version=F("article__text_version")) | ~Q(where=Where.BODY) | Q(state=AnchorState.ORPHAN)
    texts: dict[int, _Texts] = {}
    moved = []
    for judgement in judged.filter(newer).select_for_update(of=("self",)).select_related("article").order_by("pk"):
        before = [getattr(judgement, name) for name in MOVED]
        article = judgement.article
        if article is not None:
            _move(judgement, texts.setdefault(article.pk, _Texts(article)))
        if [getattr(judgement, name) for name in MOVED] != before:
            moved.append(judgement)
    MentionJudgement.objects.bulk_update(moved, MOVED, batch_size=500)
    return len(moved)


def _move(judgement: MentionJudgement, texts: _Texts) -> None:
    best: tuple[Anchor, int | None] | None = None
    for revision, number in texts.revisions(judgement):
        place = Position(judgement.start or 0, judgement.end or 0)
        found = anchor(Selector(Quote(judgement.quote, judgement.prefix, judgement.suffix), place), revision)
        if best is None or _rank(found) > _rank(best[0]):
            best = (found, number)
        if found.status == "exact":
            break
    if best is None or best[0].start is None:
        judgement.state, judgement.score = AnchorState.ORPHAN, 0.0
        return
    found, judgement.note_number = best
    judgement.state, judgement.score = found.status, found.score
    judgement.start, judgement.end, judgement.text_version = found.start, found.end, texts.article.text_version


def _rank(found: Anchor) -> tuple[int, float]:
    return ("orphan", "fuzzy", "exact").index(found.status), found.score


class _Texts:
    """The texts of one article, old and new."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def bodies(self) -> dict[int, str]:
        return dict(ArticleText.objects.filter(article=self.article).values_list("version", "body"))

    @cached_property
    def new(self) -> Folded:
        return Folded(self.bodies[self.article.text_version])

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.article.notes.order_by("position"))

    def revisions(self, judgement: MentionJudgement) -> Iterator[tuple[Revision, int | None]]:
        """Yield the texts it may stand in now, the likeliest first, with the number of the note."""
        if judgement.where == Where.TITLE:
            yield Revision(new=Folded(self.article.title)), None
        elif judgement.where == Where.BODY:
            old: Any = self.bodies.get(judgement.text_version or 0)
            yield Revision(new=self.new, old=None if old is None else Folded(old)), None
        else:
            for note in sorted(self.notes, key=lambda note: note.number != judgement.note_number):
                yield Revision(new=Folded(note.text)), note.number
