"""Addresses under /account/: one's own account, and the few of django-allauth's pages that this site has.

allauth's own url names are kept, because its views and its adapter look them up.
"""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import path, re_path

from monitor.web.views import account, invitations, keys, tokens

urlpatterns = [
    path("", account.account, name="account"),
    path("email/", account.address, name="address"),
    path("mails/", account.mails, name="mails"),
    path("keys/", keys.keys, name="keys"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.make, name="new-token"),
    path("tokens/<uuid:uid>/revoke/", tokens.revoke, name="revoke-token"),
    path("login/", account.SignIn.as_view(), name="account_login"),
    path("logout/", account.SignOut.as_view(), name="account_logout"),
    path("reauthenticate/", account.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("password/change/", account.ChangePassword.as_view(), name="account_change_password"),
    path("password/reset/", account.LostPassword.as_view(), name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,80})/$",
        account.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", invitations.accept, name="accept_invitation"),
]
