"""What curators say of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError

from monitor.library.grading import LONGEST_REASON
from monitor.library.source_lists import ORDERS, UNGRADED, source_by_name
from monitor.library.source_models import Grade
from monitor.web.forms.shelf import asked_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from monitor.library.source_models import Source

NO_GRADE = "none"  # in an address
GRADE_WORDS: Mapping[str, str] = {letter: letter for letter in Grade.values if letter} | {NO_GRADE: "Not graded"}
ORDER_WORDS: Mapping[str, str] = {
    "name": "By name",
    "citations": "Most cited first",
    "grade": "Most reliable first",
    "last": "Last cited first",
}


@dataclass(frozen=True, slots=True)
class AskedSources:
    """Which sources are asked for, and in which order; `refused` is the sentence about words that mean nothing."""

    name: str = ""
    grades: tuple[str, ...] = ()
    order: str = "name"
    refused: str = ""

    @property
    def stored_grades(self) -> tuple[str, ...]:
        """Return the grades as the order of sources knows them."""
        return tuple(UNGRADED if grade == NO_GRADE else grade for grade in self.grades)


def read_sources_asked(query: QueryDict) -> AskedSources:
    given = set(query.getlist("grade"))
    order = query.get("sort") or "name"
    refused = ""
    if given - GRADE_WORDS.keys():
        refused = "Grades are the letters A to F, or none; other words are left out."
    if order not in ORDERS:
        refused = "Sources can be put in order by name, citations, grade and the last citation; this is by name."
        order = "name"
    grades = tuple(grade for grade in GRADE_WORDS if grade in given)
    return AskedSources(asked_words(query.get("q", "")), grades, order, refused)


class GradeForm(forms.Form):
    """How far a source can be relied on, and why."""

    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, required=False)
    reason = forms.CharField(
        label="Why", max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class JoinForm(forms.Form):
    """Another source, by its name or one of its spellings."""

    name = forms.CharField(
        label="Name of the other source",
        max_length=300,
        error_messages={"required": "Give the name of the other source."},
    )

    def clean_name(self) -> Source:
        name: str = self.cleaned_data["name"]
        other = source_by_name(name)
        if other is None:
            raise ValidationError(f"No source is called “{name}”, and none has this spelling.")
        return other
