"""Forms of administrators."""

from __future__ import annotations

from django import forms

from monitor.accounts.models import Role, Team

MEANINGS = {
    Role.READER: "reads, and keeps private annotations",
    Role.ANALYST: "annotates with teams and for everyone, judges mentions",
    Role.CURATOR: "takes in and edits issues, keeps the vocabulary",
    Role.ADMIN: "invites people, gives roles, makes teams",
}
ROLES = [(role.value, role.label) for role in Role]


class InviteForm(forms.Form):
    role = forms.ChoiceField(choices=ROLES, initial=Role.ANALYST)
    team = forms.ModelChoiceField(Team.objects.order_by("name"), required=False, empty_label="no team")
    email = forms.EmailField(
        label="E-mail", max_length=254, required=False, help_text="Not needed; the link works for whoever has it."
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=ROLES)
