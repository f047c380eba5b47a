"""Mounts the rooms that answer requests."""

from django.urls import URLPattern, URLResolver, include, path

from monitor.api.resources import Nowhere
from monitor.api.views.metrics import Metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("monitor.web.urls")),
    path("metrics", Metrics.as_view(), name="metrics"),
    path("api/", include("monitor.api.urls")),
    path("hypothesis/", include("monitor.api.hypothesis.urls")),
    path("anno", Nowhere.as_view()),
    path("anno/", include("monitor.api.anno.urls")),
]

handler500 = "monitor.web.outages.server_error"
handler429 = "monitor.web.views.account.too_many_requests"  # Django knows none; allauth asks for it
