"""What people say of mentions: right, wrong, another, missed; and what an article is about. All of it can be taken back.

A judgement is kept as such and laid over what the recogniser found (`overlay`), now and after each later run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from monitor.entities.folding import folded
from monitor.entities.judgement_models import AboutJudgement, MentionJudgement, Scope, Verdict
from monitor.entities.mention_models import EntityKind, Mention, RecognisedArticle, Where
from monitor.entities.overlay import entity_of
from monitor.entities.recognising.compiled import folded_words
from monitor.entities.refusals import NobodyMeant, NotPrinted, NotYourPart, OneAtATime, TakenBack
from monitor.entities.settling import settle
from monitor.library.models import Article, ArticleText, Note

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.entities.models import Actor
    from monitor.entities.region_models import Region

CONTEXT = 48  # code points kept before and after the words, to find them in another text
AT_ONCE = 20  # articles that are settled while the person waits

# Sent with `judgement` when more articles than AT_ONCE are to be settled: those who have workers listen.
reaches_far = Signal()


@transaction.atomic
def judge_mention(
    *,
    mention: Mention,
    verdict: str,
    by: User,
    scope: str = Scope.MENTION,
    actor: Actor | None = None,
    region: Region | None = None,
) -> MentionJudgement:
    """Keep what `by` says of a mention, or of all like it, and let it count at once.

    `actor` or `region` says who is meant, where it is not the one found. The article must be one that `by` may read.
    Raises NotYourPart, NobodyMeant, OneAtATime.
    """
    _must_judge(by)
    _must_not_overrule(by, mention)
    meant = ("actor", actor.pk) if actor else ("region", region.pk) if region else None
    found = entity_of(mention)
    if verdict != Verdict.REJECT:
        if meant is None and found is None:
            raise NobodyMeant
        if meant not in {None, found}:
            verdict = Verdict.RELINK
    kind, key = meant or found or (mention.kind, None)
    if kind != mention.kind and scope != Scope.MENTION:
        raise OneAtATime
    judgement = MentionJudgement(
        verdict=verdict, scope=scope, kind=kind, fold=mention.fold, quote=mention.surface, by=by
    )
    judgement.actor_id, judgement.region_id = (key, None) if kind == EntityKind.ACTOR else (None, key)
    if scope != Scope.ALL:
        judgement.article = mention.article
    if scope == Scope.MENTION:
        _take_place(judgement, mention.where, mention.note, mention.start, mention.end)
    if same := _said_already(judgement, mention):
        return same
    judgement.save()
    _settle_reached(judgement, first=mention.article)
    return judgement


@transaction.atomic
def add_mention(
    *,
    article: Article,
    start: int,
    end: int,
    by: User,
    quote: str = "",
    where: str = Where.BODY,
    note: Note | None = None,
    actor: Actor | None = None,
    region: Region | None = None,
) -> MentionJudgement:
    """Keep a mention that was missed, at `[start, end)` of the text, the title or a note; `quote` must stand there.

    Raises NotYourPart, NobodyMeant, NotPrinted.
    """
    _must_judge(by)
    if (actor is None) == (region is None):
        raise NobodyMeant
    kind = EntityKind.ACTOR if actor else EntityKind.REGION
    judgement = MentionJudgement(verdict=Verdict.ADD, kind=kind, actor=actor, region=region, article=article, by=by)
    _take_place(judgement, Where.NOTE if note else where, note, start, end)
    if not judgement.quote.strip() or (quote and quote != judgement.quote):
        raise NotPrinted
    judgement.fold = folded(judgement.quote)
    judgement.save()
    settle(article)
    return judgement


@transaction.atomic
def judge_about(
    *, article: Article, verdict: str, by: User, actor: Actor | None = None, region: Region | None = None
) -> AboutJudgement:
    """Keep whether an article is about an actor or region, mentions it, or has nothing to do with it."""
    _must_judge(by)
    if (actor is None) == (region is None):
        raise NobodyMeant
    judgement = AboutJudgement.objects.create(article=article, actor=actor, region=region, verdict=verdict, by=by)
    settle(article)
    return judgement


@transaction.atomic
def take_back(*, judgement: MentionJudgement | AboutJudgement, by: User) -> None:
    """Undo a judgement of one's own, or as a curator anybody's; what stood before it stands again.

    Raises NotYourPart, TakenBack.
    """
    held = type(judgement).objects.select_for_update(of=("self",)).get(pk=judgement.pk)
    if held.by_id != by.pk and not by.is_curator:
        raise NotYourPart("Only who decided it, or a curator, may take it back.")
    if held.undone:
        raise TakenBack
    held.undone, held.undone_by = timezone.now(), by
    held.save(update_fields=["undone", "undone_by"])
    if isinstance(held, MentionJudgement):
        _settle_reached(held, first=held.article)
    else:
        settle(held.article)


def settle_alike(judgement: MentionJudgement) -> int:
    """Let a judgement count, or no longer count, in every article it reaches; returns in how many it changed something."""
    return sum(settle(article).written > 0 for article in reached_articles(judgement).order_by("pk"))


def reached_articles(judgement: MentionJudgement) -> QuerySet[Article]:
    """Return the articles with the surface that a judgement on all like it is about."""
    holding = RecognisedArticle.objects.filter(words__contains=sorted(folded_words(judgement.quote)))
    named = Mention.objects.filter(fold=judgement.fold, article__in=holding.values("article"))
    found: QuerySet[Article] = Article.objects.filter(pk__in=named.values("article"))
    return found


def never_proposed() -> QuerySet[MentionJudgement]:
    """Return the stop-list: the judgements by which surfaces are not proposed, everywhere; the newest first."""
    return MentionJudgement.objects.filter(scope=Scope.ALL, verdict=Verdict.REJECT, undone=None)


def _must_judge(by: User) -> None:
    if not by.is_analyst:
        raise NotYourPart("Judging names in texts needs the role of analyst.")


def _must_not_overrule(by: User, mention: Mention) -> None:
    before = mention.judgement
    if before and before.by and before.by_id != by.pk and before.by.is_curator and not by.is_curator:
        raise NotYourPart("A curator has decided this. Ask a curator to look at it again.")


def _take_place(judgement: MentionJudgement, where: str, note: Note | None, start: int, end: int) -> None:
    """Keep a place by its words and those round it, as they stand in the text that is read today."""
    article = judgement.article
    if article is None:
        raise NotPrinted
    judgement.where, judgement.note_number = where, note.number if note else None
    judgement.text_version = article.text_version
    if where == Where.BODY:
        text = ArticleText.objects.values_list("body", flat=True).get(article=article, version=article.text_version)
    else:
        text = note.text if note else article.title
    if not 0 <= start < end <= len(text):
        raise NotPrinted
    judgement.start, judgement.end, judgement.quote = start, end, text[start:end]
    judgement.prefix, judgement.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _said_already(judgement: MentionJudgement, mention: Mention) -> MentionJudgement | None:
    """Return the judgement that stands, where the same person says the same of it again: a button pressed twice."""
    before = mention.judgement
    if before is None or before.undone:
        return None
    told = ("verdict", "scope", "actor_id", "region_id", "by_id", "article_id", "start", "end")
    return before if all(getattr(before, name) == getattr(judgement, name) for name in told) else None


def _settle_reached(judgement: MentionJudgement, *, first: Article | None) -> None:
    """Settle what the person looks at and some more; the rest is left to a worker."""
    if first is not None:
        settle(first)
    if judgement.scope != Scope.ALL:
        return
    others = reached_articles(judgement).exclude(pk=first.pk if first else 0).order_by("pk")
    reached = list(others[: AT_ONCE + 1])
    for article in reached[:AT_ONCE]:
        settle(article)
    if len(reached) > AT_ONCE:
        reaches_far.send(sender=MentionJudgement, judgement=judgement)
