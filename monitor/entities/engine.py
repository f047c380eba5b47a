"""The recogniser with its gazetteer and lexicon, made once and kept until one of them changes. For workers alone.

It takes seconds and some 150 MB: no process that answers pages may make one. The regions, which are nearly all of it, are
kept by themselves: after a change of an actor's name it is ready again in a fraction of a second.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from monitor.entities.data_files import FOLDER
from monitor.entities.from_tables import read_actors, read_places
from monitor.entities.gazetteer_models import GazetteerStamp
from monitor.entities.gazetteer_models import Lexicon as StoredLexicon
from monitor.entities.loading import load_files
from monitor.entities.mention_models import RecognitionRun
from monitor.entities.recognising.compiled import compile_gazetteer, compile_places
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import RULES_VERSION, recognise

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from monitor.entities.recognising.compiled import Compiled, CompiledPlaces
    from monitor.entities.recognising.document import Document, Recognised
    from monitor.entities.recognising.lexicon import Lexicon

RULES = str(RULES_VERSION)


class MadeOf(NamedTuple):
    """Stamps of the names, of the regions alone, and the digest of the archive's words, empty where there are none."""

    names: UUID
    places: UUID
    lexicon: str


@dataclass(frozen=True, slots=True)
class Engine:
    """A recogniser, what its gazetteer was made of, and the run that its mentions belong to."""

    compiled: Compiled
    lexicon: Lexicon
    run: RecognitionRun
    made_of: MadeOf

    def recognise(self, document: Document) -> Recognised:
        return recognise(document, self.compiled, self.lexicon)

    def is_current(self) -> bool:
        """Tell whether the names still stand as it knows them."""
        return self.made_of == _made_of()


_kept: list[Engine] = []
_places: list[tuple[UUID, CompiledPlaces]] = []  # of the regions as they stood last
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


def current_runs() -> QuerySet[RecognitionRun]:
    """Return the runs whose articles are up to date; none where only making the recogniser could tell."""
    stamp, _places_stamp, lexicon = _made_of()
    runs = RecognitionRun.objects.filter(stamp=stamp, rules=RULES)
    return runs.filter(lexicon=lexicon) if lexicon else runs


def declare_current(before: UUID | str, after: UUID | str) -> int:
    """Say that what was up to date as of one stamp of the names is so as of another; returns how many runs it was said of.

    One row or a few are written, however many articles there are: an article keeps the run that found what it has.
    """
    return RecognitionRun.objects.filter(stamp=before).update(stamp=after)


def remember_lexicon(words: str, articles: int) -> StoredLexicon:
    """Have articles read with these words (sorted, one a line) from now on."""
    digest = _with(words).hash
    StoredLexicon.objects.filter(digest=digest).delete()
    return StoredLexicon.objects.create(digest=digest, words=words, articles=articles)


def _made_of() -> MadeOf:
    newest = StoredLexicon.objects.values_list("digest", flat=True).first()
    names, places = GazetteerStamp.objects.values_list("stamp", "places").get()
    return MadeOf(names, places, newest or "")


def _made(made_of: MadeOf) -> Engine:
    actors = read_actors(Path(settings.GAZETTEER_FOLDER or FOLDER))
    compiled = compile_gazetteer(actors, _ready_places(made_of.places))
    lexicon = _lexicon(made_of.lexicon)
    run, _new = RecognitionRun.objects.get_or_create(gazetteer=compiled.hash, rules=RULES, lexicon=lexicon.hash)
    if run.stamp != made_of.names:
        run.stamp = made_of.names
        run.save(update_fields=["stamp"])
    return Engine(compiled, lexicon, run, made_of)


def _ready_places(stamp: UUID) -> CompiledPlaces:
    """Return the regions ready for matching, those of the recogniser before where none has changed."""
    if not _places or _places[0][0] != stamp:
        _places[:] = [(stamp, compile_places(read_places()))]
    return _places[0][1]


def _lexicon(digest: str) -> Lexicon:
    return _with(StoredLexicon.objects.values_list("words", flat=True).get(digest=digest)) if digest else english()


def _with(words: str) -> Lexicon:
    return english().with_words(words.split("\n")) if words else english()


def _stands(run: RecognitionRun) -> bool:
    """Tell whether the run's row is there: a transaction that made it may have been rolled back."""
    return RecognitionRun.objects.filter(pk=run.pk).exists()
