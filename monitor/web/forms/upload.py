"""Files handed in on the ingest page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """As many files as are chosen; what each of them is, its own ingest says."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [file for file in data or [] if file is not None]


class UploadForm(forms.Form):
    """One or several issues; `too_large` names files that were not taken in at all."""

    uploads = SeveralFiles(label="Files", required=False)

    def __init__(self, *args: Any, too_large: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def left_out(self) -> list[str]:
        return [f"{name} is larger than {settings.INGEST_MAX_MB} MB and was left out." for name in self.too_large]

    def clean_uploads(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["uploads"]
        if not files:
            raise forms.ValidationError(self.left_out() or ["Choose at least one file."])
        return files
