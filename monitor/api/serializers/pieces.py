"""What several objects of the API have in common: how each begins, and how it names another one."""

from __future__ import annotations

from rest_framework import serializers

from monitor.api.fields import Shown


class Named(Shown):
    """A thing that another one names."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()


class At(Shown):
    """A thing without a name of its own."""

    id = serializers.IntegerField()
    url = serializers.URLField()


class Thing(Shown):
    """What every object begins with; times are in UTC."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="here")
    html_url = serializers.URLField(help_text="the page that shows it")
    created = serializers.DateTimeField()
    updated = serializers.DateTimeField()


class Lasting(Thing):
    """A thing with an identity that holds in every file it leaves in."""

    uid = serializers.UUIDField()
