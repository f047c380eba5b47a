"""Periodicals, issues, notes, sources, citations and authors."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from monitor.api.of_kind import ListOfKind, OneOfKind
from monitor.api.parameters import DAY, WHOLE, Filter, column, one_of, words
from monitor.api.rows.kinds import keyed
from monitor.api.rows.periodicals import ISSUES, PERIODICALS
from monitor.api.rows.printed import CITATIONS, NOTES
from monitor.api.rows.sources import AUTHORS, SOURCES, sources_meant
from monitor.api.serializers import library as say
from monitor.library.models import State
from monitor.library.source_lists import present_grade
from monitor.library.source_models import Grade, SourceSpelling

_NAME = words(200)
_CALLED = Filter("name", _NAME, "Somewhere in the name.", where=lambda values, asked: any_of(values, "name__icontains"))
_ARTICLE = column("article", WHOLE, says="Id of the article it is printed in.")


def any_of(values: Any, lookup: str) -> Q:
    found = Q(pk__in=[])
    for value in values:
        found |= Q(**{lookup: value})
    return found


# -- Periodicals and issues --------------------------------------------------------------------------------------------
class Periodicals(ListOfKind):
    """The titles of which you may see an issue."""

    kind, shows = PERIODICALS, say.Periodical
    filters = (_CALLED,)


class Periodical(OneOfKind):
    kind, shows = PERIODICALS, say.Periodical


def _of_periodical(values: Any, asked: Any) -> Q:
    return Q(periodical__in=PERIODICALS.seen(asked.person).filter(keyed(values, "slug")).values("pk"))


class Issues(ListOfKind):
    """Issues, the newest first. One without a date stands at the day it was added."""

    kind, shows = ISSUES, say.Issue
    filters = (
        Filter("periodical", _NAME, "Slug or id.", where=_of_periodical),
        column("state", one_of(*State.values), says="Only who sees drafts finds others than `published`."),
        Filter("from", DAY, "Of this day and later.", where=lambda values, asked: Q(sort_date__gte=min(values))),
        Filter("to", DAY, "Of this day and earlier.", where=lambda values, asked: Q(sort_date__lte=max(values))),
    )


class Issue(OneOfKind):
    kind, shows = ISSUES, say.Issue


# -- What is printed ---------------------------------------------------------------------------------------------------
class Notes(ListOfKind):
    """Printed endnotes."""

    kind, shows = NOTES, say.Note
    filters = (_ARTICLE, column("number", WHOLE))


class Note(OneOfKind):
    kind, shows = NOTES, say.Note


class Citations(ListOfKind):
    """Places at which articles cite a source."""

    kind, shows = CITATIONS, say.Citation
    filters = (
        _ARTICLE,
        column("note", WHOLE, says="Id."),
        Filter(
            "source",
            _NAME,
            "Slug or id.",
            where=lambda values, asked: Q(spelling__source__in=sources_meant(values).values("pk")),
        ),
    )


class Citation(OneOfKind):
    kind, shows = CITATIONS, say.Citation


# -- Sources and authors -----------------------------------------------------------------------------------------------
def _called(values: Any, asked: Any) -> Q:
    spelled = SourceSpelling.objects.filter(any_of(values, "printed__icontains"))
    return any_of(values, "name__icontains") | Q(pk__in=spelled.values("source"))


class Sources(ListOfKind):
    """Sources that articles cite."""

    kind, shows = SOURCES, say.Source
    filters = (
        Filter("name", _NAME, "Somewhere in the name, or in a printed form of it.", where=_called),
        Filter(
            "grade",
            one_of(*(grade for grade in Grade.values if grade)),
            "A letter of the Admiralty code.",
            where=lambda values, asked: Q(present_grade__in=values),
        ),
    )

    def seen(self) -> Any:
        return super().seen().annotate(present_grade=present_grade())


class Source(OneOfKind):
    """A source by its id or slug, or the one that it was joined into."""

    kind, shows = SOURCES, say.WholeSource

    def found(self, **place: Any) -> Any:
        return self.seen().filter(pk__in=sources_meant([place["id"]]).values("pk"))


class Authors(ListOfKind):
    """Those who signed articles."""

    kind, shows = AUTHORS, say.Author
    filters = (_CALLED,)


class Author(OneOfKind):
    """An author by id or slug."""

    kind, shows = AUTHORS, say.Author

    def found(self, **place: Any) -> Any:
        return self.seen().filter(keyed([place["id"]], "slug"))
