"""What goes wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from rest_framework import serializers

from monitor.api.fields import Shown


class Complaint(Shown):
    """One thing that is wrong with a request; of a search also where in `q` it is, and what may have been meant."""

    pointer = serializers.CharField(help_text="JSON pointer into the body, or ? and the name of a parameter")
    code = serializers.CharField()
    message = serializers.CharField()
    start = serializers.IntegerField(required=False)
    end = serializers.IntegerField(required=False)
    understood = serializers.CharField(required=False)
    instead = serializers.CharField(required=False)


class Problem(Shown):
    type = serializers.CharField(help_text="urn:monitor:problem: and a code")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(required=False)
    errors = Complaint(many=True, required=False)  # type: ignore[assignment]
