"""The addresses of the Web Annotation protocol."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from monitor.api.anno.container import Container
from monitor.api.anno.single import Single
from monitor.api.resources import Nowhere

app_name = "anno"

urlpatterns: list[URLPattern] = [
    path("", Container.as_view(), name="container"),
    re_path(r"^(?P<address>[A-Za-z0-9._~-]{1,80})/?\Z", Single.as_view(), name="annotation"),
    re_path("", Nowhere.as_view()),
]
