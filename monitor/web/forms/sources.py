"""What curators say of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError

from monitor.library.grading import LONGEST_REASON
from monitor.library.queries import source_by_name
from monitor.library.source_models import Grade

if TYPE_CHECKING:
    from monitor.library.source_models import Source


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
