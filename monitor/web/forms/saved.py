"""Forms of saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict

from monitor.accounts.models import NO_CONTROLS, Team
from monitor.search.saved_models import LONGEST_NAME
from monitor.web.forms.search import read_search_asked

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.web.forms.search import AskedSearch

LONGEST_ADDRESS = 12_000


class SaveForm(forms.Form):
    """A search by its address, under a name, for oneself or a team."""

    name = forms.CharField(max_length=LONGEST_NAME, validators=[NO_CONTROLS])
    address = forms.CharField(max_length=LONGEST_ADDRESS, required=False, widget=forms.HiddenInput)
    team = forms.ModelChoiceField(Team.objects.none(), to_field_name="uid", required=False, empty_label="Only me")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = person.teams.order_by("name")

    def clean_address(self) -> AskedSearch:
        """Return what the address asks for."""
        return read_search_asked(QueryDict(self.cleaned_data["address"].lstrip("?")), self.person)
