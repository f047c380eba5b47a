"""The recogniser with its gazetteer and lexicon, made once and kept until one of them changes. For workers alone.

It takes seconds and some 150 MB: no process that answers pages may make one.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from monitor.entities.data_files import FOLDER
from monitor.entities.from_tables import read_tables
from monitor.entities.gazetteer_models import GazetteerStamp
from monitor.entities.gazetteer_models import Lexicon as StoredLexicon
from monitor.entities.loading import load_files
from monitor.entities.mention_models import RecognitionRun
from monitor.entities.recognising.compiled import compile_gazetteer
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import RULES_VERSION, recognise

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.document import Document, Recognised
    from monitor.entities.recognising.lexicon import Lexicon

RULES = str(RULES_VERSION)


@dataclass(frozen=True, slots=True)
class Engine:
    """A recogniser, what its gazetteer was made of, and the run that its mentions belong to."""

    compiled: Compiled
    lexicon: Lexicon
    run: RecognitionRun
    made_of: tuple[UUID, str]

    def recognise(self, document: Document) -> Recognised:
        return recognise(document, self.compiled, self.lexicon)


_kept: list[Engine] = []
_making = threading.Lock()


def ready_engine() -> Engine:
    """Return the recogniser for the tables as they stand; loads the gazetteer's files first where they have changed."""
    if settings.GAZETTEER_FOLDER:
        load_files(Path(settings.GAZETTEER_FOLDER))
    with _making:
        made_of = _made_of()
        if not _kept or _kept[0].made_of != made_of or not _stands(_kept[0].run):
            _kept[:] = [_made(made_of)]
        return _kept[0]


def current_run() -> RecognitionRun | None:
    """Return the run whose mentions are up to date, or None where only making the recogniser could tell."""
    stamp, lexicon = _made_of()
    runs = RecognitionRun.objects.filter(stamp=stamp, rules=RULES)
    return (runs.filter(lexicon=lexicon) if lexicon else runs).first()


def remember_lexicon(words: str, articles: int) -> StoredLexicon:
    """Have articles read with these words (sorted, one a line) from now on."""
    digest = _with(words).hash
    StoredLexicon.objects.filter(digest=digest).delete()
    return StoredLexicon.objects.create(digest=digest, words=words, articles=articles)


def _made_of() -> tuple[UUID, str]:
    newest = StoredLexicon.objects.values_list("digest", flat=True).first()
    return GazetteerStamp.objects.values_list("stamp", flat=True).get(), newest or ""


def _made(made_of: tuple[UUID, str]) -> Engine:
    stamp, digest = made_of
    compiled = compile_gazetteer(read_tables(Path(settings.GAZETTEER_FOLDER or FOLDER)))
    lexicon = _lexicon(digest)
    run, _new = RecognitionRun.objects.get_or_create(gazetteer=compiled.hash, rules=RULES, lexicon=lexicon.hash)
    if run.stamp != stamp:
        run.stamp = stamp
        run.save(update_fields=["stamp"])
    return Engine(compiled, lexicon, run, made_of)


def _lexicon(digest: str) -> Lexicon:
    return _with(StoredLexicon.objects.values_list("words", flat=True).get(digest=digest)) if digest else english()


def _with(words: str) -> Lexicon:
    return english().with_words(words.split("\n")) if words else english()


def _stands(run: RecognitionRun) -> bool:
    """Tell whether the run's row is there: a transaction that made it may have been rolled back."""
    return RecognitionRun.objects.filter(pk=run.pk).exists()
