"""What curators correct in a reading: each correction is kept, made at once, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from monitor.ingest.corrections.correction import Correction, InvalidCorrection, Target, checked, to_data
from monitor.ingest.corrections.loose_parts import taken_apart
from monitor.ingest.corrections.places import target_of_article, target_of_block
from monitor.ingest.document import block_offsets
from monitor.library.correction_models import Correction as CorrectionRow
from monitor.library.importing import store_corrected
from monitor.library.locks import lock_file, lock_storing
from monitor.library.models import Article, Issue, State
from monitor.library.readings import as_corrected, as_dated, kept_reading

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.ingest.corrections.correction import CorrectionKind
    from monitor.ingest.document import IssueDocument

CHANGED = "This text was changed since the page was shown. Here is how it stands now; nothing of yours was done."
NO_PLACE = "This cannot be done here: "
NO_EFFECT = {
    "join": "the article has no paragraph before this one.",
    "split": "a cut at this point would go through a word or a marker.",
    "goes_on": "it is the first article of the issue.",
}


class CannotCorrect(Exception):
    """The correction cannot be made; the message says why."""


class TextChanged(CannotCorrect):
    """The page on which the correction was asked for shows an older text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where on a page a correction was asked for, and what the page showed there."""

    article: int  # key of the article's row
    version: int  # of its text
    words: str  # its title, or the text of the block
    block: int | None = None  # position
    offset: int = 0  # code points, of a cut in that text


@transaction.atomic
def make_correction(
    *,
    issue: Issue,
    kind: CorrectionKind,
    asked: Asked,
    by: User,
    text: str = "",
    names: tuple[str, ...] = (),
    is_line: bool = True,
) -> CorrectionRow:
    """Keep a correction and make it in the stored text.

    Raises TextChanged where the page showed another text, CannotCorrect where it would come to nothing, and
    ReadingMissing where the file has to be read again first.
    """
    issue = _locked(issue)
    document = _present(issue)
    target = _target(issue, document, asked)
    try:
        correction = checked(Correction(kind, target, text=text.strip(), names=names, is_line=is_line))
    except InvalidCorrection as error:
        raise CannotCorrect(f"{NO_PLACE}{error}.") from error
    place, value = to_data(correction)
    row = CorrectionRow.objects.create(issue=issue, kind=kind, target=place, value=value, made_by=by)
    store_corrected(issue, before=document)
    row.refresh_from_db()
    if not row.found:
        raise CannotCorrect(NO_PLACE + NO_EFFECT.get(kind, "its place was not found."))
    return row


@transaction.atomic
def undo_correction(*, correction: CorrectionRow) -> CorrectionRow:
    """Take a correction back: the text stands as if it had never been made. Undone twice, it stays undone."""
    return _set_undone(correction, undone=True)


@transaction.atomic
def redo_correction(*, correction: CorrectionRow) -> CorrectionRow:
    """Make a correction again that was taken back, in its old place among the others."""
    return _set_undone(correction, undone=False)


def _set_undone(correction: CorrectionRow, *, undone: bool) -> CorrectionRow:
    issue = _locked(correction.issue)
    row = CorrectionRow.objects.select_for_update().get(pk=correction.pk)
    if (row.undone is not None) == undone:
        return row
    before = _present(issue)
    row.undone = timezone.now() if undone else None
    row.save(update_fields=["undone"])
    store_corrected(issue, before=before)
    row.refresh_from_db()
    return row


def _locked(issue: Issue) -> Issue:
    lock_file(issue.sha256)
    lock_storing()
    locked: Issue = Issue.objects.select_for_update(of=("self",)).select_related("periodical").get(pk=issue.pk)
    return locked


def _present(issue: Issue) -> IssueDocument:
    """Return the document whose rows are stored now."""
    return as_corrected(issue, as_dated(issue, kept_reading(issue)))


def _target(issue: Issue, document: IssueDocument, asked: Asked) -> Target:
    """Return the words of the place that was asked for. Raises TextChanged where the page showed others."""
    row = Article.objects.filter(issue=issue, pk=asked.article).exclude(state=State.GONE).first()
    if row is None or row.text_version != asked.version or row.position >= len(document.articles):
        raise TextChanged(CHANGED)
    read, articles = document.articles[row.position], taken_apart(document).articles
    if asked.block is None:
        if asked.words != read.title:
            raise TextChanged(CHANGED)
        return target_of_article(articles, row.position)
    if asked.block >= len(block_offsets(read)) or read.blocks[asked.block].text != asked.words:
        raise TextChanged(CHANGED)
    if not 0 <= asked.offset < len(asked.words):
        raise CannotCorrect(NO_PLACE + NO_EFFECT["split"])
    return target_of_block(articles, row.position, asked.block, asked.offset)
