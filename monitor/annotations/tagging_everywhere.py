"""Tagging a phrase wherever it stands, by a worker: looked for some articles at a time, tagged all at once at the end."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from monitor.annotations.occurrence_queries import bearing, look_for
from monitor.annotations.operations import act_of_request
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.annotations.tagging_models import TaggingRun
from monitor.annotations.tagging_places import tag_places
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from monitor.annotations.occurrence_queries import Place
    from monitor.library.models import Article

MOST_TAGGED = 5_000  # places of one run: its act is undone as one, while its person waits
SECONDS = 1.0  # between two looks at how far it has got
STOPPED = "It was stopped before anything was tagged."


@dataclass(slots=True)
class _Found:
    """Places to be tagged, and the texts they stand in."""

    places: list[Place] = field(default_factory=list)
    texts: dict[tuple[int, int | None], str] = field(default_factory=dict)


def tag_everywhere(run_id: int) -> TaggingRun | None:
    """Do what a run asks for, and keep how far it has got; None: there is no such run, or it is over.

    Begun again after a worker's death it begins anew; two workers tag no place twice.
    """
    run = TaggingRun.objects.select_related("person", "team").filter(pk=run_id, finished=None).first()
    if run is None:
        return None
    try:
        found = _look_everywhere(run)
        if found is not None:
            _tag(run, found)
    except (CannotAnnotate, PermissionDenied) as refusal:
        _end(run, str(refusal))
    except Exception:
        _end(run, "Something went wrong, and nothing was tagged. Ask for it again.")
        raise
    run.refresh_from_db()
    return run


def stop_tagging(run: TaggingRun) -> bool:
    """End a run that is not over; whether it was not."""
    return bool(_running(run).update(finished=Now(), trouble=STOPPED))


def _end(run: TaggingRun, trouble: str) -> None:
    _running(run).update(finished=Now(), trouble=trouble)


def _running(run: TaggingRun) -> QuerySet[TaggingRun]:
    return TaggingRun.objects.filter(pk=run.pk, finished=None)


def _articles(run: TaggingRun) -> QuerySet[Article]:
    seen = standing_articles(run.person)
    if run.article_id:
        return seen.filter(pk=run.article_id)
    return seen.filter(issue=run.issue_id) if run.issue_id else seen


def _tags(run: TaggingRun) -> Sequence[Tag]:
    tags = {tag.pk: tag for tag in Tag.objects.visible_to(run.person).filter(pk__in=run.tags, deleted=None)}
    return [tags[key] for key in run.tags if key in tags]


def _look_everywhere(run: TaggingRun) -> _Found | None:
    """Return all places that do not bear the tags yet; None where the run was stopped meanwhile. Raises CannotAnnotate."""
    keys, tags = sorted(_articles(run).values_list("pk", flat=True)), _tags(run)
    _running(run).update(articles=len(keys), looked=0, found=0)
    found, below = _Found(), None
    while below != 0:
        look = look_for(
            run.person, run.phrase, _articles(run),
            letters=run.letters, below=below, seconds=SECONDS, most=MOST_TAGGED,
        )  # fmt: skip
        below = look.goes_on
        taken = bearing(run.person, look.places, tags)
        found.places += [place for place in look.places if place.key not in taken]
        found.texts |= look.texts
        if look.is_cut or len(found.places) > MOST_TAGGED:
            raise CannotAnnotate(
                f"The phrase stands in more than {MOST_TAGGED:,} places. Nothing was tagged: give a longer phrase, or"
                " look in one issue or article."
            )
        looked = len(keys) - bisect_left(keys, below)
        if not _running(run).update(looked=looked, found=len(found.places)):
            return None
    return found


def _tag(run: TaggingRun, found: _Found) -> None:
    with transaction.atomic():
        if not TaggingRun.objects.select_for_update().filter(pk=run.pk, finished=None).exists():
            return
        if not found.places:
            raise CannotAnnotate("The phrase stands nowhere that does not bear the tag already.")
        tag_places(
            places=found.places, texts=found.texts, by=run.person, tags=_tags(run),
            visibility=run.visibility, team=run.team,
        )  # fmt: skip
        _running(run).update(finished=Now(), act=act_of_request() or None)
