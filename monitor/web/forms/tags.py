"""What the pages of the codebook send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from monitor.annotations.codebook import LONGEST_NAME
from monitor.annotations.codebook_queries import MINE, SHARED
from monitor.annotations.models import Colour
from monitor.annotations.pinning import DIGITS

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.annotations.tag_models import Tag

LONGEST_DEFINITION = 4000  # characters


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MakeForm(forms.Form):
    """A new tag."""

    name = forms.CharField(
        label="Name", max_length=400, help_text="“Violence/Raid” makes “Raid” below “Violence”.",
    )  # fmt: skip
    scope = forms.ChoiceField(label="For", choices=())
    colour = forms.ChoiceField(label="Colour", choices=Colour, initial=Colour.TEAL)

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data, prefix="new")
        teams = [(str(team.uid), team.name) for team in person.teams.order_by("name")] if person.is_analyst else []
        shared = [(SHARED, "Everyone signed in")] if person.is_analyst else []
        scopes: Any = [*shared, *teams, (MINE, "Only me")]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A codebook from another program."""

    file = forms.FileField(label="File", help_text="REFI-QDA, .qdc", allow_empty_file=True)
    scope = forms.ChoiceField(label="For", choices=())

    def __init__(self, data: Any = None, files: Any = None, *, person: User) -> None:
        super().__init__(data, files, prefix="import")
        self.fields["scope"].choices = MakeForm(person=person).fields["scope"].choices  # type: ignore[attr-defined]


class RevisedForm(forms.Form):
    """A change, and the revision that its writer saw."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RenameForm(RevisedForm):
    name = forms.CharField(label="Name", max_length=LONGEST_NAME)


class DescribeForm(RevisedForm):
    definition = forms.CharField(
        label="Definition", required=False, max_length=LONGEST_DEFINITION, widget=_words(4),
        help_text="What bears this tag, and what does not.",
    )  # fmt: skip
    example = forms.CharField(label="Example", required=False, max_length=LONGEST_DEFINITION, widget=_words(2))
    colour = forms.ChoiceField(label="Colour", choices=Colour)


class TagChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A tag of one codebook by its uid; foreign and unknown ones get the same sentence."""

    def __init__(self, label: str, *, empty: str | None) -> None:
        super().__init__(None, label=label, to_field_name="uid", required=empty is None, empty_label=empty)
        self.error_messages["invalid_choice"] = "Choose a tag of this codebook."

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:  # also for what is no uid at all
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from error

    def label_from_instance(self, obj: Any) -> str:
        row: Tag = obj
        return " / ".join([*(step.replace("-", " ") for step in row.path.split("/")[:-1]), row.name])


class MoveForm(RevisedForm):
    parent = TagChoice("Below", empty="nothing: at the top")


class MergeForm(RevisedForm):
    into = TagChoice("With", empty=None)


class UuidsField(forms.MultipleChoiceField):
    """Ids as they were ticked; which of them there are is for the action to say."""

    def validate(self, value: Any) -> None:
        for one in value:
            forms.UUIDField().clean(one)


class SplitForm(forms.Form):
    """A new sibling and the passages that get it."""

    name = forms.CharField(label="Name of the new tag", max_length=LONGEST_NAME)
    marks = UuidsField(required=False)


class PinForm(forms.Form):
    digit = forms.TypedChoiceField(
        label="Digit", required=False, coerce=int, empty_value=None,
        choices=[("", "none"), *((str(digit), str(digit)) for digit in DIGITS)],
    )  # fmt: skip
