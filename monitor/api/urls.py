"""The addresses of the REST API; its resources are still to come."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
