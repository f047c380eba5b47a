"""What the page of a phrase's occurrences is asked, and what it sends."""

from __future__ import annotations

from typing import Any

from django import forms

from monitor.annotations.models import Visibility
from monitor.annotations.occurrences import LONGEST_PHRASE, phrase_words
from monitor.web.forms.shelf import asked_words

SCOPES = {"article": "This article", "issue": "This issue", "archive": "The archive, as far as you may read it"}


class PhraseForm(forms.Form):
    """A phrase to look for, and where."""

    phrase = forms.CharField(max_length=LONGEST_PHRASE, label="Phrase")
    letters = forms.BooleanField(required=False)
    scope = forms.ChoiceField(choices=SCOPES, required=False)
    tags = forms.CharField(required=False, max_length=2000, label="Tags")

    def clean_phrase(self) -> str:
        phrase = " ".join(asked_words(self.cleaned_data["phrase"]).split())
        if not phrase_words(phrase):
            raise forms.ValidationError("Give a phrase of one to twenty words.")
        return phrase

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or "archive"


class PlacesForm(PhraseForm):
    """The places to tag, and for whom."""

    readers = forms.CharField(required=False, max_length=60)

    def clean_readers(self) -> str:
        visibility, _, team = str(self.cleaned_data["readers"] or Visibility.PRIVATE).partition(":")
        if visibility not in Visibility.values or (visibility == Visibility.TEAM) != bool(team):
            raise forms.ValidationError("Choose who may read them.")
        return f"{visibility}:{team}" if team else visibility

    def clean(self) -> dict[str, Any]:
        if "tags" in self.cleaned_data and not self.cleaned_data["tags"].strip(" ,"):
            self.add_error("tags", "Name the tag that these places are to bear.")
        return self.cleaned_data
