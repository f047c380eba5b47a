"""Addresses under /account/: one's own account, and the few of django-allauth's pages that this site has.

allauth's own url names are kept, because its views and its adapter look them up.
"""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import path

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
]
