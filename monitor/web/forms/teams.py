"""Forms of the team pages."""

from __future__ import annotations

from django import forms


class TeamForm(forms.Form):
    name = forms.CharField(label="Name", max_length=80)


class MemberForm(forms.Form):
    username = forms.CharField(
        label="User name",
        max_length=150,
        help_text="Exactly as they sign in.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    is_team_admin = forms.BooleanField(label="may choose members and rename the team", required=False)


class TeamAdminForm(forms.Form):
    is_team_admin = forms.BooleanField(required=False)
