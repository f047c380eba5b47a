"""Mounts the rooms that answer requests."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("monitor.web.urls")),
    path("api/", include("monitor.api.urls")),
]

handler500 = "monitor.web.outages.server_error"
