"""What browsers send to make and change annotations."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from django import forms

from monitor.annotations.actions import MOST_TAGS
from monitor.annotations.models import Colour, Visibility
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_names import tag_named

if TYPE_CHECKING:
    from monitor.accounts.models import Team, User
    from monitor.annotations.tag_models import Tag

MOST_PASSAGES = 200
LONGEST_LIST = 200_000  # characters of JSON: 200 quotes of a page each
LONGEST_TAGS = 2000  # characters of all their names
LARGEST = 2**31 - 1
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class PassagesField(forms.CharField):
    """Passages as JSON: `[{"start", "end", "quote", "note", "version"}]`, in code points."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST_LIST, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Any:
        written: str = super().clean(value)
        try:
            asked = json.loads(written) if written else []
            return tuple(_passage(one) for one in _list_of_objects(asked))
        except (ValueError, TypeError, RecursionError) as error:
            raise forms.ValidationError("These passages cannot be read. Mark them again.") from error


def _list_of_objects(asked: Any) -> list[dict[str, Any]]:
    if not isinstance(asked, list) or len(asked) > MOST_PASSAGES or not all(isinstance(one, dict) for one in asked):
        raise TypeError
    return asked


def _passage(one: dict[str, Any]) -> AskedPassage:
    return AskedPassage(
        start=_number(one.get("start")),
        end=_number(one.get("end")),
        quote=_words(one.get("quote")),
        prefix=_words(one.get("prefix")),
        suffix=_words(one.get("suffix")),
        note=_number(one.get("note")),
        text_version=_number(one.get("version")),
    )


def _number(given: Any) -> int | None:
    if given is None or (type(given) is int and 0 <= given <= LARGEST):
        return given
    raise TypeError


def _words(given: Any) -> str:
    if given is None:
        return ""
    if isinstance(given, str) and _storable(given):
        return given
    raise TypeError


def _storable(text: str) -> bool:
    """Return whether the database can hold it: no NUL, no half of a surrogate pair."""
    return not UNSTORABLE.search(text)


class MarkForm(forms.Form):
    """A new annotation. Passages come as JSON from a script, or as a paragraph's number and words from a form."""

    uid = forms.UUIDField()
    article = forms.IntegerField(required=False, min_value=1)
    issue = forms.IntegerField(required=False, min_value=1)
    passages = PassagesField()
    paragraph = forms.IntegerField(
        required=False, min_value=1, label="Paragraph", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    # A text area, for a passage may run over paragraphs.
    quote = forms.CharField(
        required=False, max_length=20_000, label="Words to mark", widget=forms.Textarea(attrs={"rows": 2})
    )
    comment = forms.CharField(required=False, strip=True, widget=forms.Textarea(attrs={"rows": 3}))
    colour = forms.ChoiceField(required=False, choices=Colour)
    visibility = forms.ChoiceField(required=False, choices=Visibility)
    team = forms.UUIDField(required=False)
    tags = forms.CharField(required=False, max_length=LONGEST_TAGS, label="Tags", help_text="with commas between them")


class ChangeForm(forms.Form):
    """A changed annotation, and the revision that its writer saw."""

    revision = forms.IntegerField(min_value=1)
    comment = forms.CharField(required=False, strip=True, widget=forms.Textarea(attrs={"rows": 4}))
    colour = forms.ChoiceField(choices=Colour)
    tags = forms.CharField(required=False, max_length=LONGEST_TAGS, label="Tags", help_text="with commas between them")


class ShareForm(forms.Form):
    """For whom an annotation is."""

    revision = forms.IntegerField(min_value=1)
    visibility = forms.ChoiceField(choices=Visibility)
    team = forms.UUIDField(required=False)


class ReplyForm(forms.Form):
    """An answer, or its new words."""

    uid = forms.UUIDField(required=False)
    revision = forms.IntegerField(required=False, min_value=1)
    comment = forms.CharField(strip=True, widget=forms.Textarea(attrs={"rows": 2}))


class PlaceForm(forms.Form):
    """Where a lost passage stands: words, and their place if it is known."""

    revision = forms.IntegerField(min_value=1)
    quote = forms.CharField(required=False, strip=True, max_length=20_000, label="Words")
    start = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    end = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    note = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)


def named_tags(written: str, *, by: User, visibility: str, team: Team | None) -> tuple[Tag, ...]:
    """Return the tags that are named between commas, those that are new made in the scope of the annotation.

    A name that the person may use already means that tag (see `annotations.tag_names`). Raises CannotAnnotate for more
    than an annotation can bear, and for a codebook that has no such tag.
    """
    names = [name for name in dict.fromkeys(" ".join(name.split()) for name in written.split(",")) if name]
    if len(names) > MOST_TAGS:  # before any is made
        raise CannotAnnotate(f"An annotation has at most {MOST_TAGS} tags.")
    return tuple(tag_named(name, by=by, visibility=visibility, team=team) for name in names)


def first_error(form: forms.Form) -> str:
    """Return one sentence for a form that does not hold."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label or name.capitalize() if name in form.fields else ""
    return f"{label}: {errors[0]}" if label else str(errors[0])
