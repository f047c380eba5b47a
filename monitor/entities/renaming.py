"""Which articles a change of names may concern, and the note of it that a worker goes by.

The whole recogniser runs again on those articles: the longest match decides, so that no name can be patched in alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q
from django.dispatch import Signal

from monitor.entities.folding import folded
from monitor.entities.gazetteer import Surface
from monitor.entities.gazetteer_models import GazetteerStamp, Retagging
from monitor.entities.mention_models import Mention, RecognisedArticle
from monitor.entities.recognising.compiled import keys_of
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from monitor.accounts.models import User

MOST_SAID = 300

# Sent with `retagging` and the stamps of the names before and after the change: those who have workers listen.
names_changed = Signal()


@dataclass(frozen=True, slots=True)
class Preview:
    """In how many articles that one may see a name is printed, and how many mentions it has by now."""

    articles: int
    mentions: int


def preview(text: str, person: User) -> Preview:
    """Return what adding this name may concern, or taking it away; three queries, whatever the archive holds."""
    seen = standing_articles(person)
    mentions = Mention.objects.filter(fold=folded(text), article__in=seen, article__recognised__in=holding([text]))
    return Preview(seen.filter(pk__in=holding([text]).values("article")).count(), mentions.count())


def holding(texts: Iterable[str]) -> QuerySet[RecognisedArticle]:
    """Return the rows of the articles in whose words one of these names could stand."""
    wanted = Q(pk__in=[])
    for text in texts:
        for surface in _surfaces(text):
            for key in keys_of(surface):
                words = Q(words__contains=sorted(set(key)))
                # An acronym's capitals tell it from the word: "IS" stands in few articles, "is" in all.
                wanted |= words & Q(capitals__contains=[text]) if _is_acronym(text) else words
    found: QuerySet[RecognisedArticle] = RecognisedArticle.objects.filter(wanted)
    return found


def concerned(retagging: Retagging) -> QuerySet[RecognisedArticle]:
    """Return the rows of the articles that a change of names may concern: with the words, or with mentions by them."""
    texts = retagging.folds
    by_name = Q(actor_alias__text__in=texts) | Q(region_alias__text__in=texts)
    mentioned = Mention.objects.filter(by_name).values("article")
    return RecognisedArticle.objects.filter(Q(pk__in=holding(texts)) | Q(pk__in=mentioned)).order_by("pk")


def names_as_of() -> UUID:
    """Return the stamp of the names as they stand, by which a change says later what it was made in."""
    return GazetteerStamp.objects.values_list("stamp", flat=True).get()


def note_change(*, said: str, texts: Iterable[str], by: User, before: UUID) -> Retagging:
    """Keep what was changed and have the articles looked through; `before`: `names_as_of()` from before the change."""
    retagging = Retagging.objects.create(said=said[:MOST_SAID], folds=sorted(set(texts)), by=by)
    names_changed.send(sender=Retagging, retagging=retagging, before=before, after=names_as_of())
    return retagging


def _surfaces(text: str) -> list[Surface]:
    """Return the name as an actor's and as a region's: they are looked for in different forms."""
    return [Surface(text, "", cast("Any", kind)) for kind in ("actor", "region")]


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalnum() and len(text) > 1
