"""The form in which a person puts keys elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from monitor.accounts.key_map import ACTS, BY_NAME, NotAKey, keys_of, stroke_of, typed_form
from monitor.web.keys import KeyGroup, key_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from monitor.accounts.models import User

LONGEST = 20  # Shift+Right, with room for blanks


class KeyField(forms.CharField):
    """A key as it is typed; cleans to its stroke."""

    def __init__(self, label: str) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            label=label, required=False, max_length=LONGEST, strip=False, widget=forms.TextInput(attrs=attributes)
        )

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return stroke_of(typed)
        except NotAKey as error:
            raise forms.ValidationError(str(error)) from error


class KeysForm(forms.Form):
    """Two switches, and a field for every act that may move."""

    single_keys = forms.BooleanField(label="Single keys work", required=False)
    arrows_scroll = forms.BooleanField(label="Arrow keys scroll, as on any page", required=False)

    def __init__(self, data: QueryDict | None, *, person: User) -> None:
        self.before = keys_of(person.own_keys)
        initial = {name: typed_form(stroke) for name, stroke in self.before.items()}
        initial |= {"single_keys": person.single_keys, "arrows_scroll": person.arrows_scroll}  # type: ignore[dict-item]
        super().__init__(data, initial=initial)
        for act in ACTS:
            if not act.fixed:
                self.fields[act.name] = KeyField(act.does)

    def keys(self) -> dict[str, str]:
        """Return the strokes that were asked for."""
        return {name: self.cleaned_data[name] for name in self.fields if name in BY_NAME}

    def groups(self) -> Iterator[tuple[KeyGroup, list[tuple[forms.BoundField, str]]]]:
        """Yield the acts of each context: their fields, each with its usual key as one types it where it has moved."""
        for group in key_groups(self.before):
            fields = [
                (self[row.act.name], typed_form(row.act.stroke) if row.stroke != row.act.stroke else "")
                for row in group.rows
                if not row.act.fixed
            ]
            yield group, fields
