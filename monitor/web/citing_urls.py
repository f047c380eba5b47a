"""Addresses of what can be taken away: citations of articles and issues, passages that cite a source."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
