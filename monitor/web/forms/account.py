"""The forms of one's own account: allauth's in our words, and ours for what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.fields import SetPasswordField
from django import forms

from monitor.accounts.logins import users_at

if TYPE_CHECKING:
    from django.http import HttpRequest

RULES = "At least 10 characters, not one that everybody guesses first, nothing like your name."
DIFFERENT = "The two passwords differ."
LONGEST_PASSWORD = 1000  # every character is hashed


def password_field(label: str, autocomplete: str = "current-password", help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, strip=False, max_length=LONGEST_PASSWORD, widget=widget)


class NewPasswordField(SetPasswordField):  # type: ignore[misc]  # allauth has no types
    """A password checked by the validators; a label says what allauth puts into a placeholder."""

    def __init__(self) -> None:
        super().__init__(label="New password", help_text=RULES, max_length=LONGEST_PASSWORD)
        del self.widget.attrs["placeholder"]


class SignInForm(allauth.LoginForm):  # type: ignore[misc]
    password = password_field("Password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        widget = forms.TextInput(attrs=attributes)
        self.fields["login"] = forms.CharField(label="User name or e-mail", max_length=254, widget=widget)
        self.order_fields(["login", "password"])


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]
    oldpassword = password_field("Current password")
    password1 = NewPasswordField()
    password2 = password_field("New password, again", "new-password")


class NewPasswordForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    password1 = NewPasswordField()
    password2 = password_field("New password, again", "new-password")


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    password = password_field("Password")


class LostPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    """An address gets a mail whether anybody has it or not, so that neither the page nor its time tells."""

    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.users = list(users_at(email).filter(is_active=True))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class NameForm(forms.Form):
    name = forms.CharField(
        label="Name",
        help_text="As others see it beside your annotations.",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="E-mail",
        help_text="For signing in and for a lost password. Only administrators see it.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AcceptForm(forms.Form):
    username = forms.CharField(
        label="User name",
        help_text="For signing in: letters A to Z, digits, dots, hyphens and underscores.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = NameForm.base_fields["name"]
    password = password_field("Password", "new-password", RULES)
    again = password_field("Password, again", "new-password")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", DIFFERENT)
        return given
