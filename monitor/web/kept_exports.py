"""Files that took too long to be waited for: kept a while, for their owner alone."""

from __future__ import annotations

from datetime import timedelta
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Now
from django.utils import timezone

from monitor.interchange.export_models import Export
from monitor.interchange.exports import Wanted, named
from monitor.library.files import keep_export, sweep_exports
from monitor.web.comments import comment_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.accounts.models import User

KEPT_FOR = timedelta(days=7)
LEFT_BEHIND_AFTER = timedelta(hours=1)  # nothing takes this long between its file and its row
GIVEN_UP_AFTER = timedelta(days=1)
TOLD_EVERY = 1_000  # rows, between two words on how far a file has got
MOST_AT_ONCE = 20  # files of one person


def keep_for(owner: User, *, form: str, name: str, title: str, facts: Mapping[str, Any], keys: Sequence[int]) -> Export:
    """Return a new row for a file that is to be written. Of one person's, the oldest go when they are too many."""
    spare = Export.objects.filter(owner=owner).order_by("-created", "-pk").values("pk")[MOST_AT_ONCE - 1 :]
    Export.objects.filter(pk__in=list(spare.values_list("pk", flat=True))).delete()
    kept: Export = Export.objects.create(
        owner=owner, form=form, name=name[:120], title=title[:200], facts=dict(facts), keys=list(keys), total=len(keys)
    )
    return kept


def write_export(pk: int) -> None:
    """Write a file that was asked for, of what its owner may see now. Begun again it is written anew."""
    kept = Export.objects.filter(pk=pk).exclude(state=Export.State.READY).select_related("owner").first()
    form = named(kept.form) if kept else None
    if kept is None:
        return
    rows = Export.objects.filter(pk=pk)
    if form is None or not kept.owner.is_active:
        rows.update(state=Export.State.FAILED, finished=Now())
        return
    rows.update(state=Export.State.WRITING, done=0)

    def told(done: int) -> None:
        if done % TOLD_EVERY == 0:
            rows.update(done=done)

    wanted = Wanted(
        person=kept.owner, site=kept.facts["site"], title=kept.title, day=kept.facts["day"],
        flat=kept.facts["flat"], comment_html=comment_html, told=told,
    )  # fmt: skip
    try:
        with NamedTemporaryFile() as file:
            form.write(kept.keys, wanted, file)
            size = file.tell()
            file.seek(0)
            keep_export(str(kept.uid), file)
    except Exception:
        rows.update(state=Export.State.FAILED, finished=Now())
        raise
    rows.update(state=Export.State.READY, done=kept.total, file_bytes=size, finished=Now())


def forget_old_exports() -> int:
    """Delete files that were kept long enough, and those whose row is gone; return how many files."""
    Export.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
    kept = {str(uid) for uid in Export.objects.values_list("uid", flat=True)}
    return sweep_exports(kept=kept, older_than=LEFT_BEHIND_AFTER)


def give_up_lost_exports() -> int:
    """Call those failed that no worker brought to an end; return how many."""
    unwritten = Export.objects.filter(state__in=(Export.State.WAITING, Export.State.WRITING))
    lost = unwritten.filter(created__lt=timezone.now() - GIVEN_UP_AFTER)
    return lost.update(state=Export.State.FAILED, finished=Now())
