"""The form of a new API token."""

from __future__ import annotations

from django import forms

from monitor.accounts.token_models import LONGEST_NAME, Scope
from monitor.accounts.tokens import MOST_DAYS, USUAL_DAYS


class TokenForm(forms.Form):
    name = forms.CharField(
        label="What is it for?",
        help_text="A name to know it by: the program, or the machine it runs on.",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label="What may it do?",
        help_text="In your name, and never more than you may do yourself.",
        choices=Scope.choices,
        initial=Scope.READ,
    )
    days = forms.IntegerField(
        label="For how many days?",
        help_text=f"1 to {MOST_DAYS}. It also ends when you get a new password.",
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
    )
