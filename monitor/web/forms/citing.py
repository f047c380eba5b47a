"""How an author or a periodical is cited, as a curator says it."""

from __future__ import annotations

from django import forms

from monitor.library.models import Genre

LONGEST = 200  # characters


class AuthorCitingForm(forms.Form):
    """The parts of a name, or all of it where it is not to be cut."""

    family = forms.CharField(label="Family name", required=False, max_length=LONGEST)
    given = forms.CharField(label="Given names", required=False, max_length=LONGEST)
    literal = forms.CharField(
        label="Or one name that is not cut", required=False, max_length=LONGEST,
        help_text="All empty: the last word is the family name.",
    )  # fmt: skip


class PeriodicalCitingForm(forms.Form):
    """What reference managers take a periodical for."""

    issn = forms.CharField(label="ISSN", required=False, max_length=20)
    genre = forms.ChoiceField(label="It is a", choices=Genre)
