"""What curators say of an issue."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

EARLIEST = date(1700, 1, 1)  # before the first periodical of the kind read here


class IssueDateForm(forms.Form):
    """The day an issue came out."""

    day = forms.DateField(
        label="Date of the issue",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Give the day.", "invalid": "Give the day as year-month-day, like 2022-02-11."},
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < EARLIEST:
            raise ValidationError(f"Give a day from {EARLIEST.year} on.")
        return day
