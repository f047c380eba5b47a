"""The addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from monitor.web.views import health, theme

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/theme/", theme.set_theme, name="theme"),
    path("account/", include("monitor.web.account_urls")),
    path("", include("monitor.web.people_urls")),
]
