"""What curators send to correct a reading."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from monitor.ingest.corrections.correction import JOINTS, ROLES

KINDS = ("title", "authors", "kind", "begins", "goes_on", "join", "split", "type")
OF_BLOCKS = frozenset({"begins", "join", "split", "type"})
LONGEST = 1000
MOST_NAMES = 20


class CorrectionForm(forms.Form):
    """One correction, and what the page showed at its place: the article's row, its text version, a mark of the words."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    article = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=1)
    mark = forms.CharField(max_length=64)
    block = forms.IntegerField(min_value=0, required=False)
    title = forms.CharField(max_length=LONGEST, required=False)
    names = forms.CharField(max_length=LONGEST, required=False)
    article_kind = forms.CharField(max_length=20, required=False)
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES], required=False)
    joint = forms.ChoiceField(choices=[(joint, joint) for joint in JOINTS], required=False)
    cut = forms.CharField(max_length=LONGEST, required=False)
    is_line = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in OF_BLOCKS and given.get("block") is None:
            raise ValidationError("Say which paragraph is meant.")
        needed = {"title": "title", "kind": "article_kind", "type": "role", "join": "joint", "split": "cut"}.get(
            str(kind)
        )
        if needed and not given.get(needed):
            raise ValidationError(MISSING[needed])
        return given

    def clean_names(self) -> tuple[str, ...]:
        """Return the names, one a line or parted by commas."""
        lines = self.cleaned_data["names"].replace(",", "\n").splitlines()
        names = tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
        if len(names) > MOST_NAMES:
            raise ValidationError(f"These are more than {MOST_NAMES} names.")
        return names

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def value(self) -> str:
        """Return the text of the correction: a title, a kind, a role or how two paragraphs meet."""
        given = self.cleaned_data
        fields = {"title": "title", "begins": "title", "kind": "article_kind", "type": "role", "join": "joint"}
        name = fields.get(given["kind"])
        return str(given[name]) if name else ""


MISSING = {
    "title": "Give the title.",
    "article_kind": "Give the kind of article.",
    "role": "Choose what the paragraph is.",
    "joint": "Choose how the two paragraphs meet.",
    "cut": "Give the words with which the new paragraph begins.",
}
