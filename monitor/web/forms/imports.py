"""Files of annotations that people bring along."""

from __future__ import annotations

from typing import Any

from django import forms

from monitor.annotations.models import Visibility
from monitor.interchange.importing import MOST_BYTES

TOO_LARGE = f"A file has at most {MOST_BYTES // 1024 // 1024} MB."
AS_TOLD = "file"  # the file says who may read each row


class ImportForm(forms.Form):
    """One file, and for whom what is in it shall be: as the file says, or `private`, `everyone`, `team:` and its uid."""

    file = forms.FileField(error_messages={"required": "Choose a file.", "empty": "This file is empty."})
    readers = forms.CharField(required=False, max_length=60)

    def clean_readers(self) -> tuple[str, str]:
        told = str(self.cleaned_data["readers"]) or AS_TOLD
        visibility, _, team = told.partition(":")
        if visibility == AS_TOLD:
            return "", ""
        if visibility not in Visibility.values or (visibility == Visibility.TEAM) != bool(team):
            raise forms.ValidationError("Choose who may read them.")
        return visibility, team

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file
