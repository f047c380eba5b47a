"""Mounts the rooms that answer requests."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("monitor.web.urls")),
    path("api/", include("monitor.api.urls")),
]

handler500 = "monitor.web.outages.server_error"
handler429 = "monitor.web.views.account.too_many_requests"  # Django knows none; allauth asks for it
